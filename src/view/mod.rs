//! What people see: one model of rows ([`rows`]) that every view renders.
//!
//! Rows are made of the engines' results ([`of_alignment`], [`of_comparison`], [`of_parallel`]) and
//! from there on a view knows rows, spans and marks and no engine. `terminal` renders rows as text,
//! [`html`] as a page; `apparatus` writes variants as an editor does (both with the feature `terminal`).

mod apart;
#[cfg(feature = "terminal")]
pub mod apparatus;
mod build;
#[cfg(feature = "terminal")]
pub mod collation;
pub mod explanations;
pub mod html;
#[cfg(feature = "terminal")]
pub mod inline;
mod joined;
mod many;
#[cfg(feature = "terminal")]
mod omissions;
#[cfg(feature = "terminal")]
pub mod publications;
pub mod renderings;
pub mod rows;
pub mod sigla;
#[cfg(feature = "terminal")]
pub mod style;
#[cfg(feature = "terminal")]
pub mod terminal;
#[cfg(feature = "terminal")]
pub mod variant_table;
mod visible;

pub use apart::apart;
pub use build::{of_alignment, of_comparison};
pub use joined::joined;
pub use many::{mark_follows, of_parallel};
pub use visible::visible;
