//! Tokens: the words and marks of a text in three layers.
//!
//! *Surface* is what stands there; *normal form* undoes what is no difference of words (Unicode
//! form, case, the shape of quotation marks and dashes); the *key* also drops diacritics and old
//! letter forms, so that spellings of one word meet. Alignment works on keys; which layer differs
//! is the first step of classification.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::marks::{is_invisible, is_letter_mark, plain_letter};
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

    /// Whether a line ends in it: more was written than is read.
    pub fn is_broken(&self) -> bool {
        self.span.end - self.span.start > self.surface.len()
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

/// The tokens of a text as it is read, in order; what lies between them is white space, or leaves no ink.
pub(crate) fn scan(text: &str) -> impl Iterator<Item = RawToken> + '_ {
    let mut at = 0;
    // Whether a single quotation mark is open, so that the next may close it and is no apostrophe.
    let mut quoted = false;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let start = text.len() - trimmed.len();
        let spaced = at == 0 || text[at..start].contains(char::is_whitespace);
        let first = trimmed.chars().next()?;
        // Behind a letter or a mark of another word nothing opens.
        let free = spaced || !text[..start].ends_with(|c: char| c.is_alphanumeric());
        let (kind, len) = next_token(trimmed, first, free, quoted);
        if kind == TokenKind::Mark && matches!(first, '‘' | '‚' | '‛' | '\'' | '’') {
            let before_letter = trimmed[first.len_utf8()..].starts_with(char::is_alphanumeric);
            quoted = free && before_letter && (first != '’' || spaced);
        }
        at = start + len;
        Some(RawToken { kind, range: start..at, spaced })
    })
}

/// Kind and length in bytes of the token that begins `text` with `first`; `free` where it stands at no word,
/// `quoted` where a single quotation mark is open.
fn next_token(text: &str, first: char, free: bool, quoted: bool) -> (TokenKind, usize) {
    if matches!(first, '&' | '⁊' | '%' | '‰') {
        return (TokenKind::Word, first.len_utf8());
    }
    if let Some(len) = editors_mark(text, first) {
        return (TokenKind::Mark, len);
    }
    let emphasis =
        if free && is_emphasis(first) { text.len() - text.trim_start_matches(is_emphasis).len() } else { 0 };
    let emphasis = if text[emphasis..].starts_with(char::is_alphanumeric) { emphasis } else { 0 };
    let clipped = if free { clipped_head(text) } else { 0 };
    let opening = bracketed(text).filter(|&len| text[len..].starts_with(is_spaced_letter)).unwrap_or(0);
    let opening = opening.max(emphasis).max(clipped);
    if !first.is_alphanumeric() && opening == 0 {
        // Equal marks form one token, so that "..." or "--" is compared as a whole.
        let len = text.chars().take_while(|&c| c == first || is_combining_mark(c)).map(char::len_utf8).sum();
        return (TokenKind::Mark, len);
    }
    if is_superscript(first) {
        let len = text.chars().take_while(|&c| is_superscript(c)).map(char::len_utf8).sum();
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
        if is_superscript(c) && kind == TokenKind::Word && text[..end].chars().count() > 2 {
            break;
        }
        if let Some(len) = bracketed(&text[end..]).filter(|_| !is_note(&text[end..])) {
            (end, previous) = (end + len, ')');
        } else if is_spaced_letter(c) || is_combining_mark(c) || joins(previous, c, next) {
            (end, previous) = (end + c.len_utf8(), c);
        } else {
            break;
        }
    }
    end += clipped_tail(&text[emphasis..], end - emphasis, quoted);
    let marks = text[end..].len() - text[end..].trim_start_matches(is_emphasis).len();
    // Emphasis ends where it began, or where no word follows.
    if marks > 0 && !text[end + marks..].starts_with(char::is_alphanumeric) {
        end += marks;
    }
    (kind, end)
}

/// A small figure above the line: at the end of a word the mark of a note.
fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Whether a text begins with a figure in square brackets, as marks of notes are set.
fn is_note(text: &str) -> bool {
    let Some((inner, _)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return false };
    (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit())
}

/// Length of what an editor set into the text as a mark, not as words: `[4]`, `[sic]`, and the signs of a
/// gap (`[...]`, `⟨…⟩`, `<gap/>`).
fn editors_mark(text: &str, first: char) -> Option<usize> {
    if !matches!(first, '[' | '⟨' | '<' | '〈') {
        return None;
    }
    let close = CLOSING.iter().find(|pair| pair.0 == first)?.1;
    let end = text.char_indices().take(MARK).find(|&(_, c)| c == close)?.0;
    let inner = &text[first.len_utf8()..end];
    let len = end + close.len_utf8();
    let is_mark =
        is_note(text) || matches!(inner, "sic" | "sic!" | "Sic" | "!" | "?") || is_gap(inner, first);
    is_mark.then_some(len)
}

/// Most characters of such a mark.
const MARK: usize = 24;

/// Whether what stands in brackets says that something is missing.
fn is_gap(inner: &str, first: char) -> bool {
    let dots = inner.chars().all(|c| matches!(c, '.' | '…' | '-' | '–' | '—' | ' ')) && inner.len() > 1;
    let said = inner.trim_end_matches(['/', ' ']);
    let said = said.split(' ').next().unwrap_or_default();
    dots || matches!(said, "gap" | "lacuna") && (first != '<' || said == "gap")
}

/// Whether a mark says that the witness has a gap here.
pub(crate) fn is_gap_mark(surface: &str) -> bool {
    let Some(first) = surface.chars().next().filter(|c| matches!(c, '[' | '⟨' | '<' | '〈')) else {
        return false;
    };
    let inner = &surface[first.len_utf8()..];
    let end = inner.char_indices().next_back().map_or(0, |(at, _)| at);
    is_gap(&inner[..end], first)
}

/// Whether a mark is an editor's: of a note, or a word like `[sic]`.
pub(super) fn is_editors_mark(surface: &str) -> bool {
    surface.starts_with(is_superscript)
        || surface.len() > 2 && surface.chars().next().is_some_and(|c| editors_mark(surface, c).is_some())
}

/// Words whose beginning an apostrophe replaces. Any other word behind such a mark stands in quotation marks.
const CLIPPED_HEADS: [&str; 26] = [
    "tis", "twas", "twere", "twill", "twould", "tisn't", "twixt", "tween", "gainst", "mongst", "midst",
    "neath", "fore", "em", "til", "till", "bout", "cause", "scape", "larum", "n", "t", "s", "d", "un", "gin",
];

/// Words whose end an apostrophe replaces, and those that lose their vowel before the next word; any other
/// has it where it ends with `s` (a genitive) or `in` (`goin'`).
const CLIPPED_TAILS: [&str; 22] = [
    "tho", "thro", "altho", "th", "o", "wi", "i", "t", "an", "ha", "ol", "d", "l", "j", "qu", "n", "m", "c",
    "gi", "lo", "jus", "dell",
];

/// Length of an apostrophe that begins a word: `'Tis`, `’em`, `’90s`.
fn clipped_head(text: &str) -> usize {
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '\'' | '’' | 'ʼ')) else { return 0 };
    let rest = &text[mark.len_utf8()..];
    let word: String =
        rest.chars().take(8).take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let years = mark == '’' && rest.bytes().take_while(u8::is_ascii_digit).count() == 2;
    if CLIPPED_HEADS.contains(&word.as_str()) || years { mark.len_utf8() } else { 0 }
}

/// Length of the apostrophe that ends the word of `end` bytes at the beginning of `text`.
fn clipped_tail(text: &str, end: usize, quoted: bool) -> usize {
    let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, '\'' | '’' | 'ʼ')) else {
        return 0;
    };
    let word = &text[..end];
    if text[end + mark.len_utf8()..].starts_with(['\'', '’']) {
        return 0;
    }
    let lower = if word.len() <= 8 { word.to_lowercase() } else { String::new() };
    let known = CLIPPED_TAILS.contains(&lower.as_str());
    let drops = known || (word.len() > 4 && word.ends_with("in"));
    let genitive = word.len() > 2 && word.ends_with(['s', 'z', 'x']);
    if known || !quoted && (drops || genitive) { mark.len_utf8() } else { 0 }
}

/// A letter or digit of a script that has spaces between its words.
fn is_spaced_letter(c: char) -> bool {
    c.is_alphanumeric() && Script::of(c) == Script::Spaced
}

/// Length in bytes of the letters in brackets that begin a text: within a word, what an editor has
/// supplied or resolved (`πηλουσιώτ(ου)`, `[w]ord`).
fn bracketed(text: &str) -> Option<usize> {
    let open = text.chars().next().filter(|c| !c.is_alphanumeric())?;
    let close = CLOSING.iter().find(|pair| pair.0 == open)?.1;
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
        '\u{55f}' => true,
        _ if is_invisible(c) => true,
        _ if !next.is_some_and(is_spaced_letter) => false,
        '\'' | '’' | 'ʼ' | '-' | '\u{2010}' | '\u{2011}' => previous.is_alphanumeric(),
        '\u{55a}'..='\u{55e}' | '\u{58a}' | '·' | '\u{387}' | '\u{5be}' | '\u{5f3}' | '\u{5f4}' => true,
        '–' | '.' | ',' | '/' | '⁄' => previous.is_numeric() && next.is_some_and(char::is_numeric),
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

/// NFC, lower case, one shape for each family of marks; without what leaves no ink, and without the
/// emphasis marks of plain text around a word.
pub fn normal_form(surface: &str) -> String {
    let surface = without_emphasis(surface);
    if surface.is_ascii() {
        // Nothing to compose, and one quotation mark of its own.
        return surface.to_ascii_lowercase().replace('`', "'");
    }
    surface
        .chars()
        .filter(|&c| !is_invisible(c))
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '「' | '」' | '『' | '』' => '"',
            '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '`' | '´' => '\'',
            '–' | '—' | '―' | '‒' => '–',
            '\u{2010}' | '\u{2011}' => '-',
            _ => c,
        })
        .collect()
}

/// A word without the marks of plain text that say how it is set (`_dark_`, `*dark*`, `=dark=`).
pub(super) fn without_emphasis(surface: &str) -> &str {
    let inner = surface.trim_matches(is_emphasis);
    if inner.is_empty() { surface } else { inner }
}

fn is_emphasis(c: char) -> bool {
    matches!(c, '_' | '*' | '=')
}

/// Brackets by which editors mark letters.
pub(super) fn is_editors_bracket(c: char) -> bool {
    CLOSING.iter().any(|&(open, close)| c == open || c == close)
}

const CLOSING: [(char, char); 11] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('⟨', '⟩'),
    ('⟦', '⟧'),
    ('‹', '›'),
    ('〈', '〉'),
    ('⌈', '⌉'),
    ('⌊', '⌋'),
    ('⸢', '⸣'),
];

/// The normal form as words are aligned by it: without the marks that a script or a language writes at will
/// (but with vowel signs that are letters), with ligatures, historic letters and forms of one letter in one
/// form, without editors' brackets and the apostrophe at the end of a word.
pub fn key_of(normal: &str) -> String {
    let normal = match normal.strip_suffix('\'') {
        Some(word) if word.ends_with(char::is_alphanumeric) => word,
        _ => normal,
    };
    if normal.is_ascii() {
        const BRACKETS: [u8; 8] = *b"()[]{}<>";
        let has_brackets = normal.bytes().any(|b| BRACKETS.contains(&b));
        let key = if has_brackets {
            normal.bytes().filter(|b| !BRACKETS.contains(b)).map(char::from).collect()
        } else {
            String::new()
        };
        return if key.is_empty() { normal.to_owned() } else { key };
    }
    let mut key = String::with_capacity(normal.len());
    let mut base = None;
    for c in normal.nfkd() {
        if is_combining_mark(c) {
            if is_letter_mark(c, base) {
                key.push(c);
            }
            continue;
        }
        base = Some(c);
        match c {
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'ß' => key.push_str("ss"),
            'ſ' => key.push('s'),
            'ø' => key.push('o'),
            'đ' | 'ð' => key.push('d'),
            'ł' => key.push('l'),
            'ħ' => key.push('h'),
            'և' => key.push_str("եւ"),
            '\u{2044}' => key.push('/'),
            // Part of a word in writing only.
            '\u{55a}'..='\u{55f}' | '\u{58a}' | '\u{640}' => {}
            _ if is_invisible(c) || is_editors_bracket(c) => {}
            _ => key.push(plain_letter(c)),
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
        assert_eq!(surfaces("workers’ – the"), ["workers’", "–", "the"]);
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
    fn apostrophes_belong_to_the_word_that_they_shorten() {
        assert_eq!(
            surfaces("'Tis true; tho' he cou'd, th' army rock'n'roll l' homme boys' book"),
            [
                "'Tis",
                "true",
                ";",
                "tho'",
                "he",
                "cou'd",
                ",",
                "th'",
                "army",
                "rock'n'roll",
                "l'",
                "homme",
                "boys'",
                "book"
            ]
        );
        assert_eq!(surfaces("‘the boys’ he said"), ["‘", "the", "boys", "’", "he", "said"]);
        assert_eq!(surfaces("'the boys' he said"), ["'", "the", "boys", "'", "he", "said"]);
        assert_eq!(key_of(&normal_form("boys’")), "boys");
    }

    #[test]
    fn marks_of_editors_and_of_emphasis_do_not_break_words() {
        assert_eq!(
            surfaces("a _dark_ and =stormy= night _very wet_, a=b"),
            ["a", "_dark_", "and", "=stormy=", "night", "_very", "wet_", ",", "a", "=", "b"]
        );
        assert_eq!(normal_form("_Dark_"), "dark");
        assert_eq!(surfaces("idea[4] tiptoe¹ 10⁵ m² x"), ["idea", "[4]", "tiptoe", "¹", "10⁵", "m²", "x"]);
        assert_eq!(surfaces("so [sic] it [...] was [gap]"), ["so", "[sic]", "it", "[...]", "was", "[gap]"]);
        assert_eq!(surfaces("f‹ι›n ⌈r⌉ex [w]ord"), ["f‹ι›n", "⌈r⌉ex", "[w]ord"]);
        assert!(is_gap_mark("[...]") && is_gap_mark("⟨…⟩") && is_gap_mark("<gap/>") && !is_gap_mark("[sic]"));
    }

    #[test]
    fn what_leaves_no_ink_is_no_part_of_a_word() {
        assert_eq!(surfaces("\u{200e}think\u{2060}—so\u{feff}").len(), 3);
        assert_eq!(normal_form("think\u{2060}"), "think");
    }

    #[test]
    fn vowel_signs_are_letters_and_points_are_not() {
        let same = |a: &str, b: &str| key_of(&normal_form(a)) == key_of(&normal_form(b));
        for (a, b) in [
            ("बालकः", "बालिका"),
            ("கமல்", "கமலி"),
            ("ไม้", "ไม"),
            ("كتب", "كاتب"),
            ("מלך", "מלכה"),
            ("λόγος", "λόγον"),
            ("ሀገር", "ሁገር"),
            ("人", "大"),
            ("が", "か"),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("ज़रूर", "जरूर"),
            ("கொ", "க\u{bc6}\u{bbe}"),
            ("ทำ", "ท\u{e4d}\u{e32}"),
            ("كَتَبَ", "كتب"),
            ("أحمد", "احمد"),
            ("מֶלֶךְ", "מלך"),
            ("ἄνθρωπος", "άνθρωποσ"),
            ("ϲωϲαϲ", "σωσας"),
            ("眾", "众"),
            ("衞", "衛"),
            ("և", "եւ"),
        ] {
            assert!(same(a, b), "{a} {b}");
        }
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
