//! Which of two editions a translation follows, place by place.
//!
//! A translation was made from one printing or another, and where those differ in what they say, its
//! words may tell from which. They tell by what translation keeps: a number, a name, a sentence that is
//! there or not, the order of sentences; and by words of which it shows elsewhere how it renders them.
//! Each place is decided by such evidence or stays undecided; nothing is guessed, and evidence that speaks
//! for both sides decides nothing.

mod moves;
mod names;
mod numbers;
mod units;
mod words;

pub use moves::follows_of_moves;
pub use units::{follows as follows_of_units, with_sentences_of_their_own};

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use self::names::Names;
use self::words::Renderings;
use crate::collate::token::{TokenKind, scan};
use crate::collate::vocabulary::Vocabulary;
use crate::model::{
    Aligned, Alignment, BlockKind, Collated, EvidenceKind, Layer, Reading, Segmented, Span, Variant,
    VariantClass,
};
use crate::par::prelude::*;

/// Below this confidence a bead proves nothing.
const SURE: f64 = 0.8;

/// Beside so many words a single one is no matter.
const MANY: usize = 4;

/// Two editions, collated, and a translation that is aligned with both.
#[derive(Debug, Clone)]
pub struct Witnesses {
    /// The editions, with their differences.
    pub collated: Collated,
    /// The first edition with the translation.
    pub with_a: Aligned,
    /// The second edition with the translation.
    pub with_b: Aligned,
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

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// For which edition it speaks; never undecided.
    pub verdict: Verdict,
    /// In a sentence for people.
    pub explanation: String,
}

/// A substantive variant and what the translation has there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Followed {
    /// Index of the variant among those of the two editions, 0-based.
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

/// All substantive variants in the order of the collation, with what the translation follows.
pub fn follows(witnesses: &Witnesses) -> Vec<Followed> {
    let Witnesses { collated, with_a, with_b } = witnesses;
    let (a, b, translation) = (&with_a.a, &with_b.a, &with_a.b);
    let (Some(first), Some(second)) = (collated.witness(a.siglum()), collated.witness(b.siglum())) else {
        return Vec::new();
    };
    let vocabularies = [Vocabulary::of(a), Vocabulary::of(b)];
    let (of_a, of_b) = crate::par::join(|| Renderings::learn(with_a), || Renderings::learn(with_b));
    let aligned = Editions { a, b, translation, with_a: &with_a.alignment, with_b: &with_b.alignment };
    let variants = collated.variants(first, second);
    let substantive = |(_, variant): &(usize, &Variant)| variant.class.layer() == Layer::Substantive;
    let variants: Vec<(usize, &Variant)> = variants.iter().enumerate().filter(substantive).collect();
    let followed = |(index, variant): (usize, &Variant)| {
        let own = aligned.segments(variant);
        let known = Known {
            vocabularies: [&vocabularies[0], &vocabularies[1]],
            renderings: [(&of_a, &own.0), (&of_b, &own.1)],
        };
        let (segments, mut evidence) = aligned.evidence(variant, &known);
        for piece in &mut evidence {
            let edition = if piece.verdict == Verdict::First { a } else { b };
            piece.explanation = format!("{} ({})", piece.explanation, edition.siglum());
        }
        Followed {
            variant: index,
            class: variant.class,
            a: variant.a.clone(),
            b: variant.b.clone(),
            locus: translation.locus_range(&segments),
            text: translation.joined_text(segments.clone()),
            segments,
            verdict: verdict(&evidence),
            evidence,
        }
    };
    variants.into_par_iter().map(followed).collect()
}

/// What is known of the texts as a whole.
struct Known<'k> {
    /// The words of both editions.
    vocabularies: [&'k Vocabulary; 2],
    /// How the words of each edition are rendered, and the place of which that is asked, in segments of the
    /// edition from which it was learned.
    renderings: [(&'k Renderings<'k>, &'k Range<usize>); 2],
}

/// Two editions, and a translation that is aligned with both.
#[derive(Debug, Clone, Copy)]
struct Editions<'t> {
    a: &'t Segmented,
    b: &'t Segmented,
    translation: &'t Segmented,
    with_a: &'t Alignment,
    with_b: &'t Alignment,
}

impl Editions<'_> {
    /// The segments of both editions in which a variant stands.
    fn segments(&self, variant: &Variant) -> (Range<usize>, Range<usize>) {
        (segments_at(self.a, &variant.a), segments_at(self.b, &variant.b))
    }

    /// What corresponds in the translation, and what it says of a variant.
    fn evidence(&self, variant: &Variant, known: &Known<'_>) -> (Range<usize>, Vec<Evidence>) {
        let own = self.segments(variant);
        let segments = opposite(self, variant, &own);
        let text = self.translation.joined_text(segments.clone());
        let mut evidence = Vec::new();
        if variant.class == VariantClass::Transposition {
            evidence.extend(order(self, &own));
        } else if covers_sentence(self, variant) {
            evidence.extend(sentence(self, variant));
        } else if !text.is_empty() && !is_own_matter(self.a, &own.0) && !is_own_matter(self.b, &own.1) {
            let context = (without(self.a, &own.0, &variant.a), without(self.b, &own.1, &variant.b));
            let place = Place { variant, context: &context, text: &text };
            let langs = (&self.a.document.witness.lang, &self.translation.document.witness.lang);
            let names = Names { vocabularies: known.vocabularies, unspaced: langs.1.is_unspaced() };
            evidence.extend(numbers::evidence(&place, langs));
            evidence.extend(names.evidence(&place));
            evidence.extend(words::evidence(&place, known.renderings));
        }
        (segments, evidence)
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
fn opposite(aligned: &Editions<'_>, variant: &Variant, own: &(Range<usize>, Range<usize>)) -> Range<usize> {
    let mut found = BTreeSet::new();
    for (alignment, own, reading) in
        [(aligned.with_a, &own.0, &variant.a), (aligned.with_b, &own.1, &variant.b)]
    {
        // Of an edition without the sentence, the sentence before it says nothing.
        if reading.text.is_empty() && covers_sentence(aligned, variant) {
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

/// The segments that a reading covers. Its stop may be taken for that of the sentence before it, and a word
/// with which both begin likewise.
fn whole(text: &Segmented, reading: &Reading) -> Range<usize> {
    let segments = segments_at(text, reading);
    let words = |text: &str| scan(text).filter(|raw| raw.kind != TokenKind::Mark).count();
    let inside = |segment: &usize| {
        let span = text.segments[*segment].span;
        let at = |place: usize| place.clamp(span.start, span.end);
        let (from, to) = (at(reading.span.start), at(reading.span.end));
        let words_of = |from, to| words(&text.part(*segment).mapped_reading(Span::new(from, to)).text);
        let outside = words_of(span.start, from) + words_of(to, span.end);
        from < to && (outside == 0 || outside == 1 && words_of(from, to) >= MANY)
    };
    let start = segments.clone().find(inside).unwrap_or(segments.end);
    let count = (start..segments.end).take_while(inside).count();
    start..start + count
}

/// Whether some segments hold titles and the like: those are each publisher's and translator's own.
fn is_own_matter(text: &Segmented, segments: &Range<usize>) -> bool {
    let own = |s| matches!(text.kind(s), BlockKind::Heading | BlockKind::FrontMatter | BlockKind::Furniture);
    segments.clone().any(own)
}

fn covers_sentence(aligned: &Editions<'_>, variant: &Variant) -> bool {
    let (text, reading) =
        if variant.a.text.is_empty() { (aligned.b, &variant.b) } else { (aligned.a, &variant.a) };
    !whole(text, reading).is_empty()
}

/// Whole sentences that only one edition has: does the translation have them?
fn sentence(aligned: &Editions<'_>, variant: &Variant) -> Option<Evidence> {
    let (has, lacks, text, reading, alignment) = match (variant.a.text.is_empty(), variant.b.text.is_empty())
    {
        (false, true) => (Verdict::First, Verdict::Second, aligned.a, &variant.a, aligned.with_a),
        (true, false) => (Verdict::Second, Verdict::First, aligned.b, &variant.b, aligned.with_b),
        _ => return None,
    };
    let sentences = whole(text, reading);
    if sentences.is_empty() || is_own_matter(text, &sentences) {
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
    Some(Evidence { kind: EvidenceKind::Sentence, verdict, explanation: explanation.to_owned() })
}

/// Sentences that stand at one place in the one edition and at another in the other: in which of them do
/// they stand as in the translation?
fn order(aligned: &Editions<'_>, own: &(Range<usize>, Range<usize>)) -> Option<Evidence> {
    let moved = |alignment: &Alignment, own: &Range<usize>| {
        let mut beads = alignment.beads.iter().filter(|b| b.is_matched() && overlap(&b.a, own)).peekable();
        let first = beads.peek()?.moved;
        beads.all(|b| b.moved == first && b.confidence.value() >= SURE).then_some(first)
    };
    let verdict = match (moved(aligned.with_a, &own.0)?, moved(aligned.with_b, &own.1)?) {
        (false, true) => Verdict::First,
        (true, false) => Verdict::Second,
        _ => return None,
    };
    let explanation = "the sentences stand where this edition has them".to_owned();
    Some(Evidence { kind: EvidenceKind::Order, verdict, explanation })
}

#[cfg(test)]
#[cfg(feature = "fs")]
mod tests;
