//! Words: what renders them elsewhere in this very translation.
//!
//! A choice of words tells only where the translation shows elsewhere, twice at least, how it renders the
//! one word *and* how it renders the other, has the one rendering here and none of the others, and nothing
//! else in the sentence asks for it. A word that one edition adds tells if its usual rendering is there;
//! that it is missing tells nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Evidence, Place, Verdict};
use crate::align::words::{Entry, WordLexicon};
use crate::collate::token::{TokenKind, Vocabulary, normal_form, scan};
use crate::model::{Aligned, Alignment, EvidenceKind, VariantClass};

/// Beads elsewhere in which a word must be rendered so.
const ELSEWHERE: usize = 2;
/// The share of a word's occurrences that must be rendered so.
const USUAL: f64 = 0.3;
/// The share of the other word's occurrences of which it must be known how they are rendered.
const KNOWN: f64 = 0.5;
/// The share of a rendering's occurrences that must render an added word.
const TELLING: f64 = 0.5;
/// A shorter word comes and goes.
const LETTERS: usize = 4;

/// What the translation shows of how it renders the words of one edition.
pub(super) struct Renderings<'r> {
    lexicon: WordLexicon,
    alignment: &'r Alignment,
    vocabulary: Vocabulary,
}

impl<'r> Renderings<'r> {
    /// Learns from an edition and its translation.
    pub(super) fn learn(pair: &'r Aligned) -> Self {
        Self {
            lexicon: WordLexicon::learn(std::slice::from_ref(pair)),
            alignment: &pair.alignment,
            vocabulary: Vocabulary::of(&pair.a),
        }
    }

    /// The words of a passage of the translation: as the lexicon has them, and as they stand there.
    fn there(&self, text: &str) -> BTreeMap<String, String> {
        let words = self.lexicon.words_b(text).into_iter();
        words.map(|(place, word)| (word.to_owned(), text[place].to_owned())).collect()
    }

    /// The renderings of a word, with how often each stands elsewhere than in some segments of the
    /// edition.
    fn of<'l>(
        &'l self,
        word: &str,
        here: &'l Range<usize>,
    ) -> impl Iterator<Item = (&'l Entry, usize)> + use<'l, 'r> {
        self.lexicon.renderings(word).iter().filter_map(move |entry| {
            let is_elsewhere = |bead: u32| {
                let beads = &self.alignment.beads;
                beads.get(bead as usize).is_some_and(|b| b.a.end <= here.start || here.end <= b.a.start)
            };
            let count = entry.places.iter().filter(|place| is_elsewhere(place.bead)).count();
            (count > 0).then_some((entry, count))
        })
    }
}

/// A reading with its edition.
struct Side<'s> {
    renderings: &'s Renderings<'s>,
    /// The segments of the edition that are compared.
    here: &'s Range<usize>,
    /// The words that only this edition has in the sentence.
    own: Vec<String>,
    there: BTreeMap<String, String>,
}

impl<'s> Side<'s> {
    fn new((renderings, here): (&'s Renderings<'s>, &'s Range<usize>), own: Vec<String>, text: &str) -> Self {
        Self { renderings, here, own, there: renderings.there(text) }
    }
}

/// What the words say of which only one reading has them; `known` are the renderings of the words of both
/// editions, each with the segments of which that is asked.
pub(super) fn evidence(
    place: &Place<'_>,
    known: [(&'_ Renderings<'_>, &'_ Range<usize>); 2],
) -> Option<Evidence> {
    let class = place.variant.class;
    if !matches!(class, VariantClass::Substitution | VariantClass::Addition | VariantClass::Omission) {
        return None;
    }
    let around: BTreeSet<String> =
        [&place.context.0, &place.context.1].into_iter().flat_map(|text| words(text)).collect();
    let (a, b) = (words(&place.variant.a.text), words(&place.variant.b.text));
    let own = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|word| !other.contains(word) && !around.contains(*word)).cloned().collect()
    };
    let (own_a, own_b) = (own(&a, &b), own(&b, &a));
    let (a, b) = (Side::new(known[0], own_a, place.text), Side::new(known[1], own_b, place.text));
    let (verdict, explanation) = match (said(&a, &b, &around), said(&b, &a, &around)) {
        (Some(why), None) => (Verdict::First, why),
        (None, Some(why)) => (Verdict::Second, why),
        _ => return None,
    };
    Some(Evidence { kind: EvidenceKind::Word, verdict, explanation })
}

/// Why the translation has the words of one side and not those of the other.
fn said(one: &Side<'_>, other: &Side<'_>, around: &BTreeSet<String>) -> Option<String> {
    let wanted = |side: &Side<'_>, rendering: &str| {
        around.iter().any(|word| side.renderings.of(word, side.here).any(|(entry, _)| entry.b == rendering))
    };
    let (word, entry, count) = one.own.iter().find_map(|word| {
        let telling = !one.renderings.vocabulary.is_common(word) && word.chars().count() >= LETTERS;
        let mut found = one.renderings.of(word, one.here).filter(|(entry, count)| {
            *count >= ELSEWHERE
                && entry.forward >= USUAL
                && entry.b.chars().any(char::is_alphabetic)
                && one.there.contains_key(&entry.b)
                && (!other.own.is_empty() || entry.backward >= TELLING)
                && !wanted(one, &entry.b)
                && !wanted(other, &entry.b)
        });
        let (entry, count) = found.next().filter(|_| telling)?;
        Some((word, entry, count))
    })?;
    let form = one.there.get(&entry.b).unwrap_or(&entry.b);
    let has = format!("the translation has “{form}”, which renders “{word}” {count} times elsewhere");
    if other.own.is_empty() {
        return Some(has);
    }
    let mut lost = Vec::new();
    for word in &other.own {
        let known: Vec<(&Entry, usize)> = other.renderings.of(word, other.here).collect();
        if known.iter().any(|(entry, _)| other.there.contains_key(&entry.b)) {
            return None;
        }
        let share: f64 = known.iter().map(|(entry, _)| entry.forward).sum();
        let count: usize = known.iter().map(|(_, count)| count).sum();
        if count >= ELSEWHERE && share >= KNOWN {
            lost.push(format!("“{word}” ({})", known[0].0.b));
        }
    }
    (!lost.is_empty()).then(|| format!("{has}, and nothing that renders {}", lost.join(", ")))
}

/// The words of a passage in their normal forms.
fn words(text: &str) -> Vec<String> {
    let words = scan(text).filter(|raw| raw.kind == TokenKind::Word);
    words.map(|raw| normal_form(&text[raw.range])).collect()
}
