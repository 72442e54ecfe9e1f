//! A text as the model reads it: units (sentences, joined sentences or clauses) with the types of
//! their words, their length, their marks and the structure around them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::params::Params;
use super::vectors::Origin;
use crate::align::side::Side;
use crate::align::tokens::{Folding, Mark, Token, TokenKind, romanised, tokenize_as};
use crate::model::{BlockKind, Script};

/// Marks that are counted inside a bead: ? ! quotation dash :; number comma ( …
pub(super) const MARK_CLASSES: usize = 9;

/// A piece of text to be aligned, before it is read.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) opens_block: bool,
    pub(super) kind: BlockKind,
    pub(super) opens_turn: bool,
    /// 0: nobody known; else the rank of the speaker's first appearance, from 1.
    pub(super) speaker: u8,
    /// Where its vector comes from.
    pub(super) origin: Origin,
}

/// Most speakers that are told apart.
const MAX_SPEAKERS: u8 = 6;

/// The sentences of a side.
pub(super) fn sentences(side: &Side) -> Vec<Piece> {
    let mut ranks: HashMap<&str, u8> = HashMap::new();
    side.units
        .iter()
        .enumerate()
        .map(|(k, unit)| Piece {
            text: unit.text.clone(),
            opens_block: unit.opens_block,
            kind: unit.kind,
            opens_turn: unit.opens_turn,
            speaker: unit.speaker.as_deref().map_or(0, |name| {
                let next = u8::try_from(ranks.len() + 1).unwrap_or(u8::MAX).min(MAX_SPEAKERS);
                *ranks.entry(name).or_insert(next)
            }),
            origin: Origin::of(side, k),
        })
        .collect()
}

/// Every `size` neighbours joined to one piece.
pub(super) fn joined(pieces: &[Piece], size: usize) -> Vec<Piece> {
    pieces
        .chunks(size.max(1))
        .filter_map(|chunk| {
            let first = chunk.first()?;
            let text = chunk.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
            Some(Piece { text, origin: Origin::joined(chunk), ..first.clone() })
        })
        .collect()
}

/// A unit as the model reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sentence {
    /// Length in letters (characters of unspaced scripts count one each).
    pub(super) length: f64,
    /// Class of its final mark and whether a quotation mark or bracket closes it.
    pub(super) end: u8,
    /// Class of its opening.
    pub(super) start: u8,
    /// Whether a block starts here.
    pub(super) opens_block: bool,
    /// Who speaks, plus 7 where the turn starts.
    pub(super) speaker: u8,
    /// Class of the block.
    pub(super) kind: u8,
    /// Whether a quotation is open after it.
    pub(super) quoted: bool,
    /// Counted marks.
    pub(super) marks: [u8; MARK_CLASSES],
}

/// Number of end classes.
pub(super) const END_CLASSES: usize = 20;
/// Number of opening classes.
pub(super) const START_CLASSES: usize = 6;
/// Number of classes of blocks.
pub(super) const KIND_CLASSES: usize = 6;
/// Number of classes of speakers and turns.
pub(super) const SPEAKER_CLASSES: usize = 14;

/// A form under which a type occurs, for the comparison of words across languages.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// In Latin letters or digits.
    pub(super) latin: String,
    /// As it is written.
    pub(super) written: String,
    /// The type it counts as.
    pub(super) type_id: u32,
    /// Whether it was ever written with a capital inside a sentence.
    pub(super) name: bool,
}

/// What belongs to each unit of a text, all units in one list.
#[derive(Debug)]
struct Runs<T> {
    items: Vec<T>,
    /// Where the items of each unit start, and where the last end.
    start: Vec<u32>,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self { items: Vec::new(), start: vec![0] }
    }
}

impl<T> Runs<T> {
    /// Ends a unit: what was added since the last end belongs to it.
    fn end(&mut self) {
        self.start.push(self.items.len() as u32);
    }

    #[inline]
    fn of(&self, unit: usize) -> &[T] {
        self.within(unit..unit + 1)
    }

    #[inline]
    fn within(&self, units: Range<usize>) -> &[T] {
        &self.items[self.start[units.start] as usize..self.start[units.end] as usize]
    }
}

/// A whole text.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) sentences: Vec<Sentence>,
    /// The words of all units, one after the other: what is read again and again lies side by side.
    words: Runs<u32>,
    /// The types of each unit, ascending, with their counts.
    types: Runs<(u32, f32)>,
    /// The key of each type.
    pub(super) keys: Vec<String>,
    /// How often each type occurs.
    pub(super) counts: Vec<f32>,
    /// How many tokens there are.
    pub(super) total: f32,
    /// The distinct forms, in order of first appearance.
    pub(super) forms: Vec<Form>,
    /// Where the vector of each unit comes from.
    pub(super) origins: Vec<Origin>,
    ids: HashMap<String, u32>,
    form_ids: HashMap<String, u32>,
}

impl Text {
    /// Reads pieces.
    pub(super) fn new(pieces: &[Piece], params: &Params) -> Self {
        let origins = pieces.iter().map(|piece| piece.origin.clone()).collect();
        let mut text = Self { origins, ..Self::default() };
        let folding = Folding::of(pieces.iter().map(|piece| piece.text.as_str()));
        let mut quoted = false;
        let mut sorted: Vec<u32> = Vec::new();
        for piece in pieces {
            let tokens = tokenize_as(&piece.text, folding);
            let mut sentence = Sentence {
                end: end_class(&tokens),
                start: start_class(&tokens),
                opens_block: piece.opens_block,
                speaker: piece.speaker + if piece.opens_turn { 7 } else { 0 },
                kind: kind_class(piece.kind),
                marks: count_marks(&tokens),
                length: 1.0,
                ..Sentence::default()
            };
            quoted = quote_state(&piece.text, quoted);
            sentence.quoted = quoted;
            text.add_tokens(&tokens, &mut sentence, params);
            text.words.end();
            let words = text.words.of(text.sentences.len());
            sorted.clear();
            sorted.extend_from_slice(words);
            sorted.sort_unstable();
            for same in sorted.chunk_by(|x, y| x == y) {
                text.types.items.push((same[0], same.len() as f32));
            }
            text.types.end();
            text.sentences.push(sentence);
        }
        text
    }

    /// The types of the words of a unit in order of the text, repeated as they are.
    pub(super) fn words_of(&self, unit: usize) -> &[u32] {
        self.words.of(unit)
    }

    /// How many words a stretch of units has.
    pub(super) fn number_of_words(&self, units: &Range<usize>) -> usize {
        self.words.within(units.clone()).len()
    }

    /// The types of a unit, ascending, with their counts.
    #[inline]
    pub(super) fn types_of(&self, unit: usize) -> &[(u32, f32)] {
        self.types.of(unit)
    }

    /// The types of a stretch of units, unit by unit.
    #[inline]
    pub(super) fn types_within(&self, units: Range<usize>) -> &[(u32, f32)] {
        self.types.within(units)
    }

    /// Number of units.
    pub(super) fn len(&self) -> usize {
        self.sentences.len()
    }

    /// The words of the text as they are compared.
    pub(super) fn words(&self) -> HashSet<&str> {
        // Ideographs have no form: their keys are themselves.
        self.forms.iter().map(|f| f.written.as_str()).chain(self.keys.iter().map(String::as_str)).collect()
    }

    /// Whether a word is written so somewhere.
    pub(super) fn has_form(&self, written: &str) -> bool {
        self.form_ids.contains_key(written)
    }

    /// The types that the words of an expression count as, those of the text only.
    pub(super) fn ids_of(&self, words: &[Token]) -> Vec<u32> {
        let is_ideograph = |k: usize| words.get(k).is_some_and(|t| t.kind == TokenKind::Ideograph);
        let mut ids = Vec::new();
        for (k, token) in words.iter().enumerate() {
            if !is_ideograph(k) {
                ids.extend(self.form_ids.get(&token.text).map(|&form| self.forms[form as usize].type_id));
            } else if is_ideograph(k + 1) {
                ids.extend(self.ids.get(&format!("{}{}", token.text, words[k + 1].text)));
            } else if k == 0 || !is_ideograph(k - 1) {
                ids.extend(self.ids.get(&token.text));
            }
        }
        ids
    }

    /// The type with this key.
    #[cfg(test)]
    pub(super) fn id(&self, key: &str) -> Option<u32> {
        self.ids.get(key).copied()
    }

    fn add_tokens(&mut self, tokens: &[Token], sentence: &mut Sentence, params: &Params) {
        for (k, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Word => {
                    sentence.length += token.text.chars().count() as f64;
                    let id = self.add(stem(&token.text, params.stem));
                    self.add_form(&token.text, id, token.capital && k > 0);
                }
                TokenKind::Number => {
                    sentence.length += token.text.chars().count() as f64;
                    let id = self.add(token.text.clone());
                    self.add_form(&token.text, id, false);
                }
                TokenKind::Ideograph => {
                    sentence.length += 1.0;
                    self.add(token.text.clone());
                    if let Some(next) = tokens.get(k + 1).filter(|t| t.kind == TokenKind::Ideograph) {
                        self.add(format!("{}{}", token.text, next.text));
                    }
                }
                TokenKind::Mark(mark) => {
                    if mark != Mark::Other {
                        self.add(mark_key(mark).to_owned());
                    }
                }
            }
        }
    }

    fn add(&mut self, key: String) -> u32 {
        let next = self.keys.len() as u32;
        let id = *self.ids.entry(key).or_insert_with_key(|key| {
            self.keys.push(key.clone());
            self.counts.push(0.0);
            next
        });
        self.counts[id as usize] += 1.0;
        self.total += 1.0;
        self.words.items.push(id);
        id
    }

    fn add_form(&mut self, written: &str, type_id: u32, name: bool) {
        if let Some(&known) = self.form_ids.get(written) {
            self.forms[known as usize].name |= name;
            return;
        }
        self.form_ids.insert(written.to_owned(), self.forms.len() as u32);
        let latin = romanised(written);
        self.forms.push(Form { latin, written: written.to_owned(), type_id, name });
    }
}

/// The key of a word: its first letters, so that inflected forms count together.
fn stem(word: &str, letters: usize) -> String {
    match word.char_indices().nth(letters) {
        Some((cut, _)) if letters > 0 => format!("{}~", &word[..cut]),
        _ => word.to_owned(),
    }
}

fn mark_key(mark: Mark) -> &'static str {
    match mark {
        Mark::Stop => ".",
        Mark::Question => "?",
        Mark::Exclamation => "!",
        Mark::Colon => ":",
        Mark::Semicolon => ";",
        Mark::Comma => ",",
        Mark::Ellipsis => "…",
        Mark::Dash => "-",
        Mark::Quote => "\"",
        Mark::Open => "(",
        Mark::Close => ")",
        Mark::Other => "*",
    }
}

/// The last mark that is not a quotation mark or bracket (1–9), 0 where there is none; plus 10
/// where something closes behind it.
fn end_class(tokens: &[Token]) -> u8 {
    let mut closed = 0;
    for token in tokens.iter().rev() {
        let TokenKind::Mark(mark) = token.kind else { break };
        let class = match mark {
            Mark::Stop => 1,
            Mark::Question => 2,
            Mark::Exclamation => 3,
            Mark::Colon => 4,
            Mark::Semicolon => 5,
            Mark::Comma => 6,
            Mark::Ellipsis => 7,
            Mark::Dash => 8,
            Mark::Quote | Mark::Close => {
                closed = 10;
                continue;
            }
            Mark::Open | Mark::Other => 9,
        };
        return class + closed;
    }
    closed
}

/// 0 other, 1 capital or ideograph, 2 lower case, 3 number, 4 dash, 5 quotation mark.
fn start_class(tokens: &[Token]) -> u8 {
    match tokens.iter().find(|t| t.kind != TokenKind::Mark(Mark::Other)).map(|t| (t.kind, t.capital)) {
        Some((TokenKind::Word, true) | (TokenKind::Ideograph, _)) => 1,
        Some((TokenKind::Word, false)) => 2,
        Some((TokenKind::Number, _)) => 3,
        Some((TokenKind::Mark(Mark::Dash), _)) => 4,
        Some((TokenKind::Mark(Mark::Quote), _)) => 5,
        _ => 0,
    }
}

fn kind_class(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Paragraph | BlockKind::Speech | BlockKind::Quotation | BlockKind::ListItem => 0,
        BlockKind::Heading => 1,
        BlockKind::Verse => 2,
        BlockKind::Note => 3,
        BlockKind::FrontMatter => 4,
        BlockKind::Furniture => 5,
    }
}

fn count_marks(tokens: &[Token]) -> [u8; MARK_CLASSES] {
    let mut counts = [0u8; MARK_CLASSES];
    for token in tokens {
        let class = match token.kind {
            TokenKind::Number => 5,
            TokenKind::Mark(Mark::Question) => 0,
            TokenKind::Mark(Mark::Exclamation) => 1,
            TokenKind::Mark(Mark::Quote) => 2,
            TokenKind::Mark(Mark::Dash) => 3,
            TokenKind::Mark(Mark::Colon | Mark::Semicolon) => 4,
            TokenKind::Mark(Mark::Comma) => 6,
            TokenKind::Mark(Mark::Open) => 7,
            TokenKind::Mark(Mark::Ellipsis) => 8,
            _ => continue,
        };
        counts[class] = counts[class].saturating_add(1);
    }
    counts
}

/// Whether a quotation is open at the end of `text`, given whether one was before it.
fn quote_state(text: &str, before: bool) -> bool {
    let chars: Vec<char> = text.trim().chars().collect();
    let mut open = before;
    for (i, &c) in chars.iter().enumerate() {
        let word_before = i > 0 && chars[i - 1].is_alphanumeric();
        let word_after = chars.get(i + 1).is_some_and(|c| c.is_alphanumeric());
        open = match c {
            '“' | '«' | '„' | '「' | '『' | '‹' | '〝' | '‘' => true,
            '”' | '»' | '」' | '』' | '›' | '〞' => false,
            '"' if i == 0 => true,
            '"' if i + 1 == chars.len() => false,
            '"' => !open,
            '\'' | '’' if word_before && word_after => open,
            '\'' | '’' => word_after && !word_before,
            _ => open,
        };
    }
    open
}

/// Whether more than a third of the text is in a script without spaces.
pub(super) fn is_unspaced(text: &str) -> bool {
    let (mut wide, mut all) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        wide += usize::from(Script::is_wide_context(c));
    }
    wide * 3 > all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn a_text_counts_stems_and_marks() {
        let side = Side::from_lines(["“Translation translates.”", "1940 — end"], Lang::new("en"));
        let text = Text::new(&sentences(&side), &Params::default());
        let id = text.id("tran~").unwrap();
        assert_eq!(text.counts[id as usize], 2.0);
        assert_eq!(text.sentences[0].end, 11);
        assert_eq!(text.sentences[0].start, 5);
        assert_eq!(text.sentences[1].start, 3);
        assert!(!text.sentences[0].quoted);
        assert_eq!(text.forms.len(), 4);
    }

    #[test]
    fn ideographs_count_alone_and_in_pairs() {
        let side = Side::from_lines(["战争。"], Lang::new("zh"));
        let text = Text::new(&sentences(&side), &Params::default());
        assert_eq!(text.keys, ["战", "战争", "争", "."]);
        assert!(is_unspaced("战争。") && !is_unspaced("war 战"));
    }
}
