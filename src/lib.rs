//! Hexapla aligns translations and compares editions.
pub mod align;
pub mod collate;
mod error;
pub mod eval;
pub mod exchange;
pub mod model;
pub mod project;
pub mod read;
pub mod segment;

pub use error::{Error, ErrorKind, Outcome, Place, Result, Warning};
