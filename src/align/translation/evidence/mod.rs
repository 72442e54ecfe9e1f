//! What speaks for a bead: each kind of evidence is a log-likelihood ratio, learned on the pair, and
//! [`score`] adds them up for all edges of a lattice.

pub(crate) mod boundary;
pub(crate) mod length;
pub(crate) mod marks;
pub(crate) mod score;
pub(crate) mod similarity;
pub(crate) mod sound;
pub(crate) mod spans;
pub(crate) mod vectors;
