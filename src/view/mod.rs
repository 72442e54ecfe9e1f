//! What people see: one model of rows ([`rows`]) that every view renders.
//!
//! A view knows rows, spans and marks; it knows no engine. [`terminal`] renders rows as text;
//! [`apparatus`] writes variants as an editor does.

pub mod apparatus;
pub mod collation;
pub mod rows;
pub mod style;
pub mod terminal;
