//! Alignment of two forms of one text in one language, by the identity of their words.
//!
//! [`keys`] reduces each segment to comparable words (case, marks and diacritics apart; misprints
//! joined to the word they stand for). [`anchors`] finds runs of words that occur once on each side
//! and thereby a corridor; in it a lattice over beads, scored by [`score`] with the words both sides
//! share, gives posteriors and the best monotone path. What it leaves over on both sides is tried
//! against each other in [`moved`].

mod anchors;
mod keys;
mod moved;
mod score;

use self::keys::Keyed;
use self::score::Scorer;
use super::band::Band;
use super::bead::RawBead;
use super::gap::{GapModel, Shape};
use super::lattice::Lattice;
use super::pins::Node;
use super::side::Side;

/// Parameters of the editions engine. Weights of words are in nats: how surprising it is that a
/// segment has the word.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// A bead is worth finding when at least this share of both sides' words, by weight, is common.
    pub common_share: f64,
    /// Or when this share of the lighter side is: a sentence of which most was cut.
    pub part_share: f64,
    /// A segment in a merged bead must find at least this share of its words on the other side.
    pub member_share: f64,
    /// Cost of each segment beyond 1:1, in nats.
    pub merge_cost: f64,
    /// What it says, in nats, that two segments are the same to the letter.
    pub identity: f64,
    /// How a bead's gain becomes a log-likelihood ratio.
    pub temperature: f64,
    /// Words in a run that anchors two segments.
    pub anchor_words: usize,
    /// Padding around the anchors, in segments.
    pub corridor_pad: usize,
    /// Most nodes searched between two anchors; a larger stretch without any anchor is taken as
    /// unrelated.
    pub max_stretch: usize,
    /// Common share from which segments that changed place are matched.
    pub moved_share: f64,
    /// Fewest common words of a run of moved segments.
    pub moved_words: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            common_share: 0.3,
            part_share: 0.65,
            member_share: 0.35,
            merge_cost: 6.0,
            identity: 6.0,
            temperature: 0.25,
            anchor_words: 4,
            corridor_pad: 4,
            max_stretch: 1_000_000,
            moved_share: 0.5,
            moved_words: 4,
        }
    }
}

/// The shapes tried: up to four segments on one side, boundaries shifted between two or three.
const SHAPES: [Shape; 12] =
    [(1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2)];

/// Aligns two non-empty sides. The beads cover both; moved ones cross the others. The path passes the
/// nodes of `forced`.
pub(super) fn align(a: &Side, b: &Side, forced: &[Node], params: &Params) -> Vec<RawBead> {
    let keyed = Keyed::new(a, b);
    let points = anchors::chain(&keyed, params.anchor_words);
    let band = anchors::corridor(&points, a.len(), b.len(), params).forced(forced, b.len());
    let scorer = Scorer::new(&keyed, a, b, params);
    let beads = decode(&scorer, &band, forced, (0, 0), b.len(), params);
    moved::find(&scorer, beads, a.len(), b.len(), params)
}

/// The share of words that two sides have in common, from 0 to 1.
pub(super) fn common_words(a: &Side, b: &Side) -> f64 {
    Keyed::new(a, b).common_types()
}

/// The best path through a band whose first node is at `origin`, over the nodes of `forced`.
fn decode(
    scorer: &Scorer<'_>,
    band: &Band,
    forced: &[Node],
    origin: (usize, usize),
    columns: usize,
    params: &Params,
) -> Vec<RawBead> {
    let mut edges = scorer.scores(band, origin);
    edges.close_around(band, &SHAPES, forced);
    let lattice = Lattice { band, shapes: &SHAPES, columns };
    lattice.posteriors(&mut edges, &GapModel::flat(), params.temperature);
    let path = lattice.decode(&edges, 0.3);
    let posterior = |i: usize, j: usize, shape: usize| f64::from(edges.get(band, i, j, shape));
    // An omission is as sure as all the places where it could stand together.
    let omission = |i: usize| (band.low(i)..=band.high(i)).map(|j| posterior(i, j, 0)).sum::<f64>();
    let mut additions = vec![0f64; columns];
    for i in 0..band.rows() {
        for (j, sum) in additions.iter_mut().enumerate().take(band.high(i)).skip(band.low(i)) {
            *sum += posterior(i, j, 1);
        }
    }
    path.into_iter()
        .map(|(i, j, shape)| {
            let (n, m) = SHAPES[shape];
            let confidence = match shape {
                0 => omission(i),
                1 => additions[j],
                _ => posterior(i, j, shape),
            };
            let (i, j) = (i + origin.0, j + origin.1);
            RawBead { a: i..i + n, b: j..j + m, confidence: confidence.min(1.0) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::bead::assemble;
    use crate::model::{Alignment, Lang};

    fn side(lines: &[&str]) -> Side {
        Side::from_lines(lines.iter().copied(), Lang::new("en"))
    }

    fn aligned(a: &[&str], b: &[&str]) -> Alignment {
        let (a, b) = (side(a), side(b));
        let out = assemble(align(&a, &b, &[], &Params::default()), a.len(), b.len());
        assert_eq!(out.check(a.len(), b.len()), Ok(()));
        out
    }

    fn shapes(alignment: &Alignment) -> Vec<String> {
        let name = |b: &crate::model::Bead| format!("{}{}", b.bead_type(), if b.moved { "m" } else { "" });
        alignment.beads.iter().map(name).collect()
    }

    const TEXT: [&str; 7] = [
        "Foreign policy is an extension of domestic policy.",
        "The bureaucracy defends the Soviet Union against its enemies.",
        "But above all it defends itself inside the country.",
        "Hitler had received from Great Britain all that was possible.",
        "The Polish question became a turning point of the war.",
        "Italy stepped cautiously aside and waited for better days.",
        "War became inevitable in the autumn of that year.",
    ];

    #[test]
    fn a_text_against_itself() {
        assert_eq!(shapes(&aligned(&TEXT, &TEXT)), ["1:1"; 7]);
    }

    #[test]
    fn even_one_word_against_itself() {
        assert_eq!(shapes(&aligned(&["Eins."], &["Eins."])), ["1:1"]);
        assert_eq!(shapes(&aligned(&["Eins.", "Zwei."], &["Eins.", "Zwei."])), ["1:1"; 2]);
        assert_eq!(shapes(&aligned(&["Ja.", "Ja.", "Nein."], &["Ja.", "Ja.", "Nein."])), ["1:1"; 3]);
    }

    #[test]
    fn sentences_joined_missing_and_added() {
        let b = [
            "Foreign policy is an extension of domestic policy.",
            "The bureaucracy defends the Soviet Union against its enemies, but above all it defends itself inside the country.",
            "Hitler had recieved from Great Britain all that was posible.",
            "A wholly new remark of some editor stands here.",
            "Italy stepped cautiously aside.",
            "War became inevitable in the autumn of that year.",
        ];
        assert_eq!(shapes(&aligned(&TEXT, &b)), ["1:1", "2:1", "1:1", "0:1", "1:0", "1:1", "1:1"]);
    }

    #[test]
    fn a_block_in_another_place_is_moved() {
        let order = [0, 3, 4, 5, 6, 1, 2];
        let b: Vec<&str> = order.iter().map(|&i| TEXT[i]).collect();
        assert_eq!(shapes(&aligned(&TEXT, &b)), ["1:1", "1:1m", "1:1m", "1:1", "1:1", "1:1", "1:1"]);
    }
}
