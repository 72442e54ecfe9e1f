//! Concordance: where a pattern occurs in the witnesses, what stands opposite, and which words of it
//! render the match.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::Serialize;

use crate::align::words::WordLexicon;
use crate::model::{Bead, Link, Text};

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
    pub aligned: Vec<Opposite>,
}

/// The passage of another witness that is aligned with a hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opposite {
    /// The witness.
    pub siglum: String,
    /// Where, for people; the siglum alone where the witness omits the sentence.
    pub locus: String,
    /// Its words; empty where the witness omits the sentence.
    pub text: String,
    /// Bytes of each word in `text` that renders what was found.
    pub matches: Vec<[usize; 2]>,
    /// The confidence of the bead.
    pub confidence: f64,
}

/// Two of the texts, with what is known of their words.
struct Known<'t> {
    link: &'t Link,
    /// For texts in different languages: learned when it is first needed.
    lexicon: Option<OnceLock<WordLexicon>>,
}

/// Finds the sentences that match, in the order of the texts; `only` restricts where is searched (empty:
/// everywhere). In a translation the renderings of what was found are marked, in editions whatever matches
/// there as well.
pub fn find(texts: &[Text], links: &[Link], pattern: &Regex, only: &[String]) -> Vec<Hit> {
    let known = |link| {
        let lexicon = Link::is_translation(link, texts).then(OnceLock::new);
        Known { link, lexicon }
    };
    let links: Vec<Known<'_>> = links.iter().map(known).collect();
    let mut hits = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if !only.is_empty() && !only.iter().any(|s| s == text.siglum()) {
            continue;
        }
        for segment in 0..text.len() {
            let words = text.text(segment);
            let matches = matches_of(pattern, &words);
            if matches.is_empty() {
                continue;
            }
            let place = Place { texts, pattern, text: index, segment, words: &words, matches: &matches };
            let aligned = links.iter().filter_map(|link| place.opposite(link)).collect();
            let locus = text.locus(segment).to_string();
            hits.push(Hit { siglum: text.siglum().to_owned(), locus, text: words, matches, aligned });
        }
    }
    hits
}

fn matches_of(pattern: &Regex, text: &str) -> Vec<[usize; 2]> {
    pattern.find_iter(text).filter(|m| !m.is_empty()).map(|m| [m.start(), m.end()]).collect()
}

/// A sentence that matches.
struct Place<'p> {
    texts: &'p [Text],
    pattern: &'p Regex,
    text: usize,
    segment: usize,
    words: &'p str,
    matches: &'p [[usize; 2]],
}

impl Place<'_> {
    fn opposite(&self, known: &Known<'_>) -> Option<Opposite> {
        let link = known.link;
        let flipped = match self.text {
            text if text == link.a => false,
            text if text == link.b => true,
            _ => return None,
        };
        let sides = |bead: &Bead| {
            if flipped { (bead.b.clone(), bead.a.clone()) } else { (bead.a.clone(), bead.b.clone()) }
        };
        let bead = link.alignment.beads.iter().find(|bead| sides(bead).0.contains(&self.segment))?;
        let (own, range) = sides(bead);
        let other = &self.texts[if flipped { link.a } else { link.b }];
        let locus = if range.is_empty() { other.siglum().to_owned() } else { other.locus_range(&range) };
        let text = other.joined_text(range);
        let matches = match &known.lexicon {
            None => matches_of(self.pattern, &text),
            Some(lexicon) => {
                let lexicon = lexicon.get_or_init(|| WordLexicon::learn(&[link.aligned(self.texts)]));
                self.renderings(lexicon, own, &text, flipped)
            }
        };
        let siglum = other.siglum().to_owned();
        Some(Opposite { siglum, locus, text, matches, confidence: bead.confidence.value() })
    }

    /// The bytes of the words in `other` that render the matches; `own` are the segments of the bead here.
    fn renderings(
        &self,
        lexicon: &WordLexicon,
        own: Range<usize>,
        other: &str,
        flipped: bool,
    ) -> Vec<[usize; 2]> {
        let here = &self.texts[self.text];
        // Where the sentence stands in the words of the bead.
        let before = here.joined_text(own.start..self.segment + 1).len() - self.words.len();
        let whole = here.joined_text(own);
        let links = if flipped { lexicon.link(other, &whole) } else { lexicon.link(&whole, other) };
        let mut found: Vec<[usize; 2]> = links
            .into_iter()
            .map(|link| if flipped { (link.b, link.a) } else { (link.a, link.b) })
            .filter(|(own, _)| {
                self.matches.iter().any(|m| own.start < before + m[1] && before + m[0] < own.end)
            })
            .map(|(_, there)| [there.start, there.end])
            .collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Alignment;
    use crate::model::testing::{text, text_in};

    #[test]
    fn renderings_are_marked_in_both_directions() {
        let en = ["The war came.", "The peace came.", "The war ended.", "The peace ended.", "A war began."];
        let fr = [
            "La guerre vint.",
            "La paix vint.",
            "La guerre finit.",
            "La paix finit.",
            "Une guerre commença.",
        ];
        let texts = [text("E", &en), text_in("F", "fr", &fr)];
        let alignment = Alignment {
            // The last two sentences are one bead.
            beads: vec![
                Bead::new(0..1, 0..1, 1.0),
                Bead::new(1..2, 1..2, 1.0),
                Bead::new(2..3, 2..3, 1.0),
                Bead::new(3..5, 3..5, 1.0),
            ],
        };
        let links = [Link::new(0, 1, alignment)];
        let marked = |pattern: &str| {
            let hits = find(&texts, &links, &Regex::new(pattern).unwrap(), &[]);
            let words = |h: &Hit| {
                h.aligned[0]
                    .matches
                    .iter()
                    .map(|m| h.aligned[0].text[m[0]..m[1]].to_owned())
                    .collect::<Vec<_>>()
            };
            hits.iter().map(words).collect::<Vec<_>>()
        };
        assert_eq!(marked("war"), [["guerre"], ["guerre"], ["guerre"]]);
        assert_eq!(marked("paix"), [["peace"], ["peace"]]);
    }
}
