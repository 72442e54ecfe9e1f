//! Maps in the order of their keys, for what is stored.

use rustc_hash::FxHashMap;
use serde::Serialize;

/// Writes a map in the order of its keys.
pub(super) fn sorted<T: Serialize, S: serde::Serializer>(
    map: &FxHashMap<String, T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let sorted: std::collections::BTreeMap<&String, &T> = map.iter().collect();
    sorted.serialize(serializer)
}
