//! Which of two editions a translation follows, place by place.
//!
//! A translation was made from one printing or another, and where those differ in what they say, its
//! words may tell from which. They tell by what translation keeps: a number, a name, a sentence that is
//! there or not, the order of sentences; and by words of which it shows elsewhere how it renders them.
//! Each place is decided by such evidence or stays undecided; nothing is guessed, and evidence that speaks
//! for both sides decides nothing.

mod names;
mod numbers;
mod units;
mod words;

pub use units::follows as follows_of_units;

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use self::names::Names;
use self::words::Renderings;
use crate::collate::token::Vocabulary;
use crate::model::{
    Alignment, BlockKind, Comparison, Layer, Reading, Segmented, Span, Variant, VariantClass,
};

/// Below this confidence a bead proves nothing.
const SURE: f64 = 0.8;

/// Two editions with their differences, and a translation aligned with both.
#[derive(Debug, Clone, Copy)]
pub struct Witnesses<'t> {
    /// The first edition.
    pub a: &'t Segmented,
    /// The second edition.
    pub b: &'t Segmented,
    /// How they differ.
    pub comparison: &'t Comparison,
    /// The translation.
    pub translation: &'t Segmented,
    /// The first edition with the translation.
    pub with_a: &'t Alignment,
    /// The second edition with the translation.
    pub with_b: &'t Alignment,
}

/// What the translation follows at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The first edition.
    First,
    /// The second edition.
    Second,
    /// Nothing decides it.
    Undecided,
}

/// What speaks for a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A number that only one of the editions has.
    Number,
    /// A name that only one of them has.
    Name,
    /// A sentence that only one of them has.
    Sentence,
    /// The place of sentences that stand elsewhere in one of them.
    Order,
    /// A word whose rendering is known from elsewhere in the translation.
    Word,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What it is.
    pub kind: Kind,
    /// For which edition it speaks; never undecided.
    pub verdict: Verdict,
    /// In a sentence for people.
    pub explanation: String,
}

/// A substantive variant and what the translation has there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Followed {
    /// Index of the variant in the comparison, 0-based.
    pub variant: usize,
    /// Its class.
    pub class: VariantClass,
    /// What the first edition reads.
    pub a: Reading,
    /// What the second edition reads.
    pub b: Reading,
    /// The segments of the translation that correspond; empty if it has nothing there.
    pub segments: Range<usize>,
    /// Where they stand, for people.
    pub locus: String,
    /// Their words.
    pub text: String,
    /// Which edition is followed.
    pub verdict: Verdict,
    /// Why; empty for what is undecided because nothing speaks.
    pub evidence: Vec<Evidence>,
}

/// All substantive variants in the order of the comparison, with what the translation follows.
pub fn follows(witnesses: &Witnesses<'_>) -> Vec<Followed> {
    let names = Names {
        vocabularies: [Vocabulary::of(witnesses.a), Vocabulary::of(witnesses.b)],
        unspaced: witnesses.translation.document.witness.lang.is_unspaced(),
    };
    let learn = |edition, alignment| Renderings::learn(edition, witnesses.translation, alignment);
    let (of_a, of_b) =
        rayon::join(|| learn(witnesses.a, witnesses.with_a), || learn(witnesses.b, witnesses.with_b));
    let known = Known { names, renderings: (&of_a, &of_b) };
    let substantive = |(_, variant): &(usize, &Variant)| variant.class.layer() == Layer::Substantive;
    let variants: Vec<(usize, &Variant)> =
        witnesses.comparison.variants.iter().enumerate().filter(substantive).collect();
    variants.into_par_iter().map(|(index, variant)| followed(index, variant, witnesses, &known)).collect()
}

/// What is known of the texts as a whole.
struct Known<'k> {
    names: Names,
    renderings: (&'k Renderings<'k>, &'k Renderings<'k>),
}

fn followed(index: usize, variant: &Variant, witnesses: &Witnesses<'_>, known: &Known<'_>) -> Followed {
    let own = (segments_at(witnesses.a, &variant.a), segments_at(witnesses.b, &variant.b));
    let segments = opposite(witnesses, variant, &own);
    let text = witnesses.translation.joined_text(segments.clone());
    let mut evidence = Vec::new();
    if variant.class == VariantClass::Transposition {
        evidence.extend(order(witnesses, &own));
    } else if covers_sentence(witnesses, variant) {
        evidence.extend(sentence(witnesses, variant));
    } else if !text.is_empty() {
        let context = (without(witnesses.a, &own.0, &variant.a), without(witnesses.b, &own.1, &variant.b));
        let place = Place { variant, context: &context, text: &text };
        let langs = (&witnesses.a.document.witness.lang, &witnesses.translation.document.witness.lang);
        evidence.extend(numbers::evidence(&place, langs));
        evidence.extend(known.names.evidence(&place));
        evidence.extend(words::evidence(&place, known.renderings, &own));
    }
    for piece in &mut evidence {
        let siglum = |verdict| if verdict == Verdict::First { witnesses.a } else { witnesses.b }.siglum();
        piece.explanation = format!("{} ({})", piece.explanation, siglum(piece.verdict));
    }
    Followed {
        variant: index,
        class: variant.class,
        a: variant.a.clone(),
        b: variant.b.clone(),
        locus: witnesses.translation.locus_range(&segments),
        segments,
        text,
        verdict: verdict(&evidence),
        evidence,
    }
}

/// A variant with what stands around it.
struct Place<'p> {
    variant: &'p Variant,
    /// The sentences of both editions without their readings.
    context: &'p (String, String),
    /// The sentences of the translation.
    text: &'p str,
}

/// What all pieces of evidence say; those that contradict each other decide nothing.
fn verdict(evidence: &[Evidence]) -> Verdict {
    match evidence.split_first() {
        Some((first, rest)) if rest.iter().all(|e| e.verdict == first.verdict) => first.verdict,
        _ => Verdict::Undecided,
    }
}

/// The segments that a reading touches; for an empty one the segment in or behind which it stands.
fn segments_at(text: &Segmented, reading: &Reading) -> Range<usize> {
    let of_part = |segment: usize| text.segments[segment].part;
    let start = text.segments.partition_point(|s| (s.part, s.span.end) <= (reading.part, reading.span.start));
    let touches = |&segment: &usize| {
        of_part(segment) == reading.part && text.segments[segment].span.start < reading.span.end
    };
    let end = (start..text.len()).take_while(touches).last().map_or(start, |last| last + 1);
    if end > start {
        return start..end;
    }
    let inside = |&segment: &usize| {
        of_part(segment) == reading.part && text.segments[segment].span.start <= reading.span.start
    };
    match (0..text.len().min(start + 1)).rev().find(inside) {
        Some(segment) => segment..segment + 1,
        None => start..start,
    }
}

/// The words of some segments without those of a reading.
fn without(text: &Segmented, segments: &Range<usize>, reading: &Reading) -> String {
    let mut out = String::new();
    for segment in segments.clone() {
        let place = text.segments[segment];
        let part = text.part(segment);
        let (from, to) = if place.part == reading.part && !reading.span.is_empty() {
            let clamp = |at: usize| at.clamp(place.span.start, place.span.end);
            (clamp(reading.span.start), clamp(reading.span.end))
        } else {
            (place.span.end, place.span.end)
        };
        for span in [Span::new(place.span.start, from), Span::new(to, place.span.end)] {
            out.push_str(&part.mapped_reading(span).text);
            out.push(' ');
        }
    }
    out
}

/// The segments of the translation opposite a place. Where one edition has nothing there, the other says
/// what corresponds; else both do.
fn opposite(
    witnesses: &Witnesses<'_>,
    variant: &Variant,
    own: &(Range<usize>, Range<usize>),
) -> Range<usize> {
    let mut found = BTreeSet::new();
    for (alignment, own, reading) in
        [(witnesses.with_a, &own.0, &variant.a), (witnesses.with_b, &own.1, &variant.b)]
    {
        // Of an edition without the sentence, the sentence before it says nothing.
        if reading.text.is_empty() && covers_sentence(witnesses, variant) {
            continue;
        }
        for bead in alignment.beads.iter().filter(|bead| overlap(&bead.a, own)) {
            found.extend(bead.b.clone());
        }
    }
    match (found.first(), found.last()) {
        (Some(&first), Some(&last)) if last - first < 8 => first..last + 1,
        _ => 0..0,
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The segments that a reading covers from end to end.
fn whole(text: &Segmented, reading: &Reading) -> Range<usize> {
    let segments = segments_at(text, reading);
    let inside = |segment: &usize| {
        let span = text.segments[*segment].span;
        // The stop may be taken for that of the sentence before it.
        reading.span.start <= span.start && reading.span.end + 2 >= span.end
    };
    let start = segments.clone().find(inside).unwrap_or(segments.end);
    let count = (start..segments.end).take_while(inside).count();
    start..start + count
}

fn covers_sentence(witnesses: &Witnesses<'_>, variant: &Variant) -> bool {
    let (text, reading) =
        if variant.a.text.is_empty() { (witnesses.b, &variant.b) } else { (witnesses.a, &variant.a) };
    !whole(text, reading).is_empty()
}

/// Whole sentences that only one edition has: does the translation have them?
fn sentence(witnesses: &Witnesses<'_>, variant: &Variant) -> Option<Evidence> {
    let (has, lacks, text, reading, alignment) = match (variant.a.text.is_empty(), variant.b.text.is_empty())
    {
        (false, true) => (Verdict::First, Verdict::Second, witnesses.a, &variant.a, witnesses.with_a),
        (true, false) => (Verdict::Second, Verdict::First, witnesses.b, &variant.b, witnesses.with_b),
        _ => return None,
    };
    let sentences = whole(text, reading);
    // Titles and the like are each translator's own.
    let own_matter =
        |s| matches!(text.kind(s), BlockKind::Heading | BlockKind::FrontMatter | BlockKind::Furniture);
    if sentences.is_empty() || sentences.clone().any(own_matter) {
        return None;
    }
    let beads: Vec<_> = alignment.beads.iter().filter(|bead| overlap(&bead.a, &sentences)).collect();
    let sure = beads.iter().all(|bead| bead.confidence.value() >= SURE);
    let own = beads.iter().all(|bead| sentences.start <= bead.a.start && bead.a.end <= sentences.end);
    let verdict = if !sure || beads.is_empty() {
        return None;
    } else if beads.iter().all(|bead| bead.b.is_empty()) {
        lacks
    } else if own && beads.iter().all(|bead| bead.is_matched()) {
        has
    } else {
        return None;
    };
    let explanation = if verdict == has {
        "the translation has the sentence that only this edition has"
    } else {
        "the translation lacks the sentence that this edition lacks"
    };
    Some(Evidence { kind: Kind::Sentence, verdict, explanation: explanation.to_owned() })
}

/// Sentences that stand at one place in the one edition and at another in the other: in which of them do
/// they stand as in the translation?
fn order(witnesses: &Witnesses<'_>, own: &(Range<usize>, Range<usize>)) -> Option<Evidence> {
    let moved = |alignment: &Alignment, own: &Range<usize>| {
        let mut beads = alignment.beads.iter().filter(|b| b.is_matched() && overlap(&b.a, own)).peekable();
        let first = beads.peek()?.moved;
        beads.all(|b| b.moved == first && b.confidence.value() >= SURE).then_some(first)
    };
    let verdict = match (moved(witnesses.with_a, &own.0)?, moved(witnesses.with_b, &own.1)?) {
        (false, true) => Verdict::First,
        (true, false) => Verdict::Second,
        _ => return None,
    };
    let explanation = "the sentences stand where this edition has them".to_owned();
    Some(Evidence { kind: Kind::Order, verdict, explanation })
}

#[cfg(test)]
mod tests;
