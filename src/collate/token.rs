//! Tokens: the words and marks of a text in three layers.
//!
//! *Surface* is what stands there; *normal form* undoes what is no difference of words (Unicode
//! form, case, the shape of quotation marks and dashes); the *key* also drops diacritics and old
//! letter forms, so that spellings of one word meet. Alignment works on keys; which layer differs
//! is the first step of classification.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{MappedText, Script, Segmented, Span};

/// Signs of abbreviation as scribes set them: the Armenian one, the overline, the Slavonic titlo.
pub(super) const ABBREVIATION_SIGNS: [char; 5] = ['\u{55f}', '\u{305}', '\u{35e}', '\u{483}', '\u{487}'];

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and the stops of initialisms (`U.S.S.R.`); the signs for
    /// "and" (`&`, `⁊`).
    Word,
    /// Begins with a digit.
    Number,
    /// A mark, or a run of equal marks (`...`, `--`).
    Mark,
}

/// A word or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// As it is read (a word broken at a line end is whole).
    pub surface: String,
    /// NFC, lower case, plain quotation marks and dashes.
    pub normal: String,
    /// The normal form without diacritics, ligatures and long s.
    pub key: String,
    /// Index of the segment it stands in (for a label: of the segment it stands before).
    pub segment: usize,
    /// Its bytes in the part's text.
    pub span: Span,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether no word stands before it in its segment.
    pub opens: bool,
}

impl Token {
    /// Whether it is a word or a number.
    pub fn is_word(&self) -> bool {
        self.kind != TokenKind::Mark
    }

    /// Letters of the surface form, in characters.
    pub fn letters(&self) -> usize {
        self.surface.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

/// The tokens of consecutive segments, with the labels that stand before them.
pub fn tokens_of(text: &Segmented, segments: std::ops::Range<usize>) -> Vec<Token> {
    let mut out = Vec::new();
    for segment in segments {
        if text.opens_block(segment)
            && let Some(label) = text.block(segment).label
        {
            tokenize(&text.part(segment).mapped_reading(label), segment, &mut out);
        }
        tokenize(&text.mapped_text(segment), segment, &mut out);
    }
    out
}

/// The number of words and numbers of a text; of signs, in a script without spaces. This is how words are
/// counted everywhere.
pub fn count_words(text: &Segmented) -> usize {
    let all = (0..text.len()).flat_map(|segment| {
        let label = text.block(segment).label.filter(|_| text.opens_block(segment));
        let label = label.map(|label| text.part(segment).mapped_reading(label).text);
        label.into_iter().chain([text.text(segment)])
    });
    all.map(|words| count_words_of(&words)).sum()
}

/// The same for words as they are read.
pub fn count_words_of(text: &str) -> usize {
    scan(text).filter(|raw| raw.kind != TokenKind::Mark).count()
}

fn tokenize(read: &MappedText, segment: usize, out: &mut Vec<Token>) {
    let mut opens = out.iter().rev().take_while(|t| t.segment == segment).all(|t| !t.is_word());
    for raw in scan(&read.text) {
        let surface = &read.text[raw.range.clone()];
        let normal = normal_form(surface);
        let key = key_of(&normal);
        let span = read.to_part(Span::from(raw.range));
        let surface = surface.to_owned();
        out.push(Token { kind: raw.kind, surface, normal, key, segment, span, spaced: raw.spaced, opens });
        opens &= raw.kind == TokenKind::Mark;
    }
}

/// A token as it was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) kind: TokenKind,
    /// Bytes in the text.
    pub(crate) range: std::ops::Range<usize>,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
}

/// The tokens of a text as it is read, in order; what lies between them is white space.
pub(crate) fn scan(text: &str) -> impl Iterator<Item = RawToken> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start();
        let spaced = at == 0 || trimmed.len() < rest.len();
        let start = text.len() - trimmed.len();
        let (kind, len) = next_token(trimmed, trimmed.chars().next()?);
        at = start + len;
        Some(RawToken { kind, range: start..at, spaced })
    })
}

/// Kind and length in bytes of the token that begins `text` with `first`.
fn next_token(text: &str, first: char) -> (TokenKind, usize) {
    if matches!(first, '&' | '⁊') {
        return (TokenKind::Word, first.len_utf8());
    }
    let opening = bracketed(text).filter(|&len| text[len..].starts_with(is_spaced_letter)).unwrap_or(0);
    if !first.is_alphanumeric() && opening == 0 {
        // Equal marks form one token, so that "..." or "--" is compared as a whole.
        let len = text.chars().take_while(|&c| c == first || is_combining_mark(c)).map(char::len_utf8).sum();
        return (TokenKind::Mark, len);
    }
    if Script::of(first) == Script::Unspaced {
        let marks: usize =
            text[first.len_utf8()..].chars().take_while(|&c| is_combining_mark(c)).map(char::len_utf8).sum();
        return (TokenKind::Word, first.len_utf8() + marks);
    }
    let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Word };
    if let Some(len) = initialism(text) {
        return (kind, len);
    }
    let mut end = opening;
    let mut previous = if opening == 0 { first } else { ')' };
    while let Some(c) = text[end..].chars().next() {
        let next = text[end + c.len_utf8()..].chars().next();
        if let Some(len) = bracketed(&text[end..]) {
            (end, previous) = (end + len, ')');
        } else if is_spaced_letter(c) || is_combining_mark(c) || joins(previous, c, next) {
            (end, previous) = (end + c.len_utf8(), c);
        } else {
            break;
        }
    }
    (kind, end)
}

/// A letter or digit of a script that has spaces between its words.
fn is_spaced_letter(c: char) -> bool {
    c.is_alphanumeric() && Script::of(c) == Script::Spaced
}

/// Length in bytes of the letters in brackets that begin a text: within a word, what an editor has
/// supplied or resolved (`πηλουσιώτ(ου)`, `[w]ord`).
fn bracketed(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '⟨' => '⟩',
        '⟦' => '⟧',
        _ => return None,
    };
    let mut letters =
        text.char_indices().skip(1).skip_while(|&(_, c)| is_spaced_letter(c) || is_combining_mark(c));
    let (at, end) = letters.next()?;
    (end == close && text[..at].chars().count() > 1).then(|| at + end.len_utf8())
}

/// Whether mark `c` holds together the letters on both its sides, or is part of the word before it.
fn joins(previous: char, c: char, next: Option<char>) -> bool {
    match c {
        // Signs of abbreviation and of tone within Armenian words; signs of numerals and abbreviation
        // in Hebrew; what only says how a word may break or join.
        '\u{55f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => true,
        _ if !next.is_some_and(is_spaced_letter) => false,
        '\'' | '’' | 'ʼ' | '-' | '\u{2010}' | '\u{2011}' => previous.is_alphanumeric(),
        '\u{55a}'..='\u{55e}' | '\u{58a}' | '·' | '\u{387}' | '\u{5be}' | '\u{5f3}' | '\u{5f4}' => true,
        '–' | '.' | ',' => previous.is_numeric() && next.is_some_and(char::is_numeric),
        _ => false,
    }
}

/// Length of an initialism such as `U.S.S.R.` or `i.e.` at the start of `text`: two or more single
/// letters each with a stop. A stop that also ends the text is left to the sentence.
fn initialism(text: &str) -> Option<usize> {
    let mut len = 0;
    let mut letters = 0;
    let mut chars = text.chars();
    while let (Some(letter), Some('.')) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        letters += 1;
        len += letter.len_utf8() + 1;
    }
    let rest = &text[len..];
    let ends_word = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (letters >= 2 && ends_word).then(|| if rest.trim().is_empty() { len - 1 } else { len })
}

/// NFC, lower case, one shape for each family of marks.
pub fn normal_form(surface: &str) -> String {
    if surface.is_ascii() {
        // Nothing to compose, and one quotation mark of its own.
        return surface.to_ascii_lowercase().replace('`', "'");
    }
    surface
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '「' | '」' | '『' | '』' => '"',
            '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '`' | '´' | '‹' | '›' => '\'',
            '–' | '—' | '―' | '‒' => '–',
            '\u{2010}' | '\u{2011}' => '-',
            _ => c,
        })
        .collect()
}

/// The normal form without combining marks, with ligatures and historic letters written out.
pub fn key_of(normal: &str) -> String {
    if normal.is_ascii() {
        const BRACKETS: [u8; 6] = *b"()[]{}";
        let has_brackets = normal.bytes().any(|b| BRACKETS.contains(&b));
        let key = if has_brackets {
            normal.bytes().filter(|b| !BRACKETS.contains(b)).map(char::from).collect()
        } else {
            String::new()
        };
        return if key.is_empty() { normal.to_owned() } else { key };
    }
    let mut key = String::with_capacity(normal.len());
    for c in normal.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'ß' => key.push_str("ss"),
            'ſ' => key.push('s'),
            'ø' => key.push('o'),
            'đ' | 'ð' => key.push('d'),
            'ł' => key.push('l'),
            'ħ' => key.push('h'),
            '\u{2044}' => key.push('/'),
            // Part of a word in writing only.
            '\u{55a}'..='\u{55f}'
            | '\u{58a}'
            | '\u{ad}'
            | '\u{640}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{2060}' => {}
            '(' | ')' | '[' | ']' | '{' | '}' | '⟨' | '⟩' | '⟦' | '⟧' => {}
            _ => key.push(c),
        }
    }
    if key.is_empty() { normal.to_owned() } else { key }
}

/// A key in which `u` and `v`, `i` and `j` are one letter each, as they were until the 17th century.
pub(super) fn modern_letters(key: &str) -> String {
    let one = |c: char| match c {
        'v' => 'u',
        'j' => 'i',
        _ => c,
    };
    key.chars().map(one).collect()
}

/// How often each normal form stands in a text: what a scanning error is told by.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    counts: BTreeMap<String, usize>,
    total: usize,
    /// Forms seen with a small first letter, so that a capital elsewhere is no proof of a name.
    small: std::collections::BTreeSet<String>,
}

impl Vocabulary {
    /// Counts the words of all segments of `text`.
    pub fn of(text: &Segmented) -> Self {
        let mut vocabulary = Self::default();
        for token in tokens_of(text, 0..text.len()).into_iter().filter(Token::is_word) {
            if token.surface.starts_with(char::is_lowercase) {
                vocabulary.small.insert(token.normal.clone());
            }
            vocabulary.total += 1;
            *vocabulary.counts.entry(token.normal).or_default() += 1;
        }
        vocabulary
    }

    /// From surface forms, their normal forms and how often each stands in the text.
    pub(super) fn of_forms<'f>(forms: impl Iterator<Item = (&'f str, &'f str, usize)>) -> Self {
        let mut vocabulary = Self::default();
        for (surface, normal, count) in forms {
            if surface.starts_with(char::is_lowercase) {
                vocabulary.small.insert(normal.to_owned());
            }
            vocabulary.total += count;
            *vocabulary.counts.entry(normal.to_owned()).or_default() += count;
        }
        vocabulary
    }

    /// The normal forms with how often each occurs.
    pub fn forms(&self) -> impl Iterator<Item = (&str, usize)> {
        self.counts.iter().map(|(form, &count)| (form.as_str(), count))
    }

    /// Number of words.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How often a normal form occurs.
    pub fn count(&self, normal: &str) -> usize {
        self.counts.get(normal).copied().unwrap_or(0)
    }

    /// Whether a normal form is so common (five times at least, and one word in 200) that it says
    /// nothing where it stands.
    pub fn is_common(&self, normal: &str) -> bool {
        let count = self.count(normal);
        count >= 5 && count * 200 >= self.total
    }

    /// Whether a normal form stands three times at least in this text and `other` together, and as one word
    /// in 200 of them.
    pub fn is_frequent_with(&self, other: &Self, normal: &str) -> bool {
        let count = self.count(normal) + other.count(normal);
        count >= 3 && count * 200 >= self.total + other.total
    }

    /// Whether a normal form occurs with a small first letter.
    pub fn occurs_small(&self, normal: &str) -> bool {
        self.small.contains(normal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces(text: &str) -> Vec<String> {
        let part = crate::model::Part { text: text.to_owned(), ..Default::default() };
        let mut out = Vec::new();
        tokenize(&part.mapped_reading(Span::new(0, text.len())), 0, &mut out);
        for token in &out {
            assert_eq!(text[token.span.range()], token.surface, "spans lead back to the text");
        }
        out.into_iter().map(|t| t.surface).collect()
    }

    #[test]
    fn words_keep_inner_apostrophes_hyphens_and_figures_their_marks() {
        assert_eq!(
            surfaces("one’s well-armed (1914-18), 1,000."),
            ["one’s", "well-armed", "(", "1914-18", ")", ",", "1,000", "."]
        );
        assert_eq!(surfaces("war.The “end”..."), ["war", ".", "The", "“", "end", "”", "..."]);
        assert_eq!(surfaces("workers’ – the"), ["workers", "’", "–", "the"]);
    }

    #[test]
    fn initialisms_are_words_and_the_last_stop_may_be_the_sentence_s() {
        assert_eq!(
            surfaces("the U.S.S.R. and i.e., the U.S."),
            ["the", "U.S.S.R.", "and", "i.e.", ",", "the", "U.S", "."]
        );
    }

    #[test]
    fn what_an_editor_supplied_belongs_to_its_word() {
        assert_eq!(
            surfaces("πηλουσιώτ(ου) [w]ord (so) f(x) a [b] (sic!)"),
            ["πηλουσιώτ(ου)", "[w]ord", "(", "so", ")", "f(x)", "a", "[", "b", "]", "(", "sic", "!", ")"]
        );
        assert_eq!(key_of(&normal_form("πηλουσιώτ(ου)")), key_of(&normal_form("πηλουσιωτου")));
    }

    #[test]
    fn signs_within_words_do_not_part_them() {
        assert_eq!(surfaces("այն՟սկ գազանա՛բար, ք՟ և"), ["այն՟սկ", "գազանա՛բար", ",", "ք՟", "և"]);
        assert_eq!(surfaces("col·lecció תשע״ב צה״ל"), ["col·lecció", "תשע״ב", "צה״ל"]);
        assert_eq!(key_of("գազանա՛բար"), key_of("գազանաբար"));
    }

    #[test]
    fn chinese_goes_by_character() {
        assert_eq!(surfaces("苏联，USSR的"), ["苏", "联", "，", "USSR", "的"]);
    }

    #[test]
    fn keys_drop_what_is_only_letter_form() {
        assert_eq!(key_of(&normal_form("Régime")), "regime");
        assert_eq!(key_of(&normal_form("ſtate")), "state");
        assert_eq!(key_of(&normal_form("Encyclopædia")), "encyclopaedia");
        assert_eq!(normal_form("e\u{301}"), normal_form("é"));
    }
}
