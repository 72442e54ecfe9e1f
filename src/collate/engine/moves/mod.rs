//! What stands at another place in another witness: blocks, sentences, phrases and words.
//!
//! The columns run in one order, so a displaced passage stands in columns of its own at each of its
//! places. For two witnesses at a time the words without a partner are matched again: long passages
//! by seeds of four words ([`long`]), shorter sentences as a whole ([`sentences`]), words and phrases within
//! a sentence's reach ([`short`]). What is found is collated inside by the engine itself.

mod assemble;
mod long;
mod sentences;
mod short;

use rustc_hash::FxHashSet;

use super::lexicon::Lexicon;
use super::source::Source;
use super::table::Table;
use crate::par::prelude::*;

pub(super) use assemble::assemble;

/// Against so many witnesses each one is held, the longest ones.
const PARTNERS: usize = 24;

/// Two tokens that correspond though they stand at different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// Witness and token; of two witnesses the one with the smaller number.
    pub(super) a: (u32, u32),
    pub(super) b: (u32, u32),
    /// Whether they belong to a long passage, which may be interrupted by what only one witness has.
    pub(super) is_long: bool,
}

/// A pair of witnesses with what has no partner.
pub(super) struct Unmatched<'u> {
    pub(super) lexicon: &'u Lexicon,
    pub(super) a: Side<'u>,
    pub(super) b: Side<'u>,
    /// Before each word of `a`, and at its end, how many words there are that `b` has at the same place.
    shared: Vec<u32>,
}

/// One witness of a pair.
pub(super) struct Side<'u> {
    pub(super) source: &'u Source,
    /// The column of each token.
    pub(super) columns: &'u [u32],
    /// Its words, as positions in its tokens.
    pub(super) words: Vec<u32>,
    /// Of each word, whether the other witness has not this word there.
    pub(super) free: Vec<bool>,
}

/// The passages of all pairs of witnesses that stand at different places.
pub(super) fn find(table: &Table, sources: &[Source], lexicon: &Lexicon) -> Vec<Link> {
    let mut longest: Vec<usize> = (0..sources.len()).collect();
    longest.sort_by_key(|&w| (std::cmp::Reverse(sources[w].keys.len()), w));
    longest.truncate(PARTNERS);
    let is_partner: FxHashSet<usize> = longest.into_iter().collect();
    let pairs: Vec<(usize, usize)> = (0..sources.len())
        .flat_map(|a| (a + 1..sources.len()).map(move |b| (a, b)))
        .filter(|(a, b)| is_partner.contains(a) || is_partner.contains(b))
        .collect();
    let found: Vec<Vec<Link>> = pairs
        .into_par_iter()
        .map(|(a, b)| {
            let side = |x: usize, y: usize| Side::new(x, y, table, sources, lexicon);
            let mut pair = Unmatched::new(side(a, b), side(b, a), lexicon);
            let link = |(i, j), is_long| Link { a: (a as u32, i), b: (b as u32, j), is_long };
            let mut links: Vec<Link> = long::find(&mut pair).into_iter().map(|t| link(t, true)).collect();
            links.extend(sentences::find(&mut pair).into_iter().map(|t| link(t, true)));
            links.extend(short::find(&mut pair).into_iter().map(|t| link(t, false)));
            links
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// The tokens that must leave the column which they share with the other witness of their link,
/// because their true partner stands elsewhere: witness and token.
pub(super) fn to_detach(links: &[Link], table: &Table) -> FxHashSet<(u32, u32)> {
    let mut out = FxHashSet::default();
    for link in links {
        let column = |(w, t): (u32, u32)| table.columns_of[w as usize][t as usize];
        for (own, other) in [(link.a, link.b), (link.b, link.a)] {
            let shared = table.entries(column(own) as usize).iter().any(|e| e.0 == other.0);
            // One of the two leaves: that of the later witness.
            if shared {
                let leaves = own.0.max(other.0);
                out.extend(table.entries(column(own) as usize).iter().filter(|e| e.0 == leaves).copied());
            }
        }
    }
    out
}

impl<'u> Unmatched<'u> {
    fn new(a: Side<'u>, b: Side<'u>, lexicon: &'u Lexicon) -> Self {
        let mut shared = Vec::with_capacity(a.words.len() + 1);
        let (mut there, mut count) = (0, 0);
        shared.push(0);
        for &token in &a.words {
            let column = a.columns[token as usize];
            while b.columns.get(there).is_some_and(|&c| c < column) {
                there += 1;
            }
            let is_shared = b.columns.get(there) == Some(&column)
                && b.source.keys[there] == a.source.keys[token as usize];
            count += u32::from(is_shared);
            shared.push(count);
        }
        Self { lexicon, a, b, shared }
    }

    /// How many words lie between two places, at which both witnesses have the same: a passage that
    /// crosses none has not moved. `i` and `j` are words of either side.
    fn crossed(&self, i: usize, j: usize) -> usize {
        let (from, to) = (self.a.column(i), self.b.column(j));
        let at = |column| self.a.words.partition_point(|&w| self.a.columns[w as usize] < column);
        (self.shared[at(from.max(to) + 1)] - self.shared[at(from.min(to))]) as usize
    }
}

impl<'u> Side<'u> {
    fn new(own: usize, other: usize, table: &'u Table, sources: &'u [Source], lexicon: &Lexicon) -> Self {
        let (source, columns) = (&sources[own], table.columns_of[own].as_slice());
        let (other_columns, other_keys) = (&table.columns_of[other], &sources[other].keys);
        let mut words = Vec::new();
        let mut free = Vec::new();
        let mut at = 0;
        for (token, (&column, &key)) in columns.iter().zip(&source.keys).enumerate() {
            while other_columns.get(at).is_some_and(|&c| c < column) {
                at += 1;
            }
            if !lexicon.keys[key as usize].is_word {
                continue;
            }
            let there = other_columns[at..].iter().take_while(|&&c| c == column).count();
            let has = other_keys[at..at + there].contains(&key);
            words.push(token as u32);
            free.push(!has);
        }
        Self { source, columns, words, free }
    }

    /// The key of a word.
    fn key(&self, word: usize) -> u32 {
        self.source.keys[self.words[word] as usize]
    }

    /// The column of a word.
    fn column(&self, word: usize) -> u32 {
        self.columns[self.words[word] as usize]
    }

    /// The segment that a word stands in.
    fn segment(&self, word: usize) -> u32 {
        self.source.tokens[self.words[word] as usize].segment
    }
}
