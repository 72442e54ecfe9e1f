//! Hexapla aligns translations and compares editions, sentence by sentence.
//!
//! The way from bytes to results is a chain of pure steps; each takes plain data and documented
//! options and gives plain data with its warnings ([`Outcome`]):
//!
//! ```
//! use hexapla::formats::registry::{Chosen, Format, Options};
//! use hexapla::model::{Segmented, Text, Witness};
//! use hexapla::{align, collate, read, segment};
//!
//! fn text(siglum: &str, words: &str) -> hexapla::Result<Text> {
//!     let part = read::read_bytes(words.as_bytes(), None, &read::Options::default())?.value;
//!     let document = read::document(Witness::new(siglum, "en".into()), vec![part]).value;
//!     let segments = segment::segment(&document, &segment::Options::default());
//!     Ok(Text::new(Segmented { document, segments, lines: Vec::new() }))
//! }
//!
//! let a = text("A", "The war came in 1939. Nobody had the colour of hope.")?;
//! let b = text("B", "The war came in 1940. Nobody had the color of hope.")?;
//! let c = text("C", "The war came in 1939. Nobody had the color of hope.")?;
//! assert_eq!(align::align(&a, &b, &align::Options::default()).value.beads.len(), 2);
//!
//! let options = collate::Options { base: Some("A".into()), ..collate::Options::default() };
//! let collated = collate::collate(&[a, b, c], &options)?.value;
//! let entries: Vec<_> = collated.entries().iter().collect();
//! let mut csv = Vec::new();
//! let chosen = Chosen { collated: &collated, entries: &entries };
//! Format::of_name("csv").unwrap().write_collation(chosen, &Options::default(), &mut csv).unwrap();
//! # let csv = String::from_utf8(csv).unwrap();
//! # let lines: Vec<&str> = csv.lines().skip(1).collect();
//! # assert!(lines[0].starts_with("1,A 1.1.1,1939,A C,1940 B,number"), "{csv}");
//! # assert!(lines[1].starts_with("2,A 1.1.2,colour,A,color B C,spelling"), "{csv}");
//! # Ok::<(), hexapla::Error>(())
//! ```
//!
//! [`session`] strings these steps together for files and for projects ([`project`]); [`formats`]
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
