//! How words are rendered: a bilingual lexicon learned from aligned texts, and the words of two
//! passages that correspond.
//!
//! [`WordLexicon::learn`] takes aligned pairs (several, when they are of the same two languages); a
//! bead counts with its confidence, a confirmed one fully. Then
//!
//! * [`WordLexicon::link`] says which words of two passages correspond, in bytes of these passages:
//!   what a view highlights, what tells which reading a translation follows;
//! * [`WordLexicon::renderings`] gives what stands in the lexicon for a word, with probabilities of
//!   both directions, counts and places; [`WordLexicon::entries`] gives all of it.
//!
//! Words are found by `scan` and, in scripts without spaces, cut by `unspaced`; inflected forms
//! are grouped by `forms`; `table` trains the probabilities of IBM Model 1 in both directions
//! by agreement (Liang, Taskar and Klein, "Alignment by agreement", 2006) with the place in the
//! sentence (Dyer, Chahuneau and Smith, "A simple, fast, and effective reparameterization of IBM Model
//! 2", 2013); `links` decides which words correspond and finds renderings of several words.
//! Everything is linear in the text.

mod forms;
mod links;
mod scan;
mod side;
mod sorted;
mod table;
mod unspaced;

use crate::par::prelude::*;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::links::{Phrase, Phrases, TokenLink};
use self::side::{Reader, WordSide};
use self::table::{Table, TypeBead};
use super::translation::lexicon::bilingual::resembling;
use crate::model::{Aligned, Bead, Status};

/// Beads below this confidence teach nothing.
const LEAST_CONFIDENCE: f64 = 0.2;

/// Two passages as they are read correspond here: bytes of the first and of the second passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordLink {
    /// Bytes of the first passage.
    pub a: Range<usize>,
    /// Bytes of the second passage.
    pub b: Range<usize>,
    /// How sure the link is, in thousandths.
    pub strength: u16,
}

/// A bead: which of the pairs, and which of its beads, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BeadPlace {
    /// Index of the pair.
    pub pair: u32,
    /// Index of the bead in the pair's alignment.
    pub bead: u32,
}

/// A word or expression and one of its renderings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The word, folded; of inflected forms the most frequent one. Several words stand as they stand
    /// in the text, with a space between them where the script has spaces.
    pub a: String,
    /// Its rendering, likewise.
    pub b: String,
    /// How often the two were linked.
    pub count: u32,
    /// The share of `a`'s occurrences that are rendered so: p(b | a), from 0 to 1.
    pub forward: f64,
    /// The share of `b`'s occurrences that render this: p(a | b), from 0 to 1.
    pub backward: f64,
    /// The beads where they are linked, ascending, one for each time.
    pub places: Vec<BeadPlace>,
}

/// What aligned texts teach of the words of two languages. Serialisable.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WordLexicon {
    a: WordSide,
    b: WordSide,
    table: Table,
    phrases: Phrases,
    /// Sorted by `a`; of one `a`, the most frequent first.
    entries: Vec<Entry>,
}

/// The passages of a bead as they are read.
struct Passage {
    place: BeadPlace,
    weight: f32,
    a: String,
    b: String,
}

impl WordLexicon {
    /// Learns from aligned pairs whose first texts are in one language and whose second texts are.
    /// Takes well under a second for a novel. Without two-sided beads the lexicon is empty.
    pub fn learn(pairs: &[Aligned]) -> Self {
        let places: Vec<(&Aligned, &Bead, BeadPlace)> = (0u32..)
            .zip(pairs)
            .flat_map(|(pair, texts)| {
                (0u32..).zip(texts.beads()).map(move |(bead, b)| (texts, b, BeadPlace { pair, bead }))
            })
            .filter(|(_, bead, _)| bead.is_matched() && weight(bead) >= LEAST_CONFIDENCE)
            .collect();
        let passages: Vec<Passage> = places
            .into_par_iter()
            .map(|(pair, bead, place)| Passage {
                place,
                weight: weight(bead) as f32,
                a: pair.text_a(bead),
                b: pair.text_b(bead),
            })
            .collect();
        Self::of_passages(&passages)
    }

    fn of_passages(passages: &[Passage]) -> Self {
        let (a, b) = crate::par::join(
            || Reader::read(passages.iter().map(|p| p.a.as_str())),
            || Reader::read(passages.iter().map(|p| p.b.as_str())),
        );
        let beads: Vec<TypeBead<'_>> = passages
            .iter()
            .zip(a.tokens.iter().zip(&b.tokens))
            .map(|(passage, (a, b))| TypeBead { a, b, weight: passage.weight })
            .collect();
        let known = resembling(&a.written(), &b.written());
        let table = Table::learn(&a.side, &b.side, &beads, &known);
        let phrases = Phrases::find(&table, &beads);
        let linked: Vec<Vec<TokenLink>> =
            beads.par_iter().map(|bead| phrases.link(&table, bead.a, bead.b)).collect();
        let entries = entries(passages, (&a, &b), &linked);
        Self { a: a.side, b: b.side, table, phrases, entries }
    }

    /// Which words of two passages correspond, in the order of the first passage. Each word is in one
    /// link at most; words that nothing speaks for are in none.
    pub fn link(&self, a: &str, b: &str) -> Vec<WordLink> {
        let (words_a, words_b) = (self.a.words(a), self.b.words(b));
        let types = |words: &[side::Word]| words.iter().map(|w| w.type_id).collect::<Vec<_>>();
        let span = |words: &[side::Word], range: &Range<usize>| {
            words[range.start].span.start..words[range.end - 1].span.end
        };
        self.phrases
            .link(&self.table, &types(&words_a), &types(&words_b))
            .into_iter()
            .map(|l| WordLink { a: span(&words_a, &l.a), b: span(&words_b, &l.b), strength: l.strength })
            .collect()
    }

    /// All entries, sorted by `a`; of one `a`, the most frequent first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry's word and rendering as they are written, with accents, where that is how they are written
    /// more often than not.
    pub fn written(&self, entry: &Entry) -> [String; 2] {
        [self.a.written(&entry.a), self.b.written(&entry.b)]
    }

    /// The entries of a word or expression of the first texts, in any of its forms, the most frequent
    /// first; empty if it is unknown.
    pub fn renderings(&self, word: &str) -> &[Entry] {
        let words = self.a.words(word);
        let types: Vec<u32> = words.iter().map(|w| w.type_id).collect();
        let key = self.a.name(&types);
        let from = self.entries.partition_point(|e| e.a < key);
        let to = from + self.entries[from..].partition_point(|e| e.a == key);
        &self.entries[from..to]
    }

    /// The bytes of each word of a passage in the first language, and the leading form of its group.
    pub fn words_a<'l>(&'l self, passage: &str) -> Vec<(Range<usize>, &'l str)> {
        self.a.named_words(passage)
    }

    /// The same for the second language.
    pub fn words_b<'l>(&'l self, passage: &str) -> Vec<(Range<usize>, &'l str)> {
        self.b.named_words(passage)
    }

    /// The forms of the first language (folded, with how often they occur) that belong to the same
    /// word as `form`, the most frequent first; empty if it is unknown.
    pub fn forms_a(&self, form: &str) -> Vec<(&str, u32)> {
        self.a.forms_of(form)
    }

    /// All forms of the first language that occur, folded, with how often they do.
    pub fn vocabulary_a(&self) -> impl Iterator<Item = (&str, u32)> {
        self.a.forms()
    }
}

/// What a bead teaches: a person's word counts fully.
fn weight(bead: &Bead) -> f64 {
    if bead.status == Status::Auto { bead.confidence.value() } else { 1.0 }
}

/// Counts the links of all passages.
fn entries(passages: &[Passage], (a, b): (&Reader, &Reader), linked: &[Vec<TokenLink>]) -> Vec<Entry> {
    let mut all: Vec<(Phrase, BeadPlace)> = Vec::new();
    for (k, links) in linked.iter().enumerate() {
        for link in links {
            let phrase = (a.tokens[k][link.a.clone()].to_vec(), b.tokens[k][link.b.clone()].to_vec());
            all.push((phrase, passages[k].place));
        }
    }
    all.sort_unstable();
    let occurrences = |reader: &Reader, phrase: &[u32]| match phrase {
        [one] => f64::from(reader.side.count(*one)),
        many => {
            reader.tokens.iter().map(|t| t.windows(many.len()).filter(|w| *w == many).count()).sum::<usize>()
                as f64
        }
    };
    let round = |x: f64| (x.min(1.0) * 1e4).round() / 1e4;
    let mut entries: Vec<Entry> = all
        .chunk_by(|x, y| x.0 == y.0)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|same| {
            let (x, y) = &same[0].0;
            let count = same.len() as f64;
            Entry {
                a: a.side.name(x),
                b: b.side.name(y),
                count: same.len() as u32,
                forward: round(count / occurrences(a, x).max(1.0)),
                backward: round(count / occurrences(b, y).max(1.0)),
                places: same.iter().map(|s| s.1).collect(),
            }
        })
        .collect();
    entries.sort_by(|x, y| x.a.cmp(&y.a).then(y.count.cmp(&x.count)).then(x.b.cmp(&y.b)));
    entries
}

#[cfg(test)]
#[cfg(feature = "fs")]
mod tests;
