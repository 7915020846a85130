//! The privileges that root would keep where there is no user namespace to take them.

use rustix::thread::{CapabilitySet, capabilities, set_capabilities};

/// Files are root's to read and write, wherever Landlock lets anybody. All else that root may do is
/// given up: to open another process's memory, to signal whom it likes, to claim on a socket to be
/// somebody else, to change the machine.
const FILES: CapabilitySet = CapabilitySet::CHOWN
    .union(CapabilitySet::DAC_OVERRIDE)
    .union(CapabilitySet::DAC_READ_SEARCH)
    .union(CapabilitySet::FOWNER)
    .union(CapabilitySet::FSETID);

/// Gives the others up, for this process and all below it: a program that is started gains none, since
/// new privileges are off.
///
/// # Errors
/// When the kernel refuses, which it never does to give something up.
pub fn give_up() -> std::io::Result<()> {
    let mut sets = capabilities(None)?;
    for set in [&mut sets.effective, &mut sets.permitted, &mut sets.inheritable] {
        *set &= FILES;
    }
    Ok(set_capabilities(None, sets)?)
}
