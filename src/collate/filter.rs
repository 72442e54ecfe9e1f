//! Which entries are wanted, by their classes.

use crate::model::{Entry, Layer, VariantClass};
use crate::{Error, ErrorKind, Result};

/// Which classes are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    keep: Vec<VariantClass>,
}

impl Default for Filter {
    /// All.
    fn default() -> Self {
        Self { keep: VariantClass::ALL.to_vec() }
    }
}

impl Filter {
    /// From words for classes and layers (`substantive`, `spelling`); without `only`, all are wanted but
    /// those of `ignore` and `ignored` (what a project does not care for).
    ///
    /// # Errors
    /// A word that is neither a class nor a layer.
    pub fn new(only: &[String], ignore: &[String], ignored: &[VariantClass]) -> Result<Self> {
        let only = classes(only)?;
        let mut ignore = classes(ignore)?;
        if only.is_empty() {
            ignore.extend(ignored);
        }
        let wanted = |c: &VariantClass| (only.is_empty() || only.contains(c)) && !ignore.contains(c);
        Ok(Self { keep: VariantClass::ALL.into_iter().filter(wanted).collect() })
    }

    /// Whether a class is wanted.
    pub fn keeps(&self, class: VariantClass) -> bool {
        self.keep.contains(&class)
    }

    /// Whether one of the readings of an entry is of a wanted class.
    pub fn keeps_entry(&self, entry: &Entry) -> bool {
        let mut judged = entry.readings.iter().filter_map(|reading| reading.judgement.as_ref());
        judged.any(|judgement| self.keeps(judgement.class))
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
