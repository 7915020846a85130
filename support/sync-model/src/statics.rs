//! What a lock in a `static` holds when an execution begins: what it held at first.
//!
//! A static's value is made at compile time and lies in the program's file, so there it can be compared
//! with what the lock holds when it is touched for the first time. If the two are the same, byte for
//! byte, then nothing that the running program made (no memory of its heap, above all) is part of the
//! value, and to put the same bytes back makes the same value again, as often as one likes. The value
//! before it is forgotten, not dropped: it may hold what ends with its execution.
//!
//! Everything else outlives its execution: a lock in a `LazyLock` of the standard library, or one that
//! the scenario's closure has captured.

use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::fs::File;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::engine::Found;
use image::Image;

mod image;

/// The first bytes of the values that begin afresh, by address.
type Values = HashMap<usize, Box<[MaybeUninit<u8>]>>;

static FIRST: Mutex<Option<Values>> = Mutex::new(None);

/// Makes `data`, which an execution touches for the first time, what it was at first. False: it
/// cannot be, because it is not a static's, and an earlier execution has left it as it is.
///
/// The caller is the only one who can reach `data`.
pub(crate) fn begin<T: ?Sized>(data: &UnsafeCell<T>, found: Found) -> bool {
    // As nearly always.
    found == Found::Known || make_first(data, found == Found::New)
}

fn make_first<T: ?Sized>(data: &UnsafeCell<T>, is_new: bool) -> bool {
    let start = data.get().cast::<u8>();
    let nearby = is_nearby(start.addr()).then(image).flatten();
    let Some(image) = nearby.filter(|image| image.contains(start.addr())) else {
        return is_new;
    };
    // SAFETY: a reference to `data` tells its size; the value is not looked at.
    let size = size_of_val(unsafe { &*data.get() });
    if is_new {
        if is_as_in(image, start.addr(), size) {
            // SAFETY: these bytes are the value's, nobody else reaches them now, and bytes that may be
            // uninitialised can be copied from anything.
            let bytes = unsafe { std::slice::from_raw_parts(start.cast(), size) };
            first(|known| known.insert(start.addr(), bytes.into()));
        }
        return true;
    }
    first(|known| {
        let Some(bytes) = known.get(&start.addr()).filter(|bytes| bytes.len() == size) else {
            return false;
        };
        // SAFETY: the bytes were those of this very value, as the compiler made it, and own nothing
        // (see the module's first lines); nobody else reaches it now.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), start.cast(), size) };
        true
    })
}

fn first<R>(use_it: impl FnOnce(&mut Values) -> R) -> R {
    let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
    use_it(first.get_or_insert_default())
}

/// Whether this may be a variable of the program. Most values are on the heap, and told apart at once.
fn is_nearby(address: usize) -> bool {
    static PLACE: OnceLock<Option<Range<usize>>> = OnceLock::new();
    PLACE.get_or_init(image::place).as_ref().is_some_and(|place| place.contains(&address))
}

/// The program's file; `None` where it cannot be read.
fn image() -> Option<&'static Image> {
    static IMAGE: OnceLock<Option<Image>> = OnceLock::new();
    IMAGE.get_or_init(Image::of_this_program).as_ref()
}

/// This process's memory, as the system tells it; `None` where it does not.
///
/// Called before the grader's channel is opened: from then on a process without privileges cannot open
/// its own memory either.
pub(crate) fn memory() -> Option<&'static File> {
    static MEMORY: OnceLock<Option<File>> = OnceLock::new();
    MEMORY.get_or_init(|| File::open("/proc/self/mem").ok()).as_ref()
}

/// Whether memory holds what the file says. The system is asked for it, because bytes between fields
/// have no value that Rust could compare.
fn is_as_in(image: &Image, address: usize, size: usize) -> bool {
    let mut bytes = vec![0; size];
    let read =
        memory().is_some_and(|memory| memory.read_exact_at(&mut bytes, address as u64).is_ok());
    read && image.bytes(address, size).is_some_and(|first| first == bytes)
}
