//! Variation units: the places where witnesses differ, as an editor would divide them.
//!
//! Columns in which not all witnesses that cover them read the same are joined to units where the
//! same witnesses go their own way in neighbouring words; a difference of spelling stays by itself,
//! marks go with the words that they enclose, and a particle that two rewritten phrases happen to
//! share does not part them. A passage that stands elsewhere is compared at its home.

use crate::par::prelude::*;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::distance::between;
use super::frame::{Frame, Manner, Zone};
use super::judge::Judge;
use super::lexicon::Lexicon;
use super::source::Source;
use super::unit_grouping::{belong_together, union};
use crate::collate::Options;
use crate::model::{Attestation, Between, Entry, EntryKind, EntryReading, Move, Segmented};

/// The units of a collation, in the order of the columns.
pub(super) fn units(
    frame: &Frame<'_>,
    moves: &[Move],
    witnesses: &[&Segmented],
    options: &Options,
) -> Vec<Entry> {
    let homes = Homes::new(frame, moves);
    let zones = joined(differing(frame, &homes), frame);
    let judge = Judge::new(frame, witnesses, options);
    let units: Vec<Option<Entry>> =
        zones.into_par_iter().map(|zone| unit(zone.columns, frame, &homes, &judge)).collect();
    units.into_iter().flatten().collect()
}

/// Words that a witness has at another place, seen from their home.
struct Homes {
    /// For a home column: witness, token and move of what stands elsewhere.
    elsewhere: FxHashMap<u32, Vec<(u32, u32, usize)>>,
    /// Columns that are the other place of a passage: they are compared at its home.
    away: Vec<bool>,
    /// Home columns before which a witness has words at the other place that the home has not.
    extra: FxHashMap<u32, ()>,
    /// For a move and a witness: home column and token, in order.
    links: FxHashMap<(usize, u32), Vec<(u32, u32)>>,
}

impl Homes {
    fn new(frame: &Frame<'_>, moves: &[Move]) -> Self {
        let mut homes = Self {
            elsewhere: FxHashMap::default(),
            away: vec![false; frame.table.len()],
            extra: FxHashMap::default(),
            links: FxHashMap::default(),
        };
        for (index, one) in moves.iter().enumerate() {
            let is_away = |w: u32| one.away.witnesses.iter().any(|a| a.witness == w as usize);
            for column in one.away.columns.clone() {
                let entries = frame.table.entries(column as usize);
                homes.away[column as usize] |= entries.iter().all(|&(w, _)| is_away(w));
            }
            for &(home, away) in &one.links {
                let at_home = frame.table.entries(home as usize);
                for &(witness, token) in frame.table.entries(away as usize) {
                    let here = homes.elsewhere.entry(home).or_default();
                    let has = at_home.iter().any(|e| e.0 == witness) || here.iter().any(|e| e.0 == witness);
                    if is_away(witness) && !has {
                        here.push((witness, token, index));
                        homes.links.entry((index, witness)).or_default().push((home, token));
                    }
                }
            }
        }
        let mut extra = Vec::new();
        for (index, one) in moves.iter().enumerate() {
            for attestation in &one.away.witnesses {
                let links = homes.links.get(&(index, attestation.witness as u32));
                let pairs = links.into_iter().flat_map(|links| links.windows(2));
                extra.extend(pairs.filter(|p| p[1].1 > p[0].1 + 1).map(|p| p[1].0));
            }
        }
        homes.extra = extra.into_iter().map(|column| (column, ())).collect();
        homes
    }

    fn at(&self, column: u32) -> &[(u32, u32, usize)] {
        self.elsewhere.get(&column).map_or(&[], Vec::as_slice)
    }

    /// Where a witness lacks what follows a passage that it has elsewhere: behind the passage there.
    fn behind_passage(&self, column: u32, witness: u32) -> Option<u32> {
        let before = column.checked_sub(1)?;
        self.at(before).iter().find(|entry| entry.0 == witness).map(|entry| entry.1 + 1)
    }

    /// The tokens of a witness that stand elsewhere and belong to some home columns.
    fn tokens(&self, columns: &Range<u32>, index: usize, witness: u32) -> Range<u32> {
        let Some(links) = self.links.get(&(index, witness)) else { return 0..0 };
        let from = links.partition_point(|l| l.0 < columns.start);
        let to = links.partition_point(|l| l.0 < columns.end);
        let start = match from.checked_sub(1) {
            Some(before) => links[before].1 + 1,
            None => links[from].1,
        };
        let end = match links.get(to) {
            Some(next) => next.1,
            None => links[to - 1].1 + 1,
        };
        start.min(end)..end
    }
}

/// The columns in which not all read the same.
fn differing(frame: &Frame<'_>, homes: &Homes) -> Vec<Zone> {
    let covering = covering(frame);
    (0..frame.table.len() as u32)
        .into_par_iter()
        .filter(|&column| !homes.away[column as usize])
        .filter_map(|column| zone(column, frame, homes, covering[column as usize]))
        .collect()
}

/// How many witnesses cover each column.
fn covering(frame: &Frame<'_>) -> Vec<u32> {
    let mut changes = vec![0i64; frame.table.len() + 1];
    for range in frame.present.iter().flatten() {
        changes[range.start as usize] += 1;
        changes[range.end as usize] -= 1;
    }
    let sums = changes.iter().scan(0i64, |now, change| {
        *now += change;
        Some(*now as u32)
    });
    sums.take(frame.table.len()).collect()
}

fn zone(column: u32, frame: &Frame<'_>, homes: &Homes, covering: u32) -> Option<Zone> {
    let own = frame.table.entries(column as usize);
    let elsewhere = homes.at(column);
    let form = |w: u32, t: u32| frame.sources[w as usize].forms[t as usize];
    let first = own.first().map(|&(w, t)| form(w, t))?;
    let all = (own.len() + elsewhere.len()) as u32;
    let same = own.iter().all(|&(w, t)| form(w, t) == first)
        && elsewhere.iter().all(|&(w, t, _)| form(w, t) == first);
    let once = own.windows(2).all(|pair| pair[0].0 != pair[1].0);
    if same && once && all == covering && !homes.extra.contains_key(&column) {
        return None;
    }
    let mut readings: Vec<(u32, Vec<u32>)> = Vec::new();
    for (w, t) in own.iter().copied().chain(elsewhere.iter().map(|&(w, t, _)| (w, t))) {
        match readings.last_mut() {
            Some((witness, forms)) if *witness == w => forms.push(form(w, t)),
            _ => readings.push((w, vec![form(w, t)])),
        }
    }
    readings.sort();
    Some(described(column, &readings, frame))
}

fn described(column: u32, readings: &[(u32, Vec<u32>)], frame: &Frame<'_>) -> Zone {
    let lexicon = frame.lexicon;
    let lacking: Vec<u32> = (0..frame.sources.len() as u32)
        .filter(|&w| is_present(&frame.present[w as usize], column))
        .filter(|w| readings.binary_search_by_key(w, |r| r.0).is_err())
        .collect();
    let mut counts: FxHashMap<&[u32], (usize, u32)> = FxHashMap::default();
    for (witness, forms) in readings {
        counts.entry(forms.as_slice()).or_insert((0, *witness)).0 += 1;
    }
    // Most attested, of equals the one of the first witness.
    let main = readings
        .iter()
        .map(|(_, forms)| forms.as_slice())
        .max_by_key(|forms| counts.get(forms).map(|&(n, first)| (n, std::cmp::Reverse(first))));
    let most = main.and_then(|forms| counts.get(forms)).map_or(0, |c| c.0);
    let first_of_main = main.and_then(|forms| counts.get(forms)).map(|c| c.1);
    // Having nothing is a reading like the others.
    let nothing_is_usual =
        lacking.len() > most || lacking.len() == most && lacking.first().copied() < first_of_main;
    let apart: Vec<u32> = if nothing_is_usual {
        readings.iter().map(|r| r.0).collect()
    } else {
        let others = readings.iter().filter(|r| Some(r.1.as_slice()) != main).map(|r| r.0);
        let mut apart: Vec<u32> = others.chain(lacking.iter().copied()).collect();
        apart.sort_unstable();
        apart
    };
    let is_word = |form: &u32| lexicon.keys[lexicon.forms[*form as usize].key as usize].is_word;
    let words =
        readings.iter().map(|(_, forms)| forms.iter().filter(|f| is_word(f)).count()).max().unwrap_or(0);
    let key = |forms: &[u32]| -> Vec<u32> {
        let keys = forms.iter().map(|&f| &lexicon.keys[lexicon.forms[f as usize].key as usize]);
        keys.flat_map(|key| key.letter_codes.iter().copied()).collect()
    };
    let accidental = words > 0
        && lacking.is_empty()
        && main.is_some_and(|main| {
            let letters = key(main);
            readings.iter().all(|(_, forms)| forms == main || alike(&letters, &key(forms)))
        });
    let having = readings.len();
    let (mut sentence, mut sentence_words) = ((true, true), 0);
    for &(w, t) in frame.table.entries(column as usize) {
        let place = frame.sources[w as usize].sentence(t as usize, lexicon);
        sentence = (sentence.0 && place.opens, sentence.1 && place.closes);
        sentence_words = sentence_words.max(if place.opens { place.words } else { 0 });
    }
    Zone {
        columns: column..column + 1,
        apart,
        lacking,
        having,
        inserted: nothing_is_usual,
        words,
        accidental,
        manner: main.filter(|_| accidental).and_then(|main| manner(main, readings, lexicon)),
        sentence,
        sentence_words,
    }
}

fn manner(main: &[u32], readings: &[(u32, Vec<u32>)], lexicon: &Lexicon) -> Option<Manner> {
    let form = |f: &u32| &lexicon.forms[*f as usize];
    let all = |same: &dyn Fn(&u32, &u32) -> bool| {
        readings
            .iter()
            .all(|(_, forms)| forms.len() == main.len() && forms.iter().zip(main).all(|(x, y)| same(x, y)))
    };
    if all(&|x, y| form(x).normal == form(y).normal) {
        Some(Manner::Surface)
    } else {
        all(&|x, y| form(x).key == form(y).key).then_some(Manner::Letters)
    }
}

/// Whether two words are likely one in two spellings.
fn alike(a: &[u32], b: &[u32]) -> bool {
    a == b || 1.0 - between(a, b) as f64 / a.len().max(b.len()) as f64 >= 0.6
}

fn is_present(present: &[Range<u32>], column: u32) -> bool {
    let at = present.partition_point(|range| range.end <= column);
    present.get(at).is_some_and(|range| range.contains(&column))
}

/// Zones that an editor would treat as one, joined.
fn joined(columns: Vec<Zone>, frame: &Frame<'_>) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::with_capacity(columns.len());
    for mut next in columns {
        // A mark that stood alone may have got words, and what was before it is looked at again.
        while let Some(last) = zones.pop_if(|last| belong_together(last, &next, frame)) {
            next = Zone {
                columns: last.columns.start..next.columns.end,
                apart: union(&last.apart, &next.apart),
                inserted: last.inserted && next.inserted,
                words: last.words + next.words,
                accidental: last.accidental && next.accidental,
                sentence: (last.sentence.0, next.sentence.1),
                sentence_words: last.sentence_words,
                ..next
            };
        }
        zones.push(next);
    }
    zones
}

/// The readings of some columns; `None` if all read the same after all.
fn unit(columns: Range<u32>, frame: &Frame<'_>, homes: &Homes, judge: &Judge<'_>) -> Option<Entry> {
    let mut in_move = None;
    let mut away: Vec<(u32, usize)> = Vec::new();
    for &(witness, _, index) in columns.clone().flat_map(|c| homes.at(c)) {
        if !away.iter().any(|&(w, _)| w == witness) {
            away.push((witness, index));
            in_move = in_move.or(Some(index));
        }
    }
    let mut absent = Vec::new();
    let mut readings: Vec<(Vec<u32>, Vec<Attestation>)> = Vec::new();
    // Of each witness its tokens in these columns, from what stands in the columns.
    let mut here: Vec<Range<u32>> = vec![0..0; frame.sources.len()];
    for &(witness, token) in columns.clone().flat_map(|c| frame.table.entries(c as usize)) {
        let tokens = &mut here[witness as usize];
        let start = if tokens.start == tokens.end { token } else { tokens.start.min(token) };
        *tokens = start..tokens.end.max(token + 1);
    }
    for (witness, (source, mut tokens)) in frame.sources.iter().zip(here).enumerate() {
        if tokens.is_empty() {
            let at = frame.table.columns_of[witness].partition_point(|&c| c < columns.start) as u32;
            tokens = at..at;
        }
        if tokens.is_empty()
            && let Some(&(w, index)) = away.iter().find(|(w, _)| *w as usize == witness)
        {
            tokens = homes.tokens(&columns, index, w);
        } else if tokens.is_empty()
            && let Some(behind) = homes.behind_passage(columns.start, witness as u32)
        {
            tokens = behind..behind;
        } else if tokens.is_empty() {
            let place = earliest(&columns, &frame.table.columns_of[witness], frame);
            tokens = place..place;
        }
        let present = &frame.present[witness];
        if tokens.is_empty() && !columns.clone().any(|c| is_present(present, c)) {
            absent.push(witness);
            continue;
        }
        let forms = &source.forms[tokens.start as usize..tokens.end as usize];
        let attestation = Attestation { witness, tokens };
        match readings.iter_mut().find(|(f, _)| f == forms) {
            Some((_, witnesses)) => witnesses.push(attestation),
            None => readings.push((forms.to_vec(), vec![attestation])),
        }
    }
    if readings.len() < 2 {
        return None;
    }
    let is_base = |of: &[Attestation]| of.iter().any(|a| Some(a.witness) == frame.base);
    readings.sort_by_key(|(_, of)| (!is_base(of), std::cmp::Reverse(of.len()), of[0].witness));
    let lemma = readings[0].1[0].clone();
    let mut between = Vec::new();
    for (i, (_, first)) in readings.iter().enumerate().skip(1) {
        for (k, (_, second)) in readings.iter().enumerate().skip(i + 1) {
            let judgement = judge.judge(&first[0], &second[0]);
            between.push(Between { readings: [i, k], judgement });
        }
    }
    let readings = readings
        .into_iter()
        .enumerate()
        .map(|(index, (_, witnesses))| {
            let text = words(&frame.sources[witnesses[0].witness], &witnesses[0].tokens).to_owned();
            let judgement = (index > 0).then(|| judge.judge(&lemma, &witnesses[0]));
            EntryReading { witnesses, text, judgement }
        })
        .collect();
    Some(Entry { kind: EntryKind::Words, columns, readings, absent, in_move, between })
}

/// Where a witness lacks what others have in some columns: behind its word that stands opposite the one before
/// theirs, whatever it has between there and the columns.
fn earliest(columns: &Range<u32>, own: &[u32], frame: &Frame<'_>) -> u32 {
    let at = own.partition_point(|&c| c < columns.start) as u32;
    let first = columns.clone().find_map(|column| frame.table.entries(column as usize).first());
    let Some(&(witness, token)) = first else { return at };
    let there = &frame.table.columns_of[witness as usize];
    let before = (token as usize).checked_sub(1).map(|before| there[before]);
    before.map_or(at, |column| own.partition_point(|&c| c <= column) as u32).min(at)
}

pub(super) fn words<'s>(source: &'s Source, tokens: &Range<u32>) -> &'s str {
    if tokens.is_empty() {
        return "";
    }
    let (first, last) = (&source.tokens[tokens.start as usize], &source.tokens[tokens.end as usize - 1]);
    &source.text[first.read.start as usize..last.read.end as usize]
}
