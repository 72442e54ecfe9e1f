//! Which reading a translation follows where editions differ, as far as numbers, names or whole
//! sentences decide it. What nothing decides is not in the answer.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::numbers::numbers;
use crate::align::names_alike;
use crate::model::{
    Collated, Collation, Confidence, Evidence, EvidenceKind, Follow, Layer, Parallel, Segmented, UnitReading,
    VariationUnit,
};

/// Letters of the longest words for numbers.
const MUCH: usize = 24;
/// A name shorter than this looks like too many words.
const LETTERS: usize = 4;
/// How similar names are that sound alike.
const SOUND: f64 = 0.9;
/// Names are the same from this similarity on (1: the same letters).
const ALIKE: f64 = 0.8;
/// The names of other readings must be less similar by this.
const LEAD: f64 = 0.25;

/// For each substantive unit and each text that is not collated, which reading it follows.
///
/// `texts` are those of `parallel`, in its order. A translation that stands in no row with the readings,
/// or only in doubtful ones, follows nothing.
pub fn follows(texts: &[&Segmented], parallel: &Parallel, collation: &Collation) -> Vec<Follow> {
    let Some(collated) = Collated::new(collation, texts) else { return Vec::new() };
    let asked = Asked::new(texts, parallel, &collated);
    let is_collated = |siglum: &str| collation.witnesses.iter().any(|witness| witness.siglum == siglum);
    let translations: Vec<usize> = (0..texts.len()).filter(|&c| !is_collated(texts[c].siglum())).collect();
    let mut out = Vec::new();
    for (number, unit) in collation.units.iter().enumerate().filter(|(_, unit)| is_substantive(unit)) {
        let Some(place) = asked.place(unit) else { continue };
        for &column in &translations {
            if let Some((reading, evidence)) = asked.decide(unit, &place, column) {
                let siglum = texts[column].siglum().to_owned();
                out.push(Follow { unit: number, siglum, reading, evidence });
            }
        }
    }
    out
}

fn is_substantive(unit: &VariationUnit) -> bool {
    let layers = unit.readings.iter().filter_map(|r| Some(r.judgement.as_ref()?.class.layer()));
    layers.into_iter().any(|layer| layer == Layer::Substantive)
}

/// What is asked of every unit.
struct Asked<'a> {
    texts: &'a [&'a Segmented],
    parallel: &'a Parallel,
    collated: &'a Collated<'a>,
    /// For each witness of the collation, its column.
    column_of: Vec<usize>,
    /// For each witness of the collation, the row of each of its segments.
    row_of: Vec<Vec<usize>>,
}

/// Where a unit stands.
struct Place {
    /// The row in which all readings have their words.
    row: usize,
    /// For each reading, its words that no other reading has nor any edition has elsewhere in the row.
    own: Vec<Vec<Word>>,
    /// The words that editions have in the row outside of the unit.
    context: BTreeSet<String>,
}

impl<'a> Asked<'a> {
    fn new(texts: &'a [&'a Segmented], parallel: &'a Parallel, collated: &'a Collated<'a>) -> Self {
        let column = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum).unwrap_or(0);
        let column_of: Vec<usize> =
            collated.collation.witnesses.iter().map(|witness| column(&witness.siglum)).collect();
        let rows = |&column: &usize| {
            let mut rows = vec![0; texts[column].len()];
            for (index, row) in parallel.rows.iter().enumerate() {
                row.cells[column].segments.clone().for_each(|segment| rows[segment] = index);
            }
            rows
        };
        let row_of = column_of.iter().map(rows).collect();
        Self { texts, parallel, collated, column_of, row_of }
    }

    /// Where a unit stands; `None` if its readings stand in several rows.
    fn place(&self, unit: &VariationUnit) -> Option<Place> {
        let mut rows = BTreeSet::new();
        for at in unit.readings.iter().flat_map(|reading| &reading.witnesses) {
            let tokens = self.collated.tokens(at);
            rows.extend(tokens.iter().map(|token| self.row_of[at.witness][token.segment as usize]));
        }
        let (first, last) = (*rows.first()?, *rows.last()?);
        if first != last {
            return None;
        }
        let mut context = BTreeSet::new();
        for (witness, source) in self.collated.collation.witnesses.iter().enumerate() {
            let attested = unit.readings.iter().flat_map(|r| &r.witnesses).find(|at| at.witness == witness);
            let inside = attested.map_or(0..0, |at| at.tokens.start as usize..at.tokens.end as usize);
            let segments = &self.parallel.rows[first].cells[self.column_of[witness]].segments;
            let from = source.tokens.partition_point(|t| (t.segment as usize) < segments.start);
            let to = source.tokens.partition_point(|t| (t.segment as usize) < segments.end);
            let outside = (from..to).filter(|index| !inside.contains(index));
            let read = outside.map(|index| &source.tokens[index].read);
            let words = read.flat_map(|r| words(&source.text[r.start as usize..r.end as usize]));
            context.extend(words.map(|word| word.lower));
        }
        let all: Vec<Vec<Word>> = unit.readings.iter().map(|reading| self.words_of(reading)).collect();
        let own = |index: usize| {
            let others = || all.iter().enumerate().filter(|&(k, _)| k != index).flat_map(|(_, words)| words);
            let is_own = |word: &&Word| {
                !context.contains(&word.lower) && !others().any(|other| other.lower == word.lower)
            };
            all[index].iter().filter(is_own).cloned().collect()
        };
        let own = (0..all.len()).map(own).collect();
        Some(Place { row: first, own, context })
    }

    /// The words of a reading. The capital with which a sentence begins says nothing.
    fn words_of(&self, reading: &UnitReading) -> Vec<Word> {
        let mut words = words(&reading.text);
        let begins = reading.witnesses.iter().any(|at| {
            let tokens = &self.collated.collation.witnesses[at.witness].tokens;
            let start = at.tokens.start as usize;
            let before = start.checked_sub(1).and_then(|index| tokens.get(index));
            before.map(|token| token.segment) != tokens.get(start).map(|token| token.segment)
        });
        if let Some(first) = words.first_mut().filter(|_| begins) {
            first.is_capital = false;
        }
        words
    }

    /// Which reading a translation follows.
    fn decide(&self, unit: &VariationUnit, place: &Place, column: usize) -> Option<(usize, Evidence)> {
        let cell = &self.parallel.rows[place.row].cells[column];
        if cell.confidence < Confidence::new(Confidence::SURE) {
            return None;
        }
        let text = self.texts[column];
        if let Some(decided) = self.by_sentence(unit, place, column) {
            return Some(decided);
        }
        let said: Vec<Word> = cell.segments.clone().flat_map(|s| words(&text.text(s))).collect();
        self.by_number(place, &said, column).or_else(|| by_name(place, &said))
    }

    /// A number that only one reading has, and the translation has it.
    fn by_number(&self, place: &Place, said: &[Word], column: usize) -> Option<(usize, Evidence)> {
        let lang = |column: usize| &self.texts[column].document.witness.lang;
        let (editions, translation) = (lang(*self.column_of.first()?), lang(column));
        let known: Vec<u64> = place.context.iter().flat_map(|word| numbers(word, editions)).collect();
        let each = |words: &[Word], lang| -> Vec<(u64, String)> {
            // In a script without spaces the word is a clause: the number itself is shown.
            let shown = |word: &Word, n: u64| match word.lower.chars().count() {
                ..=MUCH => word.lower.clone(),
                _ => n.to_string(),
            };
            let of = |word: &Word| {
                let found = numbers(&word.lower, lang).into_iter();
                found.map(|n| (n, shown(word, n))).collect::<Vec<_>>()
            };
            words.iter().flat_map(of).collect()
        };
        let numbers: Vec<Vec<(u64, String)>> = place.own.iter().map(|words| each(words, editions)).collect();
        let said = each(said, translation);
        let find = |value: u64| said.iter().find(|(x, _)| *x == value);
        let has = |of: &[(u64, String)]| of.iter().any(|(value, _)| find(*value).is_some());
        let mut follows = (0..numbers.len()).filter(|&reading| has(&numbers[reading]));
        let (reading, None) = (follows.next()?, follows.next()) else { return None };
        let all = numbers[reading].iter().all(|(value, _)| find(*value).is_some() && !known.contains(value));
        let (value, word) = numbers[reading].first().filter(|_| all)?;
        let evidence = Evidence {
            kind: EvidenceKind::Number,
            reading: word.clone(),
            translation: find(*value)?.1.clone(),
        };
        Some((reading, evidence))
    }

    /// A row that only one reading has: the translation has it, or has it not.
    fn by_sentence(&self, unit: &VariationUnit, place: &Place, column: usize) -> Option<(usize, Evidence)> {
        let [x, y] = unit.readings.as_slice() else { return None };
        let (with, without) = match (x.text.is_empty(), y.text.is_empty()) {
            (false, true) => (0, 1),
            (true, false) => (1, 0),
            _ => return None,
        };
        let row = &self.parallel.rows[place.row];
        let in_row = |reading: usize| {
            let mut witnesses = unit.readings[reading].witnesses.iter();
            witnesses.any(|at| !row.cells[self.column_of[at.witness]].segments.is_empty())
        };
        let sure = |column: usize| row.cells[column].confidence >= Confidence::new(Confidence::SURE);
        let editions_sure = self.column_of.iter().all(|&column| sure(column));
        // All that stands in the row is the reading.
        if in_row(without) || !editions_sure || place.own[with].is_empty() || !place.context.is_empty() {
            return None;
        }
        let said = row.cells[column].segments.clone().map(|s| self.texts[column].text(s));
        let translation = said.collect::<Vec<_>>().join(" ");
        let reading = if translation.is_empty() { without } else { with };
        let evidence = Evidence {
            kind: EvidenceKind::Sentence,
            reading: unit.readings[reading].text.clone(),
            translation,
        };
        Some((reading, evidence))
    }
}

/// A name that one reading alone has, and the translation has it.
fn by_name(place: &Place, said: &[Word]) -> Option<(usize, Evidence)> {
    // What the translation has of the rest of the sentence is no evidence.
    let is_new = |word: &&Word| place.context.iter().all(|known| similarity(known, &word.lower) < ALIKE);
    let free: Vec<&Word> = said.iter().filter(|word| word.may_be_name()).filter(is_new).collect();
    let mut best: Vec<(f64, usize, Option<Namesakes<'_>>)> = place
        .own
        .iter()
        .enumerate()
        .map(|(reading, words)| {
            let names = most_alike(words, &free);
            (names.map_or(0.0, |(word, said)| similarity(&word.lower, &said.lower)), reading, names)
        })
        .collect();
    best.sort_by(|x, y| y.0.total_cmp(&x.0));
    let [(first, reading, Some((word, said))), (second, ..), ..] = best.as_slice() else { return None };
    (*first >= ALIKE && first - second >= LEAD).then(|| {
        let (reading_has, translation) = (word.text.clone(), said.text.clone());
        (*reading, Evidence { kind: EvidenceKind::Name, reading: reading_has, translation })
    })
}

/// A name of a reading and one of a translation.
type Namesakes<'w> = (&'w Word, &'w Word);

/// The two names that are most alike.
fn most_alike<'w>(words: &'w [Word], said: &[&'w Word]) -> Option<Namesakes<'w>> {
    let names = words.iter().filter(|word| word.may_be_name());
    let pairs = names.flat_map(|word| said.iter().map(move |&other| (word, other)));
    let likeness = |(word, other): &Namesakes<'_>| similarity(&word.lower, &other.lower);
    pairs.max_by(|x, y| likeness(x).total_cmp(&likeness(y)))
}

/// A word or a figure.
#[derive(Debug, Clone, Default)]
struct Word {
    text: String,
    lower: String,
    is_capital: bool,
}

impl Word {
    fn may_be_name(&self) -> bool {
        self.is_capital
            && self.lower.chars().count() >= LETTERS
            && self.lower.chars().all(char::is_alphabetic)
    }
}

/// The words of a text; figures are words of their own, also where no space divides them.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut last = None;
    for c in text.nfkc() {
        let kind = (c.is_alphanumeric() || is_combining_mark(c)).then(|| c.is_numeric());
        if kind.is_some() && (kind != last || out.is_empty()) {
            out.push(Word { is_capital: c.is_uppercase(), ..Word::default() });
        }
        if let Some(word) = out.last_mut().filter(|_| kind.is_some()) {
            word.text.push(c);
            word.lower.extend(c.to_lowercase());
        }
        last = kind;
    }
    out
}

/// Of two words without their accents: 1 for the same letters, 0 for none in common. What sounds alike in
/// two scripts is nearly the same.
fn similarity(a: &str, b: &str) -> f64 {
    let plain = |word: &str| word.nfd().filter(|&c| !is_combining_mark(c)).collect::<String>();
    let letters = strsim::normalized_levenshtein(&plain(a), &plain(b));
    if names_alike(a, b) { letters.max(SOUND) } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::testing::text;
    use crate::collate::{Options, collate};
    use crate::model::{Lang, ParallelCell, ParallelRow};

    /// What a French translation follows, sentence beside sentence; an empty string is nothing.
    fn followed(rows: &[[&str; 3]]) -> Vec<(String, EvidenceKind)> {
        let column = |c: usize| rows.iter().map(|row| row[c]).filter(|s| !s.is_empty()).collect::<Vec<_>>();
        let (a, b) = (text("A", &column(0)), text("B", &column(1)));
        let mut fr = text("fr", &column(2));
        fr.document.witness.lang = Lang::new("fr");
        let mut at = [0; 3];
        let row = |row: &[&str; 3]| {
            let cell = |(c, sentence): (usize, &&str)| {
                let from = at[c];
                at[c] += usize::from(!sentence.is_empty());
                let confidence = Confidence::new(0.99);
                ParallelCell { segments: from..at[c], confidence, ..ParallelCell::default() }
            };
            ParallelRow { cells: row.iter().enumerate().map(cell).collect() }
        };
        let parallel = Parallel {
            sigla: ["A", "B", "fr"].map(str::to_owned).to_vec(),
            rows: rows.iter().map(row).collect(),
        };
        let collation = collate(&[&a, &b], &Options { base: Some("A".into()), ..Options::default() }).value;
        let found = follows(&[&a, &b, &fr], &parallel, &collation);
        let siglum = |f: &Follow| {
            let witness = collation.units[f.unit].readings[f.reading].witnesses[0].witness;
            collation.witnesses[witness].siglum.clone()
        };
        found.iter().map(|f| (siglum(f), f.evidence.kind)).collect()
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
