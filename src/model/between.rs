//! What two witnesses of a collation differ in.

use super::{Attestation, Collated, Entry, EntryReading, Reading, Variant};

impl Collated {
    /// The variants between two witnesses, in the order of the entries: one for each entry in which they
    /// read differently. `a` counts as the base; where it has not the lemma, the class is that of the
    /// difference to it, if that was judged, else that of the reading to the lemma.
    pub fn variants(&self, a: usize, b: usize) -> Vec<Variant> {
        self.entries().iter().filter_map(|entry| self.variant(entry, a, b)).collect()
    }

    /// The same for one entry; `None` if both read the same there, or one of them is absent.
    pub fn variant(&self, entry: &Entry, a: usize, b: usize) -> Option<Variant> {
        let has = |witness: usize| {
            let of =
                |reading: &EntryReading| reading.witnesses.iter().find(|p| p.witness == witness).cloned();
            entry.readings.iter().enumerate().find_map(|(number, reading)| Some((number, of(reading)?)))
        };
        let ((of_a, at_a), (of_b, at_b)) = (has(a)?, has(b)?);
        let judged = (of_a != of_b).then(|| {
            let (first, second) = (of_a.min(of_b), of_a.max(of_b));
            let direct = entry.judgement(first, second);
            let to_lemma = |number: usize| entry.readings[number].judgement.as_ref();
            (direct.or(to_lemma(of_b)).or(to_lemma(of_a)).cloned(), of_a < of_b)
        });
        let (Some(judged), forward) = judged? else { return None };
        // A judgement says whether the reading that comes first is the one that is wrong.
        let suspect = judged.lemma_is_suspect.map(|first| if first == forward { a } else { b });
        let reading = |place: &Attestation, number: usize| {
            let (part, span) = self.span(place);
            // A paragraph that begins has a sign but no words.
            let words = self.words(place);
            let text = if words.is_empty() { &entry.readings[number].text } else { words };
            Reading { locus: self.locus(place), part, span, text: text.to_owned() }
        };
        Some(Variant {
            confidence: judged.confidence,
            suspect: suspect.map(|witness| self.siglum(witness).to_owned()),
            project_rule: judged.project_rule,
            ..Variant::new(judged.class, judged.rule, reading(&at_a, of_a), reading(&at_b, of_b))
        })
    }
}
