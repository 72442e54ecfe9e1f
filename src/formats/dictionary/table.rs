//! Tables with a head that names their columns, as they are made from Wiktionary.

use super::DictionaryEntry;
use super::clean::{expressions, headword};

/// Names of the column of the words, and of their renderings, in the order in which they are believed.
const WORDS: [&str; 10] =
    ["written_rep", "headword", "word", "lemma", "entry", "source", "term", "title", "from", "original"];
const RENDERINGS: [&str; 9] = [
    "trans_list",
    "translations",
    "translation",
    "rendering",
    "renderings",
    "target",
    "gloss",
    "to",
    "meaning",
];

/// Which columns hold the words and the renderings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    word: usize,
    rendering: usize,
}

/// Reads the head of a table; `None` if the line is none.
pub(super) fn columns(head: &str) -> Option<Columns> {
    let names: Vec<String> =
        head.split('\t').map(|name| name.trim().trim_matches('"').to_lowercase().replace(' ', "_")).collect();
    let find =
        |wanted: &[&str]| wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
    let (word, rendering) = (find(&WORDS)?, find(&RENDERINGS)?);
    Some(Columns { word, rendering })
}

/// The entries of a row.
pub(super) fn entries(line: &str, columns: &Columns) -> Option<Vec<DictionaryEntry>> {
    let cells: Vec<&str> = line.split('\t').map(|cell| cell.trim().trim_matches('"')).collect();
    let word = headword(cells.get(columns.word)?)?;
    let renderings = expressions(cells.get(columns.rendering)?);
    Some(renderings.into_iter().map(|rendering| (word.clone(), rendering, None)).collect())
}
