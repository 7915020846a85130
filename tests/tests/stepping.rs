//! A schedule in words: whatever a thread can do, and however it can stand.

use evidence::Interleaving;
use evidence::interleaving::{
    Act, Change, Condition, Deed, Lane, Object, ObjectState, Row, Sort, Spot, State, Step,
    ThreadState,
};
use grader::render::html::stepper;
use grader::render::steps::Steps;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

const SORTS: [(&str, Sort); 8] = [
    ("self.lock", Sort::Mutex),
    ("self.map", Sort::RwLock),
    ("self.changed", Sort::Condvar),
    ("self.count", Sort::Atomic),
    ("sender → receiver", Sort::Channel),
    ("barrier", Sort::Barrier),
    ("once", Sort::Once),
    ("", Sort::Mutex),
];

/// Each deed, to something that it can be done to.
const DEEDS: [(&str, usize); 30] = [
    ("reads", 3),
    ("writes", 3),
    ("updates", 3),
    ("exchanges", 3),
    ("leaves-alone", 3),
    ("takes", 0),
    ("takes", 1),
    ("shares", 1),
    ("tries", 0),
    ("finds-held", 0),
    ("gives-back", 7),
    ("gives-back-changed", 0),
    ("falls-asleep", 2),
    ("wakes-up", 2),
    ("notifies-one", 2),
    ("notifies-all", 2),
    ("sends", 4),
    ("cannot-send", 4),
    ("receives", 4),
    ("receives-nothing", 4),
    ("arrives", 5),
    ("arrives-last", 5),
    ("comes", 6),
    ("begins", 6),
    ("finds-done", 6),
    ("finds-undone", 6),
    ("unparks", 7),
    ("parks", 7),
    ("fails", 7),
    ("reads", 7),
];

/// What is known only when it is done.
const OUTCOMES: [&str; 10] = [
    "leaves-alone",
    "finds-held",
    "gives-back-changed",
    "cannot-send",
    "receives-nothing",
    "arrives-last",
    "begins",
    "finds-done",
    "finds-undone",
    "fails",
];

fn act(deed: &str, object: usize) -> Act {
    let deed = Deed::deserialize(StrDeserializer::<Error>::new(deed)).unwrap();
    let lock = matches!(deed, Deed::FallsAsleep | Deed::WakesUp).then_some(0);
    Act { deed, object: Some(object), called: None, lock, value: None, was: None, who: Vec::new() }
}

fn row(act: Option<Act>) -> Row {
    Row {
        lane: 0,
        file: "src/lib.rs".into(),
        line: 7,
        text: "self.work()".into(),
        value: String::new(),
        note: String::new(),
        step: Step::Done,
        scenario: false,
        act,
        meanwhile: Vec::new(),
        changes: Vec::new(),
        times: 1,
        folds: 0,
    }
}

fn ready(next: Option<Act>) -> ThreadState {
    ThreadState { at: None, condition: Condition::Ready { next } }
}

fn table(rows: Vec<Row>, threads: Vec<ThreadState>, objects: Vec<ObjectState>) -> Interleaving {
    let lanes = ["main", "T1"].map(|name| Lane { name: name.into() }).to_vec();
    let known = SORTS.map(|(name, sort)| Object {
        name: name.into(),
        sort,
        room: (sort == Sort::Barrier).then_some(2),
    });
    Interleaving {
        lanes,
        rows,
        file: "src/lib.rs".into(),
        schedule: String::new(),
        omitted: 0,
        objects: known.to_vec(),
        start: State { threads, objects },
    }
}

/// Each deed as it is told, with values and without, and before it is done.
#[test]
fn every_deed_is_told() {
    let mut said = String::new();
    for (deed, object) in DEEDS {
        let bare = act(deed, object);
        let who = vec!["T1".to_owned(), "T2".to_owned()];
        let full = Act { value: Some("2".into()), was: Some("1".into()), who, ..bare.clone() };
        let rows = [&bare, &full].map(|act| row(Some(act.clone())));
        let other = Row { lane: 1, ..row(None) };
        let rows = [rows.to_vec(), vec![other]].concat();
        let table = table(rows, vec![ready(Some(bare)), ready(None)], Vec::new());
        let steps = Steps::of(&table);
        said += &format!("{deed}\n  {}\n  {}\n", steps.told(0), steps.told(1));
        if !OUTCOMES.contains(&deed) {
            said += &format!("  {}\n", steps.switch(2).unwrap());
        }
    }
    insta::assert_snapshot!(said);
}

/// Rows that say more than their deed does.
#[test]
fn a_row_says_where_it_is_and_what_to_notice() {
    let takes = || Some(act("takes", 0));
    let noted = |note: &str, act| Row { note: note.into(), ..row(act) };
    let rows = vec![
        noted("poisoned: a thread panicked while it held this", takes()),
        row(Some(Act { called: Some("right".into()), ..act("takes", 0) })),
        noted("the time is over", Some(act("wakes-up", 2))),
        noted("nobody is waiting", Some(act("notifies-all", 2))),
        Row { scenario: true, ..row(takes()) },
        Row { file: "src/queue.rs".into(), ..row(takes()) },
        Row { value: "→ 0".into(), ..noted("an old value: the newest is 1", None) },
        Row { step: Step::Broken, ..noted("fails here", Some(act("fails", 7))) },
        Row { step: Step::Broken, text: String::new(), ..noted("panics", Some(act("fails", 7))) },
    ];
    let count = rows.len();
    let table = table(rows, vec![ready(None), ready(None)], Vec::new());
    let steps = Steps::of(&table);
    let said: Vec<String> = (0..count).map(|row| steps.told(row)).collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// Who is stuck for ever, and why; and who has to wait when another thread goes on.
#[test]
fn every_obstacle_is_told() {
    let held = |holders: &[&str]| ObjectState {
        holders: holders.iter().map(|name| (*name).to_owned()).collect(),
        ..ObjectState::default()
    };
    let channel = |count: &str| {
        let mut objects = vec![ObjectState::default(); SORTS.len()];
        objects[4].value = Some(count.into());
        objects
    };
    let cases = [
        (Condition::Waits { object: 0, called: None }, vec![held(&["T1"])]),
        (Condition::Waits { object: 0, called: None }, vec![held(&["main"])]),
        (Condition::Waits { object: 0, called: Some("right".into()) }, vec![held(&["T1"])]),
        (Condition::Waits { object: 1, called: None }, vec![held(&[]), held(&["T1", "T2", "T3"])]),
        (Condition::Waits { object: 4, called: None }, channel("0")),
        (Condition::Waits { object: 4, called: None }, channel("1")),
        (Condition::Waits { object: 5, called: None }, Vec::new()),
        (Condition::Waits { object: 6, called: None }, Vec::new()),
        (Condition::Sleeps { object: 2 }, Vec::new()),
        (Condition::Parked, Vec::new()),
        (Condition::Pauses, Vec::new()),
        (Condition::Joins { thread: "T1".into() }, Vec::new()),
    ];
    let mut said = String::new();
    for (condition, objects) in cases {
        let stuck = Row { step: Step::Stuck, note: "goes round for ever".into(), ..row(None) };
        let rows = vec![row(None), Row { lane: 1, ..row(None) }, stuck];
        let at = Some(Spot { line: 7, file: String::new(), scenario: false });
        let threads = vec![ThreadState { at, condition }, ready(None)];
        let table = table(rows, threads, objects);
        let steps = Steps::of(&table);
        let waits = steps.switch(1).unwrap_or_default();
        said += &format!("{}\n  {waits}\n", steps.told(2));
    }
    insta::assert_snapshot!(said);
}

/// A record comes from a process that runs an answer: what is wrong with it must not stop the grader.
#[test]
fn a_record_that_makes_no_sense_is_drawn_all_the_same() {
    let beyond = 99;
    let waits = Condition::Waits { object: beyond, called: None };
    let threads = vec![ThreadState { at: None, condition: waits }; 5];
    let stray = Row { lane: beyond, ..row(Some(act("writes", beyond))) };
    let stuck = Row { step: Step::Stuck, ..stray.clone() };
    let changes = serde_json::json!([
        {"of": "thread", "lane": beyond, "now": {"condition": {"is": "sleeps", "object": beyond}}},
        {"of": "object", "object": beyond, "now": {"holders": ["x"]}},
    ]);
    let changes: Vec<Change> = serde_json::from_value(changes).unwrap();
    for rows in [vec![], vec![stray.clone(), row(None), stuck, Row { changes, ..stray }]] {
        let table = table(rows, threads.clone(), Vec::new());
        let steps = Steps::of(&table);
        for row in 0..table.rows.len() {
            steps.switch(row);
            steps.told(row);
        }
        assert!(stepper(&table).contains("<table"));
    }
}
