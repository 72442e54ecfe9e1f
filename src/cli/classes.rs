//! Which classes of variants a command shows.

use hexapla::model::{Layer, VariantClass};
use hexapla::project::Project;
use hexapla::{Error, ErrorKind};

/// Which classes are wanted.
#[derive(Debug)]
pub(crate) struct Filter {
    keep: Vec<VariantClass>,
}

impl Filter {
    /// From words for classes and layers; without any, all are wanted but those that the project ignores.
    pub(crate) fn new(
        only: &[String],
        ignore: &[String],
        project: Option<&Project>,
    ) -> hexapla::Result<Self> {
        let only = classes(only)?;
        let mut ignore = classes(ignore)?;
        if only.is_empty() {
            ignore.extend(project.iter().flat_map(|p| &p.manifest.compare.ignore));
        }
        let wanted = |c: &VariantClass| (only.is_empty() || only.contains(c)) && !ignore.contains(c);
        Ok(Self { keep: VariantClass::ALL.into_iter().filter(wanted).collect() })
    }

    /// Whether a class is wanted.
    pub(crate) fn keeps(&self, class: VariantClass) -> bool {
        self.keep.contains(&class)
    }
}

fn classes(words: &[String]) -> hexapla::Result<Vec<VariantClass>> {
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

    #[test]
    fn layers_stand_for_their_classes() {
        let filter = Filter::new(&["accidental".into()], &["punctuation".into()], None).unwrap();
        assert!(
            filter.keeps(VariantClass::Spelling)
                && !filter.keeps(VariantClass::Punctuation)
                && !filter.keeps(VariantClass::Name)
        );
        assert!(Filter::new(&["speling".into()], &[], None).is_err());
    }
}
