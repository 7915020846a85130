//! Channels.

use sync_model::atomic::AtomicBool;
use sync_model::atomic::Ordering::Relaxed;
use sync_model::model::{Model, RaceCell};
use sync_model::{mpsc, thread};

use super::{bounded, fails, shared, unbounded};

#[test]
fn sending_does_not_order_two_senders() {
    fails(bounded(), || {
        let (one, two) = shared(RaceCell::new(0));
        let (send, receive) = mpsc::channel();
        let sends_too = send.clone();
        let first = thread::spawn(move || {
            one.set(1);
            sends_too.send(1).unwrap();
        });
        let second = thread::spawn(move || {
            send.send(2).unwrap();
            two.set(2);
        });
        let _ = (receive.recv(), receive.recv());
        first.join().unwrap();
        second.join().unwrap();
    });
}

/// The second one writes only if it knows that the first one has sent, but nothing orders the two.
#[test]
fn the_queue_does_not_order_a_sender_after_the_one_before() {
    fails(bounded(), || {
        let (ours, theirs) = shared((RaceCell::new(0), AtomicBool::new(false)));
        let (send, receive) = mpsc::channel();
        let sends_too = send.clone();
        let first = thread::spawn(move || {
            ours.0.set(1);
            sends_too.send(1).unwrap();
            ours.1.store(true, Relaxed);
        });
        let second = thread::spawn(move || {
            if theirs.1.load(Relaxed) {
                send.send(2).unwrap();
                theirs.0.set(2);
            }
        });
        let _ = (receive.recv(), receive.recv());
        first.join().unwrap();
        second.join().unwrap();
    });
}

/// One thread sends 1, the other one the items of `second`; some schedule brings them in
/// this `order`.
fn may_arrive(model: Model, capacity: usize, second: &'static [i32], order: &'static [i32]) {
    fails(model, move || {
        let (send, receive) = mpsc::sync_channel(capacity);
        let sends_too = send.clone();
        let one = thread::spawn(move || send.send(1).unwrap());
        let other = thread::spawn(move || {
            second.iter().for_each(|&item| sends_too.send(item).unwrap());
        });
        let got: Vec<i32> = (0..=second.len()).map(|_| receive.recv().unwrap()).collect();
        one.join().unwrap();
        other.join().unwrap();
        assert_ne!(got, order);
    });
}

#[test]
fn a_sender_that_found_no_room_may_come_between_two_items_of_another() {
    may_arrive(unbounded(), 1, &[2, 3], &[2, 1, 3]);
}

#[test]
fn either_of_two_senders_may_be_the_first_with_room_for_one() {
    may_arrive(bounded(), 1, &[2], &[2, 1]);
}

#[test]
fn either_of_two_senders_may_be_the_first_to_hand_over() {
    may_arrive(bounded(), 0, &[2], &[2, 1]);
}

#[test]
fn workers_answer_in_any_order() {
    fails(bounded(), || {
        let (send, receive) = mpsc::sync_channel(1);
        let worker = |number: i32| {
            let send = send.clone();
            thread::spawn(move || send.send(number).unwrap())
        };
        let workers: Vec<_> = (0..3).map(worker).collect();
        drop(send);
        let got: Vec<i32> = receive.iter().collect();
        workers.into_iter().for_each(|worker| worker.join().unwrap());
        assert_eq!(got, [0, 1, 2]);
    });
}

// A sender that is shared is not dropped while others send: no drop brings another order up.

#[test]
fn with_a_shared_sender_an_item_may_come_between_two_others() {
    fails(bounded(), || {
        let (send, receive) = mpsc::sync_channel(1);
        let got: Vec<i32> = thread::scope(|scope| {
            scope.spawn(|| send.send(1).unwrap());
            scope.spawn(|| {
                send.send(2).unwrap();
                send.send(3).unwrap();
            });
            (0..3).map(|_| receive.recv().unwrap()).collect()
        });
        assert_ne!(got, [2, 1, 3]);
    });
}

/// So many threads share a sender and send their numbers: they need not arrive in order.
fn arrive_in_any_order(capacity: usize, count: i32) {
    fails(bounded(), move || {
        let (send, receive) = mpsc::sync_channel(capacity);
        let got: Vec<i32> = thread::scope(|scope| {
            for number in 0..count {
                let send = &send;
                scope.spawn(move || send.send(number).unwrap());
            }
            (0..count).map(|_| receive.recv().unwrap()).collect()
        });
        assert!(got.is_sorted());
    });
}

#[test]
fn with_a_shared_sender_and_room_for_one_items_arrive_in_any_order() {
    arrive_in_any_order(1, 3);
}

#[test]
fn with_a_shared_sender_and_no_room_items_arrive_in_any_order() {
    arrive_in_any_order(0, 2);
}

/// The receiver may be waiting already, although nothing says so.
#[test]
fn an_attempt_to_hand_over_may_find_the_receiver_waiting() {
    fails(bounded(), || {
        let (send, receive) = mpsc::sync_channel(0);
        let receiver = thread::spawn(move || receive.recv());
        let sent = send.try_send(1);
        drop(send);
        let _ = receiver.join().unwrap();
        assert!(sent.is_err());
    });
}

/// It has told that it is about to receive, but it need not be there yet.
#[test]
fn an_attempt_to_hand_over_may_come_before_a_receiver_that_is_about_to_receive() {
    fails(bounded(), || {
        let (ours, theirs) = shared(AtomicBool::new(false));
        let (send, receive) = mpsc::sync_channel(0);
        let receiver = thread::spawn(move || {
            theirs.store(true, Relaxed);
            receive.recv()
        });
        let told = ours.load(Relaxed);
        let sent = send.try_send(1);
        drop(send);
        let _ = receiver.join().unwrap();
        assert!(!told || sent.is_ok());
    });
}
