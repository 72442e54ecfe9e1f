//! The tokens of one bead side by side: words first, marks second.
//!
//! Equal ends are set aside. What remains is aligned by a dynamic programme with affine gaps
//! (Gotoh 1982) in which words weigh more than marks and long words more than short ones, with
//! graded similarity for misspelled words and cells for joined and split ones. Where the table would
//! have more than 40,000 cells, equal words are found first with the histogram algorithm of
//! `similar` (short words cannot grab the alignment as in Myers' diff) and only the gaps between
//! them are aligned. Cost: linear for equal texts, |a|·|b| inside a gap; gaps of more than
//! a million cells are one substitution.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::token::Token;

/// Cells up to which the whole bead is aligned at once: sentences of about 200 words.
const EXACT_CELLS: usize = 40_000;

/// Cells of a gap's table beyond which it is not computed (both sides are rewritten anyway).
const MAX_CELLS: usize = 1_000_000;

const WORD: f64 = 2.0;
const SHORT_WORD: f64 = 1.2;
const MARK: f64 = 0.5;
const MISMATCH: f64 = -0.9;
const WORD_AGAINST_MARK: f64 = -3.0;
const GAP_OPEN: f64 = -0.8;
const GAP_EXTEND: f64 = -0.45;
/// Below this similarity two words are strangers.
const SIMILAR: f64 = 0.45;
const FORBIDDEN: f64 = -1e9;

/// Tokens that stand opposite each other: index ranges into both sides, one of which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Tokens of the first side.
    pub a: std::ops::Range<usize>,
    /// Tokens of the second side.
    pub b: std::ops::Range<usize>,
}

/// Places every token of both sides in exactly one column, in order.
pub fn columns(a: &[Token], b: &[Token]) -> Vec<Column> {
    let same = |(x, y): &(&Token, &Token)| x.surface == y.surface;
    let head = a.iter().zip(b).take_while(same).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(same).count();
    let (middle_a, middle_b) = (head..a.len() - tail, head..b.len() - tail);
    let pair = |(i, j): (usize, usize)| Column { a: i..i + 1, b: j..j + 1 };

    let mut out: Vec<Column> = (0..head).map(|i| pair((i, i))).collect();
    if middle_a.len() * middle_b.len() <= EXACT_CELLS {
        fill(a, b, middle_a.clone(), middle_b.clone(), &mut out);
    } else {
        let (mut at_a, mut at_b) = (head, head);
        for (i, j) in anchors(&a[middle_a.clone()], &b[middle_b.clone()]) {
            let (i, j) = (i + head, j + head);
            fill(a, b, at_a..i, at_b..j, &mut out);
            out.push(pair((i, j)));
            (at_a, at_b) = (i + 1, j + 1);
        }
        fill(a, b, at_a..middle_a.end, at_b..middle_b.end, &mut out);
    }
    out.extend((0..tail).map(|k| pair((middle_a.end + k, middle_b.end + k))));
    out
}

/// Pairs of equal words that hold: those of a run that weighs enough against the differences
/// around it. A lone "of" in a rewritten passage is chance and is left to the gap.
fn anchors(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let words = |side: &[Token]| -> Vec<usize> { (0..side.len()).filter(|&i| side[i].is_word()).collect() };
    let (words_a, words_b) = (words(a), words(b));
    let keys = |side: &[Token], words: &[usize]| -> Vec<String> {
        words.iter().map(|&i| side[i].key.clone()).collect()
    };
    let ops = capture_diff_slices(Algorithm::Histogram, &keys(a, &words_a), &keys(b, &words_b));
    let size = |op: &DiffOp| op.old_range().len().max(op.new_range().len());
    let mut anchors = Vec::new();
    for (k, op) in ops.iter().enumerate() {
        let DiffOp::Equal { old_index, new_index, len } = *op else { continue };
        let around = [k.checked_sub(1), k.checked_add(1)];
        let changed: usize = around.iter().flatten().filter_map(|&n| ops.get(n)).map(size).sum();
        let weight: usize = (old_index..old_index + len).map(|w| a[words_a[w]].letters()).sum();
        let inside = k > 0 && k + 1 < ops.len();
        if inside && weight <= 3 && changed >= 4 {
            continue;
        }
        anchors.extend((0..len).map(|d| (words_a[old_index + d], words_b[new_index + d])));
    }
    anchors
}

/// Aligns the tokens between two anchors.
fn fill(
    a: &[Token],
    b: &[Token],
    ra: std::ops::Range<usize>,
    rb: std::ops::Range<usize>,
    out: &mut Vec<Column>,
) {
    if ra.is_empty() || rb.is_empty() || ra.len() * rb.len() > MAX_CELLS {
        let end = ra.end;
        out.extend(ra.map(|i| Column { a: i..i + 1, b: rb.start..rb.start }));
        out.extend(rb.map(|j| Column { a: end..end, b: j..j + 1 }));
        return;
    }
    let table = Table::new(&a[ra.clone()], &b[rb.clone()]);
    out.extend(table.path().into_iter().map(|c| Column {
        a: c.a.start + ra.start..c.a.end + ra.start,
        b: c.b.start + rb.start..c.b.end + rb.start,
    }));
}

/// How a cell was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Start,
    Pair,
    /// Two words of the first side, one of the second: a joined or split word.
    TwoOne,
    OneTwo,
    GapA,
    GapB,
}

/// Gotoh's three matrices: ending in a pair, in a token of a alone, in a token of b alone.
struct Table {
    width: usize,
    /// For each cell and state, score and (move, previous state).
    cells: Vec<[(f64, Move, u8); 3]>,
    rows: usize,
}

const PAIR: u8 = 0;
const ONLY_A: u8 = 1;
const ONLY_B: u8 = 2;

impl Table {
    fn new(a: &[Token], b: &[Token]) -> Self {
        let width = b.len() + 1;
        let mut table = Self {
            width,
            rows: a.len() + 1,
            cells: vec![[(FORBIDDEN, Move::Start, PAIR); 3]; (a.len() + 1) * width],
        };
        table.cells[0][PAIR as usize].0 = 0.0;
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                if i > 0 && j > 0 {
                    table.relax(i, j, PAIR, i - 1, j - 1, pair_score(&a[i - 1], &b[j - 1]), Move::Pair);
                }
                if i > 1 && j > 0 && joined(&a[i - 2..i], &b[j - 1]) {
                    table.relax(i, j, PAIR, i - 2, j - 1, WORD, Move::TwoOne);
                }
                if i > 0 && j > 1 && joined(&b[j - 2..j], &a[i - 1]) {
                    table.relax(i, j, PAIR, i - 1, j - 2, WORD, Move::OneTwo);
                }
                if i > 0 {
                    table.relax_gap(i, j, ONLY_A, i - 1, j, Move::GapA);
                }
                if j > 0 {
                    table.relax_gap(i, j, ONLY_B, i, j - 1, Move::GapB);
                }
            }
        }
        table
    }

    fn at(&self, i: usize, j: usize) -> &[(f64, Move, u8); 3] {
        &self.cells[i * self.width + j]
    }

    #[allow(clippy::too_many_arguments)] // two cells, a state, a score and a move: what a transition is
    fn relax(&mut self, i: usize, j: usize, state: u8, pi: usize, pj: usize, score: f64, step: Move) {
        for previous in [PAIR, ONLY_A, ONLY_B] {
            let total = self.at(pi, pj)[previous as usize].0 + score;
            self.offer(i, j, state, total, step, previous);
        }
    }

    fn relax_gap(&mut self, i: usize, j: usize, state: u8, pi: usize, pj: usize, step: Move) {
        for previous in [PAIR, ONLY_A, ONLY_B] {
            let cost = if previous == state { GAP_EXTEND } else { GAP_OPEN };
            let total = self.at(pi, pj)[previous as usize].0 + cost;
            self.offer(i, j, state, total, step, previous);
        }
    }

    fn offer(&mut self, i: usize, j: usize, state: u8, total: f64, step: Move, previous: u8) {
        let cell = &mut self.cells[i * self.width + j][state as usize];
        if total > cell.0 {
            *cell = (total, step, previous);
        }
    }

    fn path(&self) -> Vec<Column> {
        let (mut i, mut j) = (self.rows - 1, self.width - 1);
        let last = self.at(i, j);
        let mut state = [PAIR, ONLY_A, ONLY_B]
            .into_iter()
            .reduce(|best, s| if last[s as usize].0 > last[best as usize].0 { s } else { best })
            .unwrap_or(PAIR);
        let mut columns = Vec::new();
        while i > 0 || j > 0 {
            let (_, step, previous) = self.at(i, j)[state as usize];
            let (da, db) = match step {
                Move::Pair => (1, 1),
                Move::TwoOne => (2, 1),
                Move::OneTwo => (1, 2),
                Move::GapA => (1, 0),
                Move::GapB => (0, 1),
                Move::Start => break,
            };
            columns.push(Column { a: i - da..i, b: j - db..j });
            (i, j, state) = (i - da, j - db, previous);
        }
        columns.reverse();
        columns
    }
}

/// What it is worth to put two tokens opposite each other.
fn pair_score(a: &Token, b: &Token) -> f64 {
    match (a.is_word(), b.is_word()) {
        (true, true) => {
            let full = if a.letters().min(b.letters()) <= 3 { SHORT_WORD } else { WORD };
            if a.key == b.key {
                return full;
            }
            let similarity = strsim::normalized_damerau_levenshtein(&a.key, &b.key);
            if similarity >= SIMILAR { full * similarity } else { MISMATCH }
        }
        (false, false) if a.normal == b.normal => MARK,
        (false, false) => MISMATCH / 2.0,
        _ => WORD_AGAINST_MARK,
    }
}

/// Whether two tokens joined are the one: `to day` and `today`, `self - help` aside.
fn joined(two: &[Token], one: &Token) -> bool {
    let [first, second] = two else { return false };
    let letters = |key: &str| -> String { key.chars().filter(|c| c.is_alphanumeric()).collect() };
    first.is_word()
        && second.is_word()
        && one.is_word()
        && letters(&one.key) == letters(&first.key) + &letters(&second.key)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens_of;
    use super::*;
    use crate::collate::testing::text;

    fn shown(a: &str, b: &str) -> Vec<String> {
        let (ta, tb) = (text("A", &[a]), text("B", &[b]));
        let (a, b) = (tokens_of(&ta, 0..1), tokens_of(&tb, 0..1));
        let join = |side: &[Token], r: std::ops::Range<usize>| {
            side[r].iter().map(|t| t.surface.as_str()).collect::<Vec<_>>().join(" ")
        };
        columns(&a, &b)
            .into_iter()
            .map(|c| (join(&a, c.a), join(&b, c.b)))
            .filter(|(x, y)| x != y)
            .map(|(x, y)| format!("{x}|{y}"))
            .collect()
    }

    #[test]
    fn words_pair_before_marks() {
        assert_eq!(shown("war, and peace", "war and, peace"), [",|", "|,"]);
        assert_eq!(shown("The specter, he said", "The spectre; he said"), ["specter|spectre", ",|;"]);
    }

    #[test]
    fn joined_and_split_words_stand_in_one_column() {
        assert_eq!(shown("he came to day again", "he came today again"), ["to day|today"]);
        assert_eq!(shown("the on to road", "the onto road"), ["on to|onto"]);
    }

    #[test]
    fn a_dropped_phrase_takes_nothing_else_with_it() {
        assert_eq!(shown("the partner, that is Hitler, who proposed", "the partner who proposed").len(), 5);
    }

    #[test]
    fn every_token_stands_in_exactly_one_column() {
        let (ta, tb) = (text("A", &["a b c, d e f of g h"]), text("B", &["x of y, z b q of w"]));
        let (a, b) = (tokens_of(&ta, 0..1), tokens_of(&tb, 0..1));
        let columns = columns(&a, &b);
        assert_eq!(
            columns.iter().flat_map(|c| c.a.clone()).collect::<Vec<_>>(),
            (0..a.len()).collect::<Vec<_>>()
        );
        assert_eq!(
            columns.iter().flat_map(|c| c.b.clone()).collect::<Vec<_>>(),
            (0..b.len()).collect::<Vec<_>>()
        );
    }
}
