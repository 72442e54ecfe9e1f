//! Columns that could be one: the same word in two columns of different witnesses, with nothing of
//! either witness between them.
//!
//! Witnesses join one by one, and passages that turn out to stand elsewhere leave their columns; both
//! can part what belongs together. Whatever can be brought together without any witness going back,
//! is; what is known to stand at another place keeps out of it.

use rustc_hash::FxHashSet;

use super::source::Source;
use super::table::Table;

/// The table with such columns made one; `moved` are witnesses and tokens whose partners stand
/// elsewhere.
pub(super) fn compacted(table: Table, sources: &[Source], moved: &FxHashSet<(u32, u32)>) -> Table {
    let keys = sources.iter().flat_map(|s| &s.keys).max().map_or(0, |&key| key as usize + 1);
    let mut columns_of = table.columns_of.clone();
    let mut members: Vec<Vec<(u32, u32)>> = (0..table.len()).map(|c| table.entries(c).to_vec()).collect();
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); keys];
    for (column, here) in members.iter().enumerate() {
        if here.iter().any(|entry| moved.contains(entry)) {
            continue;
        }
        if let Some(key) = sole_key(here, sources) {
            places[key as usize].push(column as u32);
        }
    }
    let mut changed = false;
    for column in 0..table.len() as u32 {
        let here = &members[column as usize];
        let Some(key) = sole_key(here, sources) else { continue };
        if here.len() == sources.len() || here.iter().any(|entry| moved.contains(entry)) {
            continue;
        }
        let (low, high) = room(here, &columns_of, table.len() as u32);
        let twins = &places[key as usize];
        let near = twins.partition_point(|&c| c < column);
        let before = twins[..near].iter().rev().take_while(|&&c| c >= low);
        let after = twins[near..].iter().take_while(|&&c| c < high);
        let twin = before.chain(after).copied().find(|&c| {
            c != column && !members[c as usize].is_empty() && disjoint(&members[c as usize], here)
        });
        if let Some(twin) = twin {
            let moved = std::mem::take(&mut members[column as usize]);
            for &(witness, token) in &moved {
                columns_of[witness as usize][token as usize] = twin;
            }
            members[twin as usize].extend(moved);
            members[twin as usize].sort_unstable();
            changed = true;
        }
    }
    if changed { Table::of(columns_of, table.len()).without_empty_columns() } else { table }
}

/// The key that all tokens of a column have.
fn sole_key(entries: &[(u32, u32)], sources: &[Source]) -> Option<u32> {
    let key = |&(witness, token): &(u32, u32)| sources[witness as usize].keys[token as usize];
    let first = key(entries.first()?);
    entries.iter().all(|entry| key(entry) == first).then_some(first)
}

/// The columns that the tokens of a column could stand in without passing their neighbours.
fn room(entries: &[(u32, u32)], columns_of: &[Vec<u32>], columns: u32) -> (u32, u32) {
    let (mut low, mut high) = (0, columns);
    for &(witness, token) in entries {
        let own = &columns_of[witness as usize];
        if let Some(before) = (token as usize).checked_sub(1) {
            low = low.max(own[before] + 1);
        }
        if let Some(&next) = own.get(token as usize + 1) {
            high = high.min(next);
        }
    }
    (low, high)
}

fn disjoint(a: &[(u32, u32)], b: &[(u32, u32)]) -> bool {
    a.iter().all(|(w, _)| b.binary_search_by_key(w, |e| e.0).is_err())
}
