//! What every pool promises. `09-thread-pool` runs the same checks on its pool of threads.

mod behaviour;
mod contract;

use behaviour::{endings, loads, results};
use checks::{example, within};
use process_pool as answer;
use process_pool as pool;
use witness::PATIENCE;

#[test]
fn apply_gives_the_result() {
    example(|| within(PATIENCE, results::apply_gives_the_result));
}

#[test]
fn map_keeps_the_order() {
    example(|| within(PATIENCE, results::map_keeps_the_order));
}

#[test]
fn slow_task_holds_up_nobody() {
    example(|| within(PATIENCE * 2, results::slow_task_holds_up_nobody));
}

#[test]
fn async_results_come_later() {
    example(|| within(PATIENCE, results::async_results_come_later));
}

#[test]
fn tasks_run_side_by_side() {
    example(|| within(PATIENCE * 2, results::tasks_run_side_by_side));
}

#[test]
fn panic_fails_alone() {
    example(|| within(PATIENCE, results::panic_fails_alone));
}

#[test]
fn close_lets_the_queue_run() {
    example(|| within(PATIENCE, endings::close_lets_the_queue_run));
}

#[test]
fn terminate_stops_now() {
    example(|| within(PATIENCE * 2, endings::terminate_stops_now));
}

#[test]
fn join_wants_an_end() {
    example(|| within(PATIENCE, endings::join_wants_an_end));
}

#[test]
fn threads_share_a_pool() {
    example(|| within(PATIENCE * 2, results::threads_share_a_pool));
}

#[test]
fn large_values_go_both_ways() {
    example(|| within(PATIENCE, loads::large_values_go_both_ways));
}

#[test]
fn ten_thousand_tiny_tasks() {
    example(|| within(PATIENCE * 2, loads::ten_thousand_tiny_tasks));
}

#[test]
fn sixty_four_workers() {
    example(|| within(PATIENCE * 2, loads::sixty_four_workers));
}

#[test]
fn pools_may_be_nested() {
    example(|| within(PATIENCE, loads::pools_may_be_nested));
}
