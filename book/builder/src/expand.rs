//! A page as written → a page as mdBook takes it: directives and `interleave` blocks become HTML.

use std::path::Path;

use crate::arguments::Arguments;
use crate::code;
use crate::exercise::{self, Progress};
use crate::page::{self, Fence, Kind};
use crate::paths::Workspace;
use crate::problem::{Complaint, Problem};
use crate::{explorer, figure, include, measured, trace};

/// What every page is expanded with.
#[derive(Debug)]
pub struct Expander<'w> {
    /// Where things are.
    pub workspace: &'w Workspace,
    /// The reader's own progress.
    pub progress: Progress,
}

impl Expander<'_> {
    /// Expands the page at `path` (relative to `book/src`).
    ///
    /// # Errors
    /// With everything that is wrong on it.
    pub fn expand(&self, path: &Path, text: &str) -> Result<String, Vec<Problem>> {
        let file = Path::new("book/src").join(path);
        let mut out = String::new();
        let mut problems = Vec::new();
        let mut context = Context { page: path, heading: 1, open_box: None };
        for piece in page::pieces(text) {
            let line = piece.line;
            let expanded = match piece.kind {
                Kind::Text(text) => context.text(text).map_err(|complaint| (0, complaint)),
                Kind::Directive(inner) => {
                    self.directive(&mut context, inner, line).map_err(|complaint| (0, complaint))
                }
                Kind::Fence(fence) => self.fence(path, &fence),
            };
            match expanded {
                Ok(html) => out += &html,
                Err((below, complaint)) => {
                    problems.push(Problem::at(&file, line + below, complaint));
                }
            }
        }
        if let Some(line) = context.open_box {
            let complaint = Complaint::new("this box is never closed", "Close it by {{/changed}}.");
            problems.push(Problem::at(&file, line, complaint));
        }
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }

    fn directive(
        &self,
        context: &mut Context<'_>,
        inner: &str,
        line: usize,
    ) -> Result<String, Complaint> {
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let rest = rest.trim();
        match name {
            "#exercise" => exercise::card(self.workspace, &self.progress, rest),
            "#task" => exercise::task(self.workspace, context.page, context.heading, rest),
            "#trace" => trace::trace(self.workspace, rest),
            "#figures-of" => measured::table(self.workspace, rest),
            "#figure" => {
                let (figure, arguments) = rest.split_once(' ').unwrap_or((rest, ""));
                figure::figure(figure, Arguments::parse(arguments))
            }
            "#changed" => match context.open_box.replace(line) {
                None => changed(rest),
                Some(_) => Err(Complaint::new("a box within a box", "Close it by {{/changed}}.")),
            },
            "/changed" => match context.open_box.take() {
                Some(_) => Ok("\n</div>\n".into()),
                None => Err(Complaint::new("no box is open here", "Open it by {{#changed 13}}.")),
            },
            _ if include::is_include(inner) => {
                include::resolve(&self.workspace.pages(), context.page, rest)?;
                Ok(format!("{{{{{inner}}}}}\n"))
            }
            _ => Err(Complaint::new(
                format!("there is no directive `{{{{{name}}}}}`"),
                "book/README.md lists them all.",
            )),
        }
    }

    fn fence(&self, page: &Path, fence: &Fence<'_>) -> Result<String, (usize, Complaint)> {
        if fence.language == "interleave" {
            return explorer::explorer(fence);
        }
        for (below, line) in fence.body().iter().enumerate() {
            if let Some(inner) = include::within(line) {
                let rest = inner.split_once(' ').map_or("", |(_, rest)| rest);
                include::resolve(&self.workspace.pages(), page, rest)
                    .map_err(|complaint| (below + 1, complaint))?;
            }
        }
        if fence.language == "python" {
            return code::python::shown(fence).map_err(|complaint| (0, complaint));
        }
        let mut out: String = fence.lines.iter().flat_map(|line| [line, "\n"]).collect();
        if let Some((own, known)) = SHOWN_AS.iter().find(|(own, _)| *own == fence.language) {
            out = out.replacen(own, known, 1);
        }
        Ok(out)
    }
}

/// Languages that mdBook cannot colour, and those whose colours do as well.
const SHOWN_AS: [(&str, &str); 1] = [("cython", "python")];

/// Where on a page the expander is.
struct Context<'a> {
    page: &'a Path,
    /// Level of the last heading.
    heading: usize,
    /// The line on which a `changed` box was opened.
    open_box: Option<usize>,
}

impl Context<'_> {
    fn text(&mut self, line: &str) -> Result<String, Complaint> {
        if page::holds_directive(line) {
            let remedy =
                "Put the directive on a line of its own, or in backticks if it is meant as text.";
            return Err(Complaint::new("a directive within a line", remedy));
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&level) && line[level..].starts_with(' ') {
            self.heading = level;
        }
        Ok(format!("{line}\n"))
    }
}

/// The numbers of a `changed` directive.
///
/// # Errors
/// If there are none, or if one is no number.
pub fn claim_numbers(arguments: &str) -> Result<Vec<u32>, Complaint> {
    let numbers: Result<Vec<u32>, _> =
        Arguments::parse(arguments).names().map(str::parse).collect();
    numbers.ok().filter(|numbers| !numbers.is_empty()).ok_or_else(|| {
        let remedy = "Write the numbers of the claims that it puts right: {{#changed 13 14}}.";
        Complaint::new("this box names no claim", remedy)
    })
}

/// Opens a box; the text that follows is Markdown, up to the closing tag.
fn changed(arguments: &str) -> Result<String, Complaint> {
    let numbers = claim_numbers(arguments)?;
    let anchors: String =
        numbers.iter().map(|number| format!("<span id=\"claim-{number}\"></span>")).collect();
    Ok(format!(
        "\n<div class=\"changed\" role=\"note\" aria-label=\"What changed since\">\n\
         <p class=\"changed-title\">{anchors}What changed since</p>\n\n"
    ))
}
