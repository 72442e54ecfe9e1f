//! Any number of witnesses collated: tokens in columns, variation units, moved passages.
//!
//! A collation is a table whose columns are the ranks of a variant graph. Each token stands in one
//! column; the tokens of a witness, in the order of its text, stand in columns that never go back.
//! Passages that stand elsewhere in another witness keep the columns of their own place; a [`Move`]
//! links the two places. What a fragment does not cover is absent there, which is no omission.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Confidence, Layer, Locus, Span, Text, VariantClass};

/// Witnesses collated. Invariants: every token of every witness is here exactly once, and
/// [`CollatedToken::column`] never decreases within a witness.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Collation {
    /// The witnesses, in the order in which they are to be shown.
    pub witnesses: Vec<CollatedWitness>,
    /// Index of the witness whose readings are the lemmas; `None` for an apparatus without a base.
    pub base: Option<usize>,
    /// Number of columns.
    pub columns: u32,
    /// All that is to be said of how the witnesses differ, once: every view and every format renders these.
    /// In the order of the columns; those of words ([`EntryKind::Words`]) are disjoint.
    pub entries: Vec<Entry>,
    /// Passages that stand at another place in some witnesses.
    pub moves: Vec<Move>,
}

/// A witness in a collation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CollatedWitness {
    /// Its siglum.
    pub siglum: String,
    /// Its words as they are read (line breaks and line-end hyphens undone).
    pub text: String,
    /// Its tokens in the order of its text.
    pub tokens: Vec<CollatedToken>,
    /// Columns that it covers, in order, disjoint; outside of them it is absent (a fragment, an
    /// instalment, a lacuna).
    pub present: Vec<Range<u32>>,
}

/// A word or a mark, with the way back to its witness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollatedToken {
    /// Bytes in [`CollatedWitness::text`].
    pub read: Range<u32>,
    /// Index of the part in the document, 0-based.
    pub part: u32,
    /// Index of the segment in the segmented text, 0-based.
    pub segment: u32,
    /// Bytes in the part's text.
    pub span: Span,
    /// Its column, 0-based.
    pub column: u32,
}

/// Consecutive tokens of a witness; may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// Index of the witness.
    pub witness: usize,
    /// Its tokens, 0-based, half-open. Where it has nothing: an empty range at the place.
    pub tokens: Range<u32>,
}

/// What kind of place an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// Words or marks that differ: a variation unit.
    #[default]
    Words,
    /// A passage at its two places, by its index in [`Collation::moves`]: the readings are the same words,
    /// the lemma where the base (or most witnesses) has them, the other where the others do. What differs
    /// inside of it has entries of its own ([`Entry::in_move`]). Who repeats the passage stands in both readings.
    Move(usize),
    /// A passage that some witnesses lack and in which others differ: the lemma is the passage as the first
    /// of them has it, whatever the words of the others, the other reading is nothing. The entries inside
    /// count those who lack it as absent.
    Passage,
    /// A paragraph that begins in some witnesses only. A reading is [`Entry::PARAGRAPH`] or nothing; its
    /// tokens are empty ranges before the first word of the paragraph.
    Layout,
}

/// A place with at least two readings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What it is about.
    #[serde(default)]
    pub kind: EntryKind,
    /// Its columns; empty for one of layout, before the column at which the paragraph begins.
    pub columns: Range<u32>,
    /// The readings: the lemma first (the base's reading; without a base the one most attested, of
    /// equals the one of the first siglum), then by number of witnesses and siglum.
    pub readings: Vec<EntryReading>,
    /// Witnesses that are absent here.
    pub absent: Vec<usize>,
    /// Index into [`Collation::moves`], for a difference inside a moved passage: the readings are
    /// then those of both of its places.
    pub in_move: Option<usize>,
    /// How the readings that are not the lemma differ from each other, for who reads with another base:
    /// every two of them, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<Between>,
}

impl Entry {
    /// The reading of a witness in which a paragraph begins.
    pub const PARAGRAPH: &'static str = "¶";

    /// The passage of which this entry is, if it is about one at two places.
    pub fn moved(&self) -> Option<usize> {
        match self.kind {
            EntryKind::Move(index) => Some(index),
            EntryKind::Words | EntryKind::Passage | EntryKind::Layout => None,
        }
    }

    /// Whether it is about words or marks that differ at one place of the text.
    pub fn is_of_words(&self) -> bool {
        self.kind == EntryKind::Words
    }

    /// The classes of its readings, sorted, without repetition.
    pub fn classes(&self) -> Vec<VariantClass> {
        let mut classes: Vec<VariantClass> =
            self.readings.iter().filter_map(|reading| Some(reading.judgement.as_ref()?.class)).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// Its layer: substantive if one of its readings is.
    pub fn layer(&self) -> Layer {
        let substantive = |class: &VariantClass| class.layer() == Layer::Substantive;
        if self.classes().iter().any(substantive) { Layer::Substantive } else { Layer::Accidental }
    }

    /// How the reading of index `b` differs from that of index `a`, which comes before it.
    pub fn judgement(&self, a: usize, b: usize) -> Option<&Judgement> {
        if a == 0 {
            return self.readings.get(b)?.judgement.as_ref();
        }
        let between = self.between.iter().find(|between| between.readings == [a, b]);
        between.map(|between| &between.judgement)
    }
}

/// How one reading differs from another where neither is the lemma.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Between {
    /// Indices of the readings, ascending.
    #[serde(rename = "of")]
    pub readings: [usize; 2],
    /// How the second differs from the first, which counts as the lemma.
    #[serde(flatten)]
    pub judgement: Judgement,
}

/// What some witnesses have in a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryReading {
    /// Who has it, and where; sorted by witness.
    pub witnesses: Vec<Attestation>,
    /// The words as they are read; empty for an omission.
    pub text: String,
    /// How it differs from the lemma; `None` for the lemma itself.
    pub judgement: Option<Judgement>,
}

/// What kind of difference a reading is, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The class.
    pub class: VariantClass,
    /// The rule that decided, a short stable id.
    pub rule: String,
    /// How far the class can be trusted.
    pub confidence: Confidence,
    /// Why, in a sentence for people.
    pub explanation: String,
    /// For a scanning error: whether the lemma (`true`) or this reading is the one that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lemma_is_suspect: Option<bool>,
    /// The project's own rule that touched it, as it is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_rule: Option<String>,
}

/// A passage that stands at one place in some witnesses and at another in others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Where the base (or most witnesses) has it.
    pub home: MovedRun,
    /// Where the others have it.
    pub away: MovedRun,
    /// Pairs of columns (home, away) whose tokens correspond, in the order of home.
    pub links: Vec<(u32, u32)>,
    /// How much was moved.
    pub scale: MoveScale,
}

/// One place of a moved passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedRun {
    /// Its columns.
    pub columns: Range<u32>,
    /// The witnesses that have it there, with its tokens.
    pub witnesses: Vec<Attestation>,
}

/// How much was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MoveScale {
    /// A word.
    Word,
    /// Some words within a sentence.
    Phrase,
    /// A sentence.
    Sentence,
    /// Several sentences.
    Block,
}

impl MoveScale {
    /// The word used in data and shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Phrase => "phrase",
            Self::Sentence => "sentence",
            Self::Block => "block",
        }
    }
}

impl CollatedWitness {
    /// The words of consecutive tokens as they are read, with the space between them.
    pub fn reading(&self, tokens: Range<u32>) -> &str {
        match self.tokens.get(tokens.start as usize..tokens.end as usize) {
            Some([first, .., last]) => &self.text[first.read.start as usize..last.read.end as usize],
            Some([only]) => &self.text[only.read.start as usize..only.read.end as usize],
            _ => "",
        }
    }

    /// The tokens that stand in some columns.
    pub fn tokens_in(&self, columns: Range<u32>) -> Range<u32> {
        let at = |column| self.tokens.partition_point(|token| token.column < column) as u32;
        at(columns.start)..at(columns.end)
    }

    /// Whether the witness covers a column.
    pub fn is_present(&self, column: u32) -> bool {
        self.present.iter().any(|range| range.contains(&column))
    }
}

/// A token: the index of its witness, and its own in it.
pub type TokenId = (usize, u32);

impl Collation {
    /// Which tokens of different witnesses in one column correspond, the first witness first: where two
    /// witnesses have equally many there, each with its like; where all that the one has is among what the
    /// other has, those; else, as one has a word in two parts, each part with the whole. `column` is sorted.
    pub fn pairs_of_column(&self, column: &[TokenId]) -> Vec<(TokenId, TokenId)> {
        let witnesses: Vec<&[TokenId]> = column.chunk_by(|a, b| a.0 == b.0).collect();
        let mut pairs = Vec::new();
        for (index, a) in witnesses.iter().enumerate() {
            for b in &witnesses[index + 1..] {
                if a.len() == b.len() {
                    pairs.extend(a.iter().copied().zip(b.iter().copied()));
                    continue;
                }
                let shorter = if a.len() < b.len() { (a, b) } else { (b, a) };
                match self.among(shorter.0, shorter.1) {
                    Some(same) if a.len() < b.len() => pairs.extend(a.iter().copied().zip(same)),
                    Some(same) => pairs.extend(same.into_iter().zip(b.iter().copied())),
                    None => pairs.extend(a.iter().flat_map(|&x| b.iter().map(move |&y| (x, y)))),
                }
            }
        }
        pairs
    }

    /// The tokens of `many` that are the same words as `few`, in their order.
    fn among(&self, few: &[TokenId], many: &[TokenId]) -> Option<Vec<TokenId>> {
        let word = |token: TokenId| self.witnesses[token.0].reading(token.1..token.1 + 1).to_lowercase();
        let mut rest = many.iter().copied();
        few.iter().map(|&token| rest.find(|&other| word(other) == word(token))).collect()
    }
}

/// A collation with the texts it was made from: what views, formats and studies work on. It owns what it
/// holds, and cloning it costs next to nothing.
#[derive(Debug, Clone, Default)]
pub struct Collated {
    /// The texts, in the order of the collation's witnesses.
    pub texts: Vec<Text>,
    /// Their collation.
    pub collation: Arc<Collation>,
}

impl Collated {
    /// Ties a collation to its texts, which may come in any order. `None` if a witness has no text.
    pub fn new(collation: Collation, texts: &[Text]) -> Option<Self> {
        let find = |siglum: &str| texts.iter().find(|text| text.siglum() == siglum).cloned();
        let texts = collation.witnesses.iter().map(|witness| find(&witness.siglum)).collect::<Option<_>>()?;
        Some(Self { texts, collation: Arc::new(collation) })
    }

    /// The entries.
    pub fn entries(&self) -> &[Entry] {
        &self.collation.entries
    }

    /// The index of a witness.
    pub fn witness(&self, siglum: &str) -> Option<usize> {
        self.collation.witnesses.iter().position(|witness| witness.siglum == siglum)
    }

    /// The siglum of a witness.
    pub fn siglum(&self, witness: usize) -> &str {
        &self.collation.witnesses[witness].siglum
    }

    /// The witness in whose order the entries stand: the base, or without one the first.
    pub fn leader(&self) -> usize {
        self.collation.base.unwrap_or(0)
    }

    /// Where an entry stands in the text of the base, also where the base has another passage or nothing
    /// there; without a base in that of the first witness of the lemma.
    pub fn place(&self, entry: &Entry) -> Attestation {
        let lemma = entry.readings.first().and_then(|reading| reading.witnesses.first());
        let lead = self.collation.base.or(lemma.map(|place| place.witness)).unwrap_or(0);
        let of_lead = entry.readings.iter().flat_map(|reading| &reading.witnesses);
        of_lead.into_iter().find(|place| place.witness == lead).cloned().unwrap_or_else(|| Attestation {
            witness: lead,
            tokens: self.collation.witnesses[lead].tokens_in(entry.columns.clone()),
        })
    }

    /// Whether a witness has a reading of an entry at another place of the text than the entry's own.
    pub fn is_elsewhere(&self, entry: &Entry, place: &Attestation) -> bool {
        let first = self.tokens(place).first();
        entry.is_of_words() && first.is_some_and(|token| !entry.columns.contains(&token.column))
    }

    /// Where tokens stand, for people: the segment of the first; for none the segment before them.
    pub fn locus(&self, place: &Attestation) -> Locus {
        let text = &self.texts[place.witness];
        self.token_at(place).map_or_else(|| text.start(), |token| text.locus(token.segment as usize))
    }

    /// The bytes of the part's text in which tokens stand, with the index of the part; for none an empty
    /// span behind the token before them. A reading that goes on in the next part is cited as far as its
    /// own part holds it.
    pub fn span(&self, place: &Attestation) -> (usize, Span) {
        let Some(token) = self.token_at(place) else { return (0, Span::new(0, 0)) };
        let span = match self.tokens(place) {
            [] if place.tokens.start == 0 => Span::new(token.span.start, token.span.start),
            [] => Span::new(token.span.end, token.span.end),
            [first, rest @ ..] => {
                let last = rest.iter().take_while(|t| t.part == first.part).last().unwrap_or(first);
                first.span.to(last.span)
            }
        };
        (token.part as usize, span)
    }

    /// The bytes of the file from which tokens were read, with the index of their part; for none an
    /// empty span behind the token before them.
    pub fn source(&self, place: &Attestation) -> (usize, Span) {
        let (part, span) = self.span(place);
        let Some(of) = self.texts[place.witness].document.parts.get(part) else { return (part, span) };
        if !span.is_empty() {
            return (part, of.map.source_of(span));
        }
        // A point has its place from the token beside it, not from whatever follows it in the file.
        let point = self.token_at(place).map_or(0, |token| {
            let token = of.map.source_of(token.span);
            if place.tokens.start == 0 { token.start } else { token.end }
        });
        (part, Span::new(point, point))
    }

    /// The tokens of a place.
    pub fn tokens(&self, place: &Attestation) -> &[CollatedToken] {
        let range = place.tokens.start as usize..place.tokens.end as usize;
        self.collation.witnesses[place.witness].tokens.get(range).unwrap_or_default()
    }

    /// The words of a place as they are read.
    pub fn words(&self, place: &Attestation) -> &str {
        self.collation.witnesses[place.witness].reading(place.tokens.clone())
    }

    /// The last word before a place in its witness, by which an addition is cited.
    pub fn word_before(&self, place: &Attestation) -> Option<&str> {
        let witness = &self.collation.witnesses[place.witness];
        let before = witness.tokens.get(..place.tokens.start as usize)?;
        let word = |t: &CollatedToken| &witness.text[t.read.start as usize..t.read.end as usize];
        before.iter().rev().map(word).find(|word| word.chars().any(char::is_alphanumeric))
    }

    /// The first token, or for an empty place the one before it, or the one behind it.
    fn token_at(&self, place: &Attestation) -> Option<&CollatedToken> {
        let tokens = &self.collation.witnesses[place.witness].tokens;
        let start = place.tokens.start as usize;
        let index = if place.tokens.is_empty() { start.saturating_sub(1) } else { start };
        tokens.get(index)
    }
}
