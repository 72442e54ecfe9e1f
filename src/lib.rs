//! Hexapla aligns translations and compares editions.
pub mod align;
pub mod check;
pub mod collate;
mod error;
pub mod eval;
pub mod exchange;
pub mod find;
pub mod model;
pub mod project;
pub mod read;
pub mod segment;
pub mod view;
pub mod workspace;

pub use error::{Error, ErrorKind, Outcome, Place, Result, Warning};
