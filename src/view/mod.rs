//! What people see: one model of rows ([`rows`]) that every view renders.
//!
//! Rows are made of the engines' results ([`of_alignment`], [`of_parallel`]) and
//! from there on a view knows rows, spans and marks and no engine. `terminal` renders rows as text,
//! [`html`] as a page; `collation` writes entries as an editor does (both with the feature `terminal`).

mod build;
#[cfg(feature = "terminal")]
pub mod collation;
#[cfg(feature = "terminal")]
pub mod entry_table;
pub mod explanations;
pub mod html;
#[cfg(feature = "terminal")]
pub mod inline;
mod many;
#[cfg(feature = "terminal")]
pub mod publications;
mod remarks;
pub mod renderings;
pub mod rows;
pub mod sigla;
#[cfg(feature = "terminal")]
pub mod style;
#[cfg(feature = "terminal")]
pub mod terminal;
mod visible;

pub use build::of_alignment;
pub use many::{mark_follows, of_parallel};
pub use visible::visible;
