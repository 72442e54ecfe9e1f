//! Clauses as the inner units: the largest single gain in accuracy.
//!
//! Each sentence is cut at commas, semicolons, colons, dashes and final marks inside it; the clauses
//! are aligned with the same model inside a corridor around the beads of the first pass, the lexicon
//! started from them. A sentence bead lies between two lattice nodes where both sides end a sentence.
//! Such a node has a posterior from the clauses and one from the sentences; their mixture keeps the
//! gains of both levels (clauses find what the translator moved over a full stop, sentences are surer
//! where the translation is close). The result is the monotone chain of nodes with the largest sum of
//! (posterior − threshold).

use crate::align::band::Band;
use crate::align::pins::Node;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::model::{Fit, Level, Model, Start, Texts};
use crate::align::translation::params::Params;
use crate::align::translation::params::clauses::{MAX_IMBALANCE, REACH};
use crate::align::translation::search::observed::Found;
use crate::align::translation::text::{Piece, Text, is_unspaced};

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
            let parts = cut(&sentence.text, letters);
            let all: usize = parts.iter().map(|part| part.len()).sum();
            for (k, text) in parts.into_iter().enumerate() {
                let first = k == 0;
                out.pieces.push(Piece {
                    text: text.to_owned(),
                    origin: sentence.origin.part(text.len().max(1) as f32 / all.max(1) as f32),
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

/// Cuts both sides about equally fine. A text with fewer marks (an old print, a script that needs
/// none) has longer clauses; against many small ones its beads would outgrow the shapes.
fn balanced(a: &[Piece], b: &[Piece], letters: usize) -> (Clauses, Clauses) {
    let (mut least_a, mut least_b) = (letters, letters);
    loop {
        let (cut_a, cut_b) = (Clauses::new(a, least_a), Clauses::new(b, least_b));
        let fineness = |cut: &Clauses, n: usize| cut.pieces.len() as f64 / n.max(1) as f64;
        let ratio = fineness(&cut_a, a.len()) / fineness(&cut_b, b.len());
        if ratio > MAX_IMBALANCE {
            least_a = 2 * least_a + 1;
        } else if ratio < 1.0 / MAX_IMBALANCE {
            least_b = 2 * least_b + 1;
        } else {
            return (cut_a, cut_b);
        }
    }
}

/// Improves the beads of the first pass over sentences.
pub(crate) fn refine(a: &[Piece], b: &[Piece], forced: &[Node], first: &Fit, params: &Params) -> Vec<Found> {
    let (clauses_a, clauses_b) = balanced(a, b, params.clause_letters);
    if clauses_a.pieces.len() == a.len() && clauses_b.pieces.len() == b.len() {
        return first.beads.clone();
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
    let band = Band::corridor(&points, text_a.len(), text_b.len(), params.clause_pad);
    if band.nodes() > params.max_nodes.max(64 * (text_a.len() + text_b.len())) {
        return first.beads.clone();
    }
    let forced: Vec<Node> = forced.iter().map(|&(i, j)| (clauses_a.before[i], clauses_b.before[j])).collect();
    let texts = Texts { a: &text_a, b: &text_b, forced: &forced };
    let fit = Model::new(texts, params, Level::clauses(params)).fit(Start {
        band: Some(band),
        beads,
        ..Start::default()
    });
    chain(first, &fit, &clauses_a, &clauses_b, params)
}

/// Whether a step of the chain is no bead any more. Clauses give beads that sentences have no shape
/// for, but not without limit.
fn too_large(bead: &Found, params: &Params) -> bool {
    (bead.a.1 - bead.a.0).max(bead.b.1 - bead.b.0) > 2 * params.max_side
}

/// What the clauses have to say beside the sentences. In a free translation they know better where a
/// clause went over a full stop; in a close one the sentences are right and sure.
fn clause_share(first: &Fit, params: &Params) -> f64 {
    let matched = first.beads.iter().filter(|f| f.is_matched());
    let (sum, count) = matched.fold((0.0, 0.0), |(sum, count), f| (sum + f.posterior, count + 1.0));
    if sum >= params.sure_sentences * count { 1.0 - params.clause_share } else { params.clause_share }
}

/// The two-sided sentence beads between the likeliest sentence nodes of a fit over sentences (`first`) and one
/// over clauses.
fn chain(first: &Fit, fit: &Fit, a: &Clauses, b: &Clauses, params: &Params) -> Vec<Found> {
    let (threshold, share) = (params.node_threshold, clause_share(first, params));
    let end = (a.before.len() - 1, b.before.len() - 1);
    let mut nodes: Vec<(usize, usize, f64)> = vec![(0, 0, 1.0)];
    let inner = fit
        .nodes
        .iter()
        .filter_map(|&(i, j, p)| Some((a.sentences[i]?, b.sentences[j]?, f64::from(p) * share)));
    let mut both: Vec<(usize, usize, f64)> = inner
        .chain(first.nodes.iter().map(|&(i, j, p)| (i, j, f64::from(p) * (1.0 - share))))
        .filter(|n| (n.0, n.1) != (0, 0) && (n.0, n.1) != end)
        .collect();
    both.sort_by_key(|n| (n.0, n.1));
    for (i, j, p) in both {
        match nodes.last_mut() {
            Some(last) if (last.0, last.1) == (i, j) => last.2 += p,
            _ => nodes.push((i, j, p)),
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
        // A bead is right when its ends are nodes of the path and none between them is.
        let between = |n: &&(usize, usize, f64)| from.0 < n.0 && n.0 < to.0 && from.1 < n.1 && n.1 < to.1;
        let whole: f64 = nodes[back[k]..k].iter().filter(between).map(|n| 1.0 - n.2.min(1.0)).product();
        let posterior = (from.2 * to.2 * whole).min(1.0);
        let bead = Found { a: (from.0, to.0), b: (from.1, to.1), posterior };
        if bead.is_matched() && too_large(&bead, params) {
            // No bead but a stretch that neither level is sure of: what the sentences say, at most.
            let inside = |f: &&Found| {
                f.is_matched() && from.0 <= f.a.0 && f.a.1 <= to.0 && from.1 <= f.b.0 && f.b.1 <= to.1
            };
            path.extend(first.beads.iter().rev().filter(inside).cloned());
        } else if bead.is_matched() {
            path.push(bead);
        }
        k = back[k];
    }
    path.reverse();
    path
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
    fn a_bead_that_hides_a_node_is_less_sure() {
        let sentences = |n: usize| {
            let side =
                crate::align::Side::from_lines(vec!["One sentence here."; n], crate::model::Lang::und());
            Clauses::new(&crate::align::translation::text::sentences(&side), 12)
        };
        let (a, b) = (sentences(2), sentences(2));
        let fit = |p: f32| Fit {
            evidence: 0.0,
            rounds: 1,
            beads: Vec::new(),
            nodes: vec![(0, 0, 1.0), (1, 1, p), (2, 2, 1.0)],
            free: (Vec::new(), Vec::new()),
        };
        let params = Params::default();
        let split = chain(&fit(0.9), &fit(0.8), &a, &b, &params);
        assert_eq!(
            split.iter().map(|f| (f.a, f.b)).collect::<Vec<_>>(),
            [((0, 1), (0, 1)), ((1, 2), (1, 2))]
        );
        let merged = chain(&fit(0.2), &fit(0.2), &a, &b, &params);
        assert_eq!(merged.len(), 1);
        assert!((merged[0].posterior - 0.8).abs() < 1e-6);
    }
}
