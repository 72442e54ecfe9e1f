//! Long passages: four equal words in a row begin one, and it goes on over up to two that differ.

use crate::math::log2;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Side, Unmatched};
use crate::collate::engine::lexicon::Lexicon;
use crate::collate::engine::profile::Profile;
use crate::collate::engine::region::Region;
use crate::collate::engine::score::Scorer;
use crate::collate::engine::source::Source;

/// Words of a seed.
const SEED: usize = 4;
/// Of a seed's words so many must be without a partner.
const FREE_OF_SEED: usize = 3;
/// Words that must be equal for a passage to count.
const LEAST: usize = 8;
/// Differing words in a row that end a passage.
const DIFFERING: usize = 3;
/// Seeds that stand more often than this say nothing.
const OFTEN: usize = 8;
/// Two passages with no more words between them on either side are one.
const BETWEEN: usize = 30;
/// So are they with so many, if most of these have no partner: the passage was rewritten there.
const REWRITTEN: usize = 200;
/// A passage reaches to the end of its sentences if that is no further than this.
const REACH: usize = 20;
/// Bits by which a passage must be rarer than chance.
const MARGIN: f32 = 8.0;

/// Equal words on a diagonal: numbers of words on both sides.
#[derive(Debug, Clone, Copy)]
struct Run {
    a: usize,
    b: usize,
    len: usize,
    equal: usize,
}

/// Pairs of tokens in passages that stand elsewhere; their words are no longer free.
pub(super) fn find(pair: &mut Unmatched<'_>) -> Vec<(u32, u32)> {
    let mut links = Vec::new();
    for passage in passages(runs(pair), pair) {
        let (a, b) = (widened(&passage.0, &pair.a), widened(&passage.1, &pair.b));
        links.extend(inside(pair, &a, &b));
        pair.a.free[a].fill(false);
        pair.b.free[b].fill(false);
    }
    links
}

fn runs(pair: &Unmatched<'_>) -> Vec<Run> {
    let (a, b) = (&pair.a, &pair.b);
    let free = |side: &Side<'_>, at: usize| {
        side.free[at..at + SEED].iter().filter(|&&free| free).count() >= FREE_OF_SEED
    };
    let mut seeds: FxHashMap<[u32; SEED], Vec<u32>> = FxHashMap::default();
    let seed = |side: &Side<'_>, at: usize| std::array::from_fn(|k| side.key(at + k));
    for j in 0..(b.words.len() + 1).saturating_sub(SEED) {
        if free(b, j) {
            seeds.entry(seed(b, j)).or_default().push(j as u32);
        }
    }
    if seeds.is_empty() {
        return Vec::new();
    }
    let mut runs = Vec::new();
    // Where on a diagonal a run has already ended.
    let mut done: FxHashMap<isize, usize> = FxHashMap::default();
    for i in 0..(a.words.len() + 1).saturating_sub(SEED) {
        if !free(a, i) {
            continue;
        }
        let places = seeds.get(&seed(a, i)).filter(|places| places.len() <= OFTEN);
        for j in places.into_iter().flatten().map(|&j| j as usize) {
            let end = done.entry(j as isize - i as isize).or_default();
            if i >= *end {
                let run = extended(pair, i, j);
                *end = run.a + run.len;
                runs.push(run);
            }
        }
    }
    let count = |side: &Side<'_>| side.free.iter().filter(|&&free| free).count().max(1) as f32;
    let chance = log2(count(a) * count(b)) + MARGIN;
    runs.retain(|run| run.equal >= LEAST && bits(run, pair) >= chance && pair.crossed(run.a, run.b) > 0);
    runs.sort_by_key(|run| (std::cmp::Reverse(run.equal), run.a, run.b));
    runs
}

/// The run that a seed belongs to, in both directions.
fn extended(pair: &Unmatched<'_>, i: usize, j: usize) -> Run {
    let (a, b) = (&pair.a, &pair.b);
    let usable = |i: usize, j: usize| a.free[i] || b.free[j];
    let (mut len, mut equal, mut differing, mut at) = (0, 0, 0, 0);
    while i + at < a.words.len() && j + at < b.words.len() && differing < DIFFERING && usable(i + at, j + at)
    {
        if a.key(i + at) == b.key(j + at) {
            (equal, differing, len) = (equal + 1, 0, at + 1);
        } else {
            differing += 1;
        }
        at += 1;
    }
    let (mut back, mut differing, mut at) = (0, 0, 1);
    while at <= i && at <= j && differing < DIFFERING && usable(i - at, j - at) {
        if a.key(i - at) == b.key(j - at) {
            (equal, differing, back) = (equal + 1, 0, at);
        } else {
            differing += 1;
        }
        at += 1;
    }
    Run { a: i - back, b: j - back, len: len + back, equal }
}

fn bits(run: &Run, pair: &Unmatched<'_>) -> f32 {
    (0..run.len)
        .filter(|&k| pair.a.key(run.a + k) == pair.b.key(run.b + k))
        .map(|k| pair.lexicon.keys[pair.a.key(run.a + k) as usize].bits)
        .sum()
}

/// The longest runs that do not take words from each other, neighbours on both sides joined.
fn passages(runs: Vec<Run>, pair: &Unmatched<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut taken_a = vec![false; pair.a.words.len()];
    let mut taken_b = vec![false; pair.b.words.len()];
    let mut kept: Vec<Run> = Vec::new();
    for run in runs {
        let usable = (0..run.len)
            .filter(|&k| {
                let (i, j) = (run.a + k, run.b + k);
                !taken_a[i] && !taken_b[j] && pair.a.free[i] && pair.b.free[j]
            })
            .count();
        if usable * 3 < run.len * 2 {
            continue;
        }
        taken_a[run.a..run.a + run.len].fill(true);
        taken_b[run.b..run.b + run.len].fill(true);
        kept.push(run);
    }
    kept.sort_by_key(|run| (run.a, run.b));
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for run in kept {
        let near = |end: usize, start: usize| start >= end && start - end <= BETWEEN;
        let rewritten = |side: &Side<'_>, end: usize, start: usize| {
            let free = || side.free[end..start].iter().filter(|&&free| free).count();
            start >= end && start - end <= REWRITTEN && free() * 3 >= (start - end) * 2
        };
        match out.last_mut() {
            Some((a, b))
                if near(a.end, run.a) && near(b.end, run.b)
                    || rewritten(&pair.a, a.end, run.a) && rewritten(&pair.b, b.end, run.b) =>
            {
                a.end = run.a + run.len;
                b.end = run.b + run.len;
            }
            _ => out.push((run.a..run.a + run.len, run.b..run.b + run.len)),
        }
    }
    out
}

/// A passage with the rest of its first and last sentence, as far as nothing there has a partner.
fn widened(passage: &Range<usize>, side: &Side<'_>) -> Range<usize> {
    let first = side.segment(passage.start);
    let last = side.segment(passage.end - 1);
    let before = (passage.start.saturating_sub(REACH)..passage.start)
        .rev()
        .take_while(|&w| side.free[w] && side.segment(w) == first)
        .count();
    let after = (passage.end..side.words.len().min(passage.end + REACH))
        .take_while(|&w| side.free[w] && side.segment(w) == last)
        .count();
    passage.start - before..passage.end + after
}

/// The tokens of a passage at its two places against each other.
fn inside(pair: &Unmatched<'_>, a: &Range<usize>, b: &Range<usize>) -> Vec<(u32, u32)> {
    let (a, b) = (with_marks(&pair.a, a), with_marks(&pair.b, b));
    let keys = |side: &Side<'_>, r: &Range<u32>| side.source.keys[r.start as usize..r.end as usize].to_vec();
    let placements = align(keys(&pair.a, &a), &keys(&pair.b, &b), pair.lexicon);
    placements.into_iter().map(|(i, j)| (a.start + i, b.start + j)).collect()
}

/// The tokens of some words with the marks of their sentences before and after them.
fn with_marks(side: &Side<'_>, words: &Range<usize>) -> Range<u32> {
    let segment = |token: u32| side.source.tokens[token as usize].segment;
    let (first, last) = (side.words[words.start], side.words[words.end - 1]);
    let from = words.start.checked_sub(1).map_or(0, |before| side.words[before] + 1);
    let to = side.words.get(words.end).map_or(side.source.tokens.len() as u32, |&next| next);
    let start = (from..first).find(|&t| segment(t) == segment(first)).unwrap_or(first);
    let end = (last + 1..to).rev().find(|&t| segment(t) == segment(last)).map_or(last + 1, |t| t + 1);
    start..end
}

fn align(a: Vec<u32>, b: &[u32], lexicon: &Lexicon) -> Vec<(u32, u32)> {
    let is_word: Vec<bool> = lexicon.keys.iter().map(|key| key.is_word).collect();
    let mut profile = Profile::new(1);
    profile.insert(0, &Source { keys: a, ..Source::default() }, &is_word, &[]);
    let occupancy = vec![1.0; profile.order.len()];
    let mut scorer = Scorer::new(lexicon);
    let mut region =
        Region { profile: &profile, occupancy: &occupancy, keys: b, scorer: &mut scorer, out: Vec::new() };
    region.solve(0..profile.order.len(), 0..b.len(), 0);
    region.out
}
