//! Questions asked of texts, pairs and collations: what stands where, what renders what, who follows whom,
//! what looks wrong, what changed from one publication to the next.

pub mod check;
pub mod find;
pub mod follows;
mod publications;
pub mod terms;

pub use publications::publications;
