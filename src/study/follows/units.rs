//! The same for the variation units of any number of editions: a translation follows a reading that wins
//! against each other one.
//!
//! Where an edition is not aligned with a translation itself, the rows in which both stand take the place
//! of beads.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::Renderings;
use super::{Editions, Known, Verdict, verdict, whole};
use crate::collate::token::Vocabulary;
use crate::model::{
    Aligned, Alignment, Attestation, Bead, Collated, Confidence, Entry, Evidence, Follow, Layer, Link,
    Parallel, Reading, Text, Variant, VariantClass,
};
use crate::par::prelude::*;

/// For each substantive unit and each text that is not collated, which reading it follows. What nothing
/// decides is not in the answer.
///
/// `texts` are those of `parallel`, in its order, and `links` the alignments at hand, by index of their
/// texts. A translation that stands in doubtful rows only follows nothing.
pub fn follows(texts: &[Text], parallel: &Parallel, collated: &Collated, links: &[Link]) -> Vec<Follow> {
    let Some(editions) = Beside::new(texts, parallel, collated) else { return Vec::new() };
    let is_edition = |column: &usize| editions.column_of.contains(column);
    let translations: Vec<usize> = (0..texts.len()).filter(|column| !is_edition(column)).collect();
    let mut found: Vec<(usize, Follow)> = translations
        .into_par_iter()
        .flat_map_iter(|column| editions.followed_by(column, links).into_iter().map(move |f| (column, f)))
        .collect();
    found.sort_by_key(|(column, follow)| (follow.unit, *column));
    found.into_iter().map(|(_, follow)| follow).collect()
}

/// The texts (by index) that have a whole sentence more than others inside of a row. Only their own
/// alignments can tell whether a translation has it.
pub fn with_sentences_inside(texts: &[Text], parallel: &Parallel, collated: &Collated) -> BTreeSet<usize> {
    let Some(editions) = Beside::new(texts, parallel, collated) else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    for unit in collated.entries().iter().filter(|unit| is_substantive(unit)) {
        let lacks = unit.readings.iter().any(|reading| reading.text.is_empty());
        for at in unit.readings.iter().flat_map(|r| &r.witnesses).filter(|at| lacks && !at.tokens.is_empty())
        {
            let sentences = whole(&editions.collated.texts[at.witness], &editions.reading(at));
            let column = editions.column_of[at.witness];
            let is_part = |&row: &usize| {
                let cell = &parallel.rows[row].cells[column].segments;
                cell.start < sentences.start || sentences.end < cell.end
            };
            if !sentences.is_empty() && editions.rows_of(at).iter().any(is_part) {
                found.insert(column);
            }
        }
    }
    found
}

fn is_substantive(unit: &Entry) -> bool {
    // A passage at two places is asked of by itself (`moves`).
    unit.is_of_words() && unit.layer() == Layer::Substantive
}

/// Editions that are collated, in rows with other texts.
struct Beside<'e> {
    texts: &'e [Text],
    parallel: &'e Parallel,
    collated: &'e Collated,
    /// For each edition, its column.
    column_of: Vec<usize>,
    /// For each edition, the row of each of its segments.
    row_of: Vec<Vec<usize>>,
    vocabularies: Vec<Vocabulary>,
}

impl<'e> Beside<'e> {
    fn new(texts: &'e [Text], parallel: &'e Parallel, collated: &'e Collated) -> Option<Self> {
        let column = |edition: &Text| texts.iter().position(|text| text.siglum() == edition.siglum());
        let column_of: Vec<usize> = collated.texts.iter().map(column).collect::<Option<_>>()?;
        let rows = parallel.rows_by_segment();
        let row_of = column_of.iter().map(|&column| rows[column].clone()).collect();
        let vocabularies = collated.texts.iter().map(|text| Vocabulary::of(text)).collect();
        Some(Self { texts, parallel, collated, column_of, row_of, vocabularies })
    }

    /// What one translation follows.
    fn followed_by(&self, column: usize, links: &[Link]) -> Vec<Follow> {
        let link = |edition: usize| {
            let of = |link: &&Link| link.a == self.column_of[edition] && link.b == column;
            links.iter().find(of).map(|link| link.aligned(self.texts))
        };
        let linked: Vec<Option<Aligned>> = (0..self.column_of.len()).map(link).collect();
        // The lexicon of one of the editions serves for all: they share nearly all of their words.
        let teacher = linked.iter().position(Option::is_some);
        let teacher = teacher.or(self.collated.collation.base).unwrap_or(0);
        let by_rows = |(edition, link): (usize, Option<Aligned>)| {
            link.unwrap_or_else(|| self.alignment_of_rows(self.column_of[edition], column))
        };
        let alignments: Vec<Aligned> = linked.into_iter().enumerate().map(by_rows).collect();
        let renderings = Renderings::learn(&alignments[teacher]);
        let asked =
            Asked { editions: self, column, alignments: &alignments, teacher, renderings: &renderings };
        let units = self.collated.collation.entries.par_iter().enumerate();
        let units = units.filter(|(_, unit)| is_substantive(unit));
        units.filter_map(|(number, unit)| asked.follow(number, unit)).collect()
    }

    /// The rows of two texts as beads.
    fn alignment_of_rows(&self, a: usize, b: usize) -> Aligned {
        let rows = self.parallel.rows.iter().map(|row| (&row.cells[a], &row.cells[b]));
        let beads = rows.filter(|(x, y)| !x.segments.is_empty() || !y.segments.is_empty()).map(|(x, y)| {
            let confidence = x.confidence.value().min(y.confidence.value());
            Bead::new(x.segments.clone(), y.segments.clone(), confidence)
        });
        let alignment = Alignment { beads: beads.collect() };
        Aligned::new(self.texts[a].clone(), self.texts[b].clone(), alignment)
    }

    /// What an edition has at a place.
    fn reading(&self, at: &Attestation) -> Reading {
        let (part, span) = self.collated.span(at);
        // A witness may be empty, and have no part.
        let parts = &self.collated.texts[at.witness].document.parts;
        let text = parts.get(part).map_or_else(String::new, |part| part.mapped_reading(span).text);
        Reading { locus: self.collated.locus(at), part, span, text }
    }

    /// The rows in which an edition has its reading.
    fn rows_of(&self, at: &Attestation) -> BTreeSet<usize> {
        let tokens = self.collated.tokens(at).iter();
        tokens.map(|token| self.row_of[at.witness][token.segment as usize]).collect()
    }
}

/// A translation of which is asked what it follows.
struct Asked<'a> {
    editions: &'a Beside<'a>,
    column: usize,
    /// Of each edition with the translation.
    alignments: &'a [Aligned],
    /// The edition of whose words it is known how they are rendered.
    teacher: usize,
    renderings: &'a Renderings<'a>,
}

impl Asked<'_> {
    fn follow(&self, number: usize, unit: &Entry) -> Option<Follow> {
        let editions = self.editions;
        let here = self.place(unit)?;
        let places: Vec<&Attestation> = unit.readings.iter().filter_map(|r| r.witnesses.first()).collect();
        let readings: Vec<Reading> = places.iter().map(|at| editions.reading(at)).collect();
        // Against how many readings each one does not win; and why it wins where it does.
        let mut open = vec![0; readings.len()];
        let mut won: Vec<Vec<Evidence>> = vec![Vec::new(); readings.len()];
        for y in 1..readings.len() {
            for x in 0..y {
                let class = unit.judgement(x, y).map_or(VariantClass::Substitution, |j| j.class);
                if class.layer() != Layer::Substantive {
                    continue;
                }
                let variant = Variant::new(class, "", readings[x].clone(), readings[y].clone());
                let (v, w) = (places[x].witness, places[y].witness);
                let aligned = Editions {
                    a: &editions.collated.texts[v],
                    b: &editions.collated.texts[w],
                    translation: &editions.texts[self.column],
                    with_a: &self.alignments[v].alignment,
                    with_b: &self.alignments[w].alignment,
                };
                let known = Known {
                    vocabularies: [&editions.vocabularies[v], &editions.vocabularies[w]],
                    renderings: [(self.renderings, &here); 2],
                };
                let (_, found) = aligned.evidence(&variant, &known);
                let winner = match verdict(&found) {
                    Verdict::First => Some(x),
                    Verdict::Second => Some(y),
                    Verdict::Undecided => None,
                };
                [x, y].into_iter().filter(|&k| Some(k) != winner).for_each(|k| open[k] += 1);
                if let Some(winner) = winner {
                    let pieces = found.into_iter();
                    let pieces = pieces.map(|e| Evidence { kind: e.kind, explanation: e.explanation });
                    let new: Vec<Evidence> = pieces.filter(|piece| !won[winner].contains(piece)).collect();
                    won[winner].extend(new);
                }
            }
        }
        let reading = (0..readings.len()).find(|&k| open[k] == 0 && !won[k].is_empty())?;
        let siglum = editions.texts[self.column].siglum().to_owned();
        Some(Follow { unit: number, siglum, reading, evidence: won.swap_remove(reading) })
    }

    /// The segments of the teacher in the rows of a unit; `None` where the translation stands in a doubtful
    /// one.
    fn place(&self, unit: &Entry) -> Option<Range<usize>> {
        let editions = self.editions;
        let rows: BTreeSet<usize> =
            unit.readings.iter().flat_map(|r| &r.witnesses).flat_map(|at| editions.rows_of(at)).collect();
        let cells = || rows.iter().map(|&row| &editions.parallel.rows[row].cells);
        if cells().any(|cells| cells[self.column].confidence < Confidence::new(Confidence::LIKELY)) {
            return None;
        }
        let teacher = editions.column_of[self.teacher];
        let segments = cells().map(|cells| &cells[teacher].segments).filter(|s| !s.is_empty());
        let (start, end) = segments.fold((usize::MAX, 0), |(from, to), s| (from.min(s.start), to.max(s.end)));
        Some(if start < end { start..end } else { 0..0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::{Options, collate};
    use crate::model::testing::{text, text_in};
    use crate::model::{EvidenceKind, ParallelCell, ParallelRow};

    /// What a French translation follows, sentence beside sentence; an empty string is nothing.
    fn followed(rows: &[[&str; 3]]) -> Vec<(String, EvidenceKind)> {
        let column = |c: usize| rows.iter().map(|row| row[c]).filter(|s| !s.is_empty()).collect::<Vec<_>>();
        let (a, b) = (text("A", &column(0)), text("B", &column(1)));
        let fr = text_in("fr", "fr", &column(2));
        let mut at = [0; 3];
        let row = |row: &[&str; 3]| {
            let cell = |(c, sentence): (usize, &&str)| {
                let from = at[c];
                at[c] += usize::from(!sentence.is_empty());
                let confidence = Confidence::new(0.99);
                ParallelCell { segments: from..at[c], confidence, ..ParallelCell::default() }
            };
            ParallelRow { cells: row.iter().enumerate().map(cell).collect(), ..ParallelRow::default() }
        };
        let parallel = Parallel {
            sigla: ["A", "B", "fr"].map(str::to_owned).to_vec(),
            rows: rows.iter().map(row).collect(),
        };
        let options = Options { base: Some("A".into()), ..Options::default() };
        let collation = collate(&[a.clone(), b.clone()], &options).unwrap().value;
        let found = follows(&[a, b, fr], &parallel, &collation, &[]);
        let siglum = |f: &Follow| {
            let witness = collation.entries()[f.unit].readings[f.reading].witnesses[0].witness;
            collation.siglum(witness).to_owned()
        };
        found.iter().map(|f| (siglum(f), f.evidence[0].kind)).collect()
    }

    fn one(a: &str, b: &str, fr: &str) -> Vec<(String, EvidenceKind)> {
        followed(&[
            ["Nobody came that day.", "Nobody came that day.", "Personne ne vint ce jour-là."],
            [a, b, fr],
            ["It was very late.", "It was very late.", "Il était très tard."],
        ])
    }

    #[test]
    fn numbers_and_names_decide() {
        let war = "The war lasted ten years in all.";
        let (seven, twelve) = ("The war lasted seven years in all.", "The war lasted 12 years in all.");
        let b = |kind| vec![("B".to_owned(), kind)];
        assert_eq!(one(war, seven, "La guerre dura sept ans en tout."), b(EvidenceKind::Number));
        assert_eq!(one(war, twelve, "La guerre dura douze ans en tout."), b(EvidenceKind::Number));
        let (walter, general) = ("He met General Walter Krivitsky there.", "He met General Krivitsky there.");
        assert_eq!(
            one(general, walter, "Il y rencontra le général Walter Krivitsky."),
            b(EvidenceKind::Name)
        );
    }

    #[test]
    fn what_decides_nothing_is_not_said() {
        // Neither number; a number of the rest of the sentence; a word of the same look; no name there.
        let war = "The war lasted ten years in all.";
        assert_eq!(one(war, "The war lasted seven years in all.", "La guerre dura longtemps."), []);
        let (a, b) = ("In the 5 days ten men came there.", "In the 5 days 5 men came there.");
        assert_eq!(one(a, b, "En 5 jours, des hommes y vinrent."), []);
        let (a, b) = ("It was his impertinence that hurt.", "It was his insolence that hurt.");
        assert_eq!(one(a, b, "C’est son insolence qui blessa."), []);
        let (a, b) = ("He met General Krivitsky there.", "He met General Walter Krivitsky there.");
        assert_eq!(one(a, b, "Il y rencontra le général Krivitsky."), []);
    }

    #[test]
    fn a_whole_sentence_decides_by_being_there_or_not() {
        let rows = |fr| {
            followed(&[
                ["Nobody came that day.", "Nobody came that day.", "Personne ne vint ce jour-là."],
                ["", "The Finns did not wish to be liberated.", fr],
                ["It was very late.", "It was very late.", "Il était très tard."],
            ])
        };
        let by_sentence = |siglum: &str| vec![(siglum.to_owned(), EvidenceKind::Sentence)];
        assert_eq!(rows("Les Finlandais ne souhaitaient pas être libérés."), by_sentence("B"));
        assert_eq!(rows(""), by_sentence("A"));
    }
}
