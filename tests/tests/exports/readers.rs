//! A strict reader for each format, written from its published list of fields: what is not listed
//! is refused, and so is what breaks a rule that the list states.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::platforms::{
    classroom50, exercism, github_classroom, gradescope, prairielearn, submitty,
};

/// Reads a document of a format; panics where it is not what the format says.
pub fn read(format: &str, text: &str) {
    match format {
        "junit" => junit(text),
        "gradescope" => gradescope(text),
        "classroom50" => classroom50(text),
        "github-classroom" => github_classroom(text),
        "github" => github(text),
        "markdown" => markdown(text),
        "code-quality" => code_quality(text),
        "autolab" => autolab(text),
        "prairielearn" => prairielearn(text),
        "exercism" => exercism(text),
        "submitty" => submitty(text),
        "sarif" => sarif(text),
        "csv" => csv(text),
        other => panic!("no reader for {other}"),
    }
}

/// The document, if it is JSON with these fields and no others.
pub fn parse<T: DeserializeOwned>(text: &str) -> T {
    assert!(text.is_ascii() || !text.starts_with('\u{feff}'), "no byte order mark");
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Panics unless the value is one of these.
pub fn one_of(value: &str, allowed: &[&str]) {
    assert!(allowed.contains(&value), "`{value}` is none of {allowed:?}");
}

fn junit(text: &str) {
    let document = roxmltree::Document::parse(text).expect("it is XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let mut names = Vec::new();
    for node in root.descendants().filter(roxmltree::Node::is_element) {
        let (parent, attributes) = match node.tag_name().name() {
            "testsuites" => continue,
            "testsuite" => {
                ("testsuites", &["name", "tests", "failures", "errors", "skipped", "time"][..])
            }
            "properties" => ("testsuite", &[][..]),
            "property" => ("properties", &["name", "value"][..]),
            "testcase" => ("testsuite", &["name", "classname", "time", "file", "line"][..]),
            "failure" | "error" => ("testcase", &["message", "type"][..]),
            "skipped" => ("testcase", &["message"][..]),
            other => panic!("JUnit has no element {other}"),
        };
        assert_eq!(node.parent_element().expect("it is not the root").tag_name().name(), parent);
        node.attributes().for_each(|attribute| one_of(attribute.name(), attributes));
        if node.tag_name().name() == "testcase" {
            // GitLab drops all but one of those that have the same name.
            let name = (node.attribute("classname"), node.attribute("name"));
            assert!(!names.contains(&name), "{name:?} occurs twice");
            names.push(name);
            node.attribute("time").expect("it has a time").parse::<f64>().expect("in seconds");
        }
    }
    assert!(!text.contains("[[ATTACHMENT"), "GitLab makes links of these");
}

/// Reads as GitHub's runner does: a line that begins with `::` and a word is a command, unless
/// commands are stopped.
fn github(text: &str) {
    let mut stopped = None;
    for line in text.lines() {
        assert!(!line.contains("##["), "old runners obey these: {line}");
        let command = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
        match (command, &stopped) {
            (Some((word, _)), Some(token)) if word == token => stopped = None,
            (Some(_), Some(_)) => panic!("a command within the fence: {line}"),
            (Some(("stop-commands", token)), None) => stopped = Some(token.to_owned()),
            (Some((command, _)), None) => {
                let (level, properties) = command.split_once(' ').unwrap_or((command, ""));
                one_of(level, &["error", "warning", "notice"]);
                for property in properties.split(',') {
                    let (name, value) = property.split_once('=').expect("name=value");
                    one_of(name, &["file", "line", "title"]);
                    assert!(!value.contains(':'));
                }
            }
            (None, _) => {}
        }
    }
    assert_eq!(stopped, None, "commands are obeyed again");
}

/// Outside of fences there is no HTML but `<br>`, no link, no mention.
fn markdown(text: &str) {
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let rest = line.replace("<br>", "");
                assert!(
                    !rest.contains('<') && !rest.contains('@') && !rest.contains("://"),
                    "{line}"
                );
                let link = rest.find("](").filter(|&at| !rest[..at].ends_with('\\'));
                assert_eq!(link, None, "{line}");
            }
        }
    }
    assert_eq!(fence, None, "every fence is closed");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: String,
    location: RemarkLocation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RemarkLocation {
    path: String,
    lines: RemarkLines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RemarkLines {
    begin: u32,
}

fn code_quality(text: &str) {
    let remarks: Vec<Remark> = parse(text);
    for remark in &remarks {
        one_of(&remark.severity, &["info", "minor", "major", "critical", "blocker"]);
        assert!(!remark.description.is_empty() && !remark.check_name.is_empty());
        assert!(!remark.location.path.starts_with(['/', '.']), "relative to the repository");
        assert!(remark.location.lines.begin >= 1);
    }
    let mut prints: Vec<&str> = remarks.iter().map(|remark| &*remark.fingerprint).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), remarks.len(), "fingerprints are unique");
}

/// Reads as Autolab does, quoting of bare words included.
fn autolab(text: &str) {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Scores {
        scores: BTreeMap<String, f64>,
    }
    let lines: Vec<&str> = text.lines().collect();
    let [presentation, scores] = lines[..] else { panic!("two lines: {text}") };
    let presentation: Value = parse(&quote_bare_words(presentation));
    assert_eq!(presentation["_presentation"], "semantic");
    let stages = presentation["stages"].as_array().expect("it lists its stages");
    assert!(stages.iter().all(|stage| presentation[stage.as_str().expect("a name")].is_object()));
    let scores: Scores = parse(&quote_bare_words(scores));
    assert_eq!(scores.scores.len(), stages.len());
}

/// `gsub(/([a-zA-Z0-9]+):/, '"\1":')`, which Autolab applies before it parses the line.
fn quote_bare_words(line: &str) -> String {
    let mut quoted = String::new();
    let mut word = String::new();
    for character in line.chars() {
        match character {
            letter if letter.is_ascii_alphanumeric() => word.push(letter),
            ':' if !word.is_empty() => quoted += &format!("\"{}\":", std::mem::take(&mut word)),
            other => {
                quoted += &std::mem::take(&mut word);
                quoted.push(other);
            }
        }
    }
    quoted + &word
}

/// The parts of SARIF 2.1.0 (sections 3.13 to 3.34) that the export uses.
fn sarif(text: &str) {
    let log: Value = parse(text);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string());
    let rules: Vec<&Value> = driver["rules"].as_array().into_iter().flatten().collect();
    one_of(run["columnKind"].as_str().expect("a string"), &["utf16CodeUnits", "unicodeCodePoints"]);
    for result in run["results"].as_array().expect("results are always listed") {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
        one_of(result["level"].as_str().expect("a level"), &["none", "note", "warning", "error"]);
        let text = result["message"]["text"].as_str().expect("a text");
        let link = text.find("](").filter(|&at| !text[..at].ends_with('\\'));
        assert_eq!(link, None, "no link in {text}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        let legal = |b: u8| b.is_ascii_alphanumeric() || b"/.-_~%".contains(&b);
        assert!(uri.bytes().all(legal), "not a URI reference: {uri}");
        assert!(place["region"]["startLine"].as_u64() >= Some(1));
    }
}

/// RFC 4180: rows end with CR LF, every row has as many cells as the first, quotes are doubled.
fn csv(text: &str) {
    let body = text.strip_suffix("\r\n").expect("the last row ends as well");
    let mut columns = None;
    for row in body.split("\r\n") {
        let mut cells = Vec::new();
        let mut rest = row;
        loop {
            rest = rest.strip_prefix('"').expect("every cell is quoted");
            let mut cell = String::new();
            loop {
                let (before, after) = rest.split_once('"').expect("the quote is closed");
                cell += before;
                rest = after;
                match rest.strip_prefix('"') {
                    Some(after) => {
                        cell.push('"');
                        rest = after;
                    }
                    None => break,
                }
            }
            assert!(!cell.starts_with(['=', '+', '-', '@']), "a spreadsheet would evaluate {cell}");
            cells.push(cell);
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => break,
            }
        }
        assert_eq!(rest, "", "nothing after a row's last cell");
        assert_eq!(*columns.get_or_insert(cells.len()), cells.len());
    }
}
