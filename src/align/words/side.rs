//! The words of one language: their types (groups of inflected forms), how a text is read as them.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::forms::group;
use super::scan::{Piece, scan};
use super::sorted::sorted;
use super::unspaced::Vocabulary;
use crate::align::tokens::{Folding, folded_as};
use crate::align::translation::lexicon::bilingual::WrittenForm;

/// A form that occurs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Form {
    key: String,
    count: u32,
    type_id: u32,
    /// Whether it was written with a capital inside a passage.
    name: bool,
    /// Whether it is of a script without spaces.
    unspaced: bool,
    /// With its accents, where it is written with them more often than not.
    written: Option<String>,
}

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct WordSide {
    /// In order of first appearance.
    forms: Vec<Form>,
    /// The leading form of each type, and how often its forms occur.
    types: Vec<(u32, u32)>,
    #[serde(serialize_with = "sorted")]
    ids: FxHashMap<String, u32>,
    vocabulary: Vocabulary,
    /// Whether marks on letters tell words apart.
    tones: bool,
}

/// A word of a passage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Its bytes in the passage.
    pub(super) span: Range<usize>,
    /// Its type; [`UNKNOWN`] if it never occurred.
    pub(super) type_id: u32,
}

/// The type of words that were not learned.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// All passages of one language, read.
pub(super) struct Reader {
    pub(super) side: WordSide,
    /// The types of each passage's words in order.
    pub(super) tokens: Vec<Vec<u32>>,
}

impl Reader {
    /// Reads passages: finds their words, learns those of unspaced scripts, groups their forms.
    pub(super) fn read<'p>(passages: impl Iterator<Item = &'p str> + Clone) -> Self {
        let folding = Folding::of(passages.clone());
        let pieces: Vec<Vec<Piece>> = passages.map(|passage| scan(passage, folding)).collect();
        let runs: Vec<&str> =
            pieces.iter().flatten().filter(|p| p.unspaced).map(|p| p.key.as_str()).collect();
        let vocabulary = Vocabulary::learn(&runs);
        let mut side = WordSide { vocabulary, tones: folding == Folding::Tones, ..WordSide::default() };
        let mut spellings: BTreeMap<u32, BTreeMap<&str, u32>> = BTreeMap::new();
        let mut tokens: Vec<Vec<u32>> = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            let mut words = Vec::with_capacity(piece.len());
            for (k, piece) in piece.iter().enumerate() {
                if piece.unspaced {
                    let mut start = 0;
                    for end in side.vocabulary.cut(&piece.key) {
                        words.push(side.add(&piece.key[start..end], false, true));
                        start = end;
                    }
                } else {
                    let id = side.add(&piece.key, piece.capital && k > 0, false);
                    if let Some(written) = &piece.written {
                        *spellings.entry(id).or_default().entry(written).or_insert(0) += 1;
                    }
                    words.push(id);
                }
            }
            tokens.push(words);
        }
        for (id, spellings) in spellings {
            let form = &mut side.forms[id as usize];
            let often = spellings.values().sum::<u32>() * 2 > form.count;
            let best = spellings.into_iter().rev().max_by_key(|spelling| spelling.1);
            form.written = best.filter(|_| often).map(|spelling| spelling.0.to_owned());
        }
        side.make_types();
        for word in tokens.iter_mut().flatten() {
            *word = side.forms[*word as usize].type_id;
        }
        Self { side, tokens }
    }

    /// The forms as prior knowledge compares them. Nothing can be said of unspaced scripts' looks.
    pub(super) fn written(&self) -> Vec<WrittenForm<'_>> {
        let forms = self.side.forms.iter();
        forms.filter(|f| !f.unspaced).map(|f| (f.key.as_str(), f.type_id, f.name)).collect()
    }
}

impl WordSide {
    fn add(&mut self, key: &str, name: bool, unspaced: bool) -> u32 {
        if let Some(&id) = self.ids.get(key) {
            let form = &mut self.forms[id as usize];
            form.count += 1;
            form.name |= name;
            return id;
        }
        let id = self.forms.len() as u32;
        self.ids.insert(key.to_owned(), id);
        self.forms.push(Form { key: key.to_owned(), count: 1, type_id: 0, name, unspaced, written: None });
        id
    }

    fn make_types(&mut self) {
        let spaced: Vec<usize> = (0..self.forms.len()).filter(|&f| !self.forms[f].unspaced).collect();
        let grouped = group(
            &spaced.iter().map(|&f| (self.forms[f].key.clone(), self.forms[f].count)).collect::<Vec<_>>(),
        );
        let mut leader: Vec<usize> = (0..self.forms.len()).collect();
        for (&form, &of) in spaced.iter().zip(&grouped) {
            leader[form] = spaced[of as usize];
        }
        let mut type_of: Vec<u32> = vec![UNKNOWN; self.forms.len()];
        for form in 0..self.forms.len() {
            let slot = &mut type_of[leader[form]];
            if *slot == UNKNOWN {
                *slot = self.types.len() as u32;
                self.types.push((leader[form] as u32, 0));
            }
            let id = *slot;
            self.types[id as usize].1 += self.forms[form].count;
            self.forms[form].type_id = id;
        }
    }

    fn folding(&self) -> Folding {
        if self.tones { Folding::Tones } else { Folding::Plain }
    }

    /// A name that [`Self::name`] gives, with the accents of its words.
    pub(super) fn written(&self, name: &str) -> String {
        let word = |word| match self.ids.get(word) {
            Some(&form) => self.forms[form as usize].written.as_deref().unwrap_or(word),
            None => word,
        };
        name.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// Number of types.
    pub(super) fn types(&self) -> usize {
        self.types.len()
    }

    /// How often a type occurs.
    pub(super) fn count(&self, type_id: u32) -> u32 {
        self.types.get(type_id as usize).map_or(0, |t| t.1)
    }

    /// The words of a passage.
    pub(super) fn words(&self, passage: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let type_of = |key: &str| self.ids.get(key).map_or(UNKNOWN, |&f| self.forms[f as usize].type_id);
        for piece in scan(passage, self.folding()) {
            if !piece.unspaced {
                words.push(Word { type_id: type_of(&piece.key), span: piece.span });
                continue;
            }
            // Folding may change the number of bytes; where it does, the run is cut as it stands.
            let raw = &passage[piece.span.clone()];
            let run = if piece.key.len() == raw.len() { piece.key.as_str() } else { raw };
            let mut start = 0;
            for end in self.vocabulary.cut(run) {
                let span = piece.span.start + start..piece.span.start + end;
                words.push(Word { type_id: type_of(&run[start..end]), span });
                start = end;
            }
        }
        words
    }

    /// The leading forms of some types, joined as they are written.
    pub(super) fn name(&self, types: &[u32]) -> String {
        let mut out = String::new();
        let mut glue = false;
        for &t in types {
            let Some(form) = self.types.get(t as usize).map(|t| &self.forms[t.0 as usize]) else { continue };
            if glue && !form.unspaced {
                out.push(' ');
            }
            out.push_str(&form.key);
            glue = !form.unspaced;
        }
        out
    }

    /// The words of a passage with the leading forms of their types (empty if unknown).
    pub(super) fn named_words(&self, passage: &str) -> Vec<(Range<usize>, &str)> {
        let name = |t: u32| self.types.get(t as usize).map_or("", |t| self.forms[t.0 as usize].key.as_str());
        self.words(passage).into_iter().map(|w| (w.span, name(w.type_id))).collect()
    }

    /// The forms of the type of `form`, the most frequent first.
    pub(super) fn forms_of(&self, form: &str) -> Vec<(&str, u32)> {
        let Some(&id) = self.ids.get(&folded_as(form, self.folding())) else { return Vec::new() };
        let type_id = self.forms[id as usize].type_id;
        let mut forms: Vec<(&str, u32)> =
            self.forms.iter().filter(|f| f.type_id == type_id).map(|f| (f.key.as_str(), f.count)).collect();
        forms.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(y.0)));
        forms
    }

    /// All forms.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.forms.iter().map(|f| (f.key.as_str(), f.count))
    }
}
