//! Clauses as the inner units: the largest single gain in accuracy.
//!
//! Each sentence is cut at commas, semicolons, colons, dashes and final marks inside it; the clauses
//! are aligned with the same model inside a corridor around the beads of the first pass, the lexicon
//! started from them. A sentence bead lies between two lattice nodes where both sides end a sentence:
//! its beads are the monotone chain of such nodes with the largest sum of (posterior − threshold).
//! This finds what sentences as units cannot: a clause that the translator moved over a full stop.
//!
//! Where the two levels differ, the one with the higher mean confidence is taken, zone by zone.

use super::knowledge::TrainingBead;
use super::model::{Fit, Found, Level, Model, Start};
use super::params::Params;
use super::text::{Piece, Text, is_unspaced};
use crate::align::band::Band;

/// How far back a chain of sentence nodes may reach for its predecessor, in nodes.
const REACH: usize = 300;

/// The units of one side and where its sentences end among them.
struct Clauses {
    pieces: Vec<Piece>,
    /// For each sentence boundary (0 to the number of sentences), the clauses before it.
    before: Vec<usize>,
    /// For each clause boundary, the sentences before it, where a sentence ends there.
    sentences: Vec<Option<usize>>,
}

impl Clauses {
    fn new(sentences: &[Piece], letters: usize) -> Self {
        let mut out = Self { pieces: Vec::new(), before: vec![0], sentences: vec![Some(0)] };
        for (i, sentence) in sentences.iter().enumerate() {
            for (k, text) in cut(&sentence.text, letters).into_iter().enumerate() {
                let first = k == 0;
                out.pieces.push(Piece {
                    text: text.to_owned(),
                    opens_block: sentence.opens_block && first,
                    opens_turn: sentence.opens_turn && first,
                    ..sentence.clone()
                });
                out.sentences.push(None);
            }
            out.before.push(out.pieces.len());
            if let Some(end) = out.sentences.last_mut() {
                *end = Some(i + 1);
            }
        }
        out
    }
}

/// Cuts a sentence into clauses of at least `letters` characters (a third of that in scripts without
/// spaces). There is always at least one.
fn cut(sentence: &str, letters: usize) -> Vec<&str> {
    let least = if is_unspaced(sentence) { letters.div_ceil(3) } else { letters };
    let chars: Vec<(usize, char)> = sentence.char_indices().collect();
    let mut parts = Vec::new();
    let (mut start, mut k) = (0, 0);
    while k < chars.len() {
        let c = chars[k].1;
        let spaced_dashes = c == '-'
            && k > 0
            && chars[k - 1].1.is_whitespace()
            && chars[k..].iter().find(|x| x.1 != '-').is_some_and(|x| x.1.is_whitespace());
        let inside = matches!(c, ',' | ';' | ':' | '，' | '；' | '：' | '—' | '–' | '―') || spaced_dashes;
        let full = matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？');
        k += 1;
        if !inside && !full {
            continue;
        }
        let closes = |c: char| {
            matches!(c, '"' | '”' | '’' | '»' | '」' | '』' | ')' | '—' | '–' | '-' | '.' | '!' | '?')
        };
        while chars.get(k).is_some_and(|x| closes(x.1)) {
            k += 1;
        }
        // A comma or stop between digits or inside an abbreviation is followed by no space.
        let spaced = chars.get(k).is_none_or(|x| x.1.is_whitespace());
        let wide = matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | '…' | '—' | '–' | '―');
        if !spaced && !wide {
            continue;
        }
        if k - start >= least && chars.len() - k >= least {
            parts.push(sentence[chars[start].0..chars[k].0].trim());
            start = k;
        }
    }
    let rest = chars.get(start).map_or("", |x| sentence[x.0..].trim());
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Improves the beads of the first pass over sentences.
pub(super) fn refine(a: &[Piece], b: &[Piece], first: Fit, params: &Params) -> Vec<Found> {
    let (clauses_a, clauses_b) =
        (Clauses::new(a, params.clause_letters), Clauses::new(b, params.clause_letters));
    if clauses_a.pieces.len() == a.len() && clauses_b.pieces.len() == b.len() {
        return first.beads;
    }
    let (text_a, text_b) = (Text::new(&clauses_a.pieces, params), Text::new(&clauses_b.pieces, params));
    let (mut points, mut beads) = (Vec::new(), Vec::new());
    for bead in first.beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.5) {
        let span_a = (clauses_a.before[bead.a.0], clauses_a.before[bead.a.1]);
        let span_b = (clauses_b.before[bead.b.0], clauses_b.before[bead.b.1]);
        points.push((span_a.0, span_b.0));
        points.push((span_a.1, span_b.1));
        let narrow = |(from, to): (usize, usize)| (from as u32, to as u32);
        beads.push(TrainingBead { a: narrow(span_a), b: narrow(span_b), weight: bead.posterior as f32 });
    }
    let band = Band::corridor(&points, text_a.len(), text_b.len(), params.corridor_pad);
    if band.nodes() > params.max_nodes.max(64 * (text_a.len() + text_b.len())) {
        return first.beads;
    }
    let level = Level {
        lexicon_weight: params.clause_lexicon_weight,
        temperature: params.clause_temperature,
        max_rounds: params.rounds,
    };
    let fit = Model::new(&text_a, &text_b, params, level).fit(Start {
        band: Some(band),
        beads,
        ..Start::default()
    });
    let second = chain(&fit, &clauses_a, &clauses_b, params.threshold);
    combine(first.beads, second)
}

/// The sentence beads between the likeliest sentence nodes of a fit over clauses.
fn chain(fit: &Fit, a: &Clauses, b: &Clauses, threshold: f64) -> Vec<Found> {
    let end = (a.before.len() - 1, b.before.len() - 1);
    let mut nodes: Vec<(usize, usize, f64)> = vec![(0, 0, 1.0)];
    for &(i, j, p) in &fit.nodes {
        if let (Some(i), Some(j)) = (a.sentences[i], b.sentences[j]) {
            if (i, j) != (0, 0) && (i, j) != end {
                nodes.push((i, j, f64::from(p)));
            }
        }
    }
    nodes.push((end.0, end.1, 1.0));
    let mut best = vec![0f64; nodes.len()];
    let mut back = vec![0usize; nodes.len()];
    for k in 1..nodes.len() {
        let (_, j, p) = nodes[k];
        best[k] = f64::NEG_INFINITY;
        let near = k.saturating_sub(REACH)..k;
        // The first node is always within reach, so that a path exists.
        for q in std::iter::once(0).chain(near) {
            let gain = best[q] + p - threshold;
            if nodes[q].1 <= j && gain > best[k] {
                (best[k], back[k]) = (gain, q);
            }
        }
    }
    let mut path = Vec::new();
    let mut k = nodes.len() - 1;
    while k > 0 {
        let (from, to) = (nodes[back[k]], nodes[k]);
        path.push(Found { a: (from.0, to.0), b: (from.1, to.1), posterior: (from.2 * to.2).min(1.0) });
        k = back[k];
    }
    path.reverse();
    path
}

/// Zone by zone between the nearest nodes that both visit: the beads with the higher mean confidence.
fn combine(first: Vec<Found>, second: Vec<Found>) -> Vec<Found> {
    let mut out = Vec::with_capacity(first.len());
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    while first.peek().is_some() || second.peek().is_some() {
        let (mut zone_first, mut zone_second): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
        loop {
            let end = |zone: &[Found]| zone.last().map(|f| (f.a.1, f.b.1));
            let (x, y) = (end(&zone_first), end(&zone_second));
            if x.is_some() && x == y {
                break;
            }
            let behind = x.map_or(0, |(i, j)| i + j) <= y.map_or(0, |(i, j)| i + j);
            let taken = if behind { first.next() } else { second.next() };
            match taken {
                Some(bead) if behind => zone_first.push(bead),
                Some(bead) => zone_second.push(bead),
                None => {
                    zone_first.extend(first.by_ref());
                    zone_second.extend(second.by_ref());
                    break;
                }
            }
        }
        let chosen = if mean_confidence(&zone_second) > mean_confidence(&zone_first) {
            zone_second
        } else {
            zone_first
        };
        out.extend(chosen);
    }
    out
}

/// Mean confidence of the two-sided beads, weighted by their sentences.
fn mean_confidence(beads: &[Found]) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for bead in beads {
        let sentences = (bead.a.1 - bead.a.0 + bead.b.1 - bead.b.0) as f64;
        sum += sentences * bead.posterior;
        weight += sentences;
    }
    if weight > 0.0 { sum / weight } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_cut_at_marks_and_long_enough() {
        let sentence = "However, Germany was under pressure of 3,000 tanks; it could not wait.";
        assert_eq!(
            cut(sentence, 12),
            ["However, Germany was under pressure of 3,000 tanks;", "it could not wait."]
        );
        assert_eq!(cut("他是机关的人，战争不是他的本行。", 12), ["他是机关的人，", "战争不是他的本行。"]);
        assert_eq!(cut("", 12), [""]);
        assert_eq!(cut("Short.", 12), ["Short."]);
    }

    #[test]
    fn each_zone_takes_the_surer_beads() {
        let bead = |a, b, posterior| Found { a, b, posterior };
        let first = vec![bead((0, 1), (0, 1), 0.9), bead((1, 2), (1, 2), 0.4), bead((2, 3), (2, 3), 0.4)];
        let second = vec![bead((0, 1), (0, 1), 0.8), bead((1, 3), (1, 3), 0.7)];
        let out = combine(first, second);
        assert_eq!(out, [bead((0, 1), (0, 1), 0.9), bead((1, 3), (1, 3), 0.7)]);
    }
}
