//! Updates: atomicity, failed exchanges, and release sequences (C++20's: a store of the same thread
//! ends one).

use super::published::Test;
use super::published::Verdict::{Forbidden, LoadBuffering, Possible, Weak};

pub(super) const TESTS: &[Test] = &[
    ("two updates", "a = x.add(1).rlx || b = x.add(1).rlx", "a=0 b=0", Forbidden),
    ("an update beside a store", "a = x.add(1).rlx || x.rlx = 5", "a=0 x=1", Forbidden),
    ("an update after a store", "a = x.add(1).rlx || x.rlx = 5", "a=5 x=6", Possible),
    ("CAS+CAS", "a = x.cas(0,1).rlx.rlx || b = x.cas(0,2).rlx.rlx", "a=0 b=0", Forbidden),
    ("a strong CAS", "a = x.cas(0,1).rlx.rlx", "a=0 x=0", Forbidden),
    (
        "a failed CAS reads the old",
        "x.rlx = 1; y.rlx = 1 || a = y.rlx; b = x.cas(5,6).rlx.rlx",
        "a=1 b=0",
        Weak,
    ),
    (
        "a CAS behind a store",
        "x.rlx = 1; y.rlx = 1 || a = y.rlx; b = x.cas(0,2).rlx.rlx",
        "a=1 b=0 x=1",
        Weak,
    ),
    (
        "a failed CAS fails with acq",
        "x.rlx = 1; y.rel = 1 || a = y.cas(5,6).rlx.acq; b = x.rlx",
        "a=1 b=0",
        Forbidden,
    ),
    (
        "a failed CAS fails with rlx",
        "x.rlx = 1; y.rel = 1 || a = y.cas(5,6).acqrel.rlx; b = x.rlx",
        "a=1 b=0",
        Weak,
    ),
    ("MP+swap", "x.rlx = 1; p = y.swap(1).rel || a = y.acq; b = x.rlx", "a=1 b=0", Forbidden),
    ("MP+swap.rlx", "x.rlx = 1; p = y.swap(1).rlx || a = y.acq; b = x.rlx", "a=1 b=0", Weak),
    (
        "MP, read by add",
        "x.rlx = 1; y.rel = 1 || a = y.add(1).acq; b = x.rlx",
        "a=1 b=0",
        Forbidden,
    ),
    (
        "MP, data by add",
        "x.rlx = 1; y.rel = 1 || a = y.acq; b = x.add(1).rlx",
        "a=1 b=0",
        Forbidden,
    ),
    ("MP.rlx, data by add", "x.rlx = 1; y.rlx = 1 || a = y.rlx; b = x.add(1).rlx", "a=1 b=0", Weak),
    (
        "SB+swap.sc",
        "p = x.swap(1).sc; a = y.sc || q = y.swap(1).sc; b = x.sc",
        "a=0 b=0",
        Forbidden,
    ),
    (
        "SB+swap.acqrel",
        "p = x.swap(1).acqrel; a = y.acq || q = y.swap(1).acqrel; b = x.acq",
        "a=0 b=0",
        Weak,
    ),
    (
        "SB, read by add.rlx",
        "x.rlx = 1; a = y.add(1).rlx || y.rlx = 1; b = x.add(1).rlx",
        "a=0 b=0",
        Weak,
    ),
    (
        "SB, an update as a fence",
        "x.rlx = 1; p = z.add(1).acqrel; a = y.rlx || y.rlx = 1; q = z.add(1).acqrel; b = x.rlx",
        "a=0 b=0",
        Forbidden,
    ),
    (
        "2+2W+swap",
        "p = x.swap(1).rlx; q = y.swap(2).rlx || r = y.swap(1).rlx; s = x.swap(2).rlx",
        "x=1 y=1",
        LoadBuffering,
    ),
    (
        "2+2W, swap second",
        "x.rlx = 1; p = y.swap(2).rlx || y.rlx = 1; q = x.swap(2).rlx",
        "p=0 q=0 x=1 y=1",
        Weak,
    ),
    (
        "2+2W+swap.sc",
        "p = x.swap(1).sc; q = y.swap(2).sc || r = y.swap(1).sc; s = x.swap(2).sc",
        "x=1 y=1",
        Forbidden,
    ),
    (
        "release sequence",
        "x.rlx = 1; y.rel = 1 || p = y.add(1).rlx || a = y.acq; b = x.rlx",
        "a=2 b=0",
        Forbidden,
    ),
    (
        "release sequence of two updates",
        "x.rlx = 1; y.rel = 1 || p = y.add(1).rlx || q = y.add(1).rlx || a = y.acq; b = x.rlx",
        "a=3 b=0",
        Forbidden,
    ),
    (
        "release sequence by CAS",
        "x.rlx = 1; y.rel = 1 || p = y.cas(1,2).rlx.rlx || a = y.acq; b = x.rlx",
        "a=2 b=0",
        Forbidden,
    ),
    (
        "release sequence, then fence.acq",
        "x.rlx = 1; y.rel = 1 || p = y.add(1).rlx || a = y.rlx; fence.acq; b = x.rlx",
        "a=2 b=0",
        Forbidden,
    ),
    (
        "release sequence after fence.rel",
        "x.rlx = 1; fence.rel; y.rlx = 1 || p = y.add(1).rlx || a = y.acq; b = x.rlx",
        "a=2 b=0",
        Forbidden,
    ),
    (
        "release sequence, ended by itself",
        "x.rlx = 1; y.rel = 1; y.rlx = 2 || a = y.acq; b = x.rlx",
        "a=2 b=0",
        Weak,
    ),
    (
        "release sequence, ended by a store",
        "x.rlx = 1; y.rel = 1 || p = y.rlx; y.rlx = 2 || a = y.acq; b = x.rlx",
        "p=1 a=2 b=0",
        Weak,
    ),
    (
        "an update that releases too",
        "x.rlx = 1; y.rel = 1 || z.rlx = 1; p = y.add(1).rel || a = y.acq; b = x.rlx; c = z.rlx",
        "p=1 a=2 c=0",
        Forbidden,
    ),
    (
        "an update that releases goes on",
        "x.rlx = 1; y.rel = 1 || z.rlx = 1; p = y.add(1).rel || a = y.acq; b = x.rlx; c = z.rlx",
        "p=1 a=2 b=0",
        Forbidden,
    ),
];
