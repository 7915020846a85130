//! The programs that the event-loop figure steps through.

/// A program of coroutines.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    /// As pages write it.
    pub id: &'static str,
    /// Its name for readers.
    pub title: &'static str,
    /// Its Python source.
    pub code: &'static [&'static str],
    /// The tasks that are ready at first.
    pub tasks: &'static [Task],
    /// What to take away from it.
    pub lesson: &'static str,
}

/// A task of the loop.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// Its name.
    pub name: &'static str,
    /// What it does, in order.
    pub acts: &'static [Act],
}

/// Something that a task does, and the line of the source (from 1) where it does so.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// The line of [`Scene::code`].
    pub line: usize,
    /// What it does there.
    pub kind: ActKind,
}

/// What a task can do. Times are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ActKind {
    /// Computes: the loop can do nothing else.
    Compute(f64),
    /// Calls something that blocks the loop's thread.
    Block(f64),
    /// Awaits a timer.
    Sleep(f64),
    /// Awaits a call that runs in a thread of its own.
    Thread(f64),
}

const fn act(line: usize, kind: ActKind) -> Act {
    Act { line, kind }
}

const SLEEP: f64 = 30.0;
const PARSE: f64 = 2.0;
const LONG: f64 = 60.0;

/// A fetch of `FETCH`: parse, wait, parse.
const POLITE: [Act; 3] = [
    act(2, ActKind::Compute(PARSE)),
    act(3, ActKind::Sleep(SLEEP)),
    act(4, ActKind::Compute(PARSE)),
];

/// Every scene, in the order in which the figure offers them.
pub const SCENES: [Scene; 5] = [
    Scene {
        id: "gather",
        title: "Three tasks",
        code: &[
            "async def fetch(name):",
            "    parse(name)                # 2 ms",
            "    await sleep(0.03)",
            "    parse(name)",
            "",
            "await gather(fetch(\"A\"), fetch(\"B\"), fetch(\"C\"))",
        ],
        tasks: &[
            Task { name: "A", acts: &POLITE },
            Task { name: "B", acts: &POLITE },
            Task { name: "C", acts: &POLITE },
        ],
        lesson: "The three waits overlap, although one thread does everything.",
    },
    Scene {
        id: "one-by-one",
        title: "Three awaits in a row",
        code: &[
            "async def fetch(name):",
            "    parse(name)                # 2 ms",
            "    await sleep(0.03)",
            "    parse(name)",
            "",
            "await fetch(\"A\")",
            "await fetch(\"B\")",
            "await fetch(\"C\")",
        ],
        tasks: &[Task {
            name: "main",
            acts: &[
                POLITE[0], POLITE[1], POLITE[2], POLITE[0], POLITE[1], POLITE[2], POLITE[0],
                POLITE[1], POLITE[2],
            ],
        }],
        lesson: "`await` runs a coroutine inside the current task. There is one task, so nothing overlaps.",
    },
    Scene {
        id: "blocking",
        title: "One blocks",
        code: &[
            "async def fetch(name):",
            "    parse(name)                # 2 ms",
            "    await sleep(0.03)",
            "    parse(name)",
            "",
            "async def stubborn():",
            "    time.sleep(0.06)           # no await",
            "",
            "await gather(fetch(\"A\"), stubborn(), fetch(\"C\"))",
        ],
        tasks: &[
            Task { name: "A", acts: &POLITE },
            Task { name: "stubborn", acts: &[act(7, ActKind::Block(LONG))] },
            Task { name: "C", acts: &POLITE },
        ],
        lesson: "A blocking call stalls every task. A's timer rang at 32 ms, and nobody listened.",
    },
    Scene {
        id: "cpu",
        title: "One computes",
        code: &[
            "async def fetch(name):",
            "    parse(name)                # 2 ms",
            "    await sleep(0.03)",
            "    parse(name)",
            "",
            "async def crunch():",
            "    sum(range(3_000_000))      # 60 ms",
            "",
            "await gather(fetch(\"A\"), crunch(), fetch(\"C\"))",
        ],
        tasks: &[
            Task { name: "A", acts: &POLITE },
            Task { name: "crunch", acts: &[act(7, ActKind::Compute(LONG))] },
            Task { name: "C", acts: &POLITE },
        ],
        lesson: "Computing stalls the loop as much as blocking does: tasks switch at `await` only.",
    },
    Scene {
        id: "thread",
        title: "A thread helps",
        code: &[
            "async def fetch(name):",
            "    parse(name)                # 2 ms",
            "    await sleep(0.03)",
            "    parse(name)",
            "",
            "async def patient():",
            "    await to_thread(time.sleep, 0.06)",
            "",
            "await gather(fetch(\"A\"), patient(), fetch(\"C\"))",
        ],
        tasks: &[
            Task { name: "A", acts: &POLITE },
            Task { name: "patient", acts: &[act(7, ActKind::Thread(LONG))] },
            Task { name: "C", acts: &POLITE },
        ],
        lesson: "`to_thread` blocks a thread of its own, and the loop goes on.",
    },
];
