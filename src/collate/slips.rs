//! Slips: what a scanner, a compositor or a typist got wrong, told from what was meant.
//!
//! Two cases. In a sound witness a slip is a form that nobody else has, beside one that is at home. In a
//! witness that is full of misread words ([`super::noise`]) every strange form is likelier a misreading
//! than another word, and so is even a word of the language that differs in one letter.

use super::classify::{Knowledge, Verdict};
use super::shapes::{LONGEST, confusable};
use super::token::{Token, Vocabulary, key_of};
use crate::model::VariantClass;

/// In which witness a slip stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspect {
    /// In the first.
    A,
    /// In the second.
    B,
}

/// The side of which alone something holds.
fn only(a: bool, b: bool) -> Option<Suspect> {
    match (a, b) {
        (true, false) => Some(Suspect::A),
        (false, true) => Some(Suspect::B),
        _ => None,
    }
}

fn scan_error(rule: &str, suspect: Suspect) -> Verdict {
    Verdict { suspect: Some(suspect), ..Verdict::new(VariantClass::ScanError, rule) }
}

/// How many letters must be changed, or exchanged with their neighbour, to make one word of the other; all
/// of them where a word is beyond measure.
pub(super) fn edits(a: &str, b: &str) -> usize {
    let longest = a.len().max(b.len());
    if longest > LONGEST { longest } else { strsim::damerau_levenshtein(a, b) }
}

/// The share of letters that need no such change.
fn resemblance(a: &str, b: &str) -> f64 {
    if a.len().max(b.len()) > LONGEST { 0.0 } else { strsim::normalized_damerau_levenshtein(a, b) }
}

/// A figure inside a word (`incomparab1y`) that is a letter in the other witness.
pub(super) fn digit_in_word(na: &str, nb: &str) -> Option<Verdict> {
    let mixed = |s: &str| mixes_figures(s) && s.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let suspect = only(mixed(na), mixed(nb)).filter(|_| edits(na, nb) <= 2)?;
    Some(scan_error("scan-error.digit-in-word", suspect))
}

fn mixes_figures(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic)
}

/// A word of three letters is a slip only if it looks like one of the commonest words (`tbe`).
pub(super) fn short_slip(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    let (ka, kb) = (key_of(na), key_of(nb));
    let longest = ka.chars().count().max(kb.chars().count());
    if longest != 3 || edits(&ka, &kb) != 1 || !confusable(&ka, &kb) {
        return None;
    }
    let suspect = attested_against_slip(na, nb, known)?;
    let meant = if suspect == Suspect::A { nb } else { na };
    let frequent = known.a.vocabulary.is_frequent_with(known.b.vocabulary, meant);
    frequent.then(|| scan_error("scan-error.confusable", suspect))
}

/// A longer word that nobody else has, a few letters from one that is at home.
pub(super) fn slip(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    let (ka, kb) = (key_of(na), key_of(nb));
    let suspect = attested_against_slip(na, nb, known)?;
    if parts(&ka, &kb).any(|(x, y)| confusable(x, y)) || confusable(&ka, &kb) {
        return Some(scan_error("scan-error.confusable", suspect));
    }
    let longest = ka.chars().count().max(kb.chars().count());
    let one_letter = edits(&ka, &kb) == 1 && longest >= 5;
    (one_letter && !known_spelling_pair(na, nb, known)).then(|| scan_error("scan-error.unattested", suspect))
}

/// A word with a letter wrong and a gap in it (`se se` for `sense`), whose pieces stand nowhere else.
pub(super) fn divided_slip(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    let suspect = only(na.contains(' '), nb.contains(' '))?;
    if if suspect == Suspect::A { known.a.by_hand } else { known.b.by_hand } {
        return None;
    }
    let (a, b) = (known.a.vocabulary, known.b.vocabulary);
    let (pieces, whole, own, other) = if suspect == Suspect::A { (na, nb, a, b) } else { (nb, na, b, a) };
    let strange = |piece: &str| {
        own.count(piece) <= pieces.split(' ').filter(|p| *p == piece).count() && other.count(piece) == 0
    };
    let letters = pieces.replace(' ', "");
    let slip = letters.chars().count() >= 4 && pieces.split(' ').all(strange) && edits(&letters, whole) == 1;
    slip.then(|| scan_error("scan-error.divided", suspect))
}

/// Parts of compounds that differ (`italo-gernian`, `italo-german` differ in the second).
fn parts<'w>(a: &'w str, b: &'w str) -> impl Iterator<Item = (&'w str, &'w str)> {
    let same = a.split('-').count() == b.split('-').count();
    a.split('-').zip(b.split('-')).filter(move |(x, y)| same && x != y)
}

/// A form that stands once in its witness, while the other form is at home in the same witness or
/// twice or more in the other: the rare form is the slip. For compounds their parts are asked.
fn attested_against_slip(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Suspect> {
    let (x, y) = parts(na, nb).next().unwrap_or((na, nb));
    let slip = |form: &str, other: &str, own: &Vocabulary, its: &Vocabulary| {
        let whole = own.count(form) + its.count(form);
        whole <= 1 && (own.count(other) >= 1 || its.count(other) >= 2)
    };
    let (a, b) = (known.a.vocabulary, known.b.vocabulary);
    only(slip(x, y, a, b) && !known.a.by_hand, slip(y, x, b, a) && !known.b.by_hand)
}

/// A spelling that the language knows and that the witness keeps to elsewhere is no slip.
fn known_spelling_pair(na: &str, nb: &str, known: Knowledge<'_>) -> bool {
    known.pack.alternation(na, nb).is_some_and(|group| !doubled_letter(&group))
}

/// `gg/g`: a doubled letter is a spelling in some words and the commonest slip in the others.
fn doubled_letter(group: &str) -> bool {
    group
        .split_once('/')
        .is_some_and(|(x, y)| x.chars().count() + y.chars().count() == 3 && (x.contains(y) || y.contains(x)))
}

/// Least resemblance, as a share of the letters, of a misread word or phrase; so much is left of words in
/// the worst of scans.
const RESEMBLANCE: f64 = 0.3;
/// A form counts as strange in the other witness if it has the counterpart so many times as often: what
/// slipped through a correction is no word.
const FOR_ONE: usize = 10;

/// In a witness that is full of misread words: words that the other does not know, and that resemble what
/// it has or can be no words at all.
pub(super) fn misread(a: &[Token], b: &[Token], na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    let strange = |form: &str, counterpart: &str, other: &Vocabulary| {
        let unknown = |word: &str| other.count(word) * FOR_ONE <= other.count(counterpart);
        let letters: usize = form.split(' ').filter(|word| unknown(word)).map(str::len).sum();
        letters > 0 && 2 * letters >= form.split(' ').map(str::len).sum()
    };
    let in_a = known.a.noisy && strange(na, nb, known.b.vocabulary);
    let in_b = known.b.noisy && strange(nb, na, known.a.vocabulary);
    let suspect = only(in_a, in_b)?;
    let letters = |s: &str| key_of(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (x, y) = (letters(na), letters(nb));
    let (side, other) = if suspect == Suspect::A { (a, known.b.vocabulary) } else { (b, known.a.vocabulary) };
    let likely = resemblance(&x, &y) >= RESEMBLANCE
        || confusable(&x, &y)
        || side.iter().any(|token| token.is_word() && is_no_word(token, other));
    likely.then(|| scan_error("scan-error.misread", suspect))
}

/// Letters and figures mixed, a capital behind a small letter, or so short a form that the other witness
/// would have it: short words are few, and every text has them.
fn is_no_word(token: &Token, other: &Vocabulary) -> bool {
    let capital_inside = token
        .surface
        .chars()
        .zip(token.surface.chars().skip(1))
        .any(|(x, y)| x.is_lowercase() && y.is_uppercase());
    other.count(&token.normal) == 0
        && (mixes_figures(&token.normal) || capital_inside || token.normal.chars().count() <= 2)
}

/// In such a witness: a word of the language, one letter from the other's.
pub(super) fn misread_as_word(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    let suspect = only(known.a.noisy, known.b.noisy)?;
    let (ka, kb) = (key_of(na), key_of(nb));
    let close = edits(&ka, &kb) == 1 || confusable(&ka, &kb);
    close.then(|| scan_error("scan-error.other-word", suspect))
}

/// Longest stray letters, together.
const STRAY: usize = 3;
/// A letter or figure by itself is a word of the other witness if it stands so often there.
const ALONE_ONE_IN: usize = 500;

/// In such a witness: a few letters that are no word, where the other has nothing.
pub(super) fn stray(a: &[Token], b: &[Token], known: Knowledge<'_>) -> Option<Verdict> {
    let is = |side: &[Token], other: &Vocabulary| {
        let no_word = |token: &&Token| {
            let count = other.count(&token.normal);
            count == 0 || token.letters() == 1 && count * ALONE_ONE_IN < other.total()
        };
        let mut words = side.iter().filter(|t| t.is_word());
        let letters: usize = words.clone().map(Token::letters).sum();
        (1..=STRAY).contains(&letters) && words.all(|token| no_word(&token))
    };
    let in_a = known.a.noisy && b.is_empty() && is(a, known.b.vocabulary);
    let in_b = known.b.noisy && a.is_empty() && is(b, known.a.vocabulary);
    Some(scan_error("scan-error.stray", only(in_a, in_b)?))
}
