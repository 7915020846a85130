//! Asking the compiler a question without insisting on the answer.

/// Whether a type implements a trait, as a `bool`.
///
/// A bound would say the same, but an answer that breaks it would not compile: then no check could
/// run, and none could say what is wrong.
///
/// ```
/// use std::rc::Rc;
/// assert!(checks::implements!(String: Send + Clone));
/// assert!(!checks::implements!(Rc<String>: Send));
/// ```
#[macro_export]
macro_rules! implements {
    ($type:ty: $($bound:tt)+) => {{
        struct Probe<T: ?Sized>(::std::marker::PhantomData<T>);
        // Which of the two constants is used depends on the answer. An inherent one goes before a
        // trait's, where its bound holds.
        #[allow(dead_code)]
        impl<T: ?Sized + $($bound)+> Probe<T> {
            const YES: bool = true;
        }
        #[allow(dead_code)]
        trait Otherwise {
            const YES: bool = false;
        }
        impl<T: ?Sized> Otherwise for Probe<T> {}
        <Probe<$type>>::YES
    }};
}
