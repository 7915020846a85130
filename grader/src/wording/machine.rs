//! What is said when the machine is at fault and no answer is.

pub(crate) fn unending(names: &[String]) -> String {
    format!(
        "The grader could not end all of it: this still runs on the machine: {}",
        names.join(", ")
    )
}
