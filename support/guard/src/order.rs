//! What the grader asks for, as arguments.

use std::path::PathBuf;

/// What to run, and what it may use.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// CPU seconds of one process.
    pub cpu: Option<u64>,
    /// Bytes of one file that is written.
    pub file: Option<u64>,
    /// Processes and threads, all together.
    pub tasks: Option<u64>,
    /// Bytes of address space of one process.
    pub memory: Option<u64>,
    /// Whether the program keeps the streams that it would have without a guard, which then says
    /// nothing and ends as the program does.
    pub silent: bool,
    /// Files that one process may have open.
    pub files: Option<u64>,
    /// What may be read, and executed, besides what may be written. None: everything.
    pub read: Vec<PathBuf>,
    /// What may be written.
    pub write: Vec<PathBuf>,
    /// Whether files and processes of others are within reach, as without namespaces.
    pub shared: bool,
    /// What to run.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl Order {
    /// Reads the arguments; `None` if they are not understood.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self::default();
        loop {
            let option = arguments.next()?;
            if option == "--" {
                order.program = arguments.next()?;
                order.arguments = arguments.collect();
                return Some(order);
            }
            let value = arguments.next()?;
            match &*option {
                "--cpu" => order.cpu = Some(value.parse().ok()?),
                "--file" => order.file = Some(value.parse().ok()?),
                "--tasks" => order.tasks = Some(value.parse().ok()?),
                "--files" => order.files = Some(value.parse().ok()?),
                "--memory" => order.memory = Some(value.parse().ok()?),
                "--silent" => order.silent = value == "yes",
                "--read" => order.read.push(value.into()),
                "--write" => order.write.push(value.into()),
                // Whoever starts the guard may know only later which folder that is.
                "--write-named" => order.write.extend(std::env::var_os(value).map(PathBuf::from)),
                "--shared" => order.shared = value == "yes",
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Order> {
        Order::parse(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn reads_limits_and_the_program() {
        let order = parse("--cpu 3 --read /usr --write /tmp -- /bin/true --cpu 4").unwrap();
        assert_eq!((order.cpu, &*order.program), (Some(3), "/bin/true"));
        assert_eq!(order.arguments, ["--cpu", "4"]);
        assert_eq!((order.read, order.write), (vec!["/usr".into()], vec!["/tmp".into()]));
    }

    #[test]
    fn a_variable_names_a_folder() {
        let path = std::env::var_os("PATH").unwrap();
        assert_eq!(parse("--write-named PATH -- a").unwrap().write, [PathBuf::from(path)]);
        assert!(parse("--write-named NO_SUCH_VARIABLE -- a").unwrap().write.is_empty());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in ["", "--", "--cpu", "--cpu x -- a", "--nonsense 1 -- a", "/bin/true"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
