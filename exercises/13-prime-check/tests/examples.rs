//! Primes one can look up, and what `parallel_map` promises besides being fast.

mod contract;

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use checks::{Fault, example, require, step, works_side_by_side};
use prime_check as answer;
use prime_check::{check_all, count_primes, is_prime, parallel_map};

/// The six numbers of the article, and whether they are prime.
const ARTICLE: [(u64, bool); 6] = [
    (112_272_535_095_293, true),
    (112_582_705_942_171, true),
    (112_272_535_095_293, true),
    (115_280_095_190_773, true),
    (115_797_848_077_099, true),
    (1_099_726_899_285_419, false),
];

#[test]
fn knows_small_primes() {
    example(|| {
        let primes: Vec<u64> = (0..60).filter(|&number| is_prime(number)).collect();
        assert_eq!(primes, [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59]);
    });
}

#[test]
fn knows_the_numbers_of_the_article() {
    example(|| {
        for (number, prime) in ARTICLE {
            assert_eq!(is_prime(number), prime, "is {number} prime?");
        }
    });
}

/// Numbers that fool tests which are only nearly right: of Fermat, of Miller and Rabin with too few
/// bases, and with a square root that is rounded.
#[test]
fn is_not_fooled() {
    example(|| {
        let carmichael = [561, 1_105, 1_729, 18_349_357_898_532_971_521];
        let strong_pseudoprimes = [
            2_047,
            1_373_653,
            25_326_001,
            3_215_031_751,
            341_550_071_728_321,
            3_825_123_056_546_413_051,
        ];
        let squares = [25, 4_293_001_441, 281_476_419_553_081];
        let others = [u64::MAX, u64::MAX - 1, 1 << 63];
        for number in carmichael.into_iter().chain(strong_pseudoprimes).chain(squares).chain(others)
        {
            assert!(!is_prime(number), "{number} is not prime");
        }
    });
}

/// On both sides of 2^32, where a `u32` overflows, and a little above 2^50. Trial division takes
/// its time for them: it has it.
#[test]
fn knows_big_primes() {
    example(|| {
        for number in [4_294_967_291, 4_294_967_311, 1_125_899_906_842_679] {
            assert!(is_prime(number), "{number} is prime");
        }
    });
}

/// Items that want to be overtaken: each even one lingers until its odd neighbour is done.
#[test]
fn map_keeps_the_order() {
    example(|| {
        let items: Vec<usize> = (0..40).collect();
        let overtaken = Flags::new(items.len());
        let results = parallel_map(&items, 2, |&item| {
            overtaken.raise(item);
            if item % 2 == 0 {
                overtaken.linger_for(item + 1, Duration::from_millis(5));
            }
            10 * item
        });
        let expected: Vec<usize> = items.iter().map(|item| 10 * item).collect();
        require!(Fault::WrongOrder, results == expected, "the results came as {results:?}");
    });
}

#[test]
fn map_takes_any_number_of_items_and_threads() {
    example(|| {
        let words = ["one".to_owned(), "two".to_owned(), "three".to_owned()];
        for threads in [1, 2, 3, 8] {
            assert_eq!(parallel_map(&words, threads, |word| word.len()), [3, 3, 5]);
            let none: Vec<usize> = parallel_map(&words[..0], threads, |word| word.len());
            assert!(none.is_empty(), "no items have no results");
        }
    });
}

/// Very many items, so that the threads often draw the next one at the same time.
#[test]
fn map_calls_once() {
    example(|| {
        let calls: Vec<AtomicUsize> = (0..100_000).map(|_| AtomicUsize::new(0)).collect();
        parallel_map(&calls, 4, |calls| calls.fetch_add(1, Ordering::Relaxed));
        let other = calls.into_iter().map(AtomicUsize::into_inner).find(|&calls| calls != 1);
        assert_eq!(other, None, "how often `f` was called for an item, on 4 threads");
    });
}

#[test]
fn panics_reach_the_caller() {
    /// A payload that is no text: a copy of the message would not do.
    #[derive(Debug, PartialEq)]
    struct Unlucky(i32);

    example(|| {
        for threads in [1, 2, 4] {
            let map = || {
                parallel_map(&[1, 5, 13, 21], threads, |&number| {
                    if number == 13 {
                        panic::panic_any(Unlucky(number));
                    }
                })
            };
            let Err(payload) = panic::catch_unwind(AssertUnwindSafe(map)) else {
                panic!("`f` panicked on {threads} threads, and the caller never knew")
            };
            let payload = payload.downcast_ref();
            assert_eq!(payload, Some(&Unlucky(13)), "the payload, on {threads} threads");

            step(format!("every call of 1000 panics, on {threads} threads"));
            let map = || parallel_map(&[0; 1000], threads, |_| panic!("raised by the check"));
            let panicked = panic::catch_unwind(AssertUnwindSafe(map)).is_err();
            assert!(panicked, "all calls panicked on {threads} threads, and the caller never knew");
        }
    });
}

#[test]
fn map_keeps_to_its_threads() {
    example(|| {
        for (count, threads) in [(60, 3), (5, 2), (7, 3)] {
            let crowd = Crowd::default();
            let items: Vec<usize> = (0..count).collect();
            parallel_map(&items, threads, |_| crowd.visit(threads, Duration::from_millis(2)));
            let most = crowd.most();
            require!(
                Fault::NotExclusive,
                most <= threads,
                "{threads} threads were asked for, {most} worked at once on {count} items"
            );
        }
    });
}

#[test]
fn checks_many_numbers_at_once() {
    example(|| {
        let (numbers, expected): (Vec<u64>, Vec<bool>) = ARTICLE.into_iter().unzip();
        assert_eq!(check_all(&numbers, 2), expected);
        assert!(check_all(&[], 2).is_empty());
        assert_eq!(check_all(&[4, 3, 4], 2), [false, true, false], "4, 3 and 4 again");
    });
}

#[test]
fn counts_primes() {
    example(|| {
        let known = [(0, 0), (1, 0), (2, 0), (3, 1), (30, 10), (31, 10), (32, 11), (10_000, 1_229)];
        for (limit, count) in known {
            for threads in [1, 2, 3] {
                let found = count_primes(limit, threads);
                assert_eq!(found, count, "primes below {limit}, on {threads} threads");
            }
        }
    });
}

/// `threads` is the caller's to choose: 1 leaves the other processors to others.
#[test]
fn one_thread_is_one_thread() {
    example(|| {
        let numbers = |size| (0..size as u64).collect::<Vec<u64>>();
        for (call, together) in [
            ("count_primes", works_side_by_side(50_000, |size| count_primes(size as u64, 1))),
            ("check_all", works_side_by_side(50_000, |size| check_all(&numbers(size), 1))),
        ] {
            require!(
                Fault::NotExclusive,
                together != Some(true),
                "{call} was given one thread, and two were at work at the same time"
            );
        }
    });
}

/// One flag for each item.
struct Flags {
    raised: Mutex<Vec<bool>>,
    changed: Condvar,
}

impl Flags {
    fn new(count: usize) -> Self {
        Self { raised: Mutex::new(vec![false; count]), changed: Condvar::new() }
    }

    fn raise(&self, item: usize) {
        self.raised.lock().unwrap()[item] = true;
        self.changed.notify_all();
    }

    /// Waits for a flag, but not longer than `patience`: an answer need not run these two items at
    /// the same time.
    fn linger_for(&self, item: usize, patience: Duration) {
        let raised = self.raised.lock().unwrap();
        drop(self.changed.wait_timeout_while(raised, patience, |raised| !raised[item]).unwrap());
    }
}

/// How many are inside at once.
#[derive(Default)]
struct Crowd {
    inside: Mutex<(usize, usize)>,
    more: Condvar,
}

impl Crowd {
    /// Stays inside until there are more than `allowed`, or until `patience` is at an end.
    fn visit(&self, allowed: usize, patience: Duration) {
        let mut inside = self.inside.lock().unwrap();
        inside.0 += 1;
        inside.1 = inside.1.max(inside.0);
        self.more.notify_all();
        let deadline = Instant::now() + patience;
        while inside.0 <= allowed {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            inside = self.more.wait_timeout(inside, left).unwrap().0;
        }
        inside.0 -= 1;
    }

    fn most(&self) -> usize {
        self.inside.lock().unwrap().1
    }
}
