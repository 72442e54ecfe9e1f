//! Work on several threads where the feature `parallel` is there, one thing after another where it is not.
//!
//! The engines import the adaptors from here and never from `rayon`. What they compute is joined in the
//! order of the input whatever the number of threads, so that both ways give the same bytes.

#[cfg(feature = "parallel")]
pub(crate) use rayon::{join, prelude};

#[cfg(not(feature = "parallel"))]
pub(crate) use sequential::{join, prelude};

/// The part of rayon's interface that is used here, on the iterators of the standard library. (The
/// combinators that both have by the same name and with another signature, `fold` and `reduce`, are not
/// to be had.)
#[cfg(not(feature = "parallel"))]
mod sequential {
    /// Does one thing, then the other.
    pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
        (a(), b())
    }

    pub(crate) mod prelude {
        pub(crate) use super::{Adaptors, IntoSequential, Slices};
    }

    pub(crate) trait IntoSequential: IntoIterator + Sized {
        fn into_par_iter(self) -> Self::IntoIter {
            self.into_iter()
        }
    }

    impl<T: IntoIterator> IntoSequential for T {}

    pub(crate) trait Slices<T> {
        fn par_iter(&self) -> std::slice::Iter<'_, T>;
        fn par_chunks(&self, size: usize) -> std::slice::Chunks<'_, T>;
    }

    impl<T> Slices<T> for [T] {
        fn par_iter(&self) -> std::slice::Iter<'_, T> {
            self.iter()
        }

        fn par_chunks(&self, size: usize) -> std::slice::Chunks<'_, T> {
            self.chunks(size)
        }
    }

    pub(crate) trait Adaptors: Iterator + Sized {
        fn flat_map_iter<U: IntoIterator>(
            self,
            f: impl FnMut(Self::Item) -> U,
        ) -> impl Iterator<Item = U::Item> {
            self.flat_map(f)
        }

        /// `map` with a scratch value that is made once for each thread: here once.
        fn map_init<S, R>(
            self,
            init: impl FnOnce() -> S,
            mut f: impl FnMut(&mut S, Self::Item) -> R,
        ) -> impl Iterator<Item = R> {
            let mut scratch = init();
            self.map(move |item| f(&mut scratch, item))
        }
    }

    impl<I: Iterator> Adaptors for I {}
}
