//! Concordance: where a pattern occurs in the witnesses, and what stands opposite.

use regex::Regex;
use serde::Serialize;

use crate::model::{Alignment, Segmented};

/// A sentence with at least one match.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The witness.
    pub siglum: String,
    /// Where, for people.
    pub locus: String,
    /// The sentence as it is read.
    pub text: String,
    /// Bytes of each match in `text`.
    pub matches: Vec<[usize; 2]>,
    /// What stands opposite in the witnesses that are aligned with this one, in their order.
    pub aligned: Vec<Aligned>,
}

/// The passage of another witness that is aligned with a hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Aligned {
    /// The witness.
    pub siglum: String,
    /// Where, for people; the siglum alone where the witness omits the sentence.
    pub locus: String,
    /// Its words; empty where the witness omits the sentence.
    pub text: String,
    /// The confidence of the bead.
    pub confidence: f64,
}

/// Finds the sentences that match, in the order of the texts. `pairs` holds alignments with the
/// indices of their texts; `only` restricts where is searched (empty: everywhere).
pub fn find(
    texts: &[Segmented],
    pairs: &[(usize, usize, Alignment)],
    pattern: &Regex,
    only: &[String],
) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if !only.is_empty() && !only.iter().any(|s| s == text.siglum()) {
            continue;
        }
        for segment in 0..text.len() {
            let words = text.text(segment);
            let matches: Vec<[usize; 2]> =
                pattern.find_iter(&words).filter(|m| !m.is_empty()).map(|m| [m.start(), m.end()]).collect();
            if matches.is_empty() {
                continue;
            }
            let aligned = pairs.iter().filter_map(|pair| opposite(texts, pair, index, segment)).collect();
            let locus = text.locus(segment).to_string();
            hits.push(Hit { siglum: text.siglum().to_owned(), locus, text: words, matches, aligned });
        }
    }
    hits
}

fn opposite(
    texts: &[Segmented],
    (a, b, alignment): &(usize, usize, Alignment),
    text: usize,
    segment: usize,
) -> Option<Aligned> {
    let (bead, other, range) = if *a == text {
        let bead = alignment.beads.iter().find(|bead| bead.a.contains(&segment))?;
        (bead, *b, bead.b.clone())
    } else if *b == text {
        let bead = alignment.beads.iter().find(|bead| bead.b.contains(&segment))?;
        (bead, *a, bead.a.clone())
    } else {
        return None;
    };
    let other = &texts[other];
    let locus = if range.is_empty() { other.siglum().to_owned() } else { other.locus_range(&range) };
    Some(Aligned {
        siglum: other.siglum().to_owned(),
        locus,
        text: other.joined_text(range),
        confidence: bead.confidence.value(),
    })
}
