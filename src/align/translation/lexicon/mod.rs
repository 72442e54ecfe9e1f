//! Which words render each other: what is known before ([`knowledge`]), which pairs are looked at
//! ([`candidates`]), and what the beads teach ([`training`]).

pub(crate) mod bilingual;
pub(crate) mod candidates;
pub(crate) mod knowledge;
pub(crate) mod table;
pub(crate) mod training;
