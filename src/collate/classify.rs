//! What kind of difference it is: tests in a fixed order, each with a rule id.
//!
//! The order is that of an editor who asks first whether anything was said differently: layout,
//! punctuation, capitals, letter forms, abbreviations, numerals, word division; then whether the
//! other form is a slip (scanning error) or a spelling; then forms of the same word, names, and at
//! last other words. What no rule decides stays unclassified.

use super::alternations::Alternations;
use super::numerals::{has_figures, numerals};
use super::pack::Pack;
use super::regular::{by_pack, long_s, possessive, same_key, shortened};
use super::rules::Rules;
use super::slips::{
    Suspect, digit_in_word, divided_slip, edits, misread, misread_as_word, short_slip, slip, stray,
};
use unicode_normalization::char::is_combining_mark;

use super::token::{
    ABBREVIATION_SIGNS, Token, Vocabulary, is_editors_mark, is_gap_mark, key_of, modern_letters,
    without_emphasis,
};
use crate::model::{Confidence, VariantClass};

/// What the rules know besides the two readings.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'k> {
    /// The regularities of the language.
    pub pack: &'k Pack,
    /// The project's own rules.
    pub rules: &'k Rules,
    /// What alternates in these witnesses.
    pub learned: &'k Alternations,
    /// The first witness.
    pub a: Side<'k>,
    /// The second witness.
    pub b: Side<'k>,
}

/// What the rules know of a witness.
#[derive(Debug, Clone, Copy)]
pub struct Side<'k> {
    /// Its siglum.
    pub siglum: &'k str,
    /// Its words.
    pub vocabulary: &'k Vocabulary,
    /// Whether it is full of misread words.
    pub noisy: bool,
    /// Whether it was written by hand: then nothing in it is a scanning error.
    pub by_hand: bool,
}

/// A class with the rule that decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The class.
    pub class: VariantClass,
    /// The rule's id, such as `spelling.alternation:our/or`.
    pub rule: String,
    /// How far the class can be trusted.
    pub confidence: Confidence,
    /// For scanning errors: the side of the error.
    pub suspect: Option<Suspect>,
    /// The rule of the project that touched it, as it is written there.
    pub project_rule: Option<String>,
}

impl Verdict {
    /// A verdict as the rule gives it.
    pub(super) fn new(class: VariantClass, rule: impl Into<String>) -> Self {
        let rule = rule.into();
        let confidence = Confidence::new(trust(class, &rule));
        Self { class, rule, confidence, suspect: None, project_rule: None }
    }
}

/// How often a rule is right, by the judgement of editors on the texts it was tried on. What compares
/// characters only is certain.
fn trust(class: VariantClass, rule: &str) -> f64 {
    match (class, rule) {
        (_, "scan-error.other-word") => 0.6,
        (_, "scan-error.unattested" | "scan-error.divided") => 0.75,
        (_, "scan-error.digit-in-word") => 0.98,
        (VariantClass::ScanError, _) => 0.9,
        (VariantClass::Spelling, rule) if rule.starts_with("spelling.learned") => 0.8,
        (VariantClass::Spelling, _) => 0.95,
        (VariantClass::Inflection | VariantClass::Substitution, _) => 0.9,
        (VariantClass::Name, _) => 0.85,
        (VariantClass::Unclassified, _) => 0.5,
        _ => 1.0,
    }
}

/// Classes the tokens of a column (both sides may hold several words; one may be empty).
/// `None` where nothing differs.
pub fn classify(a: &[Token], b: &[Token], known: Knowledge<'_>) -> Option<Verdict> {
    judged(a, b, known).map(|verdict| known.rules.reclassed(verdict))
}

fn judged(a: &[Token], b: &[Token], known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    let surface = |side: &[Token]| side.iter().map(|t| t.surface.as_str()).collect::<Vec<_>>().join(" ");
    let (sa, sb) = (surface(a), surface(b));
    if sa == sb {
        return None;
    }
    let marks = |side: &[Token]| !side.iter().any(Token::is_word);
    if marks(a) && marks(b) {
        return Some(of_marks(a, b));
    }
    if let Some(verdict) = stray(a, b, known) {
        return Some(verdict);
    }
    // Against the sign of a gap nothing was added or left out: the witness does not say.
    let gap = |side: &[Token]| side.iter().any(|token| is_gap_mark(&token.surface));
    if marks(a) {
        return Some(Verdict::new(C::Addition, if gap(a) { "addition.lacuna" } else { "addition" }));
    }
    if marks(b) {
        return Some(Verdict::new(C::Omission, if gap(b) { "omission.lacuna" } else { "omission" }));
    }
    let normal = |side: &[Token]| {
        side.iter().filter(|t| t.is_word()).map(|t| t.normal.as_str()).collect::<Vec<_>>().join(" ")
    };
    let (na, nb) = (normal(a), normal(b));
    if na == nb {
        return Some(same_normal(&sa, &sb));
    }
    if let Some(verdict) = lost_word(a, b) {
        return Some(verdict);
    }
    if has_figures(&na)
        && has_figures(&nb)
        && let Some(verdict) = numerals(a, b, &na, &nb, known)
    {
        return Some(verdict);
    }
    if let Some(verdict) = possessive(&na, &nb) {
        return Some(verdict);
    }
    if key_of(&na) == key_of(&nb) {
        return Some(same_key(&na, &nb, known.pack));
    }
    if modern_letters(&key_of(&na)) == modern_letters(&key_of(&nb)) {
        return Some(Verdict::new(C::Graphic, "graphic.u-v-i-j"));
    }
    let today = |s: &str| known.pack.in_letters_of_today(&key_of(s));
    if !known.pack.letters.is_empty() && today(&na) == today(&nb) {
        return Some(Verdict::new(C::Spelling, "spelling.letters"));
    }
    known
        .rules
        .explained(&na, &nb, [known.a.siglum, known.b.siglum])
        .or_else(|| line_end(a, b, &na, &nb))
        .or_else(|| divided_or_pointed(&na, &nb, known))
        .or_else(|| marked_abbreviation(a, b, &na, &nb))
        .or_else(|| numerals(a, b, &na, &nb, known))
        .or_else(|| divided_slip(&na, &nb, known))
        .or_else(|| if na.contains(' ') || nb.contains(' ') { None } else { one_word(a, b, &na, &nb, known) })
        .or_else(|| misread(a, b, &na, &nb, known))
        .or(Some(Verdict::new(C::Substitution, "substitution")))
}

/// Marks against marks, or against nothing: of the text, of an editor, or of plain text that says how words
/// are set.
fn of_marks(a: &[Token], b: &[Token]) -> Verdict {
    let all = |is: fn(&str) -> bool| a.iter().chain(b).all(|token| is(&token.surface));
    if all(is_editors_mark) {
        return Verdict::new(VariantClass::Editorial, "editorial.mark");
    }
    if all(|surface| surface.chars().all(|c| matches!(c, '_' | '*' | '='))) {
        return Verdict::new(VariantClass::Typography, "typography.emphasis");
    }
    Verdict::new(VariantClass::Punctuation, punctuation_rule(a, b))
}

/// One side has all words of the other and more before or behind them: words were lost, not divided.
fn lost_word(a: &[Token], b: &[Token]) -> Option<Verdict> {
    let keys = |side: &[Token]| -> Vec<String> {
        side.iter().filter(|t| t.is_word()).map(|t| t.key.clone()).collect()
    };
    let (ka, kb) = (keys(a), keys(b));
    let within = |few: &[String], many: &[String]| {
        few.len() < many.len() && (many.starts_with(few) || many.ends_with(few))
    };
    if within(&ka, &kb) {
        Some(Verdict::new(VariantClass::Addition, "addition"))
    } else if within(&kb, &ka) {
        Some(Verdict::new(VariantClass::Omission, "omission"))
    } else {
        None
    }
}

fn punctuation_rule(a: &[Token], b: &[Token]) -> &'static str {
    match (a, b) {
        ([], _) => "punctuation.added",
        (_, []) => "punctuation.dropped",
        ([x], [y]) if x.normal == y.normal => "punctuation.shape",
        _ => "punctuation.changed",
    }
}

/// The normal forms agree: capitals, or the shape of an apostrophe or a dash.
fn same_normal(sa: &str, sb: &str) -> Verdict {
    let lower = |s: &str| s.to_lowercase();
    if lower(sa) == lower(sb) {
        return Verdict::new(VariantClass::Capitalisation, "capitalisation");
    }
    let plain = |s: &str| lower(s).split(' ').map(without_emphasis).collect::<Vec<_>>().join(" ");
    if plain(sa) == plain(sb) {
        return Verdict::new(VariantClass::Typography, "typography.emphasis");
    }
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(sa) == letters(sb) {
        Verdict::new(VariantClass::Punctuation, "punctuation.shape")
    } else {
        Verdict::new(VariantClass::Graphic, "graphic.unicode-form")
    }
}

/// A hyphen at the end of a line, where the text itself does not say whether it belongs to the word, against
/// the word with or without it: most likely no difference.
fn line_end(a: &[Token], b: &[Token], na: &str, nb: &str) -> Option<Verdict> {
    let broken = |side: &[Token]| side.iter().any(Token::is_broken);
    let joined = |s: &str| s.replace('-', "");
    ((broken(a) || broken(b)) && joined(na) == joined(nb)).then(|| Verdict {
        confidence: Confidence::new(0.3),
        ..Verdict::new(VariantClass::WordDivision, "word-division.line-end")
    })
}

/// The same letters with other marks or spaces between them, or an abbreviation.
fn divided_or_pointed(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    // The signs for words are no marks between them.
    let counts =
        |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '&' | '⁊' | '%' | '‰');
    let letters = |s: &str| key_of(s).chars().filter(counts).collect::<String>();
    if letters(na) == letters(nb) {
        let without = |s: &str, marks: &[char]| s.chars().filter(|c| !marks.contains(c)).collect::<String>();
        return Some(if without(na, &['.']) == without(nb, &['.']) {
            Verdict::new(C::Abbreviation, "abbreviation.stops")
        } else if without(na, &['\'']) == without(nb, &['\'']) {
            Verdict::new(C::Punctuation, "punctuation.apostrophe")
        } else {
            Verdict::new(C::WordDivision, "word-division")
        });
    }
    if is_sign_for_and(na, nb) || is_sign_for_and(nb, na) {
        return Some(Verdict::new(C::Abbreviation, "abbreviation.sign"));
    }
    let abbreviated = known.pack.abbreviates(na, nb) || known.pack.abbreviates(nb, na);
    if abbreviated {
        return Some(Verdict::new(C::Abbreviation, "abbreviation.known"));
    }
    long_s(na, nb).or_else(|| shortened(na, nb))
}

/// Whether a sign stands for a word that means "and".
fn is_sign_for_and(sign: &str, word: &str) -> bool {
    const AND: [&str; 14] =
        ["and", "et", "und", "y", "e", "i", "en", "och", "og", "ja", "és", "ac", "и", "και"];
    matches!(sign, "&" | "⁊") && AND.contains(&word)
}

/// A form with a sign of abbreviation that has the other's first letter, and its other letters in the
/// order of the other.
fn marked_abbreviation(a: &[Token], b: &[Token], na: &str, nb: &str) -> Option<Verdict> {
    let marked = |side: &[Token]| side.iter().any(|t| t.surface.contains(ABBREVIATION_SIGNS));
    let letters = |s: &str| key_of(s).chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
    let (x, y) = (letters(na), letters(nb));
    let (short, long, is_marked) = if x.len() < y.len() { (x, y, marked(a)) } else { (y, x, marked(b)) };
    let mut rest = long.iter();
    let is_cut = short.len() < long.len()
        && short.first() == long.first()
        && short.iter().all(|letter| rest.any(|other| other == letter));
    (is_marked && is_cut).then(|| Verdict::new(VariantClass::Abbreviation, "abbreviation.marked"))
}

/// One word against one word: slip, spelling, inflection, name.
fn one_word(a: &[Token], b: &[Token], na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    if let Some(verdict) = digit_in_word(na, nb) {
        return Some(verdict);
    }
    if let Some(verdict) = by_pack(na, nb, known.pack) {
        return Some(verdict);
    }
    let (ka, kb) = (key_of(na), key_of(nb));
    let alternation = known.pack.alternation(&ka, &kb);
    if let Some(group) = alternation.as_ref().filter(|g| g.split('/').any(|side| side.chars().count() >= 4)) {
        return Some(Verdict::new(C::Spelling, format!("spelling.alternation:{group}")));
    }
    if let Some(verdict) = misread(a, b, na, nb, known) {
        return Some(verdict);
    }
    if known.pack.is_inflection(na, nb) {
        return Some(Verdict::new(C::Inflection, "inflection"));
    }
    let distance = edits(&ka, &kb);
    let longest = ka.chars().count().max(kb.chars().count());
    let is_name = |tokens: &[Token], vocabulary: &Vocabulary| {
        tokens
            .iter()
            .filter(|t| t.is_word())
            .all(|t| t.surface.starts_with(char::is_uppercase) && !vocabulary.occurs_small(&t.normal))
            // The capital with which a sentence begins says nothing.
            && tokens.iter().find(|t| t.is_word()).is_some_and(|t| !t.opens)
    };
    // What these witnesses do again and again is no slip.
    if let Some(group) = known.learned.explanation(&ka, &kb) {
        return Some(Verdict::new(C::Spelling, format!("spelling.learned:{group}")));
    }
    if let Some(verdict) = short_slip(na, nb, known) {
        return Some(verdict);
    }
    if longest >= 4 && distance <= 3 {
        if let Some(verdict) = slip(na, nb, known) {
            return Some(verdict);
        }
        if let Some(group) = alternation {
            return Some(Verdict::new(C::Spelling, format!("spelling.alternation:{group}")));
        }
    }
    if let Some(verdict) = misread_as_word(na, nb, known) {
        return Some(verdict);
    }
    if is_name(a, known.a.vocabulary) && is_name(b, known.b.vocabulary) {
        return Some(Verdict::new(C::Name, "name"));
    }
    let similarity = 1.0 - distance as f64 / longest.max(1) as f64;
    (longest >= 5 && distance <= 2 && similarity >= 0.7)
        .then(|| Verdict::new(C::Unclassified, "unclassified.similar-words"))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens_of;
    use super::*;
    use crate::model::testing::text;
    use crate::model::{Lang, Segmented};

    /// Classes two readings in a context that gives the vocabularies.
    fn class_in(context: &str, a: &str, b: &str) -> (VariantClass, Option<Suspect>) {
        let (ta, tb) = (text("A", &[a, context]), text("B", &[b, context]));
        class_behind(0, &ta, &tb)
    }

    /// Classes what stands behind the first `skipped` tokens of the first sentence of two texts.
    fn class_behind(skipped: usize, ta: &Segmented, tb: &Segmented) -> (VariantClass, Option<Suspect>) {
        let (va, vb) = (Vocabulary::of(ta), Vocabulary::of(tb));
        let side = |siglum, vocabulary| Side { siglum, vocabulary, noisy: false, by_hand: false };
        let (rules, learned) = (Rules::default(), Alternations::default());
        let pack = Pack::of(&Lang::new("en"));
        let known =
            Knowledge { pack, rules: &rules, learned: &learned, a: side("A", &va), b: side("B", &vb) };
        let words = (&tokens_of(ta, 0..1)[skipped..], &tokens_of(tb, 0..1)[skipped..]);
        let verdict = classify(words.0, words.1, known).unwrap();
        (verdict.class, verdict.suspect)
    }

    fn class(a: &str, b: &str) -> VariantClass {
        class_in("", a, b).0
    }

    #[test]
    fn an_editor_s_classes() {
        use VariantClass as C;
        let cases = [
            ("Old Guard", "old guard", C::Capitalisation),
            ("“", "\"", C::Punctuation),
            ("–", "--", C::Punctuation),
            ("one’s", "one's", C::Punctuation),
            ("EDITORS", "EDITOR’S", C::Punctuation),
            ("régime", "regime", C::Graphic),
            ("encyclopædia", "encyclopaedia", C::Graphic),
            ("ſtate", "state", C::Graphic),
            ("USSR", "U.S.S.R.", C::Abbreviation),
            ("Mr", "Mister", C::Abbreviation),
            ("et", "&", C::Abbreviation),
            ("բզ՟մ", "բազում", C::Abbreviation),
            ("гдⷭ҇ь", "господь", C::Abbreviation),
            ("զա՟մ", "ժամ", C::Substitution),
            ("11", "eleven", C::Numeral),
            ("half million", "500,000", C::Numeral),
            ("five-year", "5-year", C::Numeral),
            ("XIV", "14", C::Numeral),
            ("XIV", "fourteen", C::Numeral),
            ("VI", "VII", C::Number),
            ("MILL", "MILLS", C::Inflection),
            ("ten", "seven", C::Number),
            ("1914-18", "1914-17", C::Number),
            ("to day", "today", C::WordDivision),
            ("world-wide", "worldwide", C::WordDivision),
            ("colour", "color", C::Spelling),
            ("defense", "defence", C::Spelling),
            ("retreat", "retreats", C::Inflection),
            ("toiling", "working", C::Substitution),
        ];
        for (a, b, expected) in cases {
            assert_eq!(class(a, b), expected, "{a} | {b}");
        }
    }

    #[test]
    fn a_capital_makes_a_name_where_no_sentence_begins() {
        let (ta, tb) = (text("A", &["said Rauschning"]), text("B", &["said Rauschnigg"]));
        assert_eq!(class_behind(1, &ta, &tb).0, VariantClass::Name);
        assert_ne!(class("Caelum", "Celum"), VariantClass::Name);
    }

    #[test]
    fn slips_are_told_by_attestation_and_shape() {
        use VariantClass as C;
        assert_eq!(class_in("aggression again", "agression", "aggression"), (C::ScanError, Some(Suspect::A)));
        assert_eq!(class_in("", "incomparably", "incomparab1y"), (C::ScanError, Some(Suspect::B)));
        assert_eq!(
            class_in("the German and German", "Italo-Gernian", "Italo-German"),
            (C::ScanError, Some(Suspect::A))
        );
        assert_eq!(class_in("it makes sense", "sense", "se se"), (C::ScanError, Some(Suspect::B)));
        assert_eq!(
            class_in("the honour of it", "honour", "honor").0,
            C::Spelling,
            "one spelling elsewhere is no proof of a slip"
        );
    }
}
