//! A text as the model reads it: units (sentences, joined sentences or clauses) with the types of
//! their words, their length, their marks and the structure around them.

use crate::align::translation::params::text::MAX_SPEAKERS;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::params::Params;
use crate::align::side::Side;
use crate::align::tokens::{Folding, Mark, Token, TokenKind, romanised, tokenize_as};
use crate::align::translation::evidence::vectors::Origin;
use crate::model::{BlockKind, Script};

/// An enumeration of classes of which tables are made.
macro_rules! classes {
    ($(#[$doc:meta])* $name:ident { $first:ident $(, $variant:ident)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(crate) enum $name {
            #[default]
            $first,
            $($variant,)*
        }

        impl $name {
            /// All of them; the place of each is its number in tables.
            pub(crate) const ALL: &'static [Self] = &[Self::$first, $(Self::$variant,)*];
            /// How many there are.
            pub(crate) const COUNT: usize = Self::ALL.len();
        }
    };
}

classes! {
    /// Marks that are counted inside a bead.
    Counted { Question, Exclamation, Quote, Dash, Colon, Number, Comma, Bracket, Ellipsis }
}

classes! {
    /// How a unit ends, but for quotation marks and brackets behind it.
    FinalMark { None, Stop, Question, Exclamation, Colon, Semicolon, Comma, Ellipsis, Dash, Other }
}

classes! {
    /// How a unit begins; an ideograph counts as a capital.
    Opening { Other, Capital, LowerCase, Number, Dash, Quote }
}

classes! {
    /// What kind of block a unit stands in.
    Kind { Running, Heading, Verse, Note, FrontMatter, Furniture }
}

/// How a unit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ending {
    /// The last mark that is no quotation mark or bracket.
    pub(crate) mark: FinalMark,
    /// Whether something closes behind it.
    pub(crate) closed: bool,
}

impl Ending {
    /// Number of classes.
    pub(crate) const COUNT: usize = 2 * FinalMark::COUNT;

    /// Its number in tables.
    pub(crate) fn class(self) -> usize {
        self.mark as usize + if self.closed { FinalMark::COUNT } else { 0 }
    }

    /// The mark of a class.
    pub(crate) fn mark_of(class: usize) -> FinalMark {
        FinalMark::ALL[class % FinalMark::COUNT]
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Turn {
    /// 0: nobody known; else the rank of the speaker's first appearance, from 1.
    pub(crate) speaker: u8,
    /// Whether the turn starts here.
    pub(crate) opens: bool,
}

impl Turn {
    /// Speakers, nobody included.
    const SPEAKERS: usize = MAX_SPEAKERS as usize + 1;
    /// Number of classes.
    pub(crate) const COUNT: usize = 2 * Self::SPEAKERS;

    /// Its number in tables.
    pub(crate) fn class(self) -> usize {
        self.speaker as usize + if self.opens { Self::SPEAKERS } else { 0 }
    }

    /// Whether a turn of this class starts.
    pub(crate) fn opens_in(class: usize) -> bool {
        class >= Self::SPEAKERS
    }
}

/// A piece of text to be aligned, before it is read.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) opens_block: bool,
    pub(crate) kind: BlockKind,
    pub(crate) opens_turn: bool,
    /// 0: nobody known; else the rank of the speaker's first appearance, from 1.
    pub(crate) speaker: u8,
    /// Where its vector comes from.
    pub(crate) origin: Origin,
}

/// The sentences of a side.
pub(crate) fn sentences(side: &Side) -> Vec<Piece> {
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

/// The neighbours between two of the `borders` joined to one piece.
pub(crate) fn joined(pieces: &[Piece], borders: &[usize]) -> Vec<Piece> {
    borders
        .windows(2)
        .filter_map(|border| {
            let chunk = &pieces[border[0]..border[1]];
            let first = chunk.first()?;
            let text = chunk.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
            Some(Piece { text, origin: Origin::joined(chunk), ..first.clone() })
        })
        .collect()
}

/// A unit as the model reads it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    /// Length in letters (characters of unspaced scripts count one each).
    pub(crate) length: f64,
    /// Its final mark and whether a quotation mark or bracket closes it.
    pub(crate) ending: Ending,
    /// How it begins.
    pub(crate) opening: Opening,
    /// Whether a block starts here.
    pub(crate) opens_block: bool,
    /// Who speaks.
    pub(crate) turn: Turn,
    /// What its block is.
    pub(crate) kind: Kind,
    /// Whether a quotation is open after it.
    pub(crate) quoted: bool,
    /// Counted marks.
    pub(crate) marks: [u8; Counted::COUNT],
}

/// A form under which a type occurs, for the comparison of words across languages.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// In Latin letters or digits.
    pub(crate) latin: String,
    /// As it is written.
    pub(crate) written: String,
    /// The type it counts as.
    pub(crate) type_id: u32,
    /// Whether it was ever written with a capital inside a sentence.
    pub(crate) name: bool,
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
pub(crate) struct Text {
    pub(crate) sentences: Vec<Sentence>,
    /// The words of all units, one after the other: what is read again and again lies side by side.
    words: Runs<u32>,
    /// The types of each unit, ascending, with their counts.
    types: Runs<(u32, f32)>,
    /// The key of each type.
    pub(crate) keys: Vec<String>,
    /// How often each type occurs.
    pub(crate) counts: Vec<f32>,
    /// How many tokens there are.
    pub(crate) total: f32,
    /// The distinct forms, in order of first appearance.
    pub(crate) forms: Vec<Form>,
    /// Where the vector of each unit comes from.
    pub(crate) origins: Vec<Origin>,
    ids: HashMap<String, u32>,
    form_ids: HashMap<String, u32>,
}

impl Text {
    /// Reads pieces.
    pub(crate) fn new(pieces: &[Piece], params: &Params) -> Self {
        let origins = pieces.iter().map(|piece| piece.origin.clone()).collect();
        let mut text = Self { origins, ..Self::default() };
        let folding = Folding::of(pieces.iter().map(|piece| piece.text.as_str()));
        let mut quoted = false;
        let mut sorted: Vec<u32> = Vec::new();
        for piece in pieces {
            let tokens = tokenize_as(&piece.text, folding);
            let mut sentence = Sentence {
                ending: ending(&tokens),
                opening: opening(&tokens),
                opens_block: piece.opens_block,
                turn: Turn { speaker: piece.speaker, opens: piece.opens_turn },
                kind: kind(piece.kind),
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
    pub(crate) fn words_of(&self, unit: usize) -> &[u32] {
        self.words.of(unit)
    }

    /// How many words a stretch of units has.
    pub(crate) fn number_of_words(&self, units: &Range<usize>) -> usize {
        self.words.within(units.clone()).len()
    }

    /// The types of a unit, ascending, with their counts.
    #[inline]
    pub(crate) fn types_of(&self, unit: usize) -> &[(u32, f32)] {
        self.types.of(unit)
    }

    /// The types of a stretch of units, unit by unit.
    #[inline]
    pub(crate) fn types_within(&self, units: Range<usize>) -> &[(u32, f32)] {
        self.types.within(units)
    }

    /// Number of units.
    pub(crate) fn len(&self) -> usize {
        self.sentences.len()
    }

    /// The words of the text as they are compared.
    pub(crate) fn words(&self) -> HashSet<&str> {
        // Ideographs have no form: their keys are themselves.
        self.forms.iter().map(|f| f.written.as_str()).chain(self.keys.iter().map(String::as_str)).collect()
    }

    /// Whether a word is written so somewhere.
    pub(super) fn has_form(&self, written: &str) -> bool {
        self.form_ids.contains_key(written)
    }

    /// The types that the words of an expression count as, those of the text only.
    pub(crate) fn ids_of(&self, words: &[Token]) -> Vec<u32> {
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
    pub(crate) fn id(&self, key: &str) -> Option<u32> {
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

fn ending(tokens: &[Token]) -> Ending {
    let mut ending = Ending::default();
    for token in tokens.iter().rev() {
        let TokenKind::Mark(mark) = token.kind else { break };
        ending.mark = match mark {
            Mark::Stop => FinalMark::Stop,
            Mark::Question => FinalMark::Question,
            Mark::Exclamation => FinalMark::Exclamation,
            Mark::Colon => FinalMark::Colon,
            Mark::Semicolon => FinalMark::Semicolon,
            Mark::Comma => FinalMark::Comma,
            Mark::Ellipsis => FinalMark::Ellipsis,
            Mark::Dash => FinalMark::Dash,
            Mark::Quote | Mark::Close => {
                ending.closed = true;
                continue;
            }
            Mark::Open | Mark::Other => FinalMark::Other,
        };
        break;
    }
    ending
}

fn opening(tokens: &[Token]) -> Opening {
    match tokens.iter().find(|t| t.kind != TokenKind::Mark(Mark::Other)).map(|t| (t.kind, t.capital)) {
        Some((TokenKind::Word, true) | (TokenKind::Ideograph, _)) => Opening::Capital,
        Some((TokenKind::Word, false)) => Opening::LowerCase,
        Some((TokenKind::Number, _)) => Opening::Number,
        Some((TokenKind::Mark(Mark::Dash), _)) => Opening::Dash,
        Some((TokenKind::Mark(Mark::Quote), _)) => Opening::Quote,
        _ => Opening::Other,
    }
}

fn kind(kind: BlockKind) -> Kind {
    match kind {
        BlockKind::Paragraph
        | BlockKind::Speech
        | BlockKind::Stage
        | BlockKind::Quotation
        | BlockKind::ListItem => Kind::Running,
        BlockKind::Heading => Kind::Heading,
        BlockKind::Verse => Kind::Verse,
        BlockKind::Note => Kind::Note,
        BlockKind::FrontMatter => Kind::FrontMatter,
        BlockKind::Furniture => Kind::Furniture,
    }
}

fn count_marks(tokens: &[Token]) -> [u8; Counted::COUNT] {
    let mut counts = [0u8; Counted::COUNT];
    for token in tokens {
        let class = match token.kind {
            TokenKind::Number => Counted::Number,
            TokenKind::Mark(Mark::Question) => Counted::Question,
            TokenKind::Mark(Mark::Exclamation) => Counted::Exclamation,
            TokenKind::Mark(Mark::Quote) => Counted::Quote,
            TokenKind::Mark(Mark::Dash) => Counted::Dash,
            TokenKind::Mark(Mark::Colon | Mark::Semicolon) => Counted::Colon,
            TokenKind::Mark(Mark::Comma) => Counted::Comma,
            TokenKind::Mark(Mark::Open) => Counted::Bracket,
            TokenKind::Mark(Mark::Ellipsis) => Counted::Ellipsis,
            _ => continue,
        };
        let count = &mut counts[class as usize];
        *count = count.saturating_add(1);
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
pub(crate) fn is_unspaced(text: &str) -> bool {
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
        assert_eq!(text.sentences[0].ending, Ending { mark: FinalMark::Stop, closed: true });
        assert_eq!(text.sentences[0].opening, Opening::Quote);
        assert_eq!(text.sentences[1].opening, Opening::Number);
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
