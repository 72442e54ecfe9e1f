//! What the library knows of classes and confidence, as data: the page's script decides none of it.

use serde::Serialize;

use super::rows::mark;
use crate::model::{Confidence, Layer, VariantClass};

/// A class of variants.
#[derive(Serialize)]
pub(super) struct ClassData {
    class: VariantClass,
    layer: Layer,
    /// The CSS classes of its words.
    mark: &'static str,
    /// What it is seen from the other side, where that is another class.
    #[serde(skip_serializing_if = "Option::is_none")]
    turned: Option<VariantClass>,
    /// Whether only the look of the page differs: it is told without emphasis.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    quiet: bool,
}

/// A word for confidences from a value on.
#[derive(Serialize)]
pub(super) struct TrustData {
    word: &'static str,
    from: f64,
}

/// All classes, in the order in which they are listed.
pub(super) fn classes() -> Vec<ClassData> {
    let class = |class: VariantClass| ClassData {
        class,
        layer: class.layer(),
        mark: mark(class).trim_start(),
        turned: match class {
            VariantClass::Addition => Some(VariantClass::Omission),
            VariantClass::Omission => Some(VariantClass::Addition),
            _ => None,
        },
        quiet: class == VariantClass::Layout,
    };
    VariantClass::ALL.into_iter().map(class).collect()
}

/// The layers, what is said first.
pub(super) fn layers() -> [Layer; 2] {
    [Layer::Substantive, Layer::Accidental]
}

/// The words for confidence, the surest first; what is below the last bound but one is doubtful.
pub(super) fn trust() -> Vec<TrustData> {
    let word = |from: f64| TrustData { word: Confidence::new(from).word(), from };
    [Confidence::SURE, Confidence::LIKELY, 0.0].map(word).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_confidence_are_those_of_the_model() {
        let words: Vec<&str> = trust().iter().map(|trust| trust.word).collect();
        assert_eq!(words, ["sure", "likely", "doubtful"]);
        assert!(trust().windows(2).all(|pair| pair[0].from > pair[1].from));
    }

    #[test]
    fn each_class_has_its_mark_and_layer() {
        let classes = classes();
        let of = |word: &str| classes.iter().find(|class| class.class.word() == word).unwrap();
        assert_eq!((of("addition").mark, of("spelling").mark, of("name").mark), ("s i", "a", "s"));
        assert_eq!(of("omission").turned, Some(VariantClass::Addition));
        assert!(of("layout").quiet && !of("punctuation").quiet);
    }
}
