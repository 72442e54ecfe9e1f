//! Collations in the formats of other tools and for scripts, one file a format.

pub mod collatex;
pub mod csv;
pub mod graph;
pub mod json;
pub mod latex;
pub mod links;
pub mod matrix;
mod running;
pub mod tei;
