//! What is known of word pairs before anything is learned: numbers, identical words, cognates,
//! names that sound alike across scripts, and what a user's dictionary says.
//!
//! Each pair falls into a bucket; a bucket's precision q (how often the second word really stands in
//! the bead where the first does) starts at a default and is re-estimated on the pair of texts, so
//! that distant languages do not trust what close ones may.

use std::collections::BTreeMap;

use super::params::Params;
use super::sound::{keys, similarity};
use super::text::{Form, Text};
use crate::align::dictionary::{Dictionary, Entry};

/// Start precision of each bucket that needs no source.
const START: [f32; 10] = [0.8, 0.5, 0.7, 0.5, 0.25, 0.1, 0.5, 0.3, 0.15, 0.3];
/// Buckets of a source: [`GIVEN`] and those after it.
const OF_SOURCE: usize = 4;
/// Start precision of each bucket of a dictionary ...
const START_GIVEN: [f32; OF_SOURCE] = [0.4, 0.6, 0.2, 0.15];
/// ... and of a pack, by the share it gives.
const START_PACK: [f32; OF_SOURCE] = [0.5, 0.3, 0.15, 0.07];
/// The least share of each of these.
const PACK_SHARES: [f64; OF_SOURCE] = [0.4, 0.2, 0.1, 0.0];
/// More sources are believed like the last of so many.
const MOST_SOURCES: usize = 50;
const LONG_NUMBER: u8 = 0;
const SHORT_NUMBER: u8 = 1;
const SAME_LONG: u8 = 2;
const SAME_MIDDLE: u8 = 3;
const SAME_THREE: u8 = 4;
const SAME_SHORT: u8 = 5;
const COGNATE_CLOSE: u8 = 6;
const COGNATE_FAR: u8 = 7;
const COGNATE_PREFIX: u8 = 8;
const SOUND: u8 = 9;
/// Words of the first dictionary that says no more of them; its other buckets and those of more sources
/// follow.
const GIVEN: u8 = START.len() as u8;
/// Words of which a learned lexicon says that they often, or seldom, render each other.
const GIVEN_OFTEN: u8 = GIVEN + 1;
const GIVEN_SELDOM: u8 = GIVEN + 2;
/// Words of expressions of which a dictionary gives the whole.
const GIVEN_PHRASE: u8 = GIVEN + 3;

/// So much of a word's occurrences the dictionary may claim for its renderings together: a free translation
/// takes others, and a text must not seem unrelated for it before anything is learned.
const GIVEN_MOST: f32 = 0.35;
/// The same of packs, which know how often each rendering is to be expected.
const PACK_MOST: f32 = 0.9;

/// From this share on a learned rendering is frequent.
const OFTEN: f64 = 0.3;
/// Most pairs of words that an expression of a dictionary gives.
const PHRASE_PAIRS: usize = 9;

/// Names across scripts resemble each other at least so much.
const LEAST_SOUND: f32 = 0.6;

/// Letters that two cognates share at their head, at least.
const PREFIX: usize = 3;

/// A pair of types that resemble each other.
#[derive(Debug, Clone, Copy)]
struct Resemblance {
    a: u32,
    b: u32,
    bucket: u8,
}

/// A pair of types with the precision it is trusted with.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownPair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) precision: f32,
}

/// A weighted bead from which to learn.
#[derive(Debug, Clone, Copy)]
pub(super) struct TrainingBead {
    pub(super) a: (u32, u32),
    pub(super) b: (u32, u32),
    pub(super) weight: f32,
}

/// All resembling pairs of two texts, with the current precisions.
#[derive(Debug)]
pub(super) struct Knowledge {
    /// Sorted by `a`, then `b`; one entry a pair.
    pairs: Vec<Resemblance>,
    /// Of each bucket: its precision before anything is learned, and now.
    start: Vec<f32>,
    precision: Vec<f32>,
    /// So much of a word's occurrences a bucket's source may claim for its renderings.
    most: Vec<Option<f32>>,
}

impl Knowledge {
    /// Compares the forms of two texts, and looks up what `dictionary` says of them.
    pub(super) fn new(a: &Text, b: &Text, dictionary: &Dictionary) -> Self {
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
            let mut add = |b: u32, bucket: u8| pairs.push(Resemblance { a: form.type_id, b, bucket });
            for &id in exact.get(form.latin.as_str()).into_iter().flatten() {
                add(id, same_bucket(&form.latin));
            }
            if !is_comparable(form) {
                continue;
            }
            for other in by_prefix.get(&form.latin.as_bytes()[..PREFIX]).into_iter().flatten() {
                if let Some(bucket) = cognate_bucket(&form.latin, &other.latin) {
                    add(other.type_id, bucket);
                }
            }
            let sounds = if form.written.is_ascii() && !form.name { Vec::new() } else { keys(&form.latin) };
            for other in sounds.iter().filter_map(|key| by_sound.get(key)).flatten() {
                let scripts_differ = form.written.is_ascii() != other.written.is_ascii();
                if scripts_differ
                    && (form.name || other.name)
                    && similarity(&form.latin, &other.latin) >= LEAST_SOUND
                {
                    add(other.type_id, SOUND);
                }
            }
        }
        pairs.extend(given(a, b, dictionary));
        let mut start = START.to_vec();
        let mut most = vec![None; START.len()];
        for source in dictionary.sources().take(MOST_SOURCES) {
            start.extend(if source.is_pack { START_PACK } else { START_GIVEN });
            most.extend([Some(if source.is_pack { PACK_MOST } else { GIVEN_MOST }); OF_SOURCE]);
        }
        let rank = |p: &Resemblance| start[p.bucket as usize];
        pairs.sort_by(|x, y| (x.a, x.b).cmp(&(y.a, y.b)).then(rank(y).total_cmp(&rank(x))));
        pairs.dedup_by_key(|p| (p.a, p.b));
        Self { pairs, precision: start.clone(), start, most }
    }

    /// The pairs with their precisions, sorted by the first type.
    pub(super) fn known(&self) -> Vec<KnownPair> {
        let precision = |p: &Resemblance| self.precision[p.bucket as usize];
        let most = |p: &Resemblance| self.most.get(usize::from(p.bucket)).copied().flatten();
        let (mut of_a, mut of_b) = (BTreeMap::new(), BTreeMap::new());
        for pair in self.pairs.iter().filter(|pair| most(pair).is_some()) {
            *of_a.entry(pair.a).or_insert(0f32) += precision(pair);
            *of_b.entry(pair.b).or_insert(0f32) += precision(pair);
        }
        let share = |p: &Resemblance| match (most(p), of_a.get(&p.a), of_b.get(&p.b)) {
            (Some(most), Some(x), Some(y)) => (most / x.max(*y)).min(1.0),
            _ => 1.0,
        };
        let of = |p: &Resemblance| KnownPair { a: p.a, b: p.b, precision: precision(p) * share(p) };
        self.pairs.iter().map(of).collect()
    }

    /// Re-estimates the precisions: of the occurrences of a word with a resembling partner, how many
    /// have it in their bead, beyond chance.
    pub(super) fn learn(&mut self, a: &Text, b: &Text, beads: &[TrainingBead], params: &Params) {
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
                    chances[p.bucket as usize] += bead.weight * count * (1.0 - chance);
                    hits[p.bucket as usize] += bead.weight * count * (hit - chance);
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
    for (number, source) in dictionary.sources().enumerate() {
        let first = (number.min(MOST_SOURCES - 1) * OF_SOURCE) as u8;
        let is_turned = source.is_turned(&words_a, &words_b);
        for entry in &source.entries {
            let (of_a, of_b) = if is_turned { (&entry.b, &entry.a) } else { (&entry.a, &entry.b) };
            let (x, y) = (a.ids_of(of_a), b.ids_of(of_b));
            let bucket = first
                + if source.is_pack { pack_bucket(entry) } else { given_bucket(entry, x.len() * y.len()) };
            if x.len() * y.len() <= PHRASE_PAIRS {
                pairs.extend(x.iter().flat_map(|&a| y.iter().map(move |&b| Resemblance { a, b, bucket })));
            }
        }
    }
    pairs
}

fn given_bucket(entry: &Entry, pairs: usize) -> u8 {
    match entry.share {
        _ if pairs > 1 => GIVEN_PHRASE,
        None => GIVEN,
        Some(share) if share >= OFTEN => GIVEN_OFTEN,
        Some(_) => GIVEN_SELDOM,
    }
}

fn pack_bucket(entry: &Entry) -> u8 {
    let share = entry.share.unwrap_or(0.0);
    GIVEN + PACK_SHARES.iter().position(|&least| share >= least).unwrap_or(OF_SOURCE - 1) as u8
}

/// Whether a form is long enough, and no number, to be compared letter by letter.
fn is_comparable(form: &Form) -> bool {
    form.latin.len() >= 4 && form.latin.is_ascii() && !form.latin.as_bytes()[0].is_ascii_digit()
}

fn same_bucket(latin: &str) -> u8 {
    let n = latin.chars().count();
    match (latin.starts_with(|c: char| c.is_ascii_digit()), n) {
        (true, 3..) => LONG_NUMBER,
        (true, _) => SHORT_NUMBER,
        (false, 6..) => SAME_LONG,
        (false, 4..) => SAME_MIDDLE,
        (false, 3) => SAME_THREE,
        (false, _) => SAME_SHORT,
    }
}

/// By the longest common subsequence's share of the longer word.
fn cognate_bucket(a: &str, b: &str) -> Option<u8> {
    let (short, long) = (a.len().min(b.len()) as f64, a.len().max(b.len()) as f64);
    if a == b || short < 0.55 * long {
        return None;
    }
    let ratio = common_subsequence(a.as_bytes(), b.as_bytes()) as f64 / long;
    let prefix = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    match ratio {
        r if r >= 0.8 => Some(COGNATE_CLOSE),
        r if r >= 0.7 => Some(COGNATE_FAR),
        r if r >= 0.58 && prefix >= 4 => Some(COGNATE_PREFIX),
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
        assert_eq!(found("war", "战争"), Some(GIVEN));
        assert_eq!(found("east", "东方"), Some(GIVEN_PHRASE));
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
        assert_eq!(cognate_bucket("demokratie", "democracy"), Some(COGNATE_PREFIX));
    }
}
