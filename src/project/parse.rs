//! Reads `hexapla.toml` into raw tables that remember where each value stands.
//!
//! Only shape is checked here: TOML, known keys, types. `validate.rs` makes the manifest of it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::{Error, ErrorKind, Result};

use super::excerpt::SourceText;
use super::suggest::hint_of;

/// A string and its bytes in the file, quotation marks included.
pub(crate) type Text = Spanned<String>;

/// The file's tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawManifest {
    pub(crate) work: RawWork,
    pub(crate) witness: Vec<Spanned<RawWitness>>,
    pub(crate) segment: BTreeMap<Text, RawSegmentRules>,
    pub(crate) compare: RawCompare,
    pub(crate) dictionary: Vec<RawDictionary>,
    pub(crate) align: RawAlign,
}

/// `[work]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawWork {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) base: Option<Text>,
}

/// `[[witness]]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawWitness {
    pub(crate) siglum: Option<Text>,
    pub(crate) kind: Option<Text>,
    pub(crate) lang: Option<Text>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) of: Option<Text>,
    pub(crate) note: Option<String>,
    pub(crate) encoding: Option<Text>,
    pub(crate) format: Option<Text>,
    pub(crate) content: Option<String>,
    pub(crate) drop: Option<String>,
    pub(crate) column: Option<String>,
    pub(crate) choice: Option<Text>,
    pub(crate) app: Option<String>,
    pub(crate) changes: Option<Text>,
    pub(crate) notes: Option<Text>,
    pub(crate) note_selector: Option<String>,
    pub(crate) files: Option<Spanned<Vec<Spanned<RawFile>>>>,
}

/// An item of `files`: a path or a table.
#[derive(Debug)]
pub(crate) struct RawFile {
    /// `None` when the item is nothing but the path.
    pub(crate) path: Option<Text>,
    pub(crate) plain: String,
    pub(crate) part: Option<String>,
    pub(crate) date: Option<Date>,
}

/// `[segment.LANG]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawSegmentRules {
    pub(crate) abbreviations: Vec<String>,
    pub(crate) join: Vec<String>,
    pub(crate) split: Vec<String>,
    pub(crate) quotes: Option<Text>,
    pub(crate) colon: Option<Text>,
    pub(crate) dashes: Option<Text>,
    pub(crate) verse: Option<Text>,
    pub(crate) ellipsis: Option<Text>,
}

/// A `[[dictionary]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDictionary {
    pub(crate) file: Text,
    pub(crate) from: Text,
    pub(crate) to: Text,
}

/// `[align]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawAlign {
    pub(crate) encoder: Option<Text>,
    pub(crate) dictionaries: Option<Text>,
}

/// `[compare]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawCompare {
    pub(crate) rules: Vec<RawRule>,
    pub(crate) classes: BTreeMap<Text, Text>,
    pub(crate) ignore: Vec<Text>,
    pub(crate) weights: BTreeMap<Text, toml::Spanned<f64>>,
    pub(crate) groups: BTreeMap<Text, Vec<Text>>,
    pub(crate) packs: Vec<RawPack>,
}

/// An item of `packs`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPack {
    pub(crate) lang: Text,
    pub(crate) file: Text,
}

/// An item of `rules`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    pub(crate) from: Text,
    pub(crate) to: String,
    pub(crate) witness: Option<Text>,
    pub(crate) class: Option<Text>,
}

/// A date: a string, since `1942-08` is none for TOML; a whole TOML date or a year is taken too.
#[derive(Debug, Clone)]
pub(crate) struct Date(pub(crate) String);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => Ok(Self(text)),
            toml::Value::Datetime(date) => Ok(Self(date.to_string())),
            toml::Value::Integer(year) => Ok(Self(year.to_string())),
            other => Err(D::Error::custom(format!(
                "invalid type: {}, expected a date in quotes",
                other.type_str()
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for RawFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(FileVisitor)
    }
}

/// Not an untagged enum: that would lose what exactly is wrong, and where.
struct FileVisitor;

impl<'de> Visitor<'de> for FileVisitor {
    type Value = RawFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path or a table { path, part, date }")
    }

    fn visit_str<E: serde::de::Error>(self, path: &str) -> std::result::Result<RawFile, E> {
        Ok(RawFile { path: None, plain: path.to_owned(), part: None, date: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<RawFile, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            path: Text,
            part: Option<String>,
            date: Option<Date>,
        }
        let Table { path, part, date } = Table::deserialize(MapAccessDeserializer::new(map))?;
        Ok(RawFile { plain: path.get_ref().clone(), path: Some(path), part, date })
    }
}

/// Reads the file's tables.
pub(crate) fn parse(source: SourceText<'_>) -> Result<RawManifest> {
    toml::from_str(source.text).map_err(|error| explain(&error, source))
}

/// Says what the TOML reader found in the manifest's own terms.
fn explain(error: &toml::de::Error, source: SourceText<'_>) -> Error {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    let fail = |text: String| source.error(ErrorKind::Syntax, span.clone(), text);

    // serde words these messages itself (`Error::unknown_field`, `missing_field`, `invalid_type`),
    // the names always between backticks.
    let mut names = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field ") {
        let key = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        return fail(format!("unknown key `{key}`")).hint(hint_of(key, &known, "the keys here are"));
    }
    if message.starts_with("missing field ") {
        let key = names.next().unwrap_or_default();
        return fail(format!("the key `{key}` is missing here"));
    }
    if let Some(types) = message.strip_prefix("invalid type: ") {
        let (found, expected) = types.split_once(", expected ").unwrap_or((types, "something else"));
        let (found, expected) = (in_toml_terms(found), in_toml_terms(expected));
        let error = fail(format!("expected {expected}, found {found}"));
        return match expected.as_str() {
            "a list" if found.starts_with("string") => {
                error.hint("write it between square brackets: [\"…\"]")
            }
            "a list" if found == "table" => {
                error.hint("write the table's name between double brackets: [[witness]]")
            }
            "a string" => error.hint("write it between quotation marks"),
            _ => error,
        };
    }
    if message == "duplicate key" {
        return fail("this key stands here for the second time".to_owned())
            .hint("keep one of the two; each witness begins with its own [[witness]]");
    }
    let hint = if message.contains("date") {
        "write dates between quotation marks: date = \"1942-08\""
    } else {
        "the manifest is written in TOML: key = \"value\", tables as [work] and [[witness]]"
    };
    fail(message.to_owned()).hint(hint)
}

/// serde's names of types as TOML calls them.
fn in_toml_terms(words: &str) -> String {
    match words {
        "a sequence" | "sequence" => "a list".to_owned(),
        "map" => "table".to_owned(),
        _ if words.starts_with("struct ") || words == "a map" => "a table".to_owned(),
        _ => words.replace('`', ""),
    }
}
