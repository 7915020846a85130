//! The model's `Arc` has std's items, traits and bounds: one body, compiled and run against both.

macro_rules! surface {
    ($flavour:ident, $root:path) => {
        mod $flavour {
            use std::any::Any;
            use std::borrow::{Borrow, Cow};
            use std::collections::HashSet;
            use std::error::Error;
            use std::ffi::{CStr, CString, OsStr, OsString};
            use std::fmt::{self, Debug, Display, Write};
            use std::hash::Hash;
            use std::panic::{RefUnwindSafe, UnwindSafe};
            use std::path::{Path, PathBuf};
            use std::pin::Pin;

            use sync::{Arc, Weak};
            use $root as sync;

            const NOWHERE: Weak<u8> = Weak::new();

            fn traits<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + Clone>() {}
            fn values<T: Ord + Hash + Display + fmt::Pointer + AsRef<str> + Borrow<str>>() {}
            fn unpin<T: Unpin>() {}
            fn safe<T: UnwindSafe>() {}

            /// That it compiles is the test.
            #[allow(dead_code)]
            fn variance<'a>(arc: Arc<&'static str>, weak: Weak<&'static str>) -> Arc<&'a str> {
                let _: Weak<&'a str> = weak;
                arc
            }

            #[test]
            fn traits_are_the_same() {
                traits::<Arc<u8>>();
                traits::<Weak<u8>>();
                traits::<Arc<str>>();
                values::<Arc<str>>();
                unpin::<Arc<std::marker::PhantomPinned>>();
                safe::<Arc<dyn RefUnwindSafe>>();
            }

            #[test]
            fn signatures_are_the_same() {
                let _: fn(u8) -> Arc<u8> = Arc::new;
                let _: fn(u8) -> Pin<Arc<u8>> = Arc::pin;
                let _: fn(fn(&Weak<u8>) -> u8) -> Arc<u8> = Arc::new_cyclic;
                let _: fn(Arc<u8>) -> Result<u8, Arc<u8>> = Arc::try_unwrap;
                let _: fn(Arc<u8>) -> Option<u8> = Arc::into_inner;
                let _: fn(Arc<u8>) -> u8 = Arc::unwrap_or_clone;
                let _: fn(&Arc<str>) -> Weak<str> = Arc::downgrade;
                let _: fn(&Arc<str>) -> usize = Arc::strong_count;
                let _: fn(&Arc<str>) -> usize = Arc::weak_count;
                let _: fn(&mut Arc<str>) -> Option<&mut str> = Arc::get_mut;
                let _: fn(&mut Arc<u8>) -> &mut u8 = Arc::make_mut;
                let _: fn(&mut Arc<str>) -> &mut str = Arc::make_mut;
                let _: fn(&mut Arc<[u8]>) -> &mut [u8] = Arc::make_mut;
                let _: fn(&Arc<str>, &Arc<str>) -> bool = Arc::ptr_eq;
                let _: fn(&Arc<str>) -> *const str = Arc::as_ptr;
                let _: fn(Arc<str>) -> *const str = Arc::into_raw;
                let _: unsafe fn(*const str) -> Arc<str> = Arc::from_raw;
                let _: unsafe fn(*const str) = Arc::increment_strong_count;
                let _: unsafe fn(*const str) = Arc::decrement_strong_count;
                let _: fn(&Weak<str>) -> Option<Arc<str>> = Weak::upgrade;
                let _: fn(&Weak<str>) -> usize = Weak::strong_count;
                let _: fn(&Weak<str>) -> usize = Weak::weak_count;
                let _: fn(&Weak<str>, &Weak<str>) -> bool = Weak::ptr_eq;
                let _: fn(&Weak<u8>) -> *const u8 = Weak::as_ptr;
                let _: fn(Weak<u8>) -> *const u8 = Weak::into_raw;
                let _: unsafe fn(*const u8) -> Weak<u8> = Weak::from_raw;
            }

            #[test]
            fn it_is_made_of_what_stds_is_made_of() {
                assert_eq!(*Arc::<[u8]>::from(vec![1, 2]), [1, 2]);
                assert_eq!(*Arc::<[u8]>::from([1, 2]), [1, 2]);
                assert_eq!(*Arc::<[u8]>::from(&[1, 2][..]), [1, 2]);
                assert_eq!(*Arc::<[u8]>::from(&mut [1, 2][..]), [1, 2]);
                assert_eq!(*(0..3).collect::<Arc<[u8]>>(), [0, 1, 2]);
                assert_eq!(*Arc::<str>::from("a"), *"a");
                assert_eq!(*Arc::<str>::from(String::from("a")), *"a");
                assert_eq!(*Arc::<str>::from(Cow::Borrowed("a")), *"a");
                assert_eq!(*Arc::<[u8]>::from(Arc::<str>::from("a")), [b'a']);
                assert_eq!(*Arc::<u8>::from(7), 7);
                assert_eq!(*Arc::<u8>::from(Box::new(7)), 7);
                assert_eq!(*Arc::<OsStr>::from(OsString::from("a")), *OsStr::new("a"));
                assert_eq!(
                    *Arc::<Path>::from(Path::new("a")),
                    *Arc::<Path>::from(PathBuf::from("a"))
                );
                assert_eq!(*Arc::<CStr>::from(CString::default()), *Arc::<CStr>::default());
                assert_eq!((&*Arc::<str>::default(), *Arc::<u8>::default()), ("", 0));
                assert_eq!((Arc::<[u8]>::default().len(), *Pin::<Arc<u8>>::default()), (0, 0));
                let array: Result<Arc<[u8; 2]>, _> = Arc::<[u8]>::from([1, 2]).try_into();
                assert_eq!(*array.unwrap(), [1, 2]);
                let array: Result<Arc<[u8; 3]>, _> = Arc::<[u8]>::from([1, 2]).try_into();
                assert_eq!(*array.unwrap_err(), [1, 2]);
                let any: Arc<dyn Any + Send + Sync> =
                    Arc::from(Box::new(7) as Box<dyn Any + Send + Sync>);
                let any = any.downcast::<String>().unwrap_err();
                assert_eq!(*any.downcast::<i32>().unwrap(), 7);
            }

            #[test]
            fn it_does_what_its_value_does() {
                let (one, two) = (Arc::new(1), Arc::new(2));
                assert!(one < two && one == Arc::new(1) && one.cmp(&two).is_lt());
                assert_eq!(HashSet::from([one.clone(), Arc::new(1)]).len(), 1);
                let mut text = String::new();
                write!(text, "{one} {one:?} {:?} {:?}", NOWHERE, Weak::<u8>::default()).unwrap();
                assert_eq!(text, "1 1 (Weak) (Weak)");
                assert_eq!(format!("{one:p}"), format!("{:p}", Arc::as_ptr(&one)));
                let error: Arc<dyn Error + Send + Sync> =
                    Arc::from(Box::<dyn Error + Send + Sync>::from("why"));
                assert!(error.source().is_none() && error.to_string() == "why");
                fn boxed<E: Error + 'static>(error: E) -> Box<dyn Error> {
                    Box::new(error)
                }
                assert_eq!(boxed(Arc::new(fmt::Error)).to_string(), fmt::Error.to_string());
            }

            #[test]
            fn slices_and_text_can_be_made_mutable() {
                let mut mine: Arc<[u8]> = Arc::from([1, 2]);
                let theirs = Arc::clone(&mine);
                Arc::make_mut(&mut mine)[0] = 5;
                assert_eq!((&*mine, &*theirs), (&[5, 2][..], &[1, 2][..]));
                let mut text: Arc<str> = Arc::from("abc");
                Arc::make_mut(&mut text).make_ascii_uppercase();
                assert_eq!(&*text, "ABC");
            }

            #[test]
            fn a_pointer_to_nothing_has_nothing() {
                let weak = NOWHERE.clone();
                assert!(weak.upgrade().is_none() && weak.ptr_eq(&Weak::new()));
                assert_eq!((weak.strong_count(), weak.weak_count()), (0, 0));
            }
        }
    };
}

surface!(standard, ::std::sync);
surface!(model, ::sync_model);
