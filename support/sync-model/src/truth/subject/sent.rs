//! Steps on the channel.

use super::super::program::{ChannelOp, GONE, NOT_NOW, Program};
use super::thread::Runner;
use crate::mpsc::{
    Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError, TrySendError, channel,
    sync_channel,
};
use crate::time::Duration;

/// An end of the channel.
pub(super) enum ChannelEnd {
    Sender(Sender<u8>),
    SyncSender(SyncSender<u8>),
    Receiver(Receiver<u8>),
}

/// An end for each thread.
pub(super) fn ends(program: &Program) -> Vec<Option<ChannelEnd>> {
    let count = program.threads.len();
    let Some(receiver) = program.receiver else { return (0..count).map(|_| None).collect() };
    // The last thread gets the sender that the others' are clones of: nobody drops one before.
    let last = (0..count).rfind(|&thread| thread != receiver).expect("there are two threads");
    let mut ends: Vec<_> = (0..count).map(|_| None).collect();
    let senders = (0..last).filter(|&thread| thread != receiver);
    if let Some(capacity) = program.capacity {
        let (send, receive) = sync_channel(capacity);
        senders.for_each(|thread| ends[thread] = Some(ChannelEnd::SyncSender(send.clone())));
        ends[last] = Some(ChannelEnd::SyncSender(send));
        ends[receiver] = Some(ChannelEnd::Receiver(receive));
    } else {
        let (send, receive) = channel();
        senders.for_each(|thread| ends[thread] = Some(ChannelEnd::Sender(send.clone())));
        ends[last] = Some(ChannelEnd::Sender(send));
        ends[receiver] = Some(ChannelEnd::Receiver(receive));
    }
    ends
}

impl Runner<'_> {
    pub(super) fn send_or_receive(&mut self, op: ChannelOp) {
        match op {
            ChannelOp::Send(item) => {
                let sent = match self.end.as_ref().expect("it was not dropped") {
                    ChannelEnd::Sender(sender) => sender.send(item),
                    ChannelEnd::SyncSender(sender) => sender.send(item),
                    ChannelEnd::Receiver(_) => unreachable!("only senders send"),
                };
                self.note(if sent.is_ok() { 1 } else { GONE });
            }
            ChannelOp::TrySend(item) => {
                let sent = match self.end.as_ref().expect("it was not dropped") {
                    // Without a limit there is no such thing.
                    ChannelEnd::Sender(sender) => sender.send(item).map_err(TrySendError::from),
                    ChannelEnd::SyncSender(sender) => sender.try_send(item),
                    ChannelEnd::Receiver(_) => unreachable!("only senders send"),
                };
                self.note(match sent {
                    Ok(()) => 1,
                    Err(TrySendError::Full(_)) => NOT_NOW,
                    Err(TrySendError::Disconnected(_)) => GONE,
                });
            }
            ChannelOp::Receive => {
                let item = self.receiver().recv();
                self.note(item.unwrap_or(GONE));
            }
            ChannelOp::TryReceive => {
                let item = self.receiver().try_recv();
                self.note(item.unwrap_or_else(|error| match error {
                    TryRecvError::Empty => NOT_NOW,
                    TryRecvError::Disconnected => GONE,
                }));
            }
            ChannelOp::ReceiveTimeout => {
                let item = self.receiver().recv_timeout(Duration::from_secs(1));
                self.note(item.unwrap_or_else(|error| match error {
                    RecvTimeoutError::Timeout => NOT_NOW,
                    RecvTimeoutError::Disconnected => GONE,
                }));
            }
            ChannelOp::Drop => drop(self.end.take()),
        }
    }

    fn receiver(&self) -> &Receiver<u8> {
        match &self.end {
            Some(ChannelEnd::Receiver(receiver)) => receiver,
            _ => unreachable!("only the receiver receives"),
        }
    }
}
