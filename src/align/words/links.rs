//! Which words of two passages correspond.
//!
//! Links are taken one to one, the strongest first: those on whose posteriors both directions agree
//! most. A neighbour that has no partner of its own joins
//! a link when, seen from its side alone, it speaks for the same word, and when this expression
//! recurs in the texts: so `World War` ~ `Weltkrieg`, `pomme de terre` ~ `potato`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::table::{Cell, Table, TypeBead};
use crate::par::prelude::*;

/// The weakest link.
const LEAST: f64 = 0.12;
/// A neighbour speaks for a link's word with at least this posterior.
const JOINS: f64 = 0.5;
/// Most words on one side of a link.
const LONGEST: usize = 4;
/// An expression recurs at least so often ...
const RECURS: u32 = 3;
/// ... and in at least this share of the links of its core.
const SHARE: f64 = 0.2;

/// The types of an expression and of its rendering.
pub(super) type Phrase = (Vec<u32>, Vec<u32>);

/// Words of two passages that correspond, as ranges of their numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TokenLink {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    /// In thousandths.
    pub(super) strength: u16,
}

/// Expressions of several words that recur.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Phrases(BTreeSet<Phrase>);

impl Phrases {
    /// The links of two passages in the order of the first.
    pub(super) fn link(&self, table: &Table, a: &[u32], b: &[u32]) -> Vec<TokenLink> {
        let cells = table.posteriors(a, b);
        let core = core(&cells, a.len(), b.len());
        let accepted = |a: &[u32], b: &[u32]| self.0.contains(&(a.to_vec(), b.to_vec()));
        core.iter()
            .map(|link| {
                let longer = grown(link, &core, &cells, (a.len(), b.len()));
                // The longest expression that recurs; the core alone at the end.
                let fits = |l: &&TokenLink| accepted(&a[l.a.clone()], &b[l.b.clone()]);
                longer.iter().rev().find(fits).unwrap_or(link).clone()
            })
            .collect::<Vec<_>>()
            .into_iter()
            .fold(Vec::new(), |mut kept: Vec<TokenLink>, link| {
                let free = |k: &TokenLink| {
                    k.a.end.min(link.a.end) <= k.a.start.max(link.a.start)
                        && k.b.end.min(link.b.end) <= k.b.start.max(link.b.start)
                };
                if kept.iter().all(free) {
                    kept.push(link);
                }
                kept
            })
    }

    /// The expressions that recur in the beads.
    pub(super) fn find(table: &Table, beads: &[TypeBead<'_>]) -> Self {
        let found: Vec<Vec<(Phrase, (u32, u32))>> = beads
            .par_iter()
            .map(|&TypeBead { a, b, .. }| {
                let cells = table.posteriors(a, b);
                let core = core(&cells, a.len(), b.len());
                let of = |l: &TokenLink| (a[l.a.clone()].to_vec(), b[l.b.clone()].to_vec());
                core.iter()
                    .flat_map(|link| {
                        let own = (a[link.a.start], b[link.b.start]);
                        let longer = grown(link, &core, &cells, (a.len(), b.len()));
                        std::iter::once((of(link), own))
                            .chain(longer.iter().map(|l| (of(l), own)).collect::<Vec<_>>())
                    })
                    .collect()
            })
            .collect();
        let mut cores: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut phrases: BTreeMap<(Phrase, (u32, u32)), u32> = BTreeMap::new();
        for (phrase, own) in found.into_iter().flatten() {
            if phrase.0.len() + phrase.1.len() == 2 {
                *cores.entry(own).or_insert(0) += 1;
            } else {
                *phrases.entry((phrase, own)).or_insert(0) += 1;
            }
        }
        let recurs = |((_, own), count): &(&(Phrase, (u32, u32)), &u32)| {
            let of_core = cores.get(own).copied().unwrap_or(0);
            **count >= RECURS && f64::from(**count) >= SHARE * f64::from(of_core)
        };
        Self(phrases.iter().filter(recurs).map(|((phrase, _), _)| phrase.clone()).collect())
    }
}

/// One-to-one links, the strongest first, in the order of the first passage.
fn core(cells: &[Cell], n: usize, m: usize) -> Vec<TokenLink> {
    let mut order: Vec<&Cell> = cells.iter().filter(|c| c.strength() >= LEAST).collect();
    order.sort_by(|x, y| y.strength().total_cmp(&x.strength()).then((x.i, x.j).cmp(&(y.i, y.j))));
    let (mut used_a, mut used_b) = (vec![false; n], vec![false; m]);
    let mut out = Vec::new();
    for cell in order {
        if !used_a[cell.i] && !used_b[cell.j] {
            (used_a[cell.i], used_b[cell.j]) = (true, true);
            let strength = (cell.strength().min(1.0) * 1e3).round() as u16;
            out.push(TokenLink { a: cell.i..cell.i + 1, b: cell.j..cell.j + 1, strength });
        }
    }
    out.sort_by_key(|l| l.a.start);
    out
}

/// The expressions that a link may stand for, each longer than the one before: free neighbours join
/// that speak for the other side's word. One free word in between joins with what follows it.
fn grown(link: &TokenLink, core: &[TokenLink], cells: &[Cell], (n, m): (usize, usize)) -> Vec<TokenLink> {
    let (i, j) = (link.a.start, link.b.start);
    let free_a = |k: usize| core.iter().all(|l| l.a.start != k);
    let free_b = |k: usize| core.iter().all(|l| l.b.start != k);
    let joins_a = |k: usize| free_a(k) && cells.iter().any(|c| (c.i, c.j) == (k, j) && c.of_a >= JOINS);
    let joins_b = |k: usize| free_b(k) && cells.iter().any(|c| (c.i, c.j) == (i, k) && c.of_b >= JOINS);
    let mut out = Vec::new();
    let mut now = link.clone();
    while let Some(b) = stretched(&now.b, m, &free_b, &joins_b) {
        now.b = b;
        out.push(now.clone());
    }
    while let Some(a) = stretched(&now.a, n, &free_a, &joins_a) {
        now.a = a;
        out.push(now.clone());
    }
    out
}

/// A range with one more word that joins, at its end or at its start.
fn stretched(
    range: &Range<usize>,
    len: usize,
    free: &dyn Fn(usize) -> bool,
    joins: &dyn Fn(usize) -> bool,
) -> Option<Range<usize>> {
    if range.len() >= LONGEST {
        return None;
    }
    let Range { start, end } = *range;
    if end < len && joins(end) {
        return Some(start..end + 1);
    }
    if start > 0 && joins(start - 1) {
        return Some(start - 1..end);
    }
    if end + 1 < len && free(end) && joins(end + 1) && range.len() + 2 <= LONGEST {
        return Some(start..end + 2);
    }
    if start > 1 && free(start - 1) && joins(start - 2) && range.len() + 2 <= LONGEST {
        return Some(start - 2..end);
    }
    None
}
