//! What people see: one model of rows ([`rows`]) that every view renders.
//!
//! Rows are made of the engines' results ([`of_alignment`], [`of_comparison`], [`of_parallel`]) and
//! from there on a view knows rows, spans and marks and no engine. [`terminal`] renders rows as text,
//! [`html`] as a page; [`apparatus`] writes variants as an editor does.

mod apart;
pub mod apparatus;
mod build;
pub mod collation;
pub mod explanations;
pub mod html;
pub mod inline;
mod joined;
mod many;
mod omissions;
pub mod publications;
pub mod renderings;
pub mod rows;
pub mod sigla;
pub mod style;
pub mod terminal;
pub mod variant_table;

pub use apart::apart;
pub use build::{of_alignment, of_comparison};
pub use joined::joined;
pub use many::{mark_follows, of_parallel};
