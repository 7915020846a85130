//! One atomic alone: coherence. Names as in Alglave, Maranget, Tautschnig, "Herding cats" (TOPLAS 2014).

use super::published::Test;
use super::published::Verdict::{Forbidden, Possible};

pub(super) const TESTS: &[Test] = &[
    ("CoRR", "x.rlx = 1 || a = x.rlx; b = x.rlx", "a=1 b=0", Forbidden),
    ("CoRR forward", "x.rlx = 1; x.rlx = 2 || a = x.rlx; b = x.rlx", "a=1 b=2", Possible),
    ("CoRR backward", "x.rlx = 1; x.rlx = 2 || a = x.rlx; b = x.rlx", "a=2 b=1", Forbidden),
    (
        "CoRR2",
        "x.rlx = 1 || x.rlx = 2 || a = x.rlx; b = x.rlx || c = x.rlx; d = x.rlx",
        "a=1 b=2 c=2 d=1",
        Forbidden,
    ),
    ("CoWR own", "x.rlx = 1; a = x.rlx", "a=0", Forbidden),
    ("CoWR", "x.rlx = 1; a = x.rlx || x.rlx = 2", "a=2 x=1", Forbidden),
    ("CoRW1", "a = x.rlx; x.rlx = 1", "a=1", Forbidden),
    ("CoRW2", "a = x.rlx; x.rlx = 1 || x.rlx = 2", "a=2 x=2", Forbidden),
    ("CoWW", "x.rlx = 1; x.rlx = 2", "x=1", Forbidden),
    ("CoWW of two", "x.rlx = 1; x.rlx = 2 || x.rlx = 3", "x=1", Forbidden),
    (
        "CoWW seen by another one",
        "x.rlx = 1; y.rel = 1 || a = y.acq; x.rlx = 2",
        "a=1 x=1",
        Forbidden,
    ),
    (
        "CoRW seen by another one",
        "x.rlx = 1 || a = x.rlx; y.rel = 1 || b = y.acq; x.rlx = 2",
        "a=1 b=1 x=1",
        Forbidden,
    ),
];
