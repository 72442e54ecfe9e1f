//! What kind of difference it is: tests in a fixed order, each with a rule id.
//!
//! The order is that of an editor who asks first whether anything was said differently: layout,
//! punctuation, capitals, letter forms, abbreviations, numerals, word division; then whether the
//! other form is a slip (scanning error) or a spelling; then forms of the same word, names, and at
//! last other words. What no rule decides stays unclassified.

use super::pack::Pack;
use super::token::{Token, Vocabulary, key_of, normal_form};
use crate::model::VariantClass;

/// What the rules know besides the two readings.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'k> {
    /// The regularities of the language.
    pub pack: &'k Pack,
    /// The words of the first witness.
    pub a: &'k Vocabulary,
    /// The words of the second witness.
    pub b: &'k Vocabulary,
    /// The project's regularisations: a form and what it counts as.
    pub rules: &'k [(String, String)],
}

/// In which witness a slip stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspect {
    /// In the first.
    A,
    /// In the second.
    B,
}

/// A class with the rule that decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The class.
    pub class: VariantClass,
    /// The rule's id, such as `spelling.alternation:our/or`.
    pub rule: String,
    /// For scanning errors: the side of the error.
    pub suspect: Option<Suspect>,
}

impl Verdict {
    fn new(class: VariantClass, rule: impl Into<String>) -> Self {
        Self { class, rule: rule.into(), suspect: None }
    }
}

/// Letters and groups that scanners and typists take for each other.
const CONFUSABLE: [(&str, &str); 34] = [
    ("1", "l"),
    ("1", "i"),
    ("l", "i"),
    ("0", "o"),
    ("rn", "m"),
    ("ni", "m"),
    ("in", "m"),
    ("fl", "fi"),
    ("cl", "d"),
    ("b", "h"),
    ("vv", "w"),
    ("ii", "u"),
    ("c", "e"),
    ("n", "u"),
    ("li", "h"),
    ("tl", "h"),
    ("t", "f"),
    ("5", "s"),
    ("8", "b"),
    ("3", "b"),
    ("h", "li"),
    ("r", "t"),
    ("f", "ſ"),
    ("nn", "m"),
    ("e", "o"),
    ("a", "o"),
    ("i", "t"),
    ("l", "t"),
    ("y", "v"),
    ("g", "q"),
    ("u", "ii"),
    ("ri", "n"),
    ("rn", "nn"),
    ("f", "s"),
];

/// Classes the tokens of a column (both sides may hold several words; one may be empty).
/// `None` where nothing differs.
pub fn classify(a: &[Token], b: &[Token], known: Knowledge<'_>) -> Option<Verdict> {
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
    regularised(&na, &nb, known)
        .or_else(|| divided_or_pointed(&na, &nb, known))
        .or_else(|| numerals(&na, &nb, known))
        .or_else(|| if na.contains(' ') || nb.contains(' ') { None } else { one_word(a, b, &na, &nb, known) })
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

/// A key in which `u` and `v`, `i` and `j` are one letter each, as they were until the 17th century.
fn modern_letters(key: &str) -> String {
    let one = |c: char| match c {
        'v' => 'u',
        'j' => 'i',
        _ => c,
    };
    key.chars().map(one).collect()
}

/// A difference that the project's own rules explain.
fn regularised(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    let regular = |form: &str| {
        let rule = known.rules.iter().find(|(from, _)| normal_form(from) == form);
        rule.map_or_else(|| form.to_owned(), |(_, to)| normal_form(to))
    };
    (regular(na) == regular(nb)).then(|| Verdict::new(VariantClass::Spelling, "project"))
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
    let abbreviated = known.pack.abbreviates(na, nb) || known.pack.abbreviates(nb, na);
    abbreviated.then(|| Verdict::new(C::Abbreviation, "abbreviation.known"))
}

/// Figures against words, and numbers that differ; also inside compounds (`5-year`, `five-year`).
fn numerals(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    let value = |s: &str| known.pack.number(s);
    if let (Some(x), Some(y)) = (value(na), value(nb)) {
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

/// One word against one word: slip, spelling, inflection, name.
fn one_word(a: &[Token], b: &[Token], na: &str, nb: &str, known: Knowledge<'_>) -> Option<Verdict> {
    use VariantClass as C;
    if let Some(suspect) = digit_in_word(na, nb) {
        return Some(Verdict {
            class: C::ScanError,
            rule: "scan-error.digit-in-word".into(),
            suspect: Some(suspect),
        });
    }
    let (ka, kb) = (key_of(na), key_of(nb));
    let alternation = known.pack.alternation(&ka, &kb);
    if let Some(group) = alternation.as_ref().filter(|g| g.split('/').any(|side| side.chars().count() >= 4)) {
        return Some(Verdict::new(C::Spelling, format!("spelling.alternation:{group}")));
    }
    if known.pack.is_inflection(na, nb) {
        return Some(Verdict::new(C::Inflection, "inflection"));
    }
    let distance = strsim::damerau_levenshtein(&ka, &kb);
    let longest = ka.chars().count().max(kb.chars().count());
    let is_name = |tokens: &[Token], vocabulary: &Vocabulary| {
        tokens
            .iter()
            .filter(|t| t.is_word())
            .all(|t| t.surface.starts_with(char::is_uppercase) && !vocabulary.occurs_small(&t.normal))
    };
    // So short a word is a slip only if it looks like one of the commonest words.
    if longest == 3
        && distance == 1
        && confusable(&ka, &kb)
        && let Some(suspect) = attested_against_slip(na, nb, known)
        && known.a.is_frequent_with(known.b, if suspect == Suspect::A { nb } else { na })
    {
        let rule = "scan-error.confusable".to_owned();
        return Some(Verdict { class: C::ScanError, rule, suspect: Some(suspect) });
    }
    if longest >= 4 && distance <= 3 {
        let confused = parts(&ka, &kb).any(|(x, y)| confusable(x, y)) || confusable(&ka, &kb);
        if let Some(suspect) = attested_against_slip(na, nb, known)
            && (confused || (distance == 1 && longest >= 5 && !known_spelling_pair(na, nb, known)))
        {
            let rule = if confused { "scan-error.confusable" } else { "scan-error.unattested" };
            return Some(Verdict { class: C::ScanError, rule: rule.into(), suspect: Some(suspect) });
        }
        if let Some(group) = alternation {
            return Some(Verdict::new(C::Spelling, format!("spelling.alternation:{group}")));
        }
    }
    if is_name(a, known.a) && is_name(b, known.b) {
        return Some(Verdict::new(C::Name, "name"));
    }
    let similarity = 1.0 - distance as f64 / longest.max(1) as f64;
    (longest >= 5 && distance <= 2 && similarity >= 0.7)
        .then(|| Verdict::new(C::Unclassified, "unclassified.similar-words"))
}

/// A figure inside a word (`incomparab1y`) that is a letter in the other witness.
fn digit_in_word(na: &str, nb: &str) -> Option<Suspect> {
    let mixed = |s: &str| {
        s.chars().any(|c| c.is_ascii_digit()) && s.chars().filter(|c| c.is_alphabetic()).count() >= 2
    };
    let close = strsim::damerau_levenshtein(na, nb) <= 2;
    match (mixed(na), mixed(nb)) {
        (true, false) if close => Some(Suspect::A),
        (false, true) if close => Some(Suspect::B),
        _ => None,
    }
}

/// Parts of compounds that differ (`italo-gernian`, `italo-german` differ in the second).
fn parts<'w>(a: &'w str, b: &'w str) -> impl Iterator<Item = (&'w str, &'w str)> {
    let same = a.split('-').count() == b.split('-').count();
    a.split('-').zip(b.split('-')).filter(move |(x, y)| same && x != y)
}

/// Whether one exchange of shapes that look alike makes one word of the other.
fn confusable(a: &str, b: &str) -> bool {
    let exchange = |from: &str, to: &str| {
        a.match_indices(from).any(|(i, _)| format!("{}{to}{}", &a[..i], &a[i + from.len()..]) == b)
    };
    CONFUSABLE.iter().any(|(x, y)| exchange(x, y) || exchange(y, x))
}

/// Forms that a word would have if one pair of look-alike shapes in it, or one doubled letter, had
/// been mistaken.
pub fn look_alikes(word: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for (x, y) in CONFUSABLE.iter().flat_map(|&(x, y)| [(x, y), (y, x)]) {
        forms
            .extend(word.match_indices(x).map(|(i, _)| format!("{}{y}{}", &word[..i], &word[i + x.len()..])));
    }
    let mut before = None;
    for (i, c) in word.char_indices() {
        if before == Some(c) {
            forms.push(format!("{}{}", &word[..i], &word[i + c.len_utf8()..]));
        } else {
            forms.push(format!("{}{c}{}", &word[..i], &word[i..]));
        }
        before = Some(c);
    }
    forms
}

/// A form that stands once in its witness, while the other form is at home in the same witness or
/// twice or more in the other: the rare form is the slip. For compounds their parts are asked.
fn attested_against_slip(na: &str, nb: &str, known: Knowledge<'_>) -> Option<Suspect> {
    let (x, y) = parts(na, nb).next().unwrap_or((na, nb));
    let slip = |form: &str, other: &str, own: &Vocabulary, its: &Vocabulary| {
        let whole = own.count(form) + its.count(form);
        whole <= 1 && (own.count(other) >= 1 || its.count(other) >= 2)
    };
    match (slip(x, y, known.a, known.b), slip(y, x, known.b, known.a)) {
        (true, false) => Some(Suspect::A),
        (false, true) => Some(Suspect::B),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::super::token::tokens_of;
    use super::*;
    use crate::collate::testing::text;
    use crate::model::Lang;

    /// Classes two readings in a context that gives the vocabularies.
    fn class_in(context: &str, a: &str, b: &str) -> (VariantClass, Option<Suspect>) {
        let (ta, tb) = (text("A", &[a, context]), text("B", &[b, context]));
        let (va, vb) = (Vocabulary::of(&ta), Vocabulary::of(&tb));
        let known = Knowledge { pack: Pack::of(&Lang::new("en")), a: &va, b: &vb, rules: &[] };
        let verdict = classify(&tokens_of(&ta, 0..1), &tokens_of(&tb, 0..1), known).unwrap();
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
            ("11", "eleven", C::Numeral),
            ("half million", "500,000", C::Numeral),
            ("five-year", "5-year", C::Numeral),
            ("ten", "seven", C::Number),
            ("1914-18", "1914-17", C::Number),
            ("to day", "today", C::WordDivision),
            ("world-wide", "worldwide", C::WordDivision),
            ("colour", "color", C::Spelling),
            ("defense", "defence", C::Spelling),
            ("retreat", "retreats", C::Inflection),
            ("toiling", "working", C::Substitution),
            ("Rauschning", "Rauschnigg", C::Name),
        ];
        for (a, b, expected) in cases {
            assert_eq!(class(a, b), expected, "{a} | {b}");
        }
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
        assert_eq!(
            class_in("the honour of it", "honour", "honor").0,
            C::Spelling,
            "one spelling elsewhere is no proof of a slip"
        );
    }
}
