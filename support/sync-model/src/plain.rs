//! The value behind a lock, where it is a plain number, flag or character: what can be shown without
//! asking the type for it.

use std::any::TypeId;
use std::marker::PhantomData;

use crate::trace::Value;

/// The value, if `T` is one of the plain types.
///
/// # Safety
/// `data` points to a value that may be read now.
pub(crate) unsafe fn value<T: ?Sized>(data: *const T) -> Option<Value> {
    let id = type_id::<T>();
    macro_rules! integers {
        ($($type:ty),*) => { $(
            if id == TypeId::of::<$type>() {
                // SAFETY: `T` is this very type, and the caller lets it be read.
                let value = unsafe { *data.cast::<$type>() };
                return i128::try_from(value).ok().map(Value::Int);
            }
        )* };
    }
    integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
    if id == TypeId::of::<bool>() {
        // SAFETY: as above.
        return Some(Value::Bool(unsafe { *data.cast::<bool>() }));
    }
    if id == TypeId::of::<char>() {
        // SAFETY: as above.
        return Some(Value::Char(unsafe { *data.cast::<char>() }));
    }
    None
}

/// What tells a type from others, even one that borrows. Lifetimes do not count; a plain type has none.
///
/// The way of the crate `typeid` (David Tolnay).
fn type_id<T: ?Sized>() -> TypeId {
    trait Named {
        fn type_id(&self) -> TypeId
        where
            Self: 'static;
    }
    impl<T: ?Sized> Named for PhantomData<T> {
        fn type_id(&self) -> TypeId
        where
            Self: 'static,
        {
            TypeId::of::<T>()
        }
    }
    let phantom = PhantomData::<T>;
    let named: &dyn Named = &phantom;
    // SAFETY: only the lifetime is hidden, and the method looks at nothing that is borrowed.
    unsafe { std::mem::transmute::<&dyn Named, &(dyn Named + 'static)>(named) }.type_id()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<T: ?Sized>(data: &T) -> Option<Value> {
        // SAFETY: it is borrowed.
        unsafe { value(data) }
    }

    #[test]
    fn plain_types_have_a_value() {
        assert_eq!(of(&-7_i8), Some(Value::Int(-7)));
        assert_eq!(of(&u64::MAX), Some(Value::Int(u64::MAX.into())));
        assert_eq!(of(&u128::MAX), None);
        assert_eq!(of(&true), Some(Value::Bool(true)));
        assert_eq!(of(&'é'), Some(Value::Char('é')));
    }

    #[test]
    fn nothing_else_has() {
        struct Wrapped(#[allow(dead_code)] i32);
        let number = 3;
        assert_eq!(of(&Wrapped(number)), None);
        assert_eq!(of(&&number), None);
        assert_eq!(of(&[number][..]), None);
        assert_eq!(of("text"), None);
        assert_eq!(of(&1.5_f64), None);
        assert_eq!(of(&std::cell::Cell::new(number)), None);
    }
}
