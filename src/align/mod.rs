//! Which segments of two witnesses correspond.
//!
//! [`align`] takes two segmented witnesses and gives an [`Alignment`] that covers both. Two engines
//! stand behind it: `translation` for texts in different languages, which knows nothing of them but
//! what it learns from the pair itself, and `editions` for texts in one language, which asks the collation
//! of their words. Both see a witness as a [`Side`] (its segments with their text and the structure around
//! them), and hand their beads to `bead`, which orders them and marks transpositions.
//!
//! [`parallel`] joins the alignments of several pairs into rows over all their witnesses.
//!
//! Structure (blocks, headings, speakers) is evidence, never a constraint: an edition may paragraph
//! anew, a translation may lose its headings.

mod band;
mod bead;
mod decode;
mod dictionary;
mod doubt;
mod edges;
mod editions;
mod explain;
mod gap;
mod lattice;
pub mod packs;
mod parallel;
mod paths;
mod pins;
mod recursion;
mod side;
mod tokens;
mod translation;
mod vectors;
pub mod words;

pub(crate) use crate::math;

pub use dictionary::Dictionary;
pub use doubt::Doubt;
pub use explain::{explain, explain_beads};
pub use parallel::parallel;
pub use side::{Side, Unit};
pub(crate) use tokens::numerals;
pub(crate) use translation::evidence::sound::names_alike;
pub use translation::params::Params as TranslationParams;
pub use vectors::{Embeddings, SideVectors};

use self::bead::RawBead;
use self::pins::{Node, Pinned};
use crate::error::{Outcome, Warning};
use crate::model::{Alignment, Bead, Segmented};

/// How to align.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// By language: the same language means editions, different ones a translation; where a language
    /// is unknown, the share of common words decides.
    #[default]
    Auto,
    /// Two forms of one text in one language.
    Editions,
    /// A text and its translation.
    Translation,
}

impl Method {
    /// A short stable word, as stored beside an alignment.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Editions => "editions",
            Self::Translation => "translation",
        }
    }
}

/// Options of [`align`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Which engine to use.
    pub method: Method,
    /// Parameters of the translation engine.
    pub translation: TranslationParams,
    /// Beads that are given: they stand in the result as they are, with their status, and everything
    /// else is aligned around them.
    pub pins: Vec<Bead>,
    /// Vectors of the segments of both texts, for the translation engine.
    pub embeddings: Option<Embeddings>,
}

/// From this Dice coefficient of both vocabularies on, two texts of unknown language are taken for
/// editions of one text. Translations share names and numbers only.
const COMMON_VOCABULARY: f64 = 0.35;

/// Below this share of matched segments on the smaller side, a warning is given.
const WEAK_COVERAGE: f64 = 0.5;
/// The other method is taken where it covers so much more of the smaller side.
const MUCH_BETTER: f64 = 0.2;
/// Below this mean confidence of the two-sided beads, a warning is given.
const WEAK_CONFIDENCE: f64 = 0.6;

/// Aligns two witnesses. The alignment always covers both sides ([`Alignment::check`] passes), one
/// or both of them empty included.
///
/// Warnings: `alignment-empty` (a side has no segment), `alignment-weak` (few segments have a
/// partner, or the beads are doubtful), `alignment-doubtful` (the whole is not to be believed, see
/// [`Doubt`]; every bead is doubtful), `alignment-method` (the language of a side is unknown, and the words
/// decided which engine was used; or two texts of one language proved to be two translations), `pins-ignored` (the given beads contradict each other or
/// the texts), `vectors-ignored` (vectors that are not as many as the segments, or of two dimensions).
pub fn align(a: &Segmented, b: &Segmented, options: &Options) -> Outcome<Alignment> {
    let (side_a, side_b) = sides(a, b, options);
    let mut outcome = align_sides(&side_a, &side_b, options);
    for warning in &mut outcome.warnings {
        warning.message = format!("{}–{}: {}", a.siglum(), b.siglum(), warning.message);
    }
    outcome
}

/// Two documents as sides, with the vectors of the options.
fn sides(a: &Segmented, b: &Segmented, options: &Options) -> (Side, Side) {
    let (mut side_a, mut side_b) = (Side::of(a), Side::of(b));
    if let Some(embeddings) = &options.embeddings {
        (side_a.vectors, side_b.vectors) = (Some(embeddings.a.clone()), Some(embeddings.b.clone()));
    }
    (side_a, side_b)
}

/// Aligns two sides: [`align`] for text that comes from elsewhere than a document. Vectors are those of
/// the sides; those of the options belong to documents.
pub fn align_sides(a: &Side, b: &Side, options: &Options) -> Outcome<Alignment> {
    let mut warnings = Vec::new();
    if a.is_empty() || b.is_empty() {
        let which = match (a.is_empty(), b.is_empty()) {
            (true, true) => "both texts have",
            (true, false) => "the first text has",
            _ => "the second text has",
        };
        warnings.push(Warning::new("alignment-empty", format!("{which} no segment, so nothing corresponds")));
        return Outcome { value: bead::assemble(Vec::new(), a.len(), b.len()), warnings };
    }
    let mut given = options.pins.as_slice();
    if let Some(fault) = pins::fault(given, a.len(), b.len()) {
        let warning = Warning::new("pins-ignored", format!("the given beads are not used: {fault}"));
        warnings.push(warning.hint("each segment stands in one bead, and beads are those of these texts"));
        given = &[];
    }
    let method = chosen(a, b, options.method, &mut warnings);
    if let Some(fault) = vectors_fault(a, b) {
        let warning = Warning::new("vectors-ignored", format!("the vectors are not used: {fault}"));
        warnings.push(warning.hint("each segment has one vector, made by the same model"));
        let without = |side: &Side| Side { vectors: None, ..side.clone() };
        let outcome = align_sides(&without(a), &without(b), options);
        warnings.extend(outcome.warnings);
        return Outcome { value: outcome.value, warnings };
    }
    let smaller = a.len().min(b.len());
    let run = |method| {
        let (mut value, doubt) = if given.is_empty() {
            let (beads, doubt) = search(a, b, &[], method, options);
            (bead::assemble(beads, a.len(), b.len()), doubt)
        } else {
            let pinned = Pinned::new(a, b, given);
            let (beads, doubt) = search(&pinned.a, &pinned.b, &pinned.forced, method, options);
            (pinned.alignment(beads), doubt)
        };
        doubt::temper(&mut value, doubt, smaller);
        (value, doubt)
    };
    let (mut value, mut doubt) = run(method);
    if options.method == Method::Auto
        && method == Method::Editions
        && covered(&value, smaller) < WEAK_COVERAGE
    {
        // Texts in one language need not be editions: they may be two translations.
        let (other, other_doubt) = run(Method::Translation);
        if other_doubt.is_none() && covered(&other, smaller) > covered(&value, smaller) + MUCH_BETTER {
            let message = "the texts share few sentences as they stand; aligned as two translations";
            warnings.push(
                Warning::new("alignment-method", message)
                    .hint("`--as editions` or `--as translation` chooses the method"),
            );
            (value, doubt) = (other, other_doubt);
        }
    }
    match doubt {
        Some(doubt) => warnings.push(doubt.warning(&value, a, b)),
        None => warnings.extend(weakness(&value, smaller)),
    }
    Outcome { value, warnings }
}

/// The share of the smaller side's segments that have a partner.
fn covered(alignment: &Alignment, smaller: usize) -> f64 {
    let matched = alignment.beads.iter().filter(|bead| bead.is_matched());
    matched.map(|bead| bead.a.len().min(bead.b.len())).sum::<usize>() as f64 / smaller.max(1) as f64
}

/// Why the vectors of two sides cannot be used; `None` where there are none, or they fit.
fn vectors_fault(a: &Side, b: &Side) -> Option<String> {
    match (&a.vectors, &b.vectors) {
        (None, None) => None,
        (Some(x), Some(y)) => {
            let unequal = |name, side: &Side, vectors: &SideVectors| {
                let (units, rows) = (side.len(), vectors.len());
                (units != rows).then(|| format!("the {name} text has {units} segments and {rows} vectors"))
            };
            let other = || {
                let (x, y) = (x.dimension(), y.dimension());
                (x != y).then(|| format!("they have {x} numbers on one side and {y} on the other"))
            };
            unequal("first", a, x).or_else(|| unequal("second", b, y)).or_else(other)
        }
        _ => Some("only one text has any".to_owned()),
    }
}

/// The beads of two sides, and whether they are to be doubted; every path passes the nodes of `forced`.
fn search(
    a: &Side,
    b: &Side,
    forced: &[Node],
    method: Method,
    options: &Options,
) -> (Vec<RawBead>, Option<Doubt>) {
    if a.is_empty() || b.is_empty() {
        return (Vec::new(), None);
    }
    match method {
        Method::Editions => (editions::align(a, b, forced), None),
        Method::Auto | Method::Translation => translation::align(a, b, forced, &options.translation),
    }
}

/// The engine for two sides: never [`Method::Auto`].
fn chosen(a: &Side, b: &Side, method: Method, warnings: &mut Vec<Warning>) -> Method {
    if method != Method::Auto {
        return method;
    }
    let unknown = |side: &Side| matches!(side.lang.primary().as_str(), "und" | "" | "mul" | "zxx");
    if !unknown(a) && !unknown(b) {
        return if a.lang.same_language(&b.lang) { Method::Editions } else { Method::Translation };
    }
    let (method, word) = if editions::common_words(a, b) >= COMMON_VOCABULARY {
        (Method::Editions, "editions of one text")
    } else {
        (Method::Translation, "a text and its translation")
    };
    warnings.push(
        Warning::new("alignment-method", format!("a language is unknown; aligned as {word}"))
            .hint("name the languages, or choose the method with `--as`"),
    );
    method
}

/// A warning when the alignment should not be trusted.
fn weakness(alignment: &Alignment, smaller: usize) -> Option<Warning> {
    let matched: Vec<_> = alignment.beads.iter().filter(|bead| bead.is_matched()).collect();
    let confidence = matched.iter().map(|bead| bead.confidence.value()).sum::<f64>();
    let mean = confidence / matched.len().max(1) as f64;
    let coverage = covered(alignment, smaller);
    if coverage >= WEAK_COVERAGE && mean >= WEAK_CONFIDENCE {
        return None;
    }
    let message = if coverage < WEAK_COVERAGE {
        format!("only {:.0} % of the segments found a partner", coverage * 100.0)
    } else {
        format!("the beads are doubtful (mean confidence {mean:.2})")
    };
    Some(
        Warning::new("alignment-weak", message)
            .hint("check that both texts are the same work, their languages and the method"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn empty_sides_give_a_partition_and_a_warning() {
        let empty = Side::default();
        let one = Side::from_lines(["A sentence."], Lang::new("en"));
        for (a, b) in [(&empty, &one), (&one, &empty), (&empty, &empty)] {
            let outcome = align_sides(a, b, &Options::default());
            assert_eq!(outcome.value.check(a.len(), b.len()), Ok(()));
            assert_eq!(outcome.warnings[0].code, "alignment-empty");
        }
    }

    #[test]
    fn the_language_chooses_the_method() {
        let side = |lang: &str, text: &str| Side::from_lines([text], Lang::new(lang));
        let mut warnings = Vec::new();
        let mut choose = |a: &Side, b: &Side| chosen(a, b, Method::Auto, &mut warnings);
        assert_eq!(choose(&side("en-GB", "x"), &side("en", "y")), Method::Editions);
        assert_eq!(choose(&side("en", "x"), &side("de", "x")), Method::Translation);
        assert_eq!(choose(&side("und", "the same words"), &side("en", "The same words!")), Method::Editions);
        assert_eq!(choose(&side("und", "the same words"), &side("en", "other")), Method::Translation);
        assert_eq!(warnings.len(), 2);
    }
}
