//! Where only `SeqCst` helps: two threads and more that each write and then look elsewhere.
//!
//! Z6.U and IRIW-acq-sc are those of Lahav and others (PLDI 2017): C11 forbade them, RC11 allows them.

use super::published::Test;
use super::published::Verdict::{Forbidden, Weak};

pub(super) const TESTS: &[Test] = &[
    ("SB", "x.rlx = 1; a = y.rlx || y.rlx = 1; b = x.rlx", "a=0 b=0", Weak),
    ("SB+rel+acq", "x.rel = 1; a = y.acq || y.rel = 1; b = x.acq", "a=0 b=0", Weak),
    ("SB+sc", "x.sc = 1; a = y.sc || y.sc = 1; b = x.sc", "a=0 b=0", Forbidden),
    ("SB, stores sc, loads acq", "x.sc = 1; a = y.acq || y.sc = 1; b = x.acq", "a=0 b=0", Weak),
    ("SB, stores rel, loads sc", "x.rel = 1; a = y.sc || y.rel = 1; b = x.sc", "a=0 b=0", Weak),
    ("SB, one thread sc", "x.sc = 1; a = y.sc || y.rel = 1; b = x.acq", "a=0 b=0", Weak),
    ("2+2W", "x.rlx = 1; y.rlx = 2 || y.rlx = 1; x.rlx = 2", "x=1 y=1", Weak),
    ("2+2W+rel", "x.rel = 1; y.rel = 2 || y.rel = 1; x.rel = 2", "x=1 y=1", Weak),
    ("2+2W+sc", "x.sc = 1; y.sc = 2 || y.sc = 1; x.sc = 2", "x=1 y=1", Forbidden),
    ("2+2W, one thread sc", "x.sc = 1; y.sc = 2 || y.rel = 1; x.rel = 2", "x=1 y=1", Weak),
    ("R", "x.rlx = 1; y.rlx = 1 || y.rlx = 2; a = x.rlx", "a=0 y=2", Weak),
    ("R+rel+acq", "x.rel = 1; y.rel = 1 || y.rel = 2; a = x.acq", "a=0 y=2", Weak),
    ("R+sc", "x.sc = 1; y.sc = 1 || y.sc = 2; a = x.sc", "a=0 y=2", Forbidden),
    ("R, first store rlx", "x.rlx = 1; y.sc = 1 || y.sc = 2; a = x.sc", "a=0 y=2", Weak),
    ("RWC", "x.rlx = 1 || a = x.acq; b = y.rlx || y.rlx = 1; c = x.rlx", "a=1 b=0 c=0", Weak),
    ("RWC+sc", "x.sc = 1 || a = x.sc; b = y.sc || y.sc = 1; c = x.sc", "a=1 b=0 c=0", Forbidden),
    (
        "W+RWC",
        "x.rlx = 1; z.rel = 1 || a = z.acq; b = y.rlx || y.rlx = 1; c = x.rlx",
        "a=1 b=0 c=0",
        Weak,
    ),
    (
        "W+RWC+sc",
        "x.sc = 1; z.rel = 1 || a = z.acq; b = y.sc || y.sc = 1; c = x.sc",
        "a=1 b=0 c=0",
        Forbidden,
    ),
    (
        "Z6.U",
        "x.sc = 1; y.rel = 1 || b = y.add(1).sc; c = y.rlx || y.sc = 3; a = x.sc",
        "a=0 b=1 c=3",
        Weak,
    ),
    (
        "Z6.U, looked at before",
        "x.sc = 1; y.rel = 1 || p = y.acq; b = y.add(1).sc; c = y.rlx || y.sc = 3; a = x.sc",
        "a=0 p=1 b=1 c=3",
        Weak,
    ),
    (
        "Z6.U, something else before",
        "x.sc = 1; y.rel = 1 || p = y.acq; q = z.rlx; b = y.add(1).sc; c = y.rlx || y.sc = 3; a = x.sc",
        "a=0 p=1 b=1 c=3",
        Forbidden,
    ),
    (
        "Z6.U+sc",
        "x.sc = 1; y.sc = 1 || b = y.add(1).sc; c = y.sc || y.sc = 3; a = x.sc",
        "a=0 b=1 c=3",
        Forbidden,
    ),
    (
        "IRIW",
        "x.rlx = 1 || y.rlx = 1 || a = x.rlx; b = y.rlx || c = y.rlx; d = x.rlx",
        "a=1 b=0 c=1 d=0",
        Weak,
    ),
    (
        "IRIW+rel+acq",
        "x.rel = 1 || y.rel = 1 || a = x.acq; b = y.acq || c = y.acq; d = x.acq",
        "a=1 b=0 c=1 d=0",
        Weak,
    ),
    (
        "IRIW+sc",
        "x.sc = 1 || y.sc = 1 || a = x.sc; b = y.sc || c = y.sc; d = x.sc",
        "a=1 b=0 c=1 d=0",
        Forbidden,
    ),
    (
        "IRIW-acq-sc",
        "x.sc = 1 || y.sc = 1 || a = x.acq; b = y.sc || c = y.acq; d = x.sc",
        "a=1 b=0 c=1 d=0",
        Weak,
    ),
    (
        "IRIW, stores rel, loads sc",
        "x.rel = 1 || y.rel = 1 || a = x.sc; b = y.sc || c = y.sc; d = x.sc",
        "a=1 b=0 c=1 d=0",
        Weak,
    ),
    (
        "IRRWIW",
        "x.rlx = 2 || a = x.acq; b = y.acq || y.rlx = 1 || c = y.acq; x.rlx = 1",
        "a=2 b=0 c=1 x=2",
        Weak,
    ),
    (
        "IRRWIW+sc",
        "x.sc = 2 || a = x.sc; b = y.sc || y.sc = 1 || c = y.sc; x.sc = 1",
        "a=2 b=0 c=1 x=2",
        Forbidden,
    ),
];
