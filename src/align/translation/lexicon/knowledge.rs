//! What is known of word pairs before anything is learned: numbers, identical words, cognates,
//! names that sound alike across scripts, and what dictionaries and packs say.
//!
//! Each pair falls into a bucket; a bucket's precision q (how often the second word really stands in
//! the bead where the first does) starts at a default and is re-estimated on the pair of texts, so
//! that distant languages do not trust what close ones may.

use crate::align::translation::params::knowledge::{
    GIVEN_MOST, LEAST_SOUND, MOST_SOURCES, OF_SOURCE, OFTEN, PACK_MOST, PACK_SHARES, PHRASE_PAIRS, PREFIX,
    START_ALIKE, START_GIVEN, START_PACK,
};
use std::collections::BTreeMap;

use crate::align::dictionary::{Dictionary, Entry};
use crate::align::translation::evidence::sound::{keys, similarity};
use crate::align::translation::params::Params;
use crate::align::translation::text::{Form, Text};

/// What is known of a pair of words, and from where. The precision of each is learned by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bucket {
    /// The words resemble each other.
    Alike(Likeness),
    /// A dictionary gives them; `source` is its number among all sources.
    Dictionary { source: u8, said: Said },
    /// A pack gives them.
    Pack { source: u8, degree: Degree },
}

/// How two words resemble each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    LongNumber,
    ShortNumber,
    SameLong,
    SameMiddle,
    SameThree,
    SameShort,
    CognateClose,
    CognateFar,
    CognatePrefix,
    Sound,
}

/// What a dictionary says of two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// No more than that they render each other.
    Unweighted,
    /// In a learned lexicon: that they often do.
    Often,
    /// The same, seldom.
    Seldom,
    /// That they belong to expressions that render each other as a whole.
    Phrase,
}

/// How large a share of a word's occurrences a pack gives to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Degree {
    Most,
    Much,
    Some,
    Little,
}

impl Bucket {
    /// Its place among the precisions: after the resemblances, source after source.
    fn place(self) -> usize {
        let of_source = |source: u8, kind: usize| START_ALIKE.len() + usize::from(source) * OF_SOURCE + kind;
        match self {
            Self::Alike(likeness) => likeness as usize,
            Self::Dictionary { source, said } => of_source(source, said as usize),
            Self::Pack { source, degree } => of_source(source, degree as usize),
        }
    }

    /// The precision it begins with.
    fn start(self) -> f32 {
        match self {
            Self::Alike(likeness) => START_ALIKE[likeness as usize],
            Self::Dictionary { said, .. } => START_GIVEN[said as usize],
            Self::Pack { degree, .. } => START_PACK[degree as usize],
        }
    }

    /// So much of a word's occurrences its source may claim for the word's renderings together.
    fn most(self) -> Option<f32> {
        match self {
            Self::Alike(_) => None,
            Self::Dictionary { .. } => Some(GIVEN_MOST),
            Self::Pack { .. } => Some(PACK_MOST),
        }
    }
}

/// A pair of types that resemble each other.
#[derive(Debug, Clone, Copy)]
struct Resemblance {
    a: u32,
    b: u32,
    bucket: Bucket,
}

/// A pair of types with the precision it is trusted with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownPair {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) precision: f32,
}

/// A weighted bead from which to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrainingBead {
    pub(crate) a: (u32, u32),
    pub(crate) b: (u32, u32),
    pub(crate) weight: f32,
}

/// All resembling pairs of two texts, with the current precisions.
#[derive(Debug)]
pub(crate) struct Knowledge {
    /// Sorted by `a`, then `b`; one entry a pair.
    pairs: Vec<Resemblance>,
    /// Of each bucket, by its place: the precision before anything is learned, and now.
    start: Vec<f32>,
    precision: Vec<f32>,
}

impl Knowledge {
    /// Compares the forms of two texts, and looks up what `dictionary` says of them.
    pub(crate) fn new(a: &Text, b: &Text, dictionary: &Dictionary) -> Self {
        let mut exact: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut by_prefix: BTreeMap<&[u8], Vec<&Form>> = BTreeMap::new();
        let mut by_sound: BTreeMap<String, Vec<&Form>> = BTreeMap::new();
        for form in b.forms.iter().filter(|f| !f.latin.is_empty()) {
            exact.entry(&form.latin).or_default().push(form.type_id);
            if is_comparable(form) {
                by_prefix.entry(&form.latin.as_bytes()[..PREFIX]).or_default().push(form);
                for key in keys(&form.latin) {
                    by_sound.entry(key).or_default().push(form);
                }
            }
        }
        let mut pairs = Vec::new();
        for form in a.forms.iter().filter(|f| !f.latin.is_empty()) {
            let mut add = |b: u32, likeness: Likeness| {
                pairs.push(Resemblance { a: form.type_id, b, bucket: Bucket::Alike(likeness) });
            };
            for &id in exact.get(form.latin.as_str()).into_iter().flatten() {
                add(id, same(&form.latin));
            }
            if !is_comparable(form) {
                continue;
            }
            for other in by_prefix.get(&form.latin.as_bytes()[..PREFIX]).into_iter().flatten() {
                if let Some(likeness) = cognate(&form.latin, &other.latin) {
                    add(other.type_id, likeness);
                }
            }
            let sounds = if form.written.is_ascii() && !form.name { Vec::new() } else { keys(&form.latin) };
            for other in sounds.iter().filter_map(|key| by_sound.get(key)).flatten() {
                let scripts_differ = form.written.is_ascii() != other.written.is_ascii();
                if scripts_differ
                    && (form.name || other.name)
                    && similarity(&form.latin, &other.latin) >= LEAST_SOUND
                {
                    add(other.type_id, Likeness::Sound);
                }
            }
        }
        pairs.extend(given(a, b, dictionary));
        let rank = |p: &Resemblance| p.bucket.start();
        pairs.sort_by(|x, y| (x.a, x.b).cmp(&(y.a, y.b)).then(rank(y).total_cmp(&rank(x))));
        pairs.dedup_by_key(|p| (p.a, p.b));
        let mut start = START_ALIKE.to_vec();
        for source in dictionary.sources().take(MOST_SOURCES) {
            start.extend(if source.is_pack { START_PACK } else { START_GIVEN });
        }
        Self { pairs, precision: start.clone(), start }
    }

    /// The pairs with their precisions, sorted by the first type.
    pub(crate) fn known(&self) -> Vec<KnownPair> {
        let precision = |p: &Resemblance| self.precision[p.bucket.place()];
        let (mut of_a, mut of_b) = (BTreeMap::new(), BTreeMap::new());
        for pair in self.pairs.iter().filter(|pair| pair.bucket.most().is_some()) {
            *of_a.entry(pair.a).or_insert(0f32) += precision(pair);
            *of_b.entry(pair.b).or_insert(0f32) += precision(pair);
        }
        let share = |p: &Resemblance| match (p.bucket.most(), of_a.get(&p.a), of_b.get(&p.b)) {
            (Some(most), Some(x), Some(y)) => (most / x.max(*y)).min(1.0),
            _ => 1.0,
        };
        let of = |p: &Resemblance| KnownPair { a: p.a, b: p.b, precision: precision(p) * share(p) };
        self.pairs.iter().map(of).collect()
    }

    /// Re-estimates the precisions: of the occurrences of a word with a resembling partner, how many
    /// have it in their bead, beyond chance.
    pub(crate) fn learn(&mut self, a: &Text, b: &Text, beads: &[TrainingBead], params: &Params) {
        let mut hits = vec![0f32; self.start.len()];
        let mut chances = vec![0f32; self.start.len()];
        let mut seen = vec![u32::MAX; b.keys.len()];
        for (number, bead) in (0u32..).zip(beads) {
            let units = |span: (u32, u32)| span.0 as usize..span.1 as usize;
            let tokens = b.number_of_words(&units(bead.b)) as f32;
            b.types_within(units(bead.b)).iter().for_each(|&(t, _)| seen[t as usize] = number);
            for &(s, count) in a.types_within(units(bead.a)) {
                let from = self.pairs.partition_point(|p| p.a < s);
                for p in self.pairs[from..].iter().take_while(|p| p.a == s) {
                    let chance = (tokens * b.counts[p.b as usize] / b.total).min(1.0);
                    let hit = if seen[p.b as usize] == number { 1.0 } else { 0.0 };
                    chances[p.bucket.place()] += bead.weight * count * (1.0 - chance);
                    hits[p.bucket.place()] += bead.weight * count * (hit - chance);
                }
            }
        }
        let k = params.knowledge_count;
        for (bucket, q) in self.precision.iter_mut().enumerate() {
            *q =
                ((self.start[bucket] * k + hits[bucket].max(0.0)) / (k + chances[bucket])).clamp(0.005, 0.95);
        }
    }
}

/// The pairs of types of which the sources of a dictionary speak.
fn given(a: &Text, b: &Text, dictionary: &Dictionary) -> Vec<Resemblance> {
    if dictionary.is_empty() {
        return Vec::new();
    }
    let (words_a, words_b) = (a.words(), b.words());
    let mut pairs = Vec::new();
    for (number, of_source) in dictionary.sources().enumerate() {
        let source = number.min(MOST_SOURCES - 1) as u8;
        let is_turned = of_source.is_turned(&words_a, &words_b);
        for entry in &of_source.entries {
            let (of_a, of_b) = if is_turned { (&entry.b, &entry.a) } else { (&entry.a, &entry.b) };
            let (x, y) = (a.ids_of(of_a), b.ids_of(of_b));
            let bucket = if of_source.is_pack {
                Bucket::Pack { source, degree: degree(entry) }
            } else {
                Bucket::Dictionary { source, said: said(entry, x.len() * y.len()) }
            };
            if x.len() * y.len() <= PHRASE_PAIRS {
                pairs.extend(x.iter().flat_map(|&a| y.iter().map(move |&b| Resemblance { a, b, bucket })));
            }
        }
    }
    pairs
}

/// What an entry of a dictionary says that gives so many pairs of types.
fn said(entry: &Entry, pairs: usize) -> Said {
    match entry.share {
        _ if pairs > 1 => Said::Phrase,
        None => Said::Unweighted,
        Some(share) if share >= OFTEN => Said::Often,
        Some(_) => Said::Seldom,
    }
}

fn degree(entry: &Entry) -> Degree {
    let share = entry.share.unwrap_or(0.0);
    match PACK_SHARES.iter().position(|&least| share >= least) {
        Some(0) => Degree::Most,
        Some(1) => Degree::Much,
        Some(2) => Degree::Some,
        _ => Degree::Little,
    }
}

/// Whether a form is long enough, and no number, to be compared letter by letter.
fn is_comparable(form: &Form) -> bool {
    form.latin.len() >= 4 && form.latin.is_ascii() && !form.latin.as_bytes()[0].is_ascii_digit()
}

fn same(latin: &str) -> Likeness {
    let n = latin.chars().count();
    match (latin.starts_with(|c: char| c.is_ascii_digit()), n) {
        (true, 3..) => Likeness::LongNumber,
        (true, _) => Likeness::ShortNumber,
        (false, 6..) => Likeness::SameLong,
        (false, 4..) => Likeness::SameMiddle,
        (false, 3) => Likeness::SameThree,
        (false, _) => Likeness::SameShort,
    }
}

/// By the longest common subsequence's share of the longer word.
fn cognate(a: &str, b: &str) -> Option<Likeness> {
    let (short, long) = (a.len().min(b.len()) as f64, a.len().max(b.len()) as f64);
    if a == b || short < 0.55 * long {
        return None;
    }
    let ratio = common_subsequence(a.as_bytes(), b.as_bytes()) as f64 / long;
    let prefix = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    match ratio {
        r if r >= 0.8 => Some(Likeness::CognateClose),
        r if r >= 0.7 => Some(Likeness::CognateFar),
        r if r >= 0.58 && prefix >= 4 => Some(Likeness::CognatePrefix),
        _ => None,
    }
}

/// Length of the longest common subsequence of the first 60 bytes of two words.
fn common_subsequence(a: &[u8], b: &[u8]) -> usize {
    let b = &b[..b.len().min(60)];
    let mut row = [0usize; 61];
    for &x in a.iter().take(60) {
        let mut diagonal = 0;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::side::Side;
    use crate::align::translation::text::sentences;
    use crate::model::Lang;

    #[test]
    fn numbers_cognates_and_names_are_found() {
        let params = Params::default();
        let read = |s: &str| Text::new(&sentences(&Side::from_lines([s], Lang::und())), &params);
        let a = read("In 1939 the democracy of Trotsky and Hitler");
        let b = read("В 1939 демократия Троцкого и Гитлера");
        let knowledge = Knowledge::new(&a, &b, &Dictionary::default());
        let has = |x: &str, y: &str| {
            let (x, y) = (a.id(x).unwrap(), b.id(y).unwrap());
            knowledge.pairs.iter().any(|p| p.a == x && p.b == y)
        };
        assert!(has("1939", "1939"));
        assert!(has("demo~", "демо~"));
        assert!(has("hitl~", "гитл~"));
    }

    #[test]
    fn a_dictionary_is_looked_up_in_either_direction() {
        let params = Params::default();
        let read = |s: &str| Text::new(&sentences(&Side::from_lines([s], Lang::und())), &params);
        let (a, b) = (read("The war goes on in the east"), read("战争在东方继续"));
        let entries = [("战争", "war", None), ("东方", "the east", None), ("peace", "和平", None)];
        let knowledge = Knowledge::new(&a, &b, &Dictionary::new(entries));
        let found = |x: &str, y: &str| {
            let (x, y) = (a.id(x).unwrap(), b.id(y).unwrap());
            knowledge.pairs.iter().find(|p| p.a == x && p.b == y).map(|p| p.bucket)
        };
        assert_eq!(found("war", "战争"), Some(Bucket::Dictionary { source: 0, said: Said::Unweighted }));
        assert_eq!(found("east", "东方"), Some(Bucket::Dictionary { source: 0, said: Said::Phrase }));
        assert_eq!(found("war", "继续"), None);
    }

    #[test]
    fn many_renderings_of_a_word_share_its_trust() {
        let params = Params::default();
        let read = |s: &str| Text::new(&sentences(&Side::from_lines([s], Lang::und())), &params);
        let (a, b) = (read("bank tree"), read("ufer kasse haus baum"));
        let entries = [("bank", "ufer"), ("bank", "kasse"), ("bank", "haus"), ("tree", "baum")];
        let dictionary = Dictionary::new(entries.map(|(a, b)| (a, b, Some(0.9))));
        let known = Knowledge::new(&a, &b, &dictionary).known();
        let sum = |word: &str| -> f32 {
            let id = a.id(word).unwrap();
            known.iter().filter(|pair| pair.a == id).map(|pair| pair.precision).sum()
        };
        assert!((sum("bank") - GIVEN_MOST).abs() < 1e-6 && (sum("tree") - GIVEN_MOST).abs() < 1e-6);
    }

    #[test]
    fn common_subsequences() {
        assert_eq!(common_subsequence(b"kaiserschmarrn", b"kaisersmarn"), 11);
        assert_eq!(cognate("demokratie", "democracy"), Some(Likeness::CognatePrefix));
    }
}
