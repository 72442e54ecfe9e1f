//! The class of each reading, asked of the classifier with what the witnesses attest.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::frame::Frame;
use super::source::Source;
use crate::collate::alternations::Alternations;
use crate::collate::classify::{Knowledge, Side, Verdict, classify};
use crate::collate::noise::{AlignedPair, is_noisy};
use crate::collate::pack::Pack;
use crate::collate::token::Vocabulary;
use crate::collate::{Options, Rules, Suspect};
use crate::model::{Attestation, Judgement, Lang, Segmented, VariantClass, WitnessKind, rule_in_words};

/// Names differences between readings.
pub(super) struct Judge<'j> {
    sources: &'j [Source],
    lexicon: &'j super::lexicon::Lexicon,
    vocabularies: Vec<Vocabulary>,
    noisy: Vec<bool>,
    /// Whether each witness was written by hand.
    by_hand: Vec<bool>,
    pack: &'j Pack,
    rules: &'j Rules,
    learned: Alternations,
    /// What was asked before, in parts, so that threads do not wait for each other.
    known: [Mutex<FxHashMap<Asked, Judgement>>; PARTS],
}

/// Parts of what is remembered.
const PARTS: usize = 16;

/// Two readings of at most one token each, with all that their class depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Asked {
    lemma: Voice,
    reading: Voice,
}

/// A token as a witness has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Voice {
    witness: u32,
    form: Option<u32>,
    /// Whether no word stands before it in its segment.
    opens: bool,
    /// Whether a line ends in it, with a hyphen or without.
    broken: bool,
}

impl<'j> Judge<'j> {
    pub(super) fn new(frame: &Frame<'j>, witnesses: &[&Segmented], options: &'j Options) -> Self {
        let vocabularies: Vec<Vocabulary> = frame
            .sources
            .iter()
            .map(|source| {
                let mut counts = vec![0usize; frame.lexicon.forms.len()];
                source.forms.iter().for_each(|&form| counts[form as usize] += 1);
                let forms = frame.lexicon.forms.iter().zip(counts).filter(|&(_, count)| count > 0);
                Vocabulary::of_forms(
                    forms
                        .filter(|(form, _)| frame.lexicon.keys[form.key as usize].is_word)
                        .map(|(form, count)| (form.surface.as_str(), form.normal.as_str(), count)),
                )
            })
            .collect();
        let is_manuscript = |siglum: &str| {
            let text = witnesses.iter().find(|witness| witness.siglum() == siglum);
            text.is_some_and(|text| text.document.witness.kind == WitnessKind::Manuscript)
        };
        let by_hand: Vec<bool> = frame.sources.iter().map(|s| is_manuscript(&s.siglum)).collect();
        let noisy = noisy(frame, &by_hand, &vocabularies);
        let pack = options.rules.pack(&language(witnesses));
        Self {
            sources: frame.sources,
            lexicon: frame.lexicon,
            learned: Alternations::learn(
                differing_words(frame, &noisy).iter().map(|(a, b)| (a.as_str(), b.as_str())),
                pack,
            ),
            noisy,
            by_hand,
            vocabularies,
            pack,
            rules: &options.rules,
            known: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// What kind of difference a reading is from the lemma. In long texts the same words differ at many
    /// places; they are classified once.
    pub(super) fn judge(&self, lemma: &Attestation, reading: &Attestation) -> Judgement {
        let (Some(of_lemma), Some(of_reading)) = (self.voice(lemma), self.voice(reading)) else {
            return self.classified(lemma, reading);
        };
        let asked = Asked { lemma: of_lemma, reading: of_reading };
        let part = of_lemma.form.unwrap_or(0).wrapping_add(of_reading.form.unwrap_or(0)) as usize % PARTS;
        // A judgement is put in whole or not at all, so that a panic elsewhere does no harm.
        let known = || self.known[part].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(judgement) = known().get(&asked) {
            return judgement.clone();
        }
        let judgement = self.classified(lemma, reading);
        known().insert(asked, judgement.clone());
        judgement
    }

    /// The token of a reading; `None` if it has several.
    fn voice(&self, reading: &Attestation) -> Option<Voice> {
        let (source, witness) = (&self.sources[reading.witness], reading.witness as u32);
        let token = reading.tokens.start as usize;
        match reading.tokens.len() {
            0 => Some(Voice { witness, form: None, opens: false, broken: false }),
            1 => {
                let at = &source.tokens[token];
                let broken = at.span.end - at.span.start > at.read.len();
                Some(Voice { witness, form: Some(source.forms[token]), opens: source.opens[token], broken })
            }
            _ => None,
        }
    }

    fn classified(&self, lemma: &Attestation, reading: &Attestation) -> Judgement {
        let known = Knowledge {
            pack: self.pack,
            rules: self.rules,
            learned: &self.learned,
            a: self.side(lemma.witness),
            b: self.side(reading.witness),
        };
        let tokens = |of: &Attestation| self.sources[of.witness].tokens_of(of.tokens.clone(), self.lexicon);
        let verdict = classify(&tokens(lemma), &tokens(reading), known);
        // None: the same characters, divided into other tokens.
        let verdict =
            verdict.unwrap_or_else(|| Verdict::new(VariantClass::Punctuation, "punctuation.spacing"));
        Judgement {
            class: verdict.class,
            confidence: verdict.confidence,
            explanation: rule_in_words(&verdict.rule),
            rule: verdict.rule,
            lemma_is_suspect: verdict.suspect.map(|side| side == Suspect::A),
            project_rule: verdict.project_rule,
        }
    }

    fn side(&self, witness: usize) -> Side<'_> {
        Side {
            siglum: &self.sources[witness].siglum,
            vocabulary: &self.vocabularies[witness],
            noisy: self.noisy[witness],
            by_hand: self.by_hand[witness],
        }
    }
}

/// All witnesses of one text are in one language; of several tags, which then are guesses, the one with most
/// words counts, of equals the first.
fn language(witnesses: &[&Segmented]) -> Lang {
    let mut length: BTreeMap<&str, usize> = BTreeMap::new();
    for witness in witnesses {
        let letters: usize = witness.document.parts.iter().map(|part| part.text.len()).sum();
        *length.entry(witness.document.witness.lang.tag()).or_default() += letters;
    }
    let known = length.iter().filter(|(tag, _)| **tag != "und");
    let most = known.max_by(|x, y| x.1.cmp(y.1).then_with(|| y.0.cmp(x.0)));
    most.map_or_else(Lang::und, |(tag, _)| Lang::new(tag))
}

/// Which witnesses are full of misread words, by the words that stand at one place in two of them.
fn noisy(frame: &Frame<'_>, by_hand: &[bool], vocabularies: &[Vocabulary]) -> Vec<bool> {
    let keys = &frame.lexicon.keys;
    let mut pairs: Vec<FxHashMap<(u32, u32), usize>> = vec![FxHashMap::default(); frame.sources.len()];
    for column in 0..frame.table.len() {
        let entries = frame.table.entries(column);
        let key = |entry: &(u32, u32)| frame.sources[entry.0 as usize].keys[entry.1 as usize];
        let Some(first) = entries.first().map(key) else { continue };
        if entries.iter().all(|entry| key(entry) == first) {
            continue;
        }
        let form = |entry: &(u32, u32)| frame.sources[entry.0 as usize].forms[entry.1 as usize];
        for entry in
            entries.iter().filter(|entry| !by_hand[entry.0 as usize] && keys[key(entry) as usize].is_word)
        {
            let others = entries.iter().filter(|other| other.0 != entry.0 && key(other) != key(entry));
            let others: FxHashSet<u32> =
                others.filter(|other| keys[key(other) as usize].is_word).map(form).collect();
            for other in others {
                *pairs[entry.0 as usize].entry((form(entry), other)).or_default() += 1;
            }
        }
    }
    let normal = |form: u32| frame.lexicon.forms[form as usize].normal.as_str();
    pairs
        .into_iter()
        .enumerate()
        .map(|(witness, pairs)| {
            let pairs: Vec<AlignedPair<'_>> =
                pairs.into_iter().map(|((own, other), count)| (normal(own), normal(other), count)).collect();
            is_noisy(witness, &pairs, vocabularies)
        })
        .collect()
}

/// Words that stand in one column, each two of them once, by their keys; those of witnesses that are full
/// of misread words apart.
fn differing_words(frame: &Frame<'_>, noisy: &[bool]) -> Vec<(String, String)> {
    let keys = &frame.lexicon.keys;
    let mut pairs: FxHashSet<(u32, u32)> = FxHashSet::default();
    for column in 0..frame.table.len() {
        let sound = frame.table.entries(column).iter().filter(|entry| !noisy[entry.0 as usize]);
        let mut here: Vec<u32> =
            sound.map(|&(witness, token)| frame.sources[witness as usize].keys[token as usize]).collect();
        here.retain(|&key| keys[key as usize].is_word);
        here.sort_unstable();
        here.dedup();
        for (index, &a) in here.iter().enumerate() {
            pairs.extend(here[index + 1..].iter().map(|&b| (a, b)));
        }
    }
    let word = |key: u32| keys[key as usize].chars.iter().collect::<String>();
    pairs.into_iter().map(|(a, b)| (word(a), word(b))).collect()
}
