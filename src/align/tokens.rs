//! Words, numbers, ideographs and marks of a segment: what both engines read instead of characters.

use any_ascii::any_ascii_char;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::model::Script;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters of a script with spaces.
    Word,
    /// Digits; separators of thousands are dropped.
    Number,
    /// One character of a script without spaces.
    Ideograph,
    /// Punctuation.
    Mark(Mark),
}

/// Punctuation, one name for the forms of all scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Stop,
    Question,
    Exclamation,
    Colon,
    Semicolon,
    Comma,
    Ellipsis,
    Dash,
    Quote,
    Open,
    Close,
    Other,
}

impl Mark {
    fn of(c: char) -> Option<Self> {
        Some(match c {
            '.' | '。' | '．' | '｡' | '।' | '॥' | '։' | '።' | '۔' | '\u{5c3}' => Self::Stop,
            '?' | '？' | '؟' | '՞' | '\u{37e}' | '⁇' => Self::Question,
            '!' | '！' | '՜' | '‼' => Self::Exclamation,
            ':' | '：' => Self::Colon,
            ';' | '；' | '؛' | '\u{387}' | '·' => Self::Semicolon,
            ',' | '，' | '、' | '،' | '､' => Self::Comma,
            '…' | '⋯' => Self::Ellipsis,
            '-' | '–' | '—' | '―' | '‒' | '‐' | '‑' | '－' | '─' => Self::Dash,
            '"'
            | '\u{201c}'..='\u{201f}'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '＂'
            | '\''
            | '`'
            | '\u{2018}'..='\u{201b}' => Self::Quote,
            '(' | '（' | '[' | '【' | '［' | '〔' | '{' => Self::Open,
            ')' | '）' | ']' | '】' | '］' | '〕' | '}' => Self::Close,
            _ => return None,
        })
    }
}

/// A word, number, ideograph or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower case, without diacritics on letters that have them as an ornament of the base letter.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
}

impl Token {
    /// Whether it carries meaning of its own: everything but marks.
    pub(crate) fn is_word(&self) -> bool {
        !matches!(self.kind, TokenKind::Mark(_))
    }
}

/// An apostrophe or hyphen-like joint inside a word is no mark.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '`' | '\u{2bc}')
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || is_combining_mark(c) || c == '\u{ad}') && Script::of(c) != Script::Unspaced
}

/// Which marks on letters tell words apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Folding {
    /// Accents come and go with spelling and type: they are dropped.
    #[default]
    Plain,
    /// Marks are tones, and a syllable without them is another word (Vietnamese).
    Tones,
}

/// Letters after which the language of a text is not looked at any further.
const FOLDING_LETTERS: usize = 20_000;
/// One letter in so many that only languages of tones have makes a text one of them.
const TONAL: usize = 40;

impl Folding {
    /// What the letters of a text ask for.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut letters, mut tonal) = (0, 0);
        for c in texts.into_iter().flat_map(str::chars).filter(|c| !c.is_whitespace()).take(FOLDING_LETTERS) {
            letters += 1;
            // Letters with a horn, a dot below or two marks, composed or not.
            let is_tonal =
                matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'ư' | 'Ơ' | 'Ư' | '\u{31b}' | '\u{323}');
            tonal += usize::from(is_tonal);
        }
        if tonal * TONAL > letters { Self::Tones } else { Self::Plain }
    }
}

/// Cuts a segment into tokens, in order.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    tokenize_as(text, Folding::Plain)
}

/// The same for a text whose marks ask for it.
pub(crate) fn tokenize_as(text: &str, folding: Folding) -> Vec<Token> {
    // Most text is normal as it is.
    let normal = is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let chars: Vec<char> = if normal { text.chars().collect() } else { text.nfkc().collect() };
    let mut tokens: Vec<Token> = Vec::new();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let start = i;
        if c.is_whitespace() {
            i += 1;
        } else if let Some(mark) = Mark::of(c) {
            i += 1;
            let beside = |k: Option<usize>| k.and_then(|k| chars.get(k)).is_some_and(|c| c.is_alphanumeric());
            if is_apostrophe(c) && beside(start.checked_sub(1)) && beside(Some(i)) {
                continue;
            }
            while mark == Mark::Stop && chars.get(i) == Some(&c) {
                i += 1;
            }
            let mark = if i - start > 1 { Mark::Ellipsis } else { mark };
            let repeated = matches!(mark, Mark::Dash | Mark::Ellipsis)
                && tokens.last().is_some_and(|t| t.kind == TokenKind::Mark(mark));
            if !repeated {
                tokens.push(Token { text: String::new(), kind: TokenKind::Mark(mark), capital: false });
            }
        } else if c.is_numeric() && Script::of(c) != Script::Unspaced {
            let mut digits = String::new();
            while let Some(&d) = chars.get(i) {
                if d.is_numeric() && Script::of(d) != Script::Unspaced {
                    digits.push(decimal(d));
                } else if !is_thousands_separator(&chars, i) {
                    break;
                }
                i += 1;
            }
            tokens.push(Token { text: digits, kind: TokenKind::Number, capital: false });
        } else if let Some((end, number)) = ideographic_number(&chars, i) {
            i = end;
            tokens.push(Token { text: number, kind: TokenKind::Number, capital: false });
        } else if is_katakana(c) && chars.get(i + 1).is_some_and(|&c| is_katakana(c)) {
            while chars.get(i).is_some_and(|&c| is_katakana(c)) {
                i += 1;
            }
            // A foreign word or name: what a capital is in other scripts.
            let text = chars[start..i].iter().collect();
            tokens.push(Token { text, kind: TokenKind::Word, capital: true });
        } else if is_letter(c) {
            while chars.get(i).is_some_and(|&l| is_letter(l)) || is_misread_letter(&chars, i) {
                i += 1;
            }
            let word: String = chars[start..i].iter().filter(|&&l| l != '\u{ad}').collect();
            if !word.is_empty() {
                tokens.push(Token {
                    text: bare(&word, folding),
                    kind: TokenKind::Word,
                    capital: c.is_uppercase(),
                });
            }
        } else if c.is_alphanumeric() {
            i += 1;
            tokens.push(Token { text: c.to_string(), kind: TokenKind::Ideograph, capital: false });
        } else {
            i += 1;
            tokens.push(Token { text: String::new(), kind: TokenKind::Mark(Mark::Other), capital: false });
        }
    }
    tokens
}

/// Whether `chars[i]` is a digit between letters: a scanning error such as `incomparab1y`.
fn is_misread_letter(chars: &[char], i: usize) -> bool {
    let letter = |k: Option<usize>| k.and_then(|k| chars.get(k)).is_some_and(|&c| is_letter(c));
    chars.get(i).is_some_and(char::is_ascii_digit) && letter(i.checked_sub(1)) && letter(i.checked_add(1))
}

/// Katakana with the mark that lengthens a vowel.
fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}')
}

/// The value of a Chinese numeral: a digit, or a power of ten. 廿 and 卅 are left out, as is 两, which
/// more often stands for "both".
fn ideographic_numeral(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '壱' => 1,
        '二' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' | '萬' => 10_000,
        '億' | '亿' => 100_000_000,
        _ => return None,
    })
}

/// A number of at least two Chinese numerals from `start` on: where it ends, and its digits. Both ways
/// of writing are read, digit by digit (一九四〇) and with powers of ten (三百六十五).
fn ideographic_number(chars: &[char], start: usize) -> Option<(usize, String)> {
    let values: Vec<u64> = chars[start..].iter().map_while(|&c| ideographic_numeral(c)).collect();
    if values.len() < 2 {
        return None;
    }
    let end = start + values.len();
    if values.iter().all(|&v| v < 10) {
        return Some((end, values.iter().map(|v| v.to_string()).collect()));
    }
    // Groups of four digits, each of units before tens, hundreds and thousands.
    let (mut total, mut group, mut digit) = (0u64, 0u64, None);
    for value in values {
        match value {
            0..10 => digit = Some(digit.map_or(value, |d: u64| d.saturating_mul(10).saturating_add(value))),
            10_000.. => {
                let sum = group.saturating_add(digit.take().unwrap_or(0)).max(1);
                total = total.saturating_add(sum.saturating_mul(value));
                group = 0;
            }
            _ => group = group.saturating_add(digit.take().unwrap_or(1).saturating_mul(value)),
        }
    }
    let number = total.saturating_add(group).saturating_add(digit.unwrap_or(0));
    Some((end, number.to_string()))
}

/// The numbers of a text in a script without spaces, in figures or in numerals of one character or more.
/// A single 一 is left out: it is more often an article.
pub(crate) fn numerals(text: &str) -> Vec<u64> {
    let chars: Vec<char> = text.nfkc().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if c.is_ascii_digit() {
            let digits: String = chars[i..].iter().take_while(|c| c.is_ascii_digit()).collect();
            i += digits.len();
            found.extend(digits.parse::<u64>().ok());
        } else if let Some((end, number)) = ideographic_number(&chars, i) {
            i = end;
            found.extend(number.parse::<u64>().ok());
        } else {
            found.extend(ideographic_numeral(c).filter(|&value| value > 1));
            i += 1;
        }
    }
    found
}

/// A digit of any script as an ASCII digit; other numeric characters as they are.
fn decimal(c: char) -> char {
    match any_ascii_char(c).as_bytes() {
        [d] if d.is_ascii_digit() => char::from(*d),
        _ => c,
    }
}

/// Whether `chars[i]` separates thousands: three digits follow, not four.
fn is_thousands_separator(chars: &[char], i: usize) -> bool {
    matches!(chars.get(i), Some('.' | ',' | '\'' | '\u{2019}' | ' '))
        && chars.get(i + 1..i + 4).is_some_and(|next| next.iter().all(char::is_ascii_digit))
        && !chars.get(i + 4).is_some_and(char::is_ascii_digit)
}

/// Whether a combining mark is an ornament of the letter before it: an accent, a Hebrew point, an Arabic
/// vowel. The vowel signs of Indic and other scripts are letters.
fn is_ornament(c: char) -> bool {
    is_combining_mark(c)
        && matches!(c as u32,
            0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F
            | 0x0670 | 0x06D6..=0x06ED | 0x0711 | 0x0730..=0x074A | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF
            | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// Lower case without ornaments.
fn bare(word: &str, folding: Folding) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if folding == Folding::Tones {
        return word.nfc().flat_map(char::to_lowercase).collect();
    }
    let plain: String = word.nfd().filter(|&c| !is_ornament(c)).flat_map(char::to_lowercase).collect();
    let plain: String = plain.nfc().collect();
    if plain.is_empty() { word.to_lowercase() } else { plain }
}

/// A word in the form in which it is compared: compatibility forms, lower case, no ornaments of letters
/// unless they tell words apart, no soft hyphens.
pub(crate) fn folded_as(word: &str, folding: Folding) -> String {
    bare(&word.nfkc().filter(|&c| c != '\u{ad}').collect::<String>(), folding)
}

/// A word in Latin letters: how a name sounds, whatever script it is written in.
pub(crate) fn romanised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric));
        }
    }
    out.make_ascii_lowercase();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokenize(text).into_iter().filter(Token::is_word).map(|t| t.text).collect()
    }

    #[test]
    fn words_numbers_ideographs() {
        let expected = ["don", "t", "the", "regime", "s", "500000", "men"];
        assert_eq!(words("Don’t the Régime’s 500,000 men"), expected);
        assert_eq!(words("incomparab1y A4"), ["incomparab1y", "a", "4"]);
        assert_eq!(words("在1940年"), ["在", "1940", "年"]);
        assert_eq!(words("٣٤"), ["34"]);
        assert_eq!(words("ノアの子アブラハム"), ["ノア", "の", "子", "アブラハム"]);
    }

    #[test]
    fn chinese_numerals_are_numbers() {
        for (text, number) in [
            ("一九四〇", "1940"),
            ("三百六十五", "365"),
            ("十二", "12"),
            ("二十", "20"),
            ("二万三千", "23000"),
            ("一億二千万", "120000000"),
            ("千五百〇三", "1503"),
        ] {
            assert_eq!(words(text), [number]);
        }
        assert_eq!(words("一人十分"), ["一", "人", "十", "分"], "one alone is a word");
        assert_eq!(words(&"九".repeat(40)), ["9".repeat(40)]);
        assert_eq!(words(&"億".repeat(40)).len(), 1, "too large a number is still one word");
    }

    #[test]
    fn marks_have_one_name_in_all_scripts() {
        let marks = |s: &str| tokenize(s).into_iter().map(|t| t.kind).collect::<Vec<_>>();
        assert_eq!(marks("。"), [TokenKind::Mark(Mark::Stop)]);
        assert_eq!(marks("..."), [TokenKind::Mark(Mark::Ellipsis)]);
        assert_eq!(marks("— –"), [TokenKind::Mark(Mark::Dash)]);
    }

    #[test]
    fn vowel_signs_and_tones_tell_words_apart() {
        let written = ["में", "मैं", "माँ"];
        let folded: std::collections::BTreeSet<String> =
            written.iter().map(|word| folded_as(word, Folding::Plain)).collect();
        assert_eq!(folded.len(), 3);
        assert_eq!(folded_as("réussi", Folding::Plain), "reussi");
        let line = "Năm nay người Việt ở đây được mùa lúa";
        assert_eq!(Folding::of([line]), Folding::Tones);
        assert_eq!(Folding::of(["Réussi à Žižkov, mañana; să fie."]), Folding::Plain);
        assert_ne!(folded_as("năm", Folding::Tones), folded_as("nam", Folding::Tones));
        assert_eq!(tokenize_as("Năm", Folding::Tones)[0].text, "năm");
    }

    #[test]
    fn names_sound_alike_across_scripts() {
        assert_eq!(romanised("сталин"), "stalin");
        assert_eq!(romanised("abc"), "abc");
    }
}
