//! `interleave` blocks: walked here, so that their claims are true; stepped through on the page.

use std::collections::BTreeMap;

use interleave::program::Thread;
use interleave::{End, Graph, Program};
use serde_json::{Value, json};

use crate::html::{escape, figure, inline_code, json_script};
use crate::page::Fence;
use crate::problem::Complaint;

/// A complaint, and how many lines below the opening fence it belongs.
type Misplaced = (usize, Complaint);

/// The figure for a block.
///
/// # Errors
/// If the block does not parse, is too big, or claims what is not so.
pub fn explorer(fence: &Fence<'_>) -> Result<String, Misplaced> {
    let mut words = fence.words.clone();
    let title = words.value("title");
    let claim = Claim::parse(words.value("expect")).map_err(|complaint| (0, complaint))?;
    words.finish().map_err(|complaint| (0, complaint))?;
    let program = interleave::parse(&fence.code()).map_err(|mistake| {
        let remedy = "book/README.md lists the lines that a block may have.";
        (mistake.line, Complaint::new(mistake.message, remedy))
    })?;
    let graph = interleave::explore(&program).map_err(|unwalkable| {
        (0, Complaint::new(unwalkable.to_string(), "A page cannot show such a block."))
    })?;
    claim.verify(&program, &graph).map_err(|complaint| (0, complaint))?;
    Ok(render(&program, &graph, title.as_deref()))
}

/// How a block says that its schedules end.
struct Claim {
    ends: Vec<End>,
    endless: bool,
}

impl Claim {
    fn parse(expect: Option<String>) -> Result<Self, Complaint> {
        let remedy =
            "Say how its schedules end: expect=ok, deadlock, violates, or several (ok,deadlock).";
        let Some(expect) = expect else {
            return Err(Complaint::new("an `interleave` block needs `expect=`", remedy));
        };
        let mut claim = Claim { ends: Vec::new(), endless: false };
        for name in expect.split(',') {
            match [End::Ok, End::Deadlock, End::Violates].into_iter().find(|end| end.name() == name)
            {
                Some(end) => claim.ends.push(end),
                None if name == "endless" => claim.endless = true,
                None => return Err(Complaint::new(format!("`{name}` is no end"), remedy)),
            }
        }
        Ok(claim)
    }

    fn verify(&self, program: &Program, graph: &Graph) -> Result<(), Complaint> {
        let reached = graph.reached();
        let remedy = "Change the program, or what the page says about it.";
        if let Some(missing) = self.ends.iter().find(|end| !reached.contains(end)) {
            let what = format!("the claim is false: no schedule ends in `{missing}`");
            return Err(Complaint::new(what, remedy));
        }
        if self.endless && !graph.can_run_for_ever() {
            return Err(Complaint::new("the claim is false: every schedule ends", remedy));
        }
        let concealed = reached.iter().find(|end| **end != End::Ok && !self.ends.contains(end));
        if let Some(&end) = concealed {
            let turns = named(program, &graph.shortest(end).unwrap_or_default()).join(" ");
            let what = format!("the claim is false: this schedule ends in `{end}`: {turns}");
            return Err(Complaint::new(what, remedy));
        }
        Ok(())
    }
}

/// The names of the threads whose turns these are.
fn named<'p>(program: &'p Program, turns: &[usize]) -> Vec<&'p str> {
    turns.iter().map(|&thread| program.threads[thread].name.as_str()).collect()
}

fn render(program: &Program, graph: &Graph, title: Option<&str>) -> String {
    let failing = [End::Violates, End::Deadlock].into_iter().find_map(|end| graph.shortest(end));
    let mut still = String::new();
    if let Some(title) = title {
        still += &format!("<p class=\"widget-title\">{}</p>\n", inline_code(title));
    }
    still += &side_by_side(program);
    still += &format!("<p>{}</p>\n", summary(graph));
    if let Some(turns) = &failing {
        let names = escape(&named(program, turns).join(" "));
        still += &format!("<p>A shortest schedule that fails: <code>{names}</code></p>\n");
    }
    still += &json_script(&data(program, graph, title, failing));
    let caption = "Every schedule of this block was walked when the book was built.";
    figure("interleave", &still, caption)
}

/// The threads as columns of a table.
fn side_by_side(program: &Program) -> String {
    let head: String = program
        .threads
        .iter()
        .map(|thread| format!("<th scope=\"col\">{}</th>", escape(&thread.name)))
        .collect();
    let rows = program.threads.iter().map(rows).max().unwrap_or(0);
    let body: String = (0..rows)
        .map(|row| {
            let cells: String = program.threads.iter().map(|thread| cell(thread, row)).collect();
            format!("<tr>{cells}</tr>\n")
        })
        .collect();
    format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n")
}

/// A row for each step, and one for what stands below the last.
fn rows(thread: &Thread) -> usize {
    thread.steps.len() + usize::from(!thread.end_captions.is_empty())
}

/// A step below its captions.
fn cell(thread: &Thread, row: usize) -> String {
    let (captions, step) = match thread.steps.get(row) {
        Some(step) => (&step.captions[..], format!("<code>{}</code>", escape(&step.text))),
        None if row == thread.steps.len() => (&thread.end_captions[..], String::new()),
        None => (&[][..], String::new()),
    };
    let captions: String = captions
        .iter()
        .map(|caption| format!("<code class=\"step-caption\">{}</code>", escape(caption)))
        .collect();
    format!("<td>{captions}{step}</td>")
}

/// How the schedules end, in a sentence.
pub(crate) fn summary(graph: &Graph) -> String {
    let states = graph.states.len();
    let schedules = graph.schedules();
    if schedules.is_empty() {
        let ends: Vec<_> = graph.reached().into_iter().map(outcome).collect();
        let ends = if ends.is_empty() { "none ever ends".into() } else { ends.join("; some ") };
        return format!("{states} states. The program loops. Of its schedules, some {ends}.");
    }
    let total: u128 = schedules.values().sum();
    let parts: Vec<_> = schedules
        .iter()
        .map(|(end, count)| format!("{} {}", grouped(*count), outcome(*end)))
        .collect();
    let noun = if total == 1 { "schedule" } else { "schedules" };
    format!("{} {noun}: {}.", grouped(total), parts.join(", "))
}

fn outcome(end: End) -> &'static str {
    match end {
        End::Ok => "end well",
        End::Deadlock => "end in a deadlock",
        End::Violates => "break the rule",
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What the page's explorer follows.
fn data(
    program: &Program,
    graph: &Graph,
    title: Option<&str>,
    failing: Option<Vec<usize>>,
) -> Value {
    let threads: Vec<_> = program
        .threads
        .iter()
        .map(|thread| {
            let steps: Vec<_> = thread
                .steps
                .iter()
                .map(|step| json!({ "captions": step.captions, "text": step.text }))
                .collect();
            json!({ "name": thread.name, "steps": steps, "end_captions": thread.end_captions })
        })
        .collect();
    let variables: Vec<_> = program
        .variables
        .iter()
        .map(|variable| json!({ "name": variable.name, "lock": variable.lock }))
        .collect();
    let states: Vec<_> = graph
        .states
        .iter()
        .zip(&graph.next)
        .zip(&graph.ends)
        .map(|((state, next), end)| {
            let mut entry = json!({ "at": state.next_step, "values": state.values, "next": next });
            if let Some(end) = end {
                entry["end"] = json!(end.name());
            }
            if let Some(thread) = state.violated {
                entry["violated"] = json!(thread);
            }
            entry
        })
        .collect();
    let counts: BTreeMap<_, _> =
        graph.schedules().iter().map(|(end, count)| (end.name(), grouped(*count))).collect();
    json!({
        "title": title,
        "threads": threads,
        "variables": variables,
        "check": program.check.as_ref().map(|check| &check.text),
        "states": states,
        "counts": counts,
        "summary": summary(graph),
        "failing": failing,
        "working": graph.shortest(End::Ok),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Kind, pieces};

    const LOST: &str =
        "init x = 0\ncheck x == 2\nthread A\n a = x\n x = a + 1\nthread B\n b = x\n x = b + 1";

    fn build(expect: &str, program: &str) -> Result<String, Misplaced> {
        let page = format!("```interleave {expect}\n{program}\n```\n");
        match &pieces(&page)[0].kind {
            Kind::Fence(fence) => explorer(fence),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_true_claim_becomes_a_figure() {
        let html = build("expect=ok,violates title=\"Count\"", LOST).unwrap();
        assert!(html.contains("6 schedules: 2 end well, 4 break the rule."), "{html}");
        assert!(html.contains("<code>A B A B</code>"), "{html}");
        // `ok` need not be named; a failure must be.
        build("expect=violates", LOST).unwrap();
    }

    #[test]
    fn captions_stand_in_the_cell_of_their_step() {
        let html =
            build("expect=ok", "thread A\n # a < b\n l:\n a = 1\n end:\nthread B\n b = 1").unwrap();
        let caption = |text| format!("<code class=\"step-caption\">{text}</code>");
        let [comment, label, end] = ["# a &lt; b", "l:", "end:"].map(caption);
        let first =
            format!("<td>{comment}{label}<code>a = 1</code></td><td><code>b = 1</code></td>");
        let last = format!("<tr><td>{end}</td><td></td></tr>");
        assert!(html.contains(&format!("<tr>{first}</tr>\n{last}")), "{html}");
        let data = r##""steps":[{"captions":["# a < b","l:"],"text":"a = 1"}]"##;
        assert!(html.contains(data) && html.contains(r#""end_captions":["end:"]"#), "{html}");
    }

    #[test]
    fn a_false_claim_is_refused_with_a_schedule() {
        let (_, complaint) = build("expect=ok", LOST).unwrap_err();
        assert!(complaint.what.ends_with("ends in `violates`: A B A B"), "{complaint:?}");
        let (_, complaint) = build("expect=violates,deadlock", LOST).unwrap_err();
        assert!(complaint.what.contains("no schedule ends in `deadlock`"), "{complaint:?}");
        let (_, complaint) = build("expect=violates,endless", LOST).unwrap_err();
        assert!(complaint.what.contains("every schedule ends"), "{complaint:?}");
    }

    #[test]
    fn mistakes_are_found_on_their_line() {
        let (line, complaint) = build("expect=ok", "thread A\n nonsense").unwrap_err();
        assert_eq!((line, complaint.what.contains("`nonsense` is no step")), (2, true));
        let (line, complaint) = build("", LOST).unwrap_err();
        assert_eq!((line, complaint.what.contains("needs `expect=`")), (0, true));
    }

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!([grouped(7), grouped(1234), grouped(1234567)], ["7", "1,234", "1,234,567"]);
    }
}
