//! Sentences that have next to nothing in common with what stands opposite them.
//!
//! Between two firm passages every alignment sets something opposite something, and a "the" or "of" that
//! two unrelated sentences share holds them together. A sentence of which so little is matched stands by
//! itself: what it says was left out or put in, it is no other reading of its neighbour.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::source::Source;
use super::table::Table;

/// A sentence is a stranger if less than this share of its words, by their bits, is matched,
const SHARE: f32 = 0.15;
/// and less than so many bits: two or three words that say something.
const BITS: f32 = 24.0;
/// So is one of which a single word is matched, less than this share of it.
const SHARE_OF_ONE: f32 = 0.5;
/// A sentence of fewer words may be the other one in other words.
const WORDS: usize = 4;

/// The table with such sentences in columns of their own, behind what they stood opposite.
pub(super) fn apart(table: Table, sources: &[Source], lexicon: &Lexicon) -> Table {
    let strangers: Vec<Vec<Range<usize>>> =
        (0..sources.len()).map(|witness| strangers(witness, &table, sources, lexicon)).collect();
    let mut leaving: Vec<(u32, usize, Range<usize>)> = Vec::new();
    for (witness, sentences) in strangers.iter().enumerate() {
        let columns = &table.columns_of[witness];
        // Neighbours leave together; those that stay before them do not go along.
        let mut next: Option<(usize, u32)> = None;
        for sentence in sentences.iter().rev() {
            // Of two strangers opposite each other, that of the first witness stays.
            let stays = sentence.clone().all(|token| {
                let here = table.entries(columns[token] as usize);
                here.iter().all(|&(other, t)| {
                    other as usize == witness
                        || other as usize > witness && holds(&strangers[other as usize], t as usize)
                })
            });
            if !stays {
                let behind = columns.get(sentence.end).map_or(table.len() as u32, |&column| column);
                let before = next.filter(|next| next.0 == sentence.end).map_or(behind, |next| next.1);
                next = Some((sentence.start, before));
                leaving.push((before, witness, sentence.clone()));
            }
        }
    }
    if leaving.is_empty() {
        return table;
    }
    leaving.sort_unstable_by_key(|(before, witness, sentence)| (*before, *witness, sentence.start));
    // How many columns are put in before each old one.
    let mut inserted = vec![0u32; table.len() + 1];
    for (before, _, sentence) in &leaving {
        inserted[*before as usize] += sentence.len() as u32;
    }
    let mut sum = 0;
    let number: Vec<u32> = inserted
        .iter()
        .zip(0u32..)
        .map(|(&here, column)| {
            sum += here;
            column + sum
        })
        .collect();
    let mut columns_of: Vec<Vec<u32>> = table
        .columns_of
        .iter()
        .map(|columns| columns.iter().map(|&column| number[column as usize]).collect())
        .collect();
    let mut next = (u32::MAX, 0);
    for (before, witness, sentence) in leaving {
        if next.0 != before {
            next = (before, number[before as usize] - inserted[before as usize]);
        }
        for token in sentence {
            columns_of[witness][token] = next.1;
            next.1 += 1;
        }
    }
    Table::of(columns_of, table.len() + sum as usize).without_empty_columns()
}

fn holds(sentences: &[Range<usize>], token: usize) -> bool {
    let at = sentences.partition_point(|sentence| sentence.end <= token);
    sentences.get(at).is_some_and(|sentence| sentence.contains(&token))
}

/// The sentences of a witness that are strangers, as tokens, in order.
fn strangers(witness: usize, table: &Table, sources: &[Source], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let source = &sources[witness];
    let mut out = Vec::new();
    let mut start = 0;
    while start < source.tokens.len() {
        let segment = source.tokens[start].segment;
        let len = source.tokens[start..].iter().take_while(|token| token.segment == segment).count();
        let (mut all, mut matched, mut words, mut common, mut shares) = (0.0, 0.0, 0, 0, false);
        for token in start..start + len {
            let key = source.keys[token];
            let known = &lexicon.keys[key as usize];
            let others = table.entries(table.columns_of[witness][token] as usize);
            let mut others = others.iter().filter(|entry| entry.0 != witness as u32).peekable();
            // The same mark is no other reading.
            let mut opposite = others.clone();
            shares |= known.is_word && others.peek().is_some()
                || opposite.any(|&(w, t)| sources[w as usize].keys[t as usize] != key);
            if !known.is_word {
                continue;
            }
            words += 1;
            all += known.bits;
            if others.any(|&(w, t)| sources[w as usize].keys[t as usize] == key) {
                matched += known.bits;
                common += 1;
            }
        }
        let is_chance =
            matched < SHARE * all && matched < BITS || common == 1 && matched < SHARE_OF_ONE * all;
        if words >= WORDS && shares && is_chance {
            out.push(start..start + len);
        }
        start += len;
    }
    out
}
