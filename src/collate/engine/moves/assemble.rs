//! Links between tokens, brought together to moves of columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Link;
use crate::collate::engine::distance::between;
use crate::collate::engine::lexicon::Lexicon;
use crate::collate::engine::source::Source;
use crate::collate::engine::table::Table;
use crate::model::{Attestation, Move, MoveScale, MovedRun};

/// Columns that may lie between two links of a long passage, on either side.
const BETWEEN: u32 = 60;
/// The same for words and phrases.
const BESIDE: u32 = 2;
/// From this share of equal letters on two words are one in two spellings.
const ALIKE: f32 = 0.6;

/// The moves that the links of all pairs of witnesses add up to, in the order of their homes.
pub(in crate::collate::engine) fn assemble(
    links: &[Link],
    table: &Table,
    sources: &[Source],
    lexicon: &Lexicon,
    base: Option<usize>,
) -> Vec<Move> {
    // How many pairs of witnesses speak for two columns.
    let mut votes: BTreeMap<(u32, u32), Votes> = BTreeMap::new();
    for link in links {
        let column = |(w, t): (u32, u32)| table.columns_of[w as usize][t as usize];
        let (a, b) = (column(link.a), column(link.b));
        if a != b {
            let votes = votes.entry((a.min(b), a.max(b))).or_default();
            votes.count += 1;
            votes.is_long |= link.is_long;
        }
    }
    let mut moves: Vec<Move> = runs(votes)
        .into_iter()
        .filter_map(|run| a_move(run, &Frame { table, sources, lexicon }, base))
        .collect();
    moves.sort_by_key(|m| (m.home.columns.start, m.away.columns.start));
    moves
}

/// Where the words of a move stand.
struct Frame<'f> {
    table: &'f Table,
    sources: &'f [Source],
    lexicon: &'f Lexicon,
}

impl Frame<'_> {
    fn key(&self, (witness, token): (u32, u32)) -> u32 {
        self.sources[witness as usize].keys[token as usize]
    }

    /// Whether two words are one, perhaps in two spellings.
    fn is_one(&self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.lexicon.keys[a as usize], &self.lexicon.keys[b as usize]);
        let similar = || {
            let longer = x.chars.len().max(y.chars.len()).max(1);
            let distance = between(&x.codes, &y.codes);
            (longer - distance.min(longer)) as f32 >= ALIKE * longer as f32
        };
        a == b || x.is_word && y.is_word && similar()
    }
}

/// What the pairs of witnesses say of two columns.
#[derive(Clone, Copy, Default)]
struct Votes {
    count: u32,
    is_long: bool,
}

/// Links in runs that go forward on both sides. A column belongs to one link: the one with most
/// votes.
fn runs(votes: BTreeMap<(u32, u32), Votes>) -> Vec<Vec<(u32, u32)>> {
    let mut ranked: Vec<((u32, u32), Votes)> = votes.into_iter().collect();
    ranked.sort_by_key(|&(link, votes)| (std::cmp::Reverse(votes.count), link));
    let mut taken = rustc_hash::FxHashSet::default();
    let mut links: Vec<(u32, u32, bool)> = Vec::new();
    for ((low, high), votes) in ranked {
        if !taken.contains(&low) && !taken.contains(&high) {
            taken.insert(low);
            taken.insert(high);
            links.push((low, high, votes.is_long));
        }
    }
    links.sort_unstable();
    let mut runs: Vec<Vec<(u32, u32)>> = Vec::new();
    for (low, high, is_long) in links {
        let reach = if is_long { BETWEEN } else { BESIDE };
        let fits = |run: &&mut Vec<(u32, u32)>| {
            let (l, h) = run[run.len() - 1];
            low - l <= reach && high > h && high - h <= reach
        };
        // The newest runs are the nearest ones.
        match runs.iter_mut().rev().take(8).find(fits) {
            Some(run) => run.push((low, high)),
            None => runs.push(vec![(low, high)]),
        }
    }
    runs
}

fn a_move(links: Vec<(u32, u32)>, frame: &Frame<'_>, base: Option<usize>) -> Option<Move> {
    let (first, last) = (links.first()?, links.last()?);
    let low = place(first.0..last.0 + 1, links.iter().copied(), frame);
    let high = place(first.1..last.1 + 1, links.iter().map(|l| (l.1, l.0)), frame);
    if low.witnesses.is_empty() || high.witnesses.is_empty() {
        return None;
    }
    let has_base = |run: &MovedRun| run.witnesses.iter().any(|a| Some(a.witness) == base);
    let low_is_home = match (has_base(&low), has_base(&high)) {
        (true, false) => true,
        (false, true) => false,
        _ => low.witnesses.len() >= high.witnesses.len(),
    };
    let scale = scale(&low, links.len(), frame.sources);
    if low_is_home {
        Some(Move { home: low, away: high, links, scale })
    } else {
        let mut links: Vec<(u32, u32)> = links.into_iter().map(|(l, h)| (h, l)).collect();
        links.sort_unstable();
        Some(Move { home: high, away: low, links, scale })
    }
}

/// Who has the passage in these columns: those with the words of the other place, in whatever spelling,
/// in most of the linked ones. `links` are columns here and there.
fn place(columns: Range<u32>, links: impl Iterator<Item = (u32, u32)>, frame: &Frame<'_>) -> MovedRun {
    let table = frame.table;
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    let mut all = 0;
    for (here, there) in links {
        all += 1;
        let there = table.entries(there as usize);
        let mut last = None;
        for entry in table.entries(here as usize) {
            let is_there = || there.iter().any(|&other| frame.is_one(frame.key(other), frame.key(*entry)));
            if last != Some(entry.0) && is_there() {
                *counts.entry(entry.0).or_default() += 1;
                last = Some(entry.0);
            }
        }
    }
    let witnesses = counts
        .into_iter()
        .filter(|&(_, n)| n * 2 > all)
        .map(|(witness, _)| {
            let at = |c| table.columns_of[witness as usize].partition_point(|&column| column < c) as u32;
            Attestation { witness: witness as usize, tokens: at(columns.start)..at(columns.end) }
        })
        .collect();
    MovedRun { columns, witnesses }
}

/// A word, words within a sentence, a whole sentence or more.
fn scale(run: &MovedRun, links: usize, sources: &[Source]) -> MoveScale {
    let Some(attested) = run.witnesses.first() else { return MoveScale::Word };
    let tokens = &sources[attested.witness].tokens;
    let (start, end) = (attested.tokens.start as usize, attested.tokens.end as usize);
    let segment = |token: usize| tokens.get(token).map(|t| t.segment);
    let (first, last) = (segment(start), segment(end - 1));
    let starts_sentence = start == 0 || segment(start - 1) != first;
    let ends_sentence = segment(end) != last || segment(end + 1) != last;
    match (first == last, links) {
        (_, 1) => MoveScale::Word,
        (true, _) if starts_sentence && ends_sentence => MoveScale::Sentence,
        (true, _) => MoveScale::Phrase,
        (false, n) if n < 12 => MoveScale::Phrase,
        (false, _) => MoveScale::Block,
    }
}
