//! Fences.

use super::published::Test;
use super::published::Verdict::{Forbidden, Weak};

pub(super) const TESTS: &[Test] = &[
    (
        "MP+fence.rel+fence.acq",
        "x.rlx = 1; fence.rel; y.rlx = 1 || a = y.rlx; fence.acq; b = x.rlx",
        "a=1 b=0",
        Forbidden,
    ),
    (
        "MP+rel+fence.acq",
        "x.rlx = 1; y.rel = 1 || a = y.rlx; fence.acq; b = x.rlx",
        "a=1 b=0",
        Forbidden,
    ),
    (
        "MP+fence.rel+acq",
        "x.rlx = 1; fence.rel; y.rlx = 1 || a = y.acq; b = x.rlx",
        "a=1 b=0",
        Forbidden,
    ),
    (
        "MP+fence.sc+fence.sc",
        "x.rlx = 1; fence.sc; y.rlx = 1 || a = y.rlx; fence.sc; b = x.rlx",
        "a=1 b=0",
        Forbidden,
    ),
    ("MP+fence.rel", "x.rlx = 1; fence.rel; y.rlx = 1 || a = y.rlx; b = x.rlx", "a=1 b=0", Weak),
    ("MP+fence.acq", "x.rlx = 1; y.rlx = 1 || a = y.rlx; fence.acq; b = x.rlx", "a=1 b=0", Weak),
    (
        "MP, the wrong fence",
        "x.rlx = 1; fence.acq; y.rlx = 1 || a = y.rlx; fence.acq; b = x.rlx",
        "a=1 b=0",
        Weak,
    ),
    (
        "MP, a fence too late",
        "x.rlx = 1; y.rlx = 1; fence.rel || a = y.acq; b = x.rlx",
        "a=1 b=0",
        Weak,
    ),
    (
        "SB+fence.sc",
        "x.rlx = 1; fence.sc; a = y.rlx || y.rlx = 1; fence.sc; b = x.rlx",
        "a=0 b=0",
        Forbidden,
    ),
    (
        "SB+fence.acqrel",
        "x.rlx = 1; fence.acqrel; a = y.rlx || y.rlx = 1; fence.acqrel; b = x.rlx",
        "a=0 b=0",
        Weak,
    ),
    ("SB, one fence", "x.rlx = 1; fence.sc; a = y.rlx || y.rlx = 1; b = x.rlx", "a=0 b=0", Weak),
    (
        "SB, accesses and a fence",
        "x.sc = 1; a = y.sc || y.rlx = 1; fence.sc; b = x.rlx",
        "a=0 b=0",
        Forbidden,
    ),
    (
        "2+2W+fence.sc",
        "x.rlx = 1; fence.sc; y.rlx = 2 || y.rlx = 1; fence.sc; x.rlx = 2",
        "x=1 y=1",
        Forbidden,
    ),
    ("2+2W, one fence", "x.rlx = 1; fence.sc; y.rlx = 2 || y.rlx = 1; x.rlx = 2", "x=1 y=1", Weak),
    (
        "S+fence.sc",
        "x.rlx = 2; fence.sc; y.rlx = 1 || a = y.rlx; fence.sc; x.rlx = 1",
        "a=1 x=2",
        Forbidden,
    ),
    (
        "R+fence.sc",
        "x.rlx = 1; fence.sc; y.rlx = 1 || y.rlx = 2; fence.sc; a = x.rlx",
        "a=0 y=2",
        Forbidden,
    ),
    (
        "R+fence.acqrel",
        "x.rlx = 1; fence.acqrel; y.rlx = 1 || y.rlx = 2; fence.acqrel; a = x.rlx",
        "a=0 y=2",
        Weak,
    ),
    (
        "WRC+fences",
        "x.rlx = 1 || a = x.rlx; fence.rel; y.rlx = 1 || b = y.rlx; fence.acq; c = x.rlx",
        "a=1 b=1 c=0",
        Forbidden,
    ),
    (
        "RWC+fence.sc",
        "x.rlx = 1 || a = x.rlx; fence.sc; b = y.rlx || y.rlx = 1; fence.sc; c = x.rlx",
        "a=1 b=0 c=0",
        Forbidden,
    ),
    (
        "W+RWC+fence.sc",
        "x.rlx = 1; z.rel = 1 || a = z.acq; fence.sc; b = y.rlx || y.rlx = 1; fence.sc; c = x.rlx",
        "a=1 b=0 c=0",
        Forbidden,
    ),
    (
        "IRIW+fence.sc",
        "x.rlx = 1 || y.rlx = 1 || a = x.rlx; fence.sc; b = y.rlx || c = y.rlx; fence.sc; d = x.rlx",
        "a=1 b=0 c=1 d=0",
        Forbidden,
    ),
    (
        "IRIW, one fence",
        "x.rlx = 1 || y.rlx = 1 || a = x.rlx; fence.sc; b = y.rlx || c = y.acq; d = x.rlx",
        "a=1 b=0 c=1 d=0",
        Weak,
    ),
    (
        "IRRWIW+fence.sc",
        "x.rlx = 2 || a = x.rlx; fence.sc; b = y.rlx || y.rlx = 1 || c = y.rlx; fence.sc; x.rlx = 1",
        "a=2 b=0 c=1 x=2",
        Forbidden,
    ),
    (
        "LB+fence.sc",
        "a = x.rlx; fence.sc; y.rlx = 1 || b = y.rlx; fence.sc; x.rlx = 1",
        "a=1 b=1",
        Forbidden,
    ),
];
