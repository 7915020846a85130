//! How cargo is called on the stage: with the course's settings, and inside the sandbox if there is
//! one.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sandbox::Sandbox;
use crate::stage::Stage;

/// A stage to build on, and what stands between the compiler and the machine.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The stage.
    pub stage: &'a Stage,
    /// The sandbox, if there is one.
    pub sandbox: Option<&'a Sandbox>,
    /// CPU seconds that the compilers of each answer may use.
    pub seconds: u64,
}

impl Site<'_> {
    /// `cargo SUBCOMMAND` on the stage.
    pub fn command(&self, subcommand: &str) -> Command {
        self.command_in(subcommand, &self.stage.target)
    }

    /// `cargo SUBCOMMAND` on the stage, with this target folder, which lies in the stage's.
    pub fn command_in(&self, subcommand: &str, target: &Path) -> Command {
        let cargo = cargo();
        let mut command = match self.sandbox {
            Some(sandbox) => sandbox.cargo(&cargo, self.stage),
            None => Command::new(&cargo),
        };
        command.arg(subcommand);
        if self.sandbox.is_some() {
            // All that is needed was fetched before: in there is no network.
            command.arg("--offline");
        }
        command.arg("--target-dir").arg(target).current_dir(&self.stage.root);
        without_ours(&mut command);
        if self.sandbox.is_some() {
            // Secrets of the machine are nothing that a compiler needs.
            for (name, _) in std::env::vars_os() {
                if !is_needed(&name.to_string_lossy()) {
                    command.env_remove(name);
                }
            }
        }
        if self.stage.pristine {
            // There is no next time that could use what the compiler would keep for it; without,
            // it has a third less to do.
            command.env("CARGO_INCREMENTAL", "0");
        }
        command
    }
}

/// The cargo that runs us, else the one in `PATH`.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from)
}

/// Leaves out the variables that cargo sets for us.
pub(super) fn without_ours(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if is_of_cargo(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
}

/// Variables that cargo sets for the programs that it runs: they describe the grader, not the stage.
fn is_of_cargo(name: &str) -> bool {
    let kept = ["CARGO_HOME", "CARGO_NET_OFFLINE", "CARGO_HTTP_PROXY", "CARGO_INCREMENTAL"];
    let configures = ["CARGO_REGISTRIES_", "CARGO_SOURCE_", "CARGO_NET_", "CARGO_HTTP_"];
    name.starts_with("CARGO")
        && !kept.contains(&name)
        && !configures.iter().any(|prefix| name.starts_with(prefix))
}

fn is_needed(name: &str) -> bool {
    let needed = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"];
    needed.contains(&name) || name.starts_with("CARGO_SOURCE_") || name == "CARGO_HOME"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_variables_that_cargo_sets_for_us_are_dropped() {
        for name in ["CARGO_TARGET_DIR", "CARGO", "CARGO_PKG_NAME"] {
            assert!(is_of_cargo(name), "{name}");
        }
        for name in ["CARGO_HOME", "CARGO_SOURCE_X_REPLACE_WITH", "PATH"] {
            assert!(!is_of_cargo(name), "{name}");
        }
    }

    #[test]
    fn secrets_do_not_enter_the_sandbox() {
        for name in
            ["GITHUB_TOKEN", "CARGO_REGISTRY_TOKEN", "CARGO_REGISTRIES_X_TOKEN", "SSH_AUTH_SOCK"]
        {
            assert!(!is_needed(name), "{name}");
        }
    }
}
