//! The whole course, graded by its own grader: every stub fails, every right answer passes, every
//! wrong answer fails the check that it names with the fault that it names.

use course_tests::{grade, run};

#[test]
fn the_course_is_what_it_says() {
    let (code, text) = run(&mut grade(&["self-test"]));
    assert_eq!(code, 0, "{text}");
}
