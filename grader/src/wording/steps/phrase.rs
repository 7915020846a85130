//! What a thread does, as a phrase.

use evidence::Interleaving;
use evidence::interleaving::{Act, Deed, Sort};

use super::{called_there, listed, object};

/// What an act does, as its verb in two forms and what follows: "set", "sets", "`self.count` to 1".
pub(super) struct Phrase {
    pub infinitive: &'static str,
    pub present: &'static str,
    pub rest: String,
}

pub(super) fn phrase(table: &Interleaving, act: &Act) -> Phrase {
    let (infinitive, present) = verb(act.deed);
    Phrase { infinitive, present, rest: rest(table, act) }
}

fn verb(deed: Deed) -> (&'static str, &'static str) {
    match deed {
        Deed::Reads => ("read", "reads"),
        Deed::Writes => ("set", "sets"),
        Deed::Updates | Deed::Exchanges => ("change", "changes"),
        Deed::LeavesAlone | Deed::FindsDone | Deed::FindsUndone => ("find", "finds"),
        Deed::Takes | Deed::Shares => ("take", "takes"),
        Deed::Tries => ("try", "tries"),
        Deed::FindsHeld | Deed::CannotSend | Deed::Fails => ("fail", "fails"),
        Deed::GivesBack | Deed::GivesBackChanged | Deed::FallsAsleep => ("give", "gives"),
        Deed::WakesUp => ("wake", "wakes"),
        Deed::NotifiesOne | Deed::NotifiesAll => ("notify", "notifies"),
        Deed::Sends => ("send", "sends"),
        Deed::Receives | Deed::ReceivesNothing => ("receive", "receives"),
        Deed::Arrives | Deed::ArrivesLast | Deed::Comes => ("come", "comes"),
        Deed::Begins => ("begin", "begins"),
        Deed::Parks => ("return", "returns"),
        Deed::Unparks => ("unpark", "unparks"),
    }
}

/// What follows the verb, in both of its forms.
fn rest(table: &Interleaving, act: &Act) -> String {
    let name = called_there(table, act.object, act.called.as_deref());
    let lock = act.lock.map_or_else(|| "its lock".to_owned(), |lock| object(table, Some(lock)));
    let sort = act.object.and_then(|index| table.objects.get(index)).map(|object| object.sort);
    let value = act.value.as_deref();
    let was = act.was.as_ref().map_or_else(String::new, |was| format!(" (was {was})"));
    let now = value.map_or_else(String::new, |value| format!(" (now {value})"));
    match act.deed {
        Deed::Reads => reads(&name, act),
        Deed::Writes => value.map_or(name.clone(), |value| format!("{name} to {value}{was}")),
        Deed::Updates => match value {
            Some(value) => format!("{name} to {value}{was} in one step"),
            None => format!("{name} in one step"),
        },
        Deed::Exchanges => format!("{name} if it is as expected"),
        Deed::LeavesAlone => {
            let value = value.unwrap_or("another value");
            format!("{value} in {name}, not what it expected, and leaves it")
        }
        Deed::Takes if sort == Some(Sort::RwLock) => format!("{name} to write"),
        Deed::Takes => name,
        Deed::Comes => format!("to {name}"),
        Deed::Shares => format!("{name} to read"),
        Deed::Tries => format!("to take {name}"),
        Deed::FindsHeld => match &act.who[..] {
            [] => format!("to take {name}"),
            who => format!("to take {name}, held by {}", listed(who)),
        },
        Deed::GivesBack => format!("{name} back"),
        Deed::GivesBackChanged => match value {
            Some(value) => format!("{name} back with {value} in it{was}"),
            None => format!("{name} back, changed"),
        },
        Deed::FallsAsleep => format!("{lock} back, to sleep in {name}"),
        Deed::WakesUp => format!("up in {name}, with {lock} again"),
        Deed::NotifiesOne | Deed::NotifiesAll => notifies(&name, act),
        Deed::Sends => format!("an item to {name}{now}"),
        Deed::CannotSend => format!("to send to {name}"),
        Deed::Receives => format!("an item from {name}{now}"),
        Deed::ReceivesNothing => format!("nothing from {name}"),
        Deed::Arrives => format!("to {name}, to wait for the others"),
        Deed::ArrivesLast => format!("to {name} as the last: all go on"),
        Deed::Begins => format!("{name}, which is done once"),
        Deed::FindsDone => format!("{name} done"),
        Deed::FindsUndone => format!("{name} not done yet"),
        Deed::Parks => "from `park`".to_owned(),
        Deed::Unparks => match &act.who[..] {
            [] => "a thread: its next `park` returns at once".to_owned(),
            who => listed(who),
        },
        Deed::Fails => String::new(),
    }
}

fn reads(name: &str, act: &Act) -> String {
    match (&act.value, &act.was) {
        (None, _) => name.to_owned(),
        (Some(value), None) => format!("{value} from {name}"),
        (Some(value), Some(newest)) => {
            format!("{value} from {name}, an old value: the newest is {newest}")
        }
    }
}

/// An act that is yet to come wakes nobody yet.
fn notifies(name: &str, act: &Act) -> String {
    let all = if act.deed == Deed::NotifiesAll { "all" } else { "one" };
    match &act.who[..] {
        [] => format!("{all} in {name}"),
        who => format!("{all} in {name}, which wakes {}", listed(who)),
    }
}
