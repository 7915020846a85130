//! The little language of `interleave` blocks.
//!
//! ```text
//! init x = 0, y = 1     shared variables and their first values
//! check x == 2          must hold when every thread is done
//! thread A              the steps that follow are A's
//!     a = x             a step; a name that is assigned needs no `init`
//!     x = a + 1
//!     acquire m         a name that is acquired is a lock
//!     release m
//!     wait x == 2       blocks until it holds
//!     assert x > 0      violates unless it holds
//!   again:              a label
//!     if x < 2 goto again
//!     goto again
//!     # a comment       on a line of its own in a thread, it is a caption of the next step
//! ```

use std::collections::HashMap;
use std::fmt;
use std::mem;

use crate::expr::{Expr, is_name_char};
use crate::program::{Action, Check, Program, Slot, Step, Thread, Variable};

/// What is wrong with a block, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line of the block, from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Mistake {}

/// Parses a block.
///
/// # Errors
/// If a line is none of the language, if a jump has no label, if a name is read that nothing sets,
/// or if there is no thread.
pub fn parse(source: &str) -> Result<Program, Mistake> {
    let mut parser = Parser::default();
    for (index, line) in source.lines().enumerate() {
        parser.at = index + 1;
        let line = line.trim();
        let code = line.split_once('#').map_or(line, |(code, _)| code.trim_end());
        if !code.is_empty() {
            parser.line(code).map_err(|message| Mistake { line: index + 1, message })?;
        } else if !line.is_empty() {
            parser.caption(line);
        }
    }
    parser.finish()
}

#[derive(Default)]
struct Parser {
    program: Program,
    /// The line that is being read, from 1.
    at: usize,
    labels: HashMap<(usize, String), usize>,
    jumps: Vec<Goto>,
    /// Where each variable is first named, and whether anything sets it.
    names: Vec<Name>,
}

struct Goto {
    thread: usize,
    step: usize,
    label: String,
    line: usize,
}

struct Name {
    line: usize,
    set: bool,
}

impl Parser {
    fn line(&mut self, code: &str) -> Result<(), String> {
        let (word, rest) = code.split_once(' ').unwrap_or((code, ""));
        let rest = rest.trim();
        match word {
            "init" => rest.split(',').try_for_each(|part| self.init(part)),
            "check" => {
                let holds = self.expr(rest)?;
                match self.program.check.replace(Check { text: rest.into(), holds }) {
                    None => Ok(()),
                    Some(_) => Err("there is a `check` already: join both by `&&`".into()),
                }
            }
            "thread" if is_name(rest) => {
                self.program.threads.push(Thread { name: rest.into(), ..Thread::default() });
                Ok(())
            }
            "thread" => Err("a thread needs a name of one word: `thread A`".into()),
            _ => self.step_or_label(code, word, rest),
        }
    }

    /// Stands below the thread's last step, until another one follows.
    fn caption(&mut self, text: &str) {
        if let Some(thread) = self.program.threads.last_mut() {
            thread.end_captions.push(text.into());
        }
    }

    fn init(&mut self, part: &str) -> Result<(), String> {
        let (name, value) = part.split_once('=').ok_or("write `init x = 0, y = 1`")?;
        let value = value.trim();
        let first = value.parse().map_err(|_| format!("`{value}` is no number"))?;
        let slot = self.set(name.trim())?;
        match self.program.variables[slot].first.replace(first) {
            None => Ok(()),
            Some(_) => Err(format!("`{}` has a first value already", name.trim())),
        }
    }

    fn step_or_label(&mut self, code: &str, word: &str, rest: &str) -> Result<(), String> {
        let thread = self.program.threads.len().checked_sub(1);
        let thread = thread.ok_or_else(|| format!("`{code}` stands before the first `thread`"))?;
        let step = self.program.threads[thread].steps.len();
        if let Some(label) = code.strip_suffix(':').filter(|label| is_name(label)) {
            if self.labels.insert((thread, label.into()), step).is_some() {
                return Err(format!("the label `{label}` is there twice"));
            }
            self.caption(code);
            return Ok(());
        }
        let action = self.action(code, word, rest, (thread, step))?;
        let thread = &mut self.program.threads[thread];
        let captions = mem::take(&mut thread.end_captions);
        thread.steps.push(Step { captions, text: code.into(), action });
        Ok(())
    }

    fn action(
        &mut self,
        code: &str,
        word: &str,
        rest: &str,
        (thread, step): (usize, usize),
    ) -> Result<Action, String> {
        let mut jump = |label: &str, line| {
            self.jumps.push(Goto { thread, step, label: label.trim().into(), line });
        };
        Ok(match word {
            "acquire" => Action::Acquire(self.lock(rest)?),
            "release" => Action::Release(self.lock(rest)?),
            "wait" => Action::Wait(self.expr(rest)?),
            "assert" => Action::Assert(self.expr(rest)?),
            "goto" => {
                jump(rest, self.at);
                Action::Jump(0)
            }
            "if" => {
                let (condition, label) = rest.split_once(" goto ").ok_or("write `if x goto l`")?;
                jump(label, self.at);
                Action::JumpIf(self.expr(condition)?, 0)
            }
            _ => {
                let unknown = || format!("`{code}` is no step: see book/README.md for all of them");
                let (name, value) = code.split_once('=').ok_or_else(unknown)?;
                if !is_name(name.trim()) {
                    return Err(unknown());
                }
                let value = self.expr(value)?;
                Action::Assign(self.set(name.trim())?, value)
            }
        })
    }

    fn expr(&mut self, source: &str) -> Result<Expr, String> {
        Expr::parse(source, &mut |name| self.slot(name))
    }

    fn slot(&mut self, name: &str) -> Slot {
        let variables = &mut self.program.variables;
        variables.iter().position(|variable| variable.name == name).unwrap_or_else(|| {
            variables.push(Variable { name: name.into(), first: None, lock: false });
            self.names.push(Name { line: self.at, set: false });
            variables.len() - 1
        })
    }

    /// The variable `name`, which is set here.
    fn set(&mut self, name: &str) -> Result<Slot, String> {
        if !is_name(name) {
            return Err(format!("`{name}` is no name"));
        }
        let slot = self.slot(name);
        self.names[slot].set = true;
        Ok(slot)
    }

    fn lock(&mut self, name: &str) -> Result<Slot, String> {
        let slot = self.set(name)?;
        let lock = &mut self.program.variables[slot];
        lock.lock = true;
        lock.first.get_or_insert(0);
        Ok(slot)
    }

    fn finish(mut self) -> Result<Program, Mistake> {
        for goto in &self.jumps {
            let Some(&target) = self.labels.get(&(goto.thread, goto.label.clone())) else {
                let message = format!("this thread has no label `{}:`", goto.label);
                return Err(Mistake { line: goto.line, message });
            };
            match &mut self.program.threads[goto.thread].steps[goto.step].action {
                Action::Jump(to) | Action::JumpIf(_, to) => *to = target,
                other => unreachable!("{other:?} does not jump"),
            }
        }
        if let Some(slot) = self.names.iter().position(|name| !name.set) {
            let message = format!("nothing sets `{}`", self.program.variables[slot].name);
            return Err(Mistake { line: self.names[slot].line, message });
        }
        if self.program.threads.is_empty() {
            return Err(Mistake { line: 1, message: "there is no `thread`".into() });
        }
        Ok(self.program)
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_') && word.chars().all(is_name_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(source: &str) -> String {
        parse(source).expect_err(source).to_string()
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        assert_eq!(mistake("init x = 0"), "line 1: there is no `thread`");
        assert_eq!(mistake("init x"), "line 1: write `init x = 0, y = 1`");
        assert_eq!(mistake("\nx = 1"), "line 2: `x = 1` stands before the first `thread`");
        assert_eq!(mistake("thread A\n wait x"), "line 2: nothing sets `x`");
        assert_eq!(mistake("thread A\n goto on"), "line 2: this thread has no label `on:`");
        assert_eq!(mistake("thread A\n l:\n l:"), "line 3: the label `l` is there twice");
        assert_eq!(
            mistake("thread A\n notify c"),
            "line 2: `notify c` is no step: see book/README.md for all of them"
        );
        assert_eq!(mistake("thread A B"), "line 1: a thread needs a name of one word: `thread A`");
    }

    #[test]
    fn keeps_names_in_the_order_of_the_source() {
        let program = parse("init b = 1, a = 2\nthread T # comment\n acquire m\n c = a").unwrap();
        let names: Vec<_> = program.variables.iter().map(|v| (&*v.name, v.first)).collect();
        assert_eq!(names, [("b", Some(1)), ("a", Some(2)), ("m", Some(0)), ("c", None)]);
        assert!(program.variables[2].lock);
    }

    #[test]
    fn labels_and_comments_are_captions_of_the_next_step() {
        let source = "# about the block\ninit x = 0
             thread A # about the thread\n # look\n\n again:\n if x goto out # or not\n goto again
             \n out:\n # gone\nthread B\n #set\n x = 1";
        let threads = parse(source).unwrap().threads;
        let steps = |thread: usize| -> Vec<_> {
            threads[thread].steps.iter().map(|s| (s.captions.join(" | "), &*s.text)).collect()
        };
        assert_eq!(
            steps(0),
            [("# look | again:".into(), "if x goto out"), (String::new(), "goto again")]
        );
        assert_eq!(threads[0].end_captions, ["out:", "# gone"]);
        assert_eq!(steps(1), [("#set".into(), "x = 1")]);
        assert!(threads[1].end_captions.is_empty());
    }
}
