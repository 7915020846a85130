//! Programs of the size that learners' mistakes need are decided, after so many executions at most.

use std::rc::Rc;

use super::speed::programs::{self, Program};
use crate::engine::Session;
use crate::model::Model;
use crate::search::{self, Found};

fn program(name: &str) -> Program {
    let named = |program: &&Program| program.name == name;
    *programs::ALL.iter().find(named).unwrap_or_else(|| panic!("there is no program `{name}`"))
}

fn search(name: &str, model: Model) -> Found {
    let (plan, settings) = model.plan();
    search::search(&Session::begin(), Rc::new(program(name).run), plan, settings)
}

/// Without limits, and with nothing left out. The numbers are one execution for each order of the steps
/// that compete, which threads that do the same have less of.
#[test]
fn all_schedules_take_few_executions() {
    for (name, most) in [
        ("lock, 3 threads × 2 sections", 15),
        ("lock, 5 × 1", 1),
        ("lock, 6 × 1", 1),
        ("lock, 8 × 1", 1),
        ("5 readers, 1 writer", 6),
        ("compare-exchange loop, 3 × 1", 23),
        ("barrier of 3", 12),
        ("barrier of 4", 145),
        ("queue for 1, 2 + 2 threads × 1 item", 32),
    ] {
        let found = search(name, Model::new().unbounded());
        assert!(found.stopped.is_none(), "{name}: {:?}", found.stopped);
        assert_eq!(
            (found.reached, found.cut_rounds, found.cut_steps),
            (Some(None), 0, 0),
            "{name}"
        );
        assert!(found.executions <= most, "{name}: {} executions", found.executions);
    }
}

/// At the settings of a check that asks for nothing special.
#[test]
fn larger_programs_are_decided() {
    for name in ["semaphore, 4 threads, 2 permits", "semaphore, 5 threads, 2 permits"] {
        let found = search(name, Model::new());
        assert!(found.stopped.is_none(), "{name}: {:?}", found.stopped);
        assert!(search::is_reached(Some(2), found.reached), "{name}: {:?}", found.reached);
        assert!(found.executions < 30_000, "{name}: {} executions", found.executions);
    }
}
