//! What is passed on from thread to thread: message passing, and longer ways.

use super::published::Test;
use super::published::Verdict::{Forbidden, LoadBuffering, Weak};

pub(super) const TESTS: &[Test] = &[
    ("MP", "x.rlx = 1; y.rlx = 1 || a = y.rlx; b = x.rlx", "a=1 b=0", Weak),
    ("MP+rel+acq", "x.rlx = 1; y.rel = 1 || a = y.acq; b = x.rlx", "a=1 b=0", Forbidden),
    ("MP+rel+rlx", "x.rlx = 1; y.rel = 1 || a = y.rlx; b = x.rlx", "a=1 b=0", Weak),
    ("MP+rlx+acq", "x.rlx = 1; y.rlx = 1 || a = y.acq; b = x.rlx", "a=1 b=0", Weak),
    ("MP+sc+sc", "x.rlx = 1; y.sc = 1 || a = y.sc; b = x.rlx", "a=1 b=0", Forbidden),
    ("MP+rel+sc", "x.rlx = 1; y.rel = 1 || a = y.sc; b = x.rlx", "a=1 b=0", Forbidden),
    ("MP, stores rlx, loads sc", "x.rlx = 1; y.rlx = 1 || a = y.sc; b = x.sc", "a=1 b=0", Weak),
    ("MP, stores sc, loads rlx", "x.sc = 1; y.sc = 1 || a = y.rlx; b = x.rlx", "a=1 b=0", Weak),
    ("MP, rel on the data", "x.rel = 1; y.rlx = 1 || a = y.acq; b = x.acq", "a=1 b=0", Weak),
    ("WRC", "x.rlx = 1 || a = x.rlx; y.rlx = 1 || b = y.rlx; c = x.rlx", "a=1 b=1 c=0", Weak),
    (
        "WRC+rel+acq",
        "x.rlx = 1 || a = x.rlx; y.rel = 1 || b = y.acq; c = x.rlx",
        "a=1 b=1 c=0",
        Forbidden,
    ),
    (
        "WRC, first step alone",
        "x.rel = 1 || a = x.acq; y.rlx = 1 || b = y.rlx; c = x.rlx",
        "a=1 b=1 c=0",
        Weak,
    ),
    (
        "ISA2",
        "x.rlx = 1; y.rlx = 1 || a = y.rlx; z.rlx = 1 || b = z.rlx; c = x.rlx",
        "a=1 b=1 c=0",
        Weak,
    ),
    (
        "ISA2+rel+acq",
        "x.rlx = 1; y.rel = 1 || a = y.acq; z.rel = 1 || b = z.acq; c = x.rlx",
        "a=1 b=1 c=0",
        Forbidden,
    ),
    (
        "ISA2, a gap in the middle",
        "x.rlx = 1; y.rel = 1 || a = y.rlx; z.rel = 1 || b = z.acq; c = x.rlx",
        "a=1 b=1 c=0",
        Weak,
    ),
    ("S", "x.rlx = 2; y.rlx = 1 || a = y.rlx; x.rlx = 1", "a=1 x=2", Weak),
    ("S+rel+acq", "x.rlx = 2; y.rel = 1 || a = y.acq; x.rlx = 1", "a=1 x=2", Forbidden),
    ("S+rel+rlx", "x.rlx = 2; y.rel = 1 || a = y.rlx; x.rlx = 1", "a=1 x=2", Weak),
    ("S+rlx+acq", "x.rlx = 2; y.rlx = 1 || a = y.acq; x.rlx = 1", "a=1 x=2", Weak),
    ("LB", "a = x.rlx; y.rlx = 1 || b = y.rlx; x.rlx = 1", "a=1 b=1", LoadBuffering),
    ("LB+acq+rel", "a = x.acq; y.rel = 1 || b = y.acq; x.rel = 1", "a=1 b=1", Forbidden),
    ("LB+sc", "a = x.sc; y.sc = 1 || b = y.sc; x.sc = 1", "a=1 b=1", Forbidden),
];
