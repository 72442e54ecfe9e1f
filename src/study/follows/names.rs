//! Names: what a translation keeps even across scripts.

use super::{Evidence, Place, Verdict};
use crate::align::names_alike;
use crate::collate::token::{TokenKind, Vocabulary, normal_form, scan};
use crate::model::EvidenceKind;

/// How names are told from other words.
pub(super) struct Names<'v> {
    /// The words of both editions: what also stands with a small letter is no name.
    pub(super) vocabularies: [&'v Vocabulary; 2],
    /// Whether the translation is in a script without spaces, where names cannot be cut out.
    pub(super) unspaced: bool,
}

impl Names<'_> {
    /// What the names say of which only one reading has them. A name that is missing counts only where
    /// the translation keeps most of the other names of the sentence, so that it can be seen to keep them.
    pub(super) fn evidence(&self, place: &Place<'_>) -> Option<Evidence> {
        let (a, b) = (self.names(&place.variant.a.text), self.names(&place.variant.b.text));
        let around = [self.names(&place.context.0), self.names(&place.context.1)].concat();
        let there: Vec<String> =
            words(place.text).into_iter().filter(|word| !word.starts_with(char::is_lowercase)).collect();
        let is_there = |name: &String| there.iter().any(|word| names_alike(name, word));
        let known = |name: &String, names: &[String]| names.iter().any(|other| are_one(name, other));
        let only = |one: &[String], other: &str| -> Vec<String> {
            one.iter().filter(|n| !known(n, &words(other)) && !known(n, &around)).cloned().collect()
        };
        let (only_a, only_b) = (only(&a, &place.variant.b.text), only(&b, &place.variant.a.text));
        let (found_a, found_b) = (kept(&only_a, is_there), kept(&only_b, is_there));
        let (verdict, explanation) = match (found_a.is_empty(), found_b.is_empty()) {
            (false, true) => (Verdict::First, has(&found_a)),
            (true, false) => (Verdict::Second, has(&found_b)),
            (true, true) => self.missing(&only_a, &only_b, &[a, b, around].concat(), is_there)?,
            (false, false) => return None,
        };
        Some(Evidence { kind: EvidenceKind::Name, verdict, explanation })
    }

    /// One edition has a name more, and the translation has none of it.
    fn missing(
        &self,
        only_a: &[String],
        only_b: &[String],
        all: &[String],
        is_there: impl Fn(&String) -> bool,
    ) -> Option<(Verdict, String)> {
        let (verdict, lost) = match (only_a.is_empty(), only_b.is_empty()) {
            (false, true) => (Verdict::Second, only_a),
            (true, false) => (Verdict::First, only_b),
            _ => return None,
        };
        let others: Vec<&String> = all.iter().filter(|name| !lost.contains(name)).collect();
        let keeps_names = others.iter().filter(|name| is_there(name)).count() * 2 > others.len();
        (keeps_names && !self.unspaced).then(|| {
            let names = lost.join(", ");
            (
                verdict,
                format!("the translation keeps the other names, but not {names}, which this edition lacks"),
            )
        })
    }

    /// The names of a passage; those joined by a hyphen each for itself.
    fn names(&self, text: &str) -> Vec<String> {
        let is_name = |word: &String| {
            word.chars().count() > 2
                && word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().skip(1).any(char::is_lowercase)
                && !self.vocabularies.iter().any(|v| v.occurs_small(&normal_form(word)))
        };
        let mut names: Vec<String> = words(text).into_iter().filter(is_name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Whether two names of the editions are rather one in two forms (Russia, Russo-; Army, Armies).
fn are_one(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    names_alike(a, b) || shared >= 3 && shared * 2 >= a.chars().count().max(b.chars().count())
}

fn kept(names: &[String], is_there: impl Fn(&String) -> bool) -> Vec<String> {
    names.iter().filter(|name| is_there(name)).cloned().collect()
}

fn has(names: &[String]) -> String {
    format!("the translation has the name {} of this edition", names.join(", "))
}

fn words(text: &str) -> Vec<String> {
    let of_word = scan(text).filter(|raw| raw.kind == TokenKind::Word).map(|raw| &text[raw.range]);
    of_word.flat_map(|word| word.split('-')).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
