//! Which entries are wanted, by their classes.

use crate::model::{Entry, Layer, VariantClass};
use crate::{Error, ErrorKind, Result};

/// Which classes are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    keep: Vec<VariantClass>,
    /// Rules and families of rules that are not wanted (`punctuation.shape`, `spelling.alternation`).
    without: Vec<String>,
}

impl Default for Filter {
    /// All.
    fn default() -> Self {
        Self { keep: VariantClass::ALL.to_vec(), without: Vec::new() }
    }
}

impl Filter {
    /// From words for classes and layers (`substantive`, `spelling`); without `only`, all are wanted but
    /// those of `ignore` and `ignored` (what a project does not care for). `ignore` may also name rules
    /// (`punctuation.shape`).
    ///
    /// # Errors
    /// A word that is neither a class nor a layer, nor a rule of a class.
    pub fn new(only: &[String], ignore: &[String], ignored: &[VariantClass]) -> Result<Self> {
        let only = classes(only)?;
        let is_rule = |word: &&String| {
            word.split_once('.').is_some_and(|(class, _)| VariantClass::from_word(class).is_some())
        };
        let without: Vec<String> = ignore.iter().filter(is_rule).cloned().collect();
        let ignore: Vec<String> = ignore.iter().filter(|word| !is_rule(word)).cloned().collect();
        let mut ignore = classes(&ignore)?;
        if only.is_empty() {
            ignore.extend(ignored);
        }
        let wanted = |c: &VariantClass| (only.is_empty() || only.contains(c)) && !ignore.contains(c);
        Ok(Self { keep: VariantClass::ALL.into_iter().filter(wanted).collect(), without })
    }

    /// Whether a class is wanted.
    pub fn keeps(&self, class: VariantClass) -> bool {
        self.keep.contains(&class)
    }

    /// Whether one of the readings of an entry is of a wanted class, and by a rule that is wanted.
    pub fn keeps_entry(&self, entry: &Entry) -> bool {
        let mut judged = entry.readings.iter().filter_map(|reading| reading.judgement.as_ref());
        judged.any(|judgement| self.keeps(judgement.class) && !self.is_without(&judgement.rule))
    }

    fn is_without(&self, rule: &str) -> bool {
        let is = |name: &String| {
            rule.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
        };
        self.without.iter().any(is)
    }
}

fn classes(words: &[String]) -> Result<Vec<VariantClass>> {
    let mut out = Vec::new();
    for word in words {
        let layer = [Layer::Substantive, Layer::Accidental].into_iter().find(|l| l.word() == word);
        match (layer, VariantClass::from_word(word)) {
            (Some(layer), _) => out.extend(VariantClass::ALL.into_iter().filter(|c| c.layer() == layer)),
            (None, Some(class)) => out.push(class),
            (None, None) => {
                let known: Vec<&str> = VariantClass::ALL.iter().map(|c| c.word()).collect();
                return Err(Error::new(ErrorKind::Usage, format!("`{word}` is no class of variants"))
                    .hint(format!("classes: substantive, accidental, {}", known.join(", "))));
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryReading, Judgement};

    fn entry(class: VariantClass, rule: &str) -> Entry {
        let judgement = Judgement {
            class,
            rule: rule.to_owned(),
            confidence: crate::model::Confidence::new(1.0),
            explanation: String::new(),
            lemma_is_suspect: None,
            project_rule: None,
        };
        let reading = EntryReading { witnesses: Vec::new(), text: String::new(), judgement: Some(judgement) };
        Entry {
            kind: crate::model::EntryKind::Words,
            columns: 0..1,
            readings: vec![reading],
            absent: Vec::new(),
            in_move: None,
            between: Vec::new(),
        }
    }

    #[test]
    fn rules_can_be_left_out_as_classes_can() {
        let filter = Filter::new(&[], &["punctuation.shape".to_owned(), "graphic".to_owned()], &[]).unwrap();
        assert!(!filter.keeps_entry(&entry(VariantClass::Punctuation, "punctuation.shape")));
        assert!(filter.keeps_entry(&entry(VariantClass::Punctuation, "punctuation.added")));
        assert!(!filter.keeps_entry(&entry(VariantClass::Graphic, "graphic.letter-form")));
        assert!(Filter::new(&[], &["shape.punctuation".to_owned()], &[]).is_err());
    }
}
