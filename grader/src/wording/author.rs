//! What the commands for authors of exercises say.

pub(crate) fn written(name: &str, paths: &[String]) -> String {
    let mut text = String::new();
    for path in paths {
        text += &format!("wrote {path}\n");
    }
    text + &format!(
        "\nThis is a small exercise that works: `cargo grade self-test {name}` accepts it.\n\
         Now turn it into yours: the task (README.md), the stub, the checks, the answers.\n\
         Then add a line to book/src/SUMMARY.md:\n  - [Exercise: TITLE](exercises/{name}.md)\n"
    )
}

pub(crate) fn no_name(name: &str) -> String {
    format!(
        "`{name}` cannot be a package's name here: use small letters, digits and dashes, and begin each word with a letter (like `race-fix`)"
    )
}

pub(crate) fn taken(folder: &str) -> String {
    format!("there is an exercise of that name: exercises/{folder}. Choose another name")
}
