//! What kind of difference it is: tests in a fixed order, each with a rule id.
//!
//! The order is that of an editor who asks first whether anything was said differently: layout,
//! punctuation, capitals, letter forms, abbreviations, numerals, word division; then whether the
//! other form is a slip (scanning error) or a spelling; then forms of the same word, names, and at
//! last other words. What no rule decides stays unclassified.

use super::alternations::Alternations;
use super::pack::Pack;
use super::rules::Rules;
use super::slips::{
    Suspect, digit_in_word, divided_slip, edits, misread, misread_as_word, short_slip, slip, stray,
};
use super::token::{ABBREVIATION_SIGNS, Token, Vocabulary, key_of, modern_letters};
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
        return Some(Verdict::new(C::Punctuation, punctuation_rule(a, b)));
    }
    if let Some(verdict) = stray(a, b, known) {
        return Some(verdict);
    }
    if a.is_empty() || (marks(a) && !b.is_empty()) {
        return Some(Verdict::new(C::Addition, "addition"));
    }
    if b.is_empty() || marks(b) {
        return Some(Verdict::new(C::Omission, "omission"));
    }
    let normal = |side: &[Token]| {
        side.iter().filter(|t| t.is_word()).map(|t| t.normal.as_str()).collect::<Vec<_>>().join(" ")
    };
    let (na, nb) = (normal(a), normal(b));
    if na == nb {
        return Some(same_normal(&sa, &sb));
    }
    if key_of(&na) == key_of(&nb) {
        return Some(Verdict::new(C::Graphic, "graphic.letter-form"));
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
        .or_else(|| divided_or_pointed(&na, &nb, known))
        .or_else(|| marked_abbreviation(a, b, &na, &nb))
        .or_else(|| numerals(a, b, &na, &nb, known))
        .or_else(|| divided_slip(&na, &nb, known))
        .or_else(|| if na.contains(' ') || nb.contains(' ') { None } else { one_word(a, b, &na, &nb, known) })
        .or_else(|| misread(a, b, &na, &nb, known))
        .or(Some(Verdict::new(C::Substitution, "substitution")))
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
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(sa) == letters(sb) {
        Verdict::new(VariantClass::Punctuation, "punctuation.shape")
    } else {
        Verdict::new(VariantClass::Graphic, "graphic.unicode-form")
    }
}

/// The same letters with other marks or spaces between them, or an abbreviation.
fn divided_or_pointed(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    let letters = |s: &str| key_of(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
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
    abbreviated.then(|| Verdict::new(C::Abbreviation, "abbreviation.known"))
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

/// Figures against words, and numbers that differ; also inside compounds (`5-year`, `five-year`).
fn numerals(a: &[Token], b: &[Token], na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    let value = |s: &str| known.pack.number(s);
    let of = |side: &[Token], normal: &str| roman_numeral(side).or_else(|| value(normal));
    if let (Some(x), Some(y)) = (of(a, na), of(b, nb)) {
        return Some(if x == y {
            Verdict::new(C::Numeral, "numeral.same-value")
        } else {
            Verdict::new(C::Number, "number.other-value")
        });
    }
    let (parts_a, parts_b): (Vec<&str>, Vec<&str>) =
        (na.split(['-', ' ']).collect(), nb.split(['-', ' ']).collect());
    if parts_a.len() == parts_b.len() && parts_a.len() > 1 {
        let differing: Vec<_> = parts_a.iter().zip(&parts_b).filter(|(x, y)| x != y).collect();
        let values: Option<Vec<_>> = differing.iter().map(|(x, y)| Some((value(x)?, value(y)?))).collect();
        if let Some(values) = values.filter(|v| !v.is_empty()) {
            let same = values.iter().all(|(x, y)| x == y);
            return Some(if same {
                Verdict::new(C::Numeral, "numeral.in-compound")
            } else {
                Verdict::new(C::Number, "number.in-compound")
            });
        }
    }
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let all_figures =
        |s: &str| s.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric()) && !digits(s).is_empty();
    (all_figures(na) && all_figures(nb)).then(|| Verdict::new(C::Number, "number.figures"))
}

/// The value of a Roman numeral in capitals. A single letter is none: it may be anything.
fn roman_numeral(side: &[Token]) -> Option<f64> {
    let mut words = side.iter().filter(|token| token.is_word());
    let word = words.next().filter(|_| words.next().is_none())?;
    roman(&word.surface).filter(|_| word.surface.len() > 1).map(f64::from)
}

/// Reads a Roman numeral of capitals in its usual form (1 to 3999).
fn roman(numeral: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value) = (numeral, 0);
    for (sign, worth) in SIGNS {
        let most = if sign.len() == 2 || sign.starts_with(['D', 'L', 'V']) { 1 } else { 3 };
        for _ in 0..most {
            let Some(shorter) = rest.strip_prefix(sign) else { break };
            (rest, value) = (shorter, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// One word against one word: slip, spelling, inflection, name.
fn one_word(a: &[Token], b: &[Token], na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    if let Some(verdict) = digit_in_word(na, nb) {
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
    if let Some(group) = known.learned.explanation(&ka, &kb) {
        return Some(Verdict::new(C::Spelling, format!("spelling.learned:{group}")));
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
        let side = |siglum, vocabulary| Side { siglum, vocabulary, noisy: false };
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
