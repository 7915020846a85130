//! The words behind a directive's name or a fence's language: `threads=2 hog=yes title="Two words"`.

use crate::problem::Complaint;

/// Words, each a name with or without a value. Whoever reads one takes it out; what is left over at
/// the end was meant for nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments(Vec<(String, Option<String>)>);

impl Arguments {
    /// Splits `text` at spaces and commas outside quotes.
    pub fn parse(text: &str) -> Self {
        let mut words = Vec::new();
        let mut rest = text.trim_start_matches(is_gap);
        while !rest.is_empty() {
            let end = rest.find(|c| is_gap(c) || c == '=').unwrap_or(rest.len());
            let name = rest[..end].to_owned();
            rest = &rest[end..];
            let value = rest.strip_prefix('=').map(|after| {
                let (value, left) = value(after);
                rest = left;
                value.to_owned()
            });
            words.push((name, value));
            rest = rest.trim_start_matches(is_gap);
        }
        Arguments(words)
    }

    /// Takes out the value of `name`.
    pub fn value(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(word, value)| word == name && value.is_some())?;
        self.0.remove(at).1
    }

    /// Takes out the word `name` that has no value.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|(word, value)| word != name || value.is_some());
        self.0.len() < before
    }

    /// Takes out the value of `name` and parses it; `default` without one.
    ///
    /// # Errors
    /// If the value is none of a `T`.
    pub fn parsed<T: std::str::FromStr>(&mut self, name: &str, default: T) -> Result<T, Complaint> {
        match self.value(name) {
            None => Ok(default),
            Some(value) => value.parse().map_err(|_| {
                let what = format!("`{value}` is no value for `{name}`");
                Complaint::new(what, "See book/README.md for the values.")
            }),
        }
    }

    /// Takes out the value of `name`, which must be one of `allowed`; the first one without it.
    ///
    /// # Errors
    /// If it is none of them.
    pub fn one_of<T: Copy>(&mut self, name: &str, allowed: &[(&str, T)]) -> Result<T, Complaint> {
        let Some(value) = self.value(name) else { return Ok(allowed[0].1) };
        let found = allowed.iter().find(|(id, _)| *id == value).map(|(_, meant)| *meant);
        found.ok_or_else(|| {
            let ids: Vec<_> = allowed.iter().map(|(id, _)| *id).collect();
            let remedy = format!("Write one of {}.", ids.join(", "));
            Complaint::new(format!("`{value}` is no {name}"), remedy)
        })
    }

    /// The words without values, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.as_str())
    }

    /// Nothing may be left over.
    ///
    /// # Errors
    /// If something is.
    pub fn finish(self) -> Result<(), Complaint> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => {
                let what = format!("nothing takes an argument called `{name}` here");
                Err(Complaint::new(what, "See book/README.md for the arguments."))
            }
        }
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == ','
}

/// The value at the start of `text`, and what follows it. A bare value may hold commas
/// (`expect=ok,violates`); one with spaces needs quotes.
fn value(text: &str) -> (&str, &str) {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_words_and_values() {
        let mut words = Arguments::parse(" run,min=2.5 expect=ok,violates title=\"A, then = B\" ");
        assert!(words.flag("run") && !words.flag("run"));
        assert_eq!(words.value("expect").as_deref(), Some("ok,violates"));
        assert_eq!(words.value("title").as_deref(), Some("A, then = B"));
        assert_eq!(words.parsed("min", 0.0), Ok(2.5));
        assert_eq!(words.parsed("max", 7), Ok(7));
        assert_eq!(words.finish(), Ok(()));
    }

    #[test]
    fn complains_about_what_nobody_takes() {
        let mut words = Arguments::parse("threads=two cores=2");
        assert_eq!(words.parsed("threads", 1).unwrap_err().what, "`two` is no value for `threads`");
        assert!(words.finish().unwrap_err().what.contains("`cores`"));
        let runtime = Arguments::parse("runtime=olde").one_of("runtime", &[("new", 1), ("old", 2)]);
        assert_eq!(runtime.unwrap_err().remedy, "Write one of new, old.");
    }
}
