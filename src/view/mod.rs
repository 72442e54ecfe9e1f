//! What people see: one model of rows ([`rows`]) that every view renders.
//!
//! Rows are made of the engines' results ([`of_alignment`], [`of_parallel`]) and
//! from there on a view knows rows, spans and marks and no engine. [`terminal`] renders rows as text,
//! [`html`] as a page; [`collation`] writes entries as an editor does.

mod build;
pub mod collation;
pub mod entry_table;
pub mod explanations;
pub mod html;
pub mod inline;
mod many;
pub mod publications;
mod remarks;
pub mod renderings;
pub mod rows;
pub mod sigla;
pub mod style;
pub mod terminal;

pub use build::of_alignment;
pub use many::{mark_follows, of_parallel};
