//! Where the model begins and where it looks: several starts, joined sentences, clauses, a second
//! pass, and what was moved.

pub(crate) mod chance;
pub(crate) mod clauses;
pub(crate) mod coarse;
pub(crate) mod moved;
pub(crate) mod observed;
pub(crate) mod rivals;
pub(crate) mod second_pass;
pub(crate) mod shapes;
pub(crate) mod starts;
