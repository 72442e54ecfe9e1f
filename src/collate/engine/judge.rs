//! The class of each reading, asked of the classifier with what the witnesses attest.

use rustc_hash::FxHashSet;

use super::source::Source;
use super::units::Frame;
use crate::collate::alternations::Alternations;
use crate::collate::classify::{Knowledge, Side, Verdict, classify};
use crate::collate::noise::noisy;
use crate::collate::pack::Pack;
use crate::collate::token::Vocabulary;
use crate::collate::{Options, Rules, Suspect};
use crate::model::{Attestation, Judgement, Lang, Segmented, VariantClass, rule_in_words};

/// Names differences between readings.
pub(super) struct Judge<'j> {
    sources: &'j [Source],
    lexicon: &'j super::lexicon::Lexicon,
    vocabularies: Vec<Vocabulary>,
    noisy: Vec<bool>,
    pack: &'j Pack,
    rules: &'j Rules,
    learned: Alternations,
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
        // All witnesses of one text are in one language; of several tags the first by siglum counts.
        let lang = witnesses.iter().min_by_key(|w| w.siglum()).map(|w| w.document.witness.lang.clone());
        let noisy = noisy(&vocabularies.iter().collect::<Vec<_>>());
        let pack = options.rules.pack(&lang.unwrap_or_else(Lang::und));
        Self {
            sources: frame.sources,
            lexicon: frame.lexicon,
            learned: Alternations::learn(
                differing_words(frame, &noisy).iter().map(|(a, b)| (a.as_str(), b.as_str())),
                pack,
            ),
            noisy,
            vocabularies,
            pack,
            rules: &options.rules,
        }
    }

    /// What kind of difference a reading is from the lemma.
    pub(super) fn judge(&self, lemma: &Attestation, reading: &Attestation) -> Judgement {
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
        }
    }
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
