//! Built-in lexica ("packs"): what is known of the words of many languages before a text is read.
//!
//! A pack gives the forms of one language the concepts they stand for, each with its share of the form's
//! occurrences. The concepts are the words of the English Bible, inflected forms together; the shares are
//! learned from Bibles, verse by verse (`examples/packs` makes the packs, docs/lexica.md tells of the
//! sources). `coding` is how a pack is written, `pack` how a form is looked up in it, known or not, and
//! `join` how the words of two texts meet in the concepts. Nothing of it depends on how a text is
//! aligned: the result enters the translation model as a dictionary does.

mod coding;
mod join;
mod pack;
mod spelling;
#[cfg(test)]
mod tests;

pub use self::coding::{Word, encode};
pub(crate) use self::join::{Met, Type};

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use self::pack::Pack;
use super::tokens::{Folding, TokenKind, tokenize_as};
use crate::model::Lang;

/// A pack of the binary.
struct Entry {
    lang: &'static str,
    bytes: &'static [u8],
    read: OnceLock<Pack>,
}

/// The packs of the binary, in the order of their languages.
macro_rules! packs {
    ($($lang:literal)*) => {
        [$(Entry {
            lang: $lang,
            bytes: include_bytes!(concat!("data/", $lang, ".pack")),
            read: OnceLock::new(),
        }),*]
    };
}

#[cfg(feature = "packs")]
static PACKS: [Entry; 27] = packs!(
    "ar" "cs" "da" "de" "el" "en" "eo" "es" "fi" "fr" "grc" "hbo" "hu" "it" "ko" "la" "mi" "nb" "nl" "pl"
    "pt" "ro" "ru" "sv" "tl" "vi" "zh"
);
#[cfg(not(feature = "packs"))]
static PACKS: [Entry; 0] = packs!();

impl Entry {
    /// Decoded when it is first asked for.
    fn pack(&self) -> &Pack {
        self.read.get_or_init(|| Pack::read(self.lang, self.bytes))
    }
}

/// The languages that have a pack (BCP 47), in order; none in a program built without the feature `packs`.
pub fn languages() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|entry| entry.lang)
}

/// The number of words of the pack that serves a language, and the language it is of; `None` if there is
/// none.
pub fn size(lang: &Lang) -> Option<(&'static str, usize)> {
    entry(lang).map(|entry| (entry.lang, entry.pack().len()))
}

/// The languages of the packs that serve two texts; `None` unless there are two.
pub fn between(a: &Lang, b: &Lang) -> Option<[&'static str; 2]> {
    let (a, b) = (entry(a)?, entry(b)?);
    (a.lang != b.lang).then_some([a.lang, b.lang])
}

/// The packs that serve two texts, with what tells their contents apart: `de.1f2e3d4c fr.5a6b7c8d`.
pub fn fingerprint(a: &Lang, b: &Lang) -> Option<String> {
    let langs = between(a, b)?;
    let of = |lang: &str| {
        let bytes = PACKS.iter().find(|entry| entry.lang == lang).map_or(&[][..], |entry| entry.bytes);
        let hash: String = Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        format!("{lang}.{hash}")
    };
    Some(langs.map(of).join(" "))
}

/// The pairs of types of two texts that the packs of their languages know, with at least this share,
/// ascending; empty where there is no pack.
pub(crate) fn met(
    (a, lang_a): (&[Type<'_>], &Lang),
    (b, lang_b): (&[Type<'_>], &Lang),
    least: f32,
) -> Vec<Met> {
    match (entry(lang_a), entry(lang_b)) {
        (Some(x), Some(y)) if x.lang != y.lang => join::join((a, x.pack()), (b, y.pack()), least),
        _ => Vec::new(),
    }
}

fn entry(lang: &Lang) -> Option<&'static Entry> {
    let primary = lang.primary();
    // Languages that differ in little else than their name.
    let name = match primary.as_str() {
        "no" | "nn" => "nb",
        "he" | "iw" => "hbo",
        "fil" => "tl",
        "lzh" | "cmn" => "zh",
        "mo" => "ro",
        other => other,
    };
    PACKS.iter().find(|entry| entry.lang == name)
}

/// The words of a text of a language as packs hold them, in order: numbers and marks left out; of scripts
/// without spaces each character, and each with the next; old spellings as new ones.
pub fn words(text: &str, lang: &str) -> Vec<String> {
    let tokens = tokenize_as(text, if lang == "vi" { Folding::Tones } else { Folding::Plain });
    let mut out = Vec::new();
    for (k, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Word => out.push(spelling::key(lang, &token.text)),
            TokenKind::Ideograph => {
                out.push(token.text.clone());
                if let Some(next) = tokens.get(k + 1).filter(|t| t.kind == TokenKind::Ideograph) {
                    out.push(format!("{}{}", token.text, next.text));
                }
            }
            _ => {}
        }
    }
    out
}
