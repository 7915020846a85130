//! What is written is read, what was changed is refused, and nothing panics.

use proptest::prelude::*;

use super::*;

fn schedules() -> impl Strategy<Value = Schedule> {
    let steps = prop_oneof![1_u32..40, 1..u32::MAX];
    let turns = (prop::option::of(0..THREADS), steps).prop_flat_map(|(thread, steps)| {
        let count = steps.div_ceil(Turns::stride(steps)) as usize;
        let prints = prop::collection::vec(0..FINGERPRINTS, count);
        prints.prop_map(move |prints| Turns { thread, steps, prints })
    });
    let pairs = || prop::collection::vec((0..u32::MAX, 0..u32::MAX), 0..5);
    let lag = prop::option::of(-100..100);
    let turns = prop::collection::vec(turns, 0..20);
    ("[a-z_][a-z0-9_:]{0,20}", turns, pairs(), pairs(), any::<bool>(), lag).prop_map(
        |(check, turns, outcomes, polls, readers_queue, lag)| Schedule {
            check,
            turns,
            outcomes,
            polls,
            readers_queue,
            lag,
        },
    )
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read(schedule in schedules()) {
        let text = schedule.to_string();
        prop_assert_eq!(Schedule::parse(&text), Ok(schedule.clone()));
        prop_assert_eq!(Schedule::parse(&format!("  {text}\n")), Ok(schedule));
    }

    #[test]
    fn it_needs_no_quotes(schedule in schedules()) {
        let plain = |char: char| char.is_ascii_alphanumeric() || "_:.-".contains(char);
        prop_assert!(schedule.to_string().chars().all(plain));
    }

    /// One character is another one, two change places, or one is missing.
    #[test]
    fn a_typing_error_is_noticed(schedule in schedules(), at: prop::sample::Index, other in "[ -~]") {
        let text = schedule.to_string();
        let at = at.index(text.len());
        let mut replaced = text.clone();
        replaced.replace_range(at..=at, &other);
        let mut swapped: Vec<u8> = text.bytes().collect();
        swapped.swap(at, (at + 1).min(text.len() - 1));
        let swapped = String::from_utf8(swapped).unwrap();
        let mut shorter = text.clone();
        shorter.remove(at);
        for typed in [replaced, swapped, shorter] {
            // A blank at an end is no part of it, and a letter may be missing where the next is the same.
            if typed.trim() != text {
                prop_assert!(Schedule::parse(&typed).is_err(), "{typed}");
            }
        }
    }

    #[test]
    fn nothing_panics(text in ".*", parts in "[a-z]{0,3}:1(\\.[topm][a-zA-Z0-9x-]{0,12}){0,4}") {
        let _ = Schedule::parse(&text);
        let _ = Schedule::parse(&format!("{parts}.{:06x}", checksum(&parts)));
    }
}

#[test]
fn each_mistake_has_its_name() {
    let check = "counts".to_owned();
    let turns = vec![
        Turns { thread: None, steps: 12, prints: vec![0, 1, 2] },
        Turns { thread: Some(1), steps: 1, prints: vec![25] },
    ];
    let schedule = Schedule { check, turns, lag: Some(-2), ..Schedule::default() };
    let text = schedule.to_string();
    assert_eq!(text, "counts:1.tz12ABCbZ.mn2.1cf256");
    assert_eq!(schedule.steps(), 13);
    assert_eq!(Schedule::parse(&text[1..]), Err(Unreadable::Mistyped));
    for nonsense in ["", "counts", "counts:1", ":1.tz12A.000000", "6"] {
        assert_eq!(Schedule::parse(nonsense), Err(Unreadable::Shape), "{nonsense}");
    }
    let newer = "counts:2.tz12A";
    let newer = format!("{newer}.{:06x}", checksum(newer));
    assert_eq!(Schedule::parse(&newer), Err(Unreadable::Version(2)));
}

#[test]
fn an_entry_has_a_letter_for_some_steps_each_and_never_many() {
    for (steps, letters) in [(1_u32, 1), (4, 1), (5, 2), (64, 16), (65, 13), (20_000, 16)] {
        assert_eq!(steps.div_ceil(Turns::stride(steps)), letters, "{steps}");
    }
    assert_eq!(Turns::stride(u32::MAX), 1 << 28);
}

/// The value that RFC 9580 leads to for the text that checksums are compared with.
#[test]
fn the_checksum_is_that_of_the_standard() {
    assert_eq!(checksum("123456789"), 0x21_cf02);
}
