//! Channels.

use std::error::Error;
use std::fmt::{Debug, Display};

use super::facade::mpsc::{
    IntoIter, Iter, Receiver, RecvError, RecvTimeoutError, SendError, Sender, SyncSender, TryIter,
    TryRecvError, TrySendError, channel, sync_channel,
};
use super::facade::time::Duration;
use crate::Names;

pub(crate) fn items() -> Names {
    let mut names = Names::default();
    ends::<u8>(&mut names);
    errors::<u8>(&mut names);
    traits(&mut names);
    names
}

fn ends<T>(names: &mut Names) {
    types!(names, "std::sync::mpsc";
        IntoIter<T>, Iter<'_, T>, Receiver<T>, Sender<T>, SyncSender<T>, TryIter<'_, T>);
    values!(names, "std::sync::mpsc";
        channel => fn() -> (Sender<T>, Receiver<T>),
        sync_channel => fn(usize) -> (SyncSender<T>, Receiver<T>),
        Sender::send => fn(&Sender<T>, T) -> Result<(), SendError<T>>,
        SyncSender::send => fn(&SyncSender<T>, T) -> Result<(), SendError<T>>,
        SyncSender::try_send => fn(&SyncSender<T>, T) -> Result<(), TrySendError<T>>,
        Receiver::recv => fn(&Receiver<T>) -> Result<T, RecvError>,
        Receiver::try_recv => fn(&Receiver<T>) -> Result<T, TryRecvError>,
        Receiver::recv_timeout => fn(&Receiver<T>, Duration) -> Result<T, RecvTimeoutError>,
        Receiver::iter => fn(&Receiver<T>) -> Iter<'_, T>,
        Receiver::try_iter => fn(&Receiver<T>) -> TryIter<'_, T>);
}

fn errors<T>(names: &mut Names) {
    types!(names, "std::sync::mpsc";
        RecvError, RecvTimeoutError, SendError<T>, TryRecvError, TrySendError<T>);
    values!(names, "std::sync::mpsc";
        RecvTimeoutError::Timeout => RecvTimeoutError,
        RecvTimeoutError::Disconnected => RecvTimeoutError,
        TryRecvError::Empty => TryRecvError,
        TryRecvError::Disconnected => TryRecvError,
        TrySendError::Full => fn(T) -> TrySendError<T>,
        TrySendError::Disconnected => fn(T) -> TrySendError<T>);
    // The item is a public field.
    let _: fn(T) -> SendError<T> = SendError;
}

fn traits(names: &mut Names) {
    type T = u8;
    implementations!(names, "std::sync::mpsc";
        IntoIter<T>: Debug, Iterator;
        Iter<'_, T>: Debug, Iterator;
        TryIter<'_, T>: Debug, Iterator;
        Receiver<T>: Debug, IntoIterator;
        &Receiver<T>: IntoIterator;
        Sender<T>: Clone, Debug;
        SyncSender<T>: Clone, Debug;
        RecvError: Clone, Copy, Debug, Display, Eq, Error, PartialEq;
        RecvTimeoutError: Clone, Copy, Debug, Display, Eq, Error, From<RecvError>, PartialEq;
        SendError<T>: Clone, Copy, Debug, Display, Eq, Error, PartialEq;
        TryRecvError: Clone, Copy, Debug, Display, Eq, Error, From<RecvError>, PartialEq;
        TrySendError<T>: Clone, Copy, Debug, Display, Eq, Error, From<SendError<T>>, PartialEq);
}
