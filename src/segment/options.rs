//! What a person may choose about segmentation. Plain data with documented defaults, so that a
//! manifest, a flag and a program set the same things.

use serde::{Deserialize, Serialize};

/// The policies of the segmenter and the project's own additions to its language tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Sentences inside quotations; default [`Quotes::Split`].
    pub quotes: Quotes,
    /// Whether a colon may end a segment; default [`Colon::Keep`].
    pub colon: Colon,
    /// A dialogue dash after a stop (`— Да, — сказал он. — Иди.`); default [`Dashes::Split`].
    pub dashes: Dashes,
    /// Blocks of verse; default [`Verse::Lines`].
    pub verse: Verse,
    /// Three dots; default [`Ellipsis::Capital`].
    pub ellipsis: Ellipsis,
    /// Abbreviations of the project, with or without their stop (`Gen.`, `Col`). The stop after one of
    /// them ends a sentence only where a word follows that opens sentences (`Gen. He`). One written
    /// with a capital is recognised with a capital only. Default: none.
    pub abbreviations: Vec<String>,
    /// Strings inside which no boundary is set (`Yahoo! Answers`); any white space in one stands for
    /// any white space in the text. Default: none.
    pub join: Vec<String>,
    /// Strings inside which a boundary is set, at the place marked by `|` (`the end.|And`). White space
    /// as in [`Options::join`]; where both apply, `split` wins. Default: none.
    pub split: Vec<String>,
}

/// What happens to the sentences inside quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// Each sentence of a quotation is a segment: what alignment wants.
    #[default]
    Split,
    /// A quotation (or bracket) that is closed in the same block, within a bounded length, is not cut.
    Keep,
}

/// Whether a colon may end a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colon {
    /// Never.
    #[default]
    Keep,
    /// Before a quotation or a dialogue dash that begins with a capital (`He said: “We …`).
    Speech,
}

/// Whether a segment ends before a dash that follows a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dashes {
    /// It does where a capital follows the dash.
    #[default]
    Split,
    /// It does not: a speech and the words that report it stay together.
    Keep,
}

/// How blocks of verse are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verse {
    /// Each line is a segment.
    #[default]
    Lines,
    /// Like prose.
    Sentences,
}

/// Whether three dots end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ellipsis {
    /// Where a capital follows that is not a name's or a pronoun's.
    #[default]
    Capital,
    /// Where anything but a lower-case letter follows.
    Always,
    /// Never.
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_from_toml_and_unknown_keys_are_refused() {
        let options: Options = toml::from_str("quotes = \"keep\"\nabbreviations = [\"Gen.\"]").unwrap();
        assert_eq!(options.quotes, Quotes::Keep);
        assert_eq!(options.abbreviations, ["Gen."]);
        assert_eq!(options.colon, Colon::Keep);
        assert!(toml::from_str::<Options>("qoutes = \"keep\"").is_err());
    }
}
