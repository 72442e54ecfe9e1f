//! The class of each reading, asked of the classifier with what the witnesses attest.

use super::source::Source;
use super::units::Frame;
use crate::collate::Options;
use crate::collate::classify::{Knowledge, Suspect, classify};
use crate::collate::pack::Pack;
use crate::collate::token::Vocabulary;
use crate::model::{Attestation, Confidence, Judgement, Lang, Segmented, VariantClass};

/// Names differences between readings.
pub(super) struct Judge<'j> {
    sources: &'j [Source],
    lexicon: &'j super::lexicon::Lexicon,
    vocabularies: Vec<Vocabulary>,
    pack: &'static Pack,
    rules: &'j [(String, String)],
}

impl<'j> Judge<'j> {
    pub(super) fn new(frame: &Frame<'j>, witnesses: &[&Segmented], options: &'j Options) -> Self {
        let vocabularies = frame
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
        Self {
            sources: frame.sources,
            lexicon: frame.lexicon,
            vocabularies,
            pack: Pack::of(&lang.unwrap_or_else(Lang::und)),
            rules: &options.rules,
        }
    }

    /// What kind of difference a reading is from the lemma.
    pub(super) fn judge(&self, lemma: &Attestation, reading: &Attestation) -> Judgement {
        let known = Knowledge {
            pack: self.pack,
            a: &self.vocabularies[lemma.witness],
            b: &self.vocabularies[reading.witness],
            rules: self.rules,
        };
        let tokens = |of: &Attestation| self.sources[of.witness].tokens_of(of.tokens.clone(), self.lexicon);
        let verdict = classify(&tokens(lemma), &tokens(reading), known);
        let (class, rule, suspect) = match verdict {
            Some(verdict) => (verdict.class, verdict.rule, verdict.suspect),
            // The same characters, divided into other tokens.
            None => (VariantClass::Punctuation, "punctuation.spacing".to_owned(), None),
        };
        Judgement {
            class,
            explanation: format!("{} ({rule})", class.word()),
            rule,
            confidence: Confidence::new(1.0),
            lemma_is_suspect: suspect.map(|side| side == Suspect::A),
            project_rule: None,
        }
    }
}
