//! Two witnesses compared bead by bead: rows of marked words and the list of variants.

use std::ops::Range;

use super::Options;
use super::align::{Column, columns};
use super::alternations::Alternations;
use super::classify::{Knowledge, Side, Verdict};
use super::group::{Group, groups, transpositions};
use super::noise::noisy;
use super::slips::Suspect;
use super::token::{Token, Vocabulary, tokens_of};
use crate::model::{
    Bead, ComparedBead, Comparison, Pair, Piece, Reading, Segmented, Span, Variant, VariantClass,
};
use crate::par::prelude::*;

/// Compares the two witnesses of a pair. Beads are compared in parallel; the result is the same for
/// any number of threads.
///
/// Every token of both witnesses stands in exactly one piece of one row. Sentences that only one
/// witness has are one variant a paragraph; passages that stand elsewhere are a transposition and
/// are compared inside as well.
pub fn compare(pair: Pair<'_>, options: &Options) -> Comparison {
    let vocabulary_a = Vocabulary::of(pair.a);
    let vocabulary_b = Vocabulary::of(pair.b);
    let noisy = noisy(&[&vocabulary_a, &vocabulary_b]);
    let beads: Vec<Tokens> = pair.beads().par_iter().map(|bead| Tokens::new(pair, bead)).collect();
    let pack = options.rules.pack(&pair.a.document.witness.lang);
    let learned = if noisy == [false; 2] {
        Alternations::learn(beads.iter().flat_map(Tokens::differing_words), pack)
    } else {
        Alternations::default()
    };
    let known = Knowledge {
        pack,
        learned: &learned,
        rules: &options.rules,
        a: Side { siglum: pair.a.siglum(), vocabulary: &vocabulary_a, noisy: noisy[0] },
        b: Side { siglum: pair.b.siglum(), vocabulary: &vocabulary_b, noisy: noisy[1] },
    };
    let compared: Vec<Compared> = beads.into_par_iter().map(|tokens| Compared::new(tokens, known)).collect();
    Assembly::new(pair).run(&compared)
}

/// The tokens of one bead, side by side.
struct Tokens {
    a: Vec<Token>,
    b: Vec<Token>,
    columns: Vec<Column>,
}

impl Tokens {
    fn new(pair: Pair<'_>, bead: &Bead) -> Self {
        let a = tokens_of(pair.a, bead.a.clone());
        let b = tokens_of(pair.b, bead.b.clone());
        let columns = columns(&a, &b);
        Self { a, b, columns }
    }

    /// Words that stand opposite other words, by their keys.
    fn differing_words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.columns.iter().filter_map(|column| {
            let ([x], [y]) = (&self.a[column.a.clone()], &self.b[column.b.clone()]) else { return None };
            (x.is_word() && y.is_word() && x.key != y.key).then_some((x.key.as_str(), y.key.as_str()))
        })
    }
}

/// One bead with its tokens and groups, before variants are numbered.
struct Compared {
    a: Vec<Token>,
    b: Vec<Token>,
    groups: Vec<Group>,
    transposed: Vec<(usize, usize)>,
}

impl Compared {
    fn new(Tokens { a, b, columns }: Tokens, known: Knowledge<'_>) -> Self {
        let groups = groups(&a, &b, &columns, known);
        let transposed = transpositions(&groups, &a, &b, known);
        Self { a, b, groups, transposed }
    }

    /// The groups (omission, addition) of words that changed their place, for either of the two.
    fn transposition_of(&self, group: usize) -> Option<(usize, usize)> {
        self.transposed.iter().copied().find(|&(omission, addition)| group == omission || group == addition)
    }
}

/// Where a witness has been read up to, for readings that have no words.
#[derive(Clone, Copy)]
struct Point {
    segment: usize,
    offset: usize,
}

/// Turns compared beads into rows and variants, in order.
struct Assembly<'t> {
    pair: Pair<'t>,
    out: Comparison,
    a: Point,
    b: Point,
}

impl<'t> Assembly<'t> {
    fn new(pair: Pair<'t>) -> Self {
        let start = |text: &Segmented| Point {
            segment: 0,
            offset: text.segments.first().map_or(0, |s| s.span.start),
        };
        Self { pair, out: Comparison::default(), a: start(pair.a), b: start(pair.b) }
    }

    fn run(mut self, compared: &[Compared]) -> Comparison {
        let beads = self.pair.beads();
        for (index, (bead, compared)) in beads.iter().zip(compared).enumerate() {
            if index > 0 {
                self.layout(&beads[index - 1], bead);
            }
            if starts_moved_run(beads, index) {
                self.moved_run(beads, index);
            }
            let row = if bead.is_matched() {
                self.matched(compared)
            } else {
                self.one_sided(beads, index, compared)
            };
            self.out.rows.push(ComparedBead { bead: index, ..row });
            self.advance(bead);
        }
        self.out
    }

    /// Only beads with two sides move the points: whether an omission stands before or after an
    /// addition at the same place is nobody's reading.
    fn advance(&mut self, bead: &Bead) {
        if !bead.is_matched() {
            return;
        }
        let end = |text: &Segmented, segments: &Range<usize>| {
            segments.clone().next_back().map(|s| Point { segment: s, offset: text.segments[s].span.end })
        };
        self.a = end(self.pair.a, &bead.a).unwrap_or(self.a);
        self.b = end(self.pair.b, &bead.b).unwrap_or(self.b);
    }

    /// The row of a bead with two sides.
    fn matched(&mut self, compared: &Compared) -> ComparedBead {
        let mut row = ComparedBead::default();
        let mut numbers: Vec<Option<usize>> = vec![None; compared.groups.len()];
        let (mut point_a, mut point_b) = (before(&compared.a, self.a), before(&compared.b, self.b));
        for (index, group) in compared.groups.iter().enumerate() {
            let (a, b) = (&compared.a[group.a.clone()], &compared.b[group.b.clone()]);
            if let Some(verdict) = &group.verdict {
                numbers[index] = Some(match compared.transposition_of(index) {
                    // Both its places are one entry, opened at the first of them.
                    Some((omission, addition)) => numbers[omission]
                        .or(numbers[addition])
                        .unwrap_or_else(|| self.transposed(compared, omission, addition)),
                    None => {
                        let readings = (reading(self.pair.a, a, point_a), reading(self.pair.b, b, point_b));
                        self.push(verdict.clone(), readings.0, readings.1)
                    }
                });
            }
            push_piece(&mut row.a, a, numbers[index]);
            push_piece(&mut row.b, b, numbers[index]);
            point_a = after(a, point_a);
            point_b = after(b, point_b);
        }
        row
    }

    /// The entry of words that stand in one group of `a` and in another of `b`.
    fn transposed(&mut self, compared: &Compared, omission: usize, addition: usize) -> usize {
        let a = &compared.a[compared.groups[omission].a.clone()];
        let b = &compared.b[compared.groups[addition].b.clone()];
        let readings = (reading(self.pair.a, a, self.a), reading(self.pair.b, b, self.b));
        let verdict = Verdict::new(VariantClass::Transposition, "transposition.words");
        self.push(verdict, readings.0, readings.1)
    }

    /// The row of an omission or addition. Neighbouring ones of the same block are one variant.
    fn one_sided(&mut self, beads: &[Bead], index: usize, compared: &Compared) -> ComparedBead {
        let bead = &beads[index];
        let number = match index.checked_sub(1).map(|i| &beads[i]) {
            Some(previous) if self.continues(previous, bead) => {
                let number = self.out.variants.len() - 1;
                self.extend_last(compared);
                number
            }
            _ => {
                let a = reading(self.pair.a, &compared.a, self.a);
                let b = reading(self.pair.b, &compared.b, self.b);
                let (class, rule) = if bead.b.is_empty() {
                    (VariantClass::Omission, "omission.sentence")
                } else {
                    (VariantClass::Addition, "addition.sentence")
                };
                self.push(Verdict::new(class, rule), a, b)
            }
        };
        let mut row = ComparedBead::default();
        push_piece(&mut row.a, &compared.a, Some(number));
        push_piece(&mut row.b, &compared.b, Some(number));
        row
    }

    /// Whether a one-sided bead goes on with the omission or addition before it.
    fn continues(&self, previous: &Bead, bead: &Bead) -> bool {
        let same_block = |text: &Segmented, p: &Range<usize>, q: &Range<usize>| {
            !p.is_empty()
                && !q.is_empty()
                && p.end == q.start
                && (text.segments[p.start].part, text.segments[p.start].block)
                    == (text.segments[q.start].part, text.segments[q.start].block)
        };
        (previous.b.is_empty() && bead.b.is_empty() && same_block(self.pair.a, &previous.a, &bead.a))
            || (previous.a.is_empty() && bead.a.is_empty() && same_block(self.pair.b, &previous.b, &bead.b))
    }

    fn extend_last(&mut self, compared: &Compared) {
        let pair = self.pair;
        let Some(variant) = self.out.variants.last_mut() else { return };
        for (reading, tokens, text) in
            [(&mut variant.a, &compared.a, pair.a), (&mut variant.b, &compared.b, pair.b)]
        {
            if let Some(last) = tokens.last() {
                reading.span.end = last.span.end;
                reading.text = text.document.parts[reading.part].reading(reading.span);
            }
        }
    }

    /// One transposition for consecutive beads that stand elsewhere together.
    fn moved_run(&mut self, beads: &[Bead], index: usize) {
        let mut end = index + 1;
        while end < beads.len() && !starts_moved_run(beads, end) && beads[end].moved {
            end += 1;
        }
        let run = &beads[index..end];
        let side = |text: &Segmented, first: usize, last: usize| {
            let part = text.segments[first].part;
            let end = if text.segments[last].part == part {
                text.segments[last].span.end
            } else {
                text.document.parts[part].text.len()
            };
            let span = Span::new(text.segments[first].span.start, end);
            Reading { locus: text.locus(first), part, span, text: text.document.parts[part].reading(span) }
        };
        let a = side(self.pair.a, run[0].a.start, run[run.len() - 1].a.end - 1);
        let b = side(self.pair.b, run[0].b.start, run[run.len() - 1].b.end - 1);
        self.push(Verdict::new(VariantClass::Transposition, "transposition.sentences"), a, b);
    }

    /// A paragraph that begins in one witness only.
    fn layout(&mut self, previous: &Bead, bead: &Bead) {
        let follows = previous.is_matched()
            && bead.is_matched()
            && previous.a.end == bead.a.start
            && previous.b.end == bead.b.start
            && self.pair.a.segments[previous.a.start].part == self.pair.a.segments[bead.a.start].part
            && self.pair.b.segments[previous.b.start].part == self.pair.b.segments[bead.b.start].part;
        let opens = (
            self.pair.a.opens_block(bead.a.start.min(self.pair.a.len().saturating_sub(1))),
            self.pair.b.opens_block(bead.b.start.min(self.pair.b.len().saturating_sub(1))),
        );
        if !follows || opens.0 == opens.1 {
            return;
        }
        let mark = |text: &Segmented, segment: usize, opens: bool| {
            let start = text.segments[segment].span.start;
            let sign = if opens { "¶" } else { "" };
            Reading {
                locus: text.locus(segment),
                part: text.segments[segment].part,
                span: Span::new(start, start),
                text: sign.to_owned(),
            }
        };
        let a = mark(self.pair.a, bead.a.start, opens.0);
        let b = mark(self.pair.b, bead.b.start, opens.1);
        self.push(Verdict::new(VariantClass::Layout, "layout.paragraph"), a, b);
    }

    fn push(&mut self, verdict: Verdict, a: Reading, b: Reading) -> usize {
        let suspect = verdict.suspect.map(|side| match side {
            Suspect::A => self.pair.a.siglum().to_owned(),
            Suspect::B => self.pair.b.siglum().to_owned(),
        });
        let Verdict { class, rule, confidence, project_rule, .. } = verdict;
        self.out.variants.push(Variant { class, rule, a, b, confidence, suspect, project_rule });
        self.out.variants.len() - 1
    }
}

/// Whether a moved bead does not go on with the moved bead before it.
fn starts_moved_run(beads: &[Bead], index: usize) -> bool {
    let bead = &beads[index];
    if !(bead.moved && bead.is_matched()) {
        return false;
    }
    let previous = index.checked_sub(1).map(|i| &beads[i]);
    !previous.is_some_and(|p| p.moved && p.is_matched() && p.a.end == bead.a.start && p.b.end == bead.b.start)
}

/// The point before the first of the tokens.
fn before(tokens: &[Token], otherwise: Point) -> Point {
    tokens.first().map_or(otherwise, |t| Point { segment: t.segment, offset: t.span.start })
}

/// The point after the last of the tokens.
fn after(tokens: &[Token], otherwise: Point) -> Point {
    tokens.last().map_or(otherwise, |t| Point { segment: t.segment, offset: t.span.end })
}

fn reading(text: &Segmented, tokens: &[Token], point: Point) -> Reading {
    let Some((first, last)) = tokens.first().zip(tokens.last()) else {
        let part = text.segments.get(point.segment).map_or(0, |s| s.part);
        let locus = if text.is_empty() { text.start() } else { text.locus(point.segment) };
        return Reading { locus, part, span: Span::new(point.offset, point.offset), text: String::new() };
    };
    let part = text.segments[first.segment].part;
    let end = if text.segments[last.segment].part == part {
        last.span.end
    } else {
        text.document.parts[part].text.len()
    };
    let span = Span::new(first.span.start, end);
    Reading { locus: text.locus(first.segment), part, span, text: text.document.parts[part].reading(span) }
}

fn push_piece(pieces: &mut Vec<Piece>, tokens: &[Token], variant: Option<usize>) {
    let Some(first) = tokens.first() else { return };
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && token.spaced {
            text.push(' ');
        }
        text.push_str(&token.surface);
    }
    pieces.push(Piece { text, spaced: first.spaced && !pieces.is_empty(), variant });
}
