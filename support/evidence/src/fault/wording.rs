//! What each fault is called, and what it means, for somebody who meets it for the first time.

use super::Fault;

/// The words for a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// Its name in a few words, for headings: "Lost update".
    pub title: &'static str,
    /// What it means, in a few short sentences.
    pub meaning: &'static str,
}

impl Fault {
    /// Where the book explains it.
    pub fn page(self) -> String {
        format!("faults.html#{self}")
    }

    /// What it is called, and what it means.
    pub fn wording(self) -> Wording {
        let (title, meaning) = match self {
            Fault::CompileError => (
                "Does not compile",
                "The compiler does not accept the source, so no check could run. Start with its \
                 first message: the others often follow from it.",
            ),
            Fault::MissingSource => (
                "A source file is missing",
                "A file that the exercise needs is not there. It may have been renamed, moved or \
                 deleted.",
            ),
            Fault::OtherSignature => (
                "Another signature",
                "Other code calls what your code offers, so each public item must have the name, \
                 the types and the derived traits that the stub gives it. Inside, and beside \
                 them, you may write what you like.",
            ),
            Fault::WrongAnswer => (
                "Wrong answer",
                "Your code returned a value or an error that differs from what the exercise asks \
                 for. No other thread was needed to see it.",
            ),
            Fault::Panic => (
                "Your code panicked",
                "Your code stopped with a panic where it should have gone on. The message and the \
                 line say which `unwrap`, index or arithmetic it was.",
            ),
            Fault::NotYetWritten => (
                "Not yet written",
                "The check reached a `todo!()`. Write that part, then run the check again.",
            ),
            Fault::Counterexample => (
                "A law does not hold",
                "The check made up many inputs and found one for which your code breaks a law. It \
                 then made the input as small as it could: try it by hand.",
            ),
            Fault::LostUpdate => (
                "Lost update",
                "Two threads read the same old value, each computed a new one, and each wrote it. \
                 The second write overwrote the first. Reading, computing and writing must be one \
                 step that no other thread can interrupt.",
            ),
            Fault::Deadlock => (
                "Deadlock",
                "Each thread waits for something that only another waiting thread can give, so none \
                 of them ever goes on. Look at who holds what, and in which order it was taken.",
            ),
            Fault::SelfDeadlock => (
                "A thread waits for itself",
                "A thread waits for something that it holds itself. It cannot give it back, because \
                 it is waiting.",
            ),
            Fault::LostWakeup => (
                "Lost wake-up",
                "A thread sleeps although what it waits for has happened. The notification came too \
                 early, went to another thread, or was never sent. Test the condition and fall \
                 asleep under the same lock under which it is changed, and notify after the change.",
            ),
            Fault::Livelock => (
                "Livelock",
                "The threads are busy, but none gets anywhere: each goes round and waits for a \
                 change that nobody will make.",
            ),
            Fault::BusyWaiting => (
                "Busy waiting",
                "A thread that has to wait keeps looking again and again. That burns the processor \
                 time that the others need. Let it sleep, and have it woken when there is news.",
            ),
            Fault::DataRace => (
                "Data race",
                "Two threads touch the same memory, one of them writes, and nothing makes one come \
                 after the other. In plain Rust the compiler forbids it; here a lock or an ordering \
                 that should have kept them apart did not.",
            ),
            Fault::NotExclusive => (
                "Too many at once",
                "More threads were inside a section than it admits. Between the look at the lock and \
                 the taking of it, another thread came in.",
            ),
            Fault::LostItem => (
                "An item was lost",
                "Something was put in and never came out. A thread may have overwritten it, dropped \
                 it, or given up before it was delivered.",
            ),
            Fault::DuplicatedItem => (
                "An item came twice",
                "Two threads were given the same item. Looking at it and removing it must be one \
                 step.",
            ),
            Fault::WrongOrder => {
                ("Wrong order", "The items came out in another order than promised.")
            }
            Fault::NotLinearizable => (
                "No order of the calls explains it",
                "Threads made calls at the same time, and got results that they could not have got \
                 one after the other, in any order. A call must take effect at one moment: hold one lock \
                 from its first look to its last change.",
            ),
            Fault::LostPermit => (
                "A permit was lost or made up",
                "The number of permits at the end is not what it should be: one was not given back, \
                 or one was given back that nobody had taken.",
            ),
            Fault::Unseen => (
                "The checker saw no locks",
                "Your threads never met at a lock or an atomic that the model checker knows, so there \
                 was nothing to try in another order. Take them from `sync`, not from `std::sync`.",
            ),
            Fault::RealPrimitive => (
                "Outside of the checker's control",
                "Your code uses a lock, an atomic, a thread or a clock of the standard library \
                 itself, or it runs without ever reaching one of `sync`. The model checker does not \
                 see it, and cannot let another thread go on there. Use `sync::Mutex`, \
                 `sync::thread` and the like.",
            ),
            Fault::Leak => (
                "Never dropped",
                "When all threads were done, a value was still owned, and nobody was left to drop it. \
                 Look for two values that hold an `Arc` of each other: one of the two should be a \
                 `Weak`.",
            ),
            Fault::Nondeterminism => (
                "Not repeatable",
                "The model checker repeats your code with the same order of threads and expects the \
                 same steps. Random numbers, the real time, the order of a `HashMap` or a `static` \
                 that keeps its value make it differ from run to run.",
            ),
            Fault::StackOverflow => (
                "The stack ran out",
                "A function calls itself again and again without coming to an end, or keeps very \
                 large values on the stack.",
            ),
            Fault::Serial => (
                "Nothing runs in parallel",
                "One item is worked on after the other: a second one never started before the first \
                 was done. Start all threads before you join the first, and hold no lock while you \
                 work.",
            ),
            Fault::Unbalanced => (
                "One thread does most of the work",
                "The work is spread over threads, but so unevenly that most of them wait for one. \
                 Hand out small pieces to whoever is free.",
            ),
            Fault::Wasteful => (
                "Far more work than needed",
                "All threads together used much more processor time than a plain loop. Look for work \
                 that is done twice, for waiting in a loop, and for locks taken for every item.",
            ),
            Fault::Hang => (
                "Did not come to an end",
                "The check was stopped at its deadline. A thread waits for something that does not \
                 come, or a loop does not end.",
            ),
            Fault::EndedEarly => (
                "Ended early",
                "The process ended before the check was done. Your code may call \
                 `std::process::exit`.",
            ),
            Fault::Crashed => (
                "Crashed",
                "The process was ended by a signal: it aborted, or touched memory that is not its \
                 own. A panic while another panic unwinds aborts, too.",
            ),
            Fault::OutOfMemory => (
                "Out of memory",
                "Your code asked for more memory than a check may use. Something grows without a \
                 limit.",
            ),
            Fault::TooMuchOutput => (
                "Too much output",
                "Your code printed far more than a check needs. A loop that prints may not come to \
                 an end.",
            ),
            Fault::LeftBehind => (
                "Processes left behind",
                "The check is over, and processes that your code started still run. End them and \
                 wait for them, whatever happens.",
            ),
            Fault::LeakedDescriptor => (
                "A file descriptor stayed open",
                "An end of a pipe or a file is still open where nobody uses it. As long as anybody \
                 holds the writing end of a pipe, its reader never sees the end.",
            ),
            Fault::Zombie => (
                "A zombie process",
                "A child process has ended, and nobody asked how. It keeps its place in the process \
                 table until its parent waits for it.",
            ),
            Fault::LostTask => (
                "A task was lost",
                "A task was handed in and its result never came. The worker that had it may have \
                 died, or it was thrown away with the queue.",
            ),
            Fault::LostWorker => (
                "A worker was not replaced",
                "A worker died or was used up, and none took its place: the pool gets smaller each \
                 time, until nobody is left to work.",
            ),
            Fault::RepeatedTask => (
                "A task ran twice",
                "The same task was run more than once. Handing it to a worker and taking it off the \
                 list must be one step.",
            ),
            Fault::Forbidden => (
                "Not allowed here",
                "The source uses something that this exercise does not allow. The message says what, \
                 and why: take it out, or write it in another way.",
            ),
        };
        Wording { title, meaning }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn the_words_are_reviewed() {
        let mut all = String::new();
        for &fault in Fault::ALL {
            let Wording { title, meaning } = fault.wording();
            writeln!(all, "{fault}: {title}\n{meaning}\n{}\n", fault.page()).unwrap();
        }
        insta::assert_snapshot!(all);
    }

    #[test]
    fn every_fault_is_explained_in_a_few_short_sentences() {
        for &fault in Fault::ALL {
            let Wording { title, meaning } = fault.wording();
            assert!(title.chars().count() <= 36, "{fault}: a title is short: {title}");
            assert!(!title.ends_with('.'), "{fault}: a title is no sentence: {title}");
            let sentences = meaning.matches(". ").count() + 1;
            assert!(sentences <= 4, "{fault}: {sentences} sentences are too many");
            assert!(meaning.ends_with('.'), "{fault}: {meaning}");
            assert!(!meaning.contains("  "), "{fault}: {meaning}");
        }
    }
}
