//! What a language knows of stops: data files, one a language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Lang;

/// The table of a language. Words are in lower case, without their final stop.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Before a name or a word that goes with them: `mr`, `gen`, `z.b`. Never the end of a sentence.
    pub never_final: BTreeSet<String>,
    /// Before a number: `no`, `vol`, `pp`. The end only if no number follows.
    pub before_number: BTreeSet<String>,
    /// May end a sentence: `etc`, `co`, `u.s`. The next word decides.
    pub may_be_final: BTreeSet<String>,
    /// Names of months, which follow the number of a day.
    pub months: BTreeSet<String>,
    /// Words that begin sentences often: a capital there is no name.
    pub openers: BTreeSet<String>,
    /// Whether ordinal numbers are written with a stop (`3. Oktober`).
    pub ordinals: bool,
    /// Marks that end sentences in this language only (`;` in Greek, `:` in Armenian).
    pub extra_marks: Vec<char>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    never_final: String,
    #[serde(default)]
    before_number: String,
    #[serde(default)]
    may_be_final: String,
    #[serde(default)]
    months: String,
    #[serde(default)]
    openers: String,
    #[serde(default)]
    ordinals: bool,
    #[serde(default)]
    extra_marks: String,
}

impl File {
    fn table(self) -> Table {
        let words = |list: &str| list.split_whitespace().map(str::to_lowercase).collect();
        Table {
            never_final: words(&self.never_final),
            before_number: words(&self.before_number),
            may_be_final: words(&self.may_be_final),
            months: words(&self.months),
            openers: words(&self.openers),
            ordinals: self.ordinals,
            extra_marks: self.extra_marks.chars().filter(|c| !c.is_whitespace()).collect(),
        }
    }
}

/// The data files, by primary language tag.
const FILES: [(&str, &str); 25] = [
    ("ar", include_str!("lang/ar.toml")),
    ("cs", include_str!("lang/cs.toml")),
    ("de", include_str!("lang/de.toml")),
    ("el", include_str!("lang/el.toml")),
    ("en", include_str!("lang/en.toml")),
    ("es", include_str!("lang/es.toml")),
    ("fa", include_str!("lang/fa.toml")),
    ("fr", include_str!("lang/fr.toml")),
    ("he", include_str!("lang/he.toml")),
    ("hi", include_str!("lang/hi.toml")),
    ("hu", include_str!("lang/hu.toml")),
    ("hy", include_str!("lang/hy.toml")),
    ("it", include_str!("lang/it.toml")),
    ("ja", include_str!("lang/ja.toml")),
    ("ko", include_str!("lang/ko.toml")),
    ("nl", include_str!("lang/nl.toml")),
    ("pl", include_str!("lang/pl.toml")),
    ("pt", include_str!("lang/pt.toml")),
    ("ro", include_str!("lang/ro.toml")),
    ("ru", include_str!("lang/ru.toml")),
    ("sk", include_str!("lang/sk.toml")),
    ("sv", include_str!("lang/sv.toml")),
    ("tr", include_str!("lang/tr.toml")),
    ("uk", include_str!("lang/uk.toml")),
    ("zh", include_str!("lang/zh.toml")),
];

static TABLES: LazyLock<BTreeMap<&'static str, Table>> = LazyLock::new(|| {
    // The files are part of the program and a test parses each; a broken one would be an empty table.
    let parse = |text: &str| toml::from_str::<File>(text).map(File::table).unwrap_or_default();
    FILES.iter().map(|&(lang, text)| (lang, parse(text))).collect()
});

impl Table {
    /// The table of a language; a language without one is served by what is common to all.
    pub fn of(lang: &Lang) -> &'static Self {
        static COMMON: LazyLock<Table> = LazyLock::new(|| {
            let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
            Table {
                never_final: words("dr prof st cf vs"),
                before_number: words("no nr p pp vol"),
                ..Table::default()
            }
        });
        TABLES.get(lang.primary().as_str()).unwrap_or(&COMMON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses() {
        for (lang, text) in FILES {
            let file = toml::from_str::<File>(text).unwrap_or_else(|e| panic!("{lang}: {e}"));
            drop(file.table());
        }
        assert!(Table::of(&Lang::new("de-1901")).ordinals);
        assert!(!Table::of(&Lang::new("xx")).ordinals);
    }
}
