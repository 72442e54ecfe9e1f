//! Hexapla aligns translations and compares editions, sentence by sentence.
//!
//! The way from bytes to results is a chain of pure steps; each takes plain data and documented
//! options and gives plain data with its warnings ([`Outcome`]):
//!
//! ```
//! use hexapla::model::{Aligned, Witness};
//! use hexapla::{align, collate, read, segment};
//!
//! fn text(siglum: &str, bytes: &[u8]) -> hexapla::Result<hexapla::model::Segmented> {
//!     // Bytes to blocks: encoding, format, headings, speeches, verse, notes, furniture.
//!     let part = read::read_bytes(bytes, None, &read::Options::default())?.value;
//!     let document = read::document(Witness::new(siglum, "en".into()), vec![part]).value;
//!     // Blocks to sentences that tile them.
//!     let segments = segment::segment(&document, &segment::Options::default());
//!     Ok(hexapla::model::Segmented { document, segments, lines: Vec::new() })
//! }
//!
//! let a = text("A", b"The war came in 1939. Nobody had the colour of hope.")?;
//! let b = text("B", b"The war came in 1940. Nobody had the color of hope.")?;
//!
//! // Which sentences correspond: beads that cover both sides.
//! let alignment = align::align(&a, &b, &align::Options::default()).value;
//! assert_eq!(alignment.beads.len(), 2);
//!
//! // What differs inside them, and what kind of difference it is.
//! let pair = Aligned::new(a.clone(), b.clone(), alignment);
//! let comparison = collate::compare(pair, &collate::Options::default());
//! let found: Vec<_> = comparison.variants.iter().map(|v| (v.class.word(), &*v.a.text, &*v.b.text)).collect();
//! assert_eq!(found, [("number", "1939", "1940"), ("spelling", "colour", "color")]);
//! # Ok::<(), hexapla::Error>(())
//! ```
//!
//! [`session`] strings these steps together for files and for projects ([`project`]); [`exchange`]
//! writes what other tools read, [`view`] what people see, [`eval`] scores against gold.
//! `ARCHITECTURE.md` in the repository tells how the parts fit.

pub mod align;
pub mod collate;
#[cfg(feature = "fs")]
pub mod encode;
mod error;
pub mod eval;
pub mod formats;
mod math;
pub mod model;
mod par;
pub mod project;
pub mod read;
pub mod segment;
#[cfg(feature = "fs")]
pub mod session;
pub mod study;
pub mod view;

pub use error::{Error, ErrorKind, Outcome, Place, Result, Warning};
