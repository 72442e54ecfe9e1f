//! XML: scanned once into a flat list of nodes, walked by a dialect that knows what its elements mean.

pub(crate) mod bible;
pub(crate) mod books;
mod scan;
pub(crate) mod scans;
pub(crate) mod tei;
pub(crate) mod units;
mod walk;

pub(crate) use scan::{Node, Xml};
pub(crate) use walk::{Act, Dialect, Walker, read};
