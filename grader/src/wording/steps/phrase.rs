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
    let name = called_there(table, act.object, act.called.as_deref());
    let lock = act.lock.map_or_else(|| "its lock".to_owned(), |lock| object(table, Some(lock)));
    let is_shared_lock = act
        .object
        .and_then(|index| table.objects.get(index))
        .is_some_and(|object| object.sort == Sort::RwLock);
    let to_write = if is_shared_lock { " to write" } else { "" };
    let value = act.value.as_deref();
    let was = act.was.as_ref().map_or_else(String::new, |was| format!(" (was {was})"));
    let now = value.map_or_else(String::new, |value| format!(" (now {value})"));
    let (infinitive, present, rest) = match act.deed {
        Deed::Reads => ("read", "reads", reads(&name, act)),
        Deed::Writes => match value {
            Some(value) => ("set", "sets", format!("{name} to {value}{was}")),
            None => ("set", "sets", name),
        },
        Deed::Updates => match value {
            Some(value) => ("change", "changes", format!("{name} to {value}{was} in one step")),
            None => ("change", "changes", format!("{name} in one step")),
        },
        Deed::Exchanges => ("change", "changes", format!("{name} if it is as expected")),
        Deed::LeavesAlone => {
            let value = value.unwrap_or("another value");
            ("find", "finds", format!("{value} in {name}, not what it expected, and leaves it"))
        }
        Deed::Takes => ("take", "takes", format!("{name}{to_write}")),
        Deed::Shares => ("take", "takes", format!("{name} to read")),
        Deed::Tries => ("try", "tries", format!("to take {name}")),
        Deed::FindsHeld => match &act.who[..] {
            [] => ("fail", "fails", format!("to take {name}")),
            who => ("fail", "fails", format!("to take {name}, held by {}", listed(who))),
        },
        Deed::GivesBack => ("give", "gives", format!("{name} back")),
        Deed::GivesBackChanged => match value {
            Some(value) => ("give", "gives", format!("{name} back with {value} in it{was}")),
            None => ("give", "gives", format!("{name} back, changed")),
        },
        Deed::FallsAsleep => ("give", "gives", format!("{lock} back and sleeps in {name}")),
        Deed::WakesUp => ("wake", "wakes", format!("up in {name} and takes {lock} again")),
        Deed::NotifiesOne | Deed::NotifiesAll => ("notify", "notifies", notifies(&name, act)),
        Deed::Sends => ("send", "sends", format!("an item to {name}{now}")),
        Deed::CannotSend => ("fail", "fails", format!("to send to {name}")),
        Deed::Receives => ("receive", "receives", format!("an item from {name}{now}")),
        Deed::ReceivesNothing => ("receive", "receives", format!("nothing from {name}")),
        Deed::Arrives => ("come", "comes", format!("to {name} and waits for the others")),
        Deed::ArrivesLast => ("come", "comes", format!("to {name} as the last: all go on")),
        Deed::Comes => ("come", "comes", format!("to {name}")),
        Deed::Begins => ("begin", "begins", format!("{name}, which is done once")),
        Deed::FindsDone => ("find", "finds", format!("{name} done")),
        Deed::FindsUndone => ("find", "finds", format!("{name} not done yet")),
        Deed::Parks => ("park", "parks", "until it is told to go on".to_owned()),
        Deed::Unparks => match &act.who[..] {
            [] => ("unpark", "unparks", "a thread: its next `park` returns at once".to_owned()),
            who => ("unpark", "unparks", listed(who)),
        },
        Deed::Fails => ("fail", "fails", String::new()),
    };
    Phrase { infinitive, present, rest }
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
