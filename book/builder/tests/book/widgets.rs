//! The widgets' models, tested by node where it is present.

use std::process::Command;

#[test]
fn the_models_of_the_widgets_are_right() {
    let widgets = concat!(env!("CARGO_MANIFEST_DIR"), "/../widgets/");
    let test = Command::new("node").arg("--test").current_dir(widgets).output();
    let Ok(output) = test else {
        eprintln!("skipped: there is no `node` here, so the widgets' models are not tested");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("pass ") && !said.contains("pass 0"), "nothing was tested: {said}");
}
