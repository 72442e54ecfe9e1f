//! Readings that one witness has side by side, and others have one or the other of.
//!
//! A scribe who knew two readings may have written both (a conflation: West, *Textual Criticism and
//! Editorial Technique*, 1973). Then they stand at two places, and each witness that has but one of them
//! has it at that one's place, not opposite the other.

use super::lexicon::Lexicon;
use super::source::Source;
use super::table::Table;

/// The table with such readings at their places.
pub(super) fn apart(table: Table, sources: &[Source], lexicon: &Lexicon) -> Table {
    let mut columns_of = table.columns_of.clone();
    let mut changed = false;
    // Only where witnesses differ can one have a reading beside that of others.
    let is_mixed: Vec<bool> = (0..table.len())
        .map(|column| {
            let key = |&(witness, token): &(u32, u32)| sources[witness as usize].keys[token as usize];
            table.entries(column).windows(2).any(|pair| key(&pair[0]) != key(&pair[1]))
        })
        .collect();
    for (witness, source) in sources.iter().enumerate() {
        for token in 1..source.keys.len() {
            let columns = (table.columns_of[witness][token - 1], table.columns_of[witness][token]);
            let keys = (source.keys[token - 1], source.keys[token]);
            let is_word = |key: u32| lexicon.keys[key as usize].is_word;
            if columns.1 != columns.0 + 1 || keys.0 == keys.1 || !is_word(keys.0) || !is_word(keys.1) {
                continue;
            }
            for (from, to, stays, goes) in
                [(columns.0, columns.1, keys.0, keys.1), (columns.1, columns.0, keys.1, keys.0)]
            {
                if !is_mixed[from as usize] || is_mixed[to as usize] {
                    continue;
                }
                for (w, t) in strays(&table, sources, (from, to), (stays, goes)) {
                    columns_of[w as usize][t as usize] = to;
                    changed = true;
                }
            }
        }
    }
    if changed { Table::of(columns_of, table.len()).without_empty_columns() } else { table }
}

/// The witnesses and tokens in column `from` that have the word of column `to`, though others have in
/// `from` what belongs there, and all in `to` have that word.
fn strays(
    table: &Table,
    sources: &[Source],
    (from, to): (u32, u32),
    (stays, goes): (u32, u32),
) -> Vec<(u32, u32)> {
    let key = |&(witness, token): &(u32, u32)| sources[witness as usize].keys[token as usize];
    let (here, there) = (table.entries(from as usize), table.entries(to as usize));
    let belongs = here.iter().filter(|entry| key(entry) == stays).count();
    // The witness itself is one of them.
    if belongs < 2 || there.iter().any(|entry| key(entry) != goes) {
        return Vec::new();
    }
    let lacks = |witness: u32| there.iter().all(|entry| entry.0 != witness);
    let alone = |witness: u32| here.iter().filter(|entry| entry.0 == witness).count() == 1;
    here.iter().filter(|entry| key(entry) == goes && lacks(entry.0) && alone(entry.0)).copied().collect()
}
