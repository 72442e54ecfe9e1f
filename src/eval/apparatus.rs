//! Collations against a table made by scholars.
//!
//! A gold table is JSON: `{"witnesses": ["A", "B"], "rows": [{"A": "the black", "B": null}, ...]}`, a
//! row a place, a cell the words that a witness has there (`null` or nothing: none). Scored are pairs of
//! words of two witnesses that stand at one place. A *word* is what stands between white space in the
//! gold and has a letter or a digit; ours are brought onto those by their letters, so that neither
//! punctuation nor the cut of words counts.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;

use super::Score;
use crate::model::{Attestation, Collated, CollatedWitness, TokenId};
use crate::{Error, ErrorKind, Place, Result};

/// A gold table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldTable {
    /// The sigla, in the order of the file.
    pub witnesses: Vec<String>,
    /// For each row the words of each witness.
    pub rows: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    witnesses: Vec<String>,
    rows: Vec<BTreeMap<String, serde_json::Value>>,
}

impl GoldTable {
    /// Parses a gold file; `path` is for messages only. What a row says beside its witnesses is ignored.
    ///
    /// # Errors
    /// `Syntax` with its place for what is not of the format, `Conflict` for a siglum given twice,
    /// `Empty` for a table without words.
    pub fn parse(json: &str, path: &Path) -> Result<Self> {
        let hint =
            "expected {\"witnesses\": [\"A\", \"B\"], \"rows\": [{\"A\": \"words\", \"B\": null}, ...]}";
        let File { witnesses, rows } = serde_json::from_str(json).map_err(|e| {
            let place = Place { line: e.line().max(1), column: Some(e.column().max(1)) };
            Error::new(ErrorKind::Syntax, format!("not a gold table: {e}")).in_file(path).at(place).hint(hint)
        })?;
        if let Some(twice) = (1..witnesses.len()).find(|&i| witnesses[..i].contains(&witnesses[i])) {
            let message = format!("the siglum `{}` is given twice", witnesses[twice]);
            return Err(Error::new(ErrorKind::Conflict, message).in_file(path));
        }
        let cell = |row: &BTreeMap<String, serde_json::Value>, number: usize, siglum: &String| match row
            .get(siglum)
        {
            None | Some(serde_json::Value::Null) => Ok(String::new()),
            Some(serde_json::Value::String(words)) => Ok(words.clone()),
            Some(other) => {
                let message = format!("row {}: `{siglum}` has {other}, which are no words", number + 1);
                Err(Error::new(ErrorKind::Syntax, message).in_file(path).hint(hint))
            }
        };
        let rows = rows
            .iter()
            .enumerate()
            .map(|(number, row)| witnesses.iter().map(|siglum| cell(row, number, siglum)).collect())
            .collect::<Result<Vec<Vec<String>>>>()?;
        if rows.iter().flatten().all(|cell| words(cell).next().is_none()) {
            return Err(Error::new(ErrorKind::Empty, "the gold table has no words").in_file(path).hint(hint));
        }
        Ok(Self { witnesses, rows })
    }

    /// The text of a witness, the words of its cells with a space between them; `None` if the table
    /// does not know it.
    pub fn text(&self, siglum: &str) -> Option<String> {
        let index = self.witnesses.iter().position(|witness| witness == siglum)?;
        let words: Vec<&str> = self.rows.iter().flat_map(|row| row[index].split_whitespace()).collect();
        Some(words.join(" "))
    }
}

/// How the places of a collation compare to those of a gold table.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct TableScores {
    /// Witnesses that both have.
    pub witnesses: usize,
    /// Words of these witnesses in the gold.
    pub words: usize,
    /// Words of the gold that were not found in the texts: whatever is said of them is missed.
    pub unmatched: usize,
    /// Pairs of words at one place.
    pub all: PairScores,
    /// Of these, pairs whose letters differ.
    pub differing: PairScores,
}

/// Pairs of words that stand at one place.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct PairScores {
    /// In the gold.
    pub gold: usize,
    /// In the collation.
    pub found: usize,
    /// In both.
    pub right: usize,
    /// Precision, recall and F1 of these.
    #[serde(flatten)]
    pub score: Score,
}

/// A word of the gold: index of its witness, then its number there.
type Word = (u32, u32);

/// Scores a collation. Tokens stand at one place if they share a column or a link of a move. Witnesses
/// that only one of both has are left out.
pub fn score(gold: &GoldTable, collated: &Collated) -> TableScores {
    let known: Vec<Option<usize>> = gold
        .witnesses
        .iter()
        .map(|siglum| collated.collation.witnesses.iter().position(|w| w.siglum == *siglum))
        .collect();
    let mut bare: Vec<Vec<String>> = vec![Vec::new(); gold.witnesses.len()];
    let mut wanted = Vec::new();
    for row in &gold.rows {
        let mut place = Vec::new();
        for (index, cell) in row.iter().enumerate().filter(|(index, _)| known[*index].is_some()) {
            for word in words(cell) {
                place.push((index as u32, bare[index].len() as u32));
                bare[index].push(word);
            }
        }
        pair_up(&place, &place, &mut wanted);
    }
    let mut of_tokens: Vec<Tokens> = collated.collation.witnesses.iter().map(|_| Tokens::default()).collect();
    let mut scores = TableScores::default();
    for (index, witness) in known.iter().enumerate() {
        let Some(witness) = *witness else { continue };
        let tokens = Tokens::new(index as u32, &bare[index], &collated.collation.witnesses[witness]);
        scores.witnesses += 1;
        scores.words += bare[index].len();
        scores.unmatched += bare[index].len() - tokens.matched;
        of_tokens[witness] = tokens;
    }
    let mut found = found(collated, &of_tokens);
    for pairs in [&mut wanted, &mut found] {
        pairs.sort_unstable();
        pairs.dedup();
    }
    let differ = |(a, b): &(Word, Word)| bare[a.0 as usize][a.1 as usize] != bare[b.0 as usize][b.1 as usize];
    scores.all = compared(&wanted, &found);
    wanted.retain(differ);
    found.retain(differ);
    scores.differing = compared(&wanted, &found);
    scores
}

fn found(collated: &Collated, of_tokens: &[Tokens]) -> Vec<(Word, Word)> {
    let witnesses = &collated.collation.witnesses;
    let mut columns: Vec<Vec<TokenId>> = vec![Vec::new(); collated.collation.columns as usize];
    for (index, witness) in witnesses.iter().enumerate() {
        for (number, token) in (0u32..).zip(&witness.tokens) {
            columns[token.column as usize].push((index, number));
        }
    }
    let mut found = Vec::new();
    let words = |token: TokenId| of_tokens[token.0].words(token.1 as usize).collect::<Vec<Word>>();
    for (a, b) in columns.iter().flat_map(|column| collated.collation.pairs_of_column(column)) {
        let (a, b) = (words(a), words(b));
        pair_up(&a, &b, &mut found);
        pair_up(&b, &a, &mut found);
    }
    for passage in &collated.collation.moves {
        let at = |runs: &[Attestation], column: u32| -> Vec<Word> {
            let tokens = |run: &Attestation| {
                let inside = witnesses[run.witness].tokens_in(column..column + 1);
                let inside = inside.start.max(run.tokens.start)..inside.end.min(run.tokens.end);
                inside.flat_map(|t| of_tokens[run.witness].words(t as usize)).collect::<Vec<_>>()
            };
            runs.iter().flat_map(tokens).collect()
        };
        for &(home, away) in &passage.links {
            let (home, away) = (at(&passage.home.witnesses, home), at(&passage.away.witnesses, away));
            pair_up(&home, &away, &mut found);
            pair_up(&away, &home, &mut found);
        }
    }
    found
}

/// All pairs of words of two witnesses, the first witness first.
fn pair_up(here: &[Word], there: &[Word], pairs: &mut Vec<(Word, Word)>) {
    for a in here {
        pairs.extend(there.iter().filter(|b| a.0 < b.0).map(|b| (*a, *b)));
    }
}

fn compared(gold: &[(Word, Word)], found: &[(Word, Word)]) -> PairScores {
    let right = found.iter().filter(|pair| gold.binary_search(pair).is_ok()).count();
    let score = Score::new(right, found.len(), right, gold.len()).rounded();
    PairScores { gold: gold.len(), found: found.len(), right, score }
}

/// The words of a cell as their letters and digits.
fn words(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split_whitespace().map(bare).filter(|word| !word.is_empty())
}

fn bare(word: &str) -> String {
    word.nfc().filter(|c| c.is_alphanumeric()).collect()
}

/// Which words of the gold the tokens of a witness are.
#[derive(Debug, Default)]
struct Tokens {
    /// Index of the witness in the gold.
    witness: u32,
    /// For each token the words that it has letters of; empty for a mark.
    words: Vec<std::ops::Range<u32>>,
    /// Words that some token has letters of.
    matched: usize,
}

impl Tokens {
    fn new(number: u32, gold: &[String], witness: &CollatedWitness) -> Self {
        let surface = |i: usize| {
            let read = &witness.tokens[i].read;
            bare(&witness.text[read.start as usize..read.end as usize])
        };
        let mut index = Vec::new();
        let mut ours: Vec<String> = Vec::new();
        for (i, word) in (0..witness.tokens.len()).map(|i| (i, surface(i))).filter(|(_, w)| !w.is_empty()) {
            index.push(i);
            ours.push(word);
        }
        let mut words = vec![0..0; witness.tokens.len()];
        let mut matched = vec![false; gold.len()];
        let mut tie = |ours: usize, gold: usize| {
            let words: &mut std::ops::Range<u32> = &mut words[index[ours]];
            let gold_word = gold as u32;
            if words.start == words.end {
                *words = gold_word..gold_word + 1;
            } else {
                *words = words.start.min(gold_word)..words.end.max(gold_word + 1);
            }
            matched[gold] = true;
        };
        for op in capture_diff_slices(Algorithm::Patience, gold, &ours) {
            match op {
                DiffOp::Equal { old_index, new_index, len } => {
                    (0..len).for_each(|i| tie(new_index + i, old_index + i));
                }
                // The same letters, cut otherwise.
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    let letters = |words: &[String], first: usize| -> Vec<(char, usize)> {
                        let each = words.iter().enumerate();
                        each.flat_map(|(i, word)| word.chars().map(move |c| (c, first + i))).collect()
                    };
                    let old = letters(&gold[old_index..old_index + old_len], old_index);
                    let new = letters(&ours[new_index..new_index + new_len], new_index);
                    if old.iter().map(|l| l.0).eq(new.iter().map(|l| l.0)) {
                        old.iter().zip(&new).for_each(|(old, new)| tie(new.1, old.1));
                    }
                }
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
        Self { witness: number, words, matched: matched.into_iter().filter(|m| *m).count() }
    }

    fn words(&self, token: usize) -> impl Iterator<Item = Word> + '_ {
        self.words.get(token).cloned().unwrap_or(0..0).map(|word| (self.witness, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    fn gold(rows: &[(&str, &str, &str)]) -> GoldTable {
        let rows = rows.iter().map(|(a, b, c)| vec![(*a).to_owned(), (*b).to_owned(), (*c).to_owned()]);
        GoldTable { witnesses: vec!["A".into(), "B".into(), "C".into()], rows: rows.collect() }
    }

    #[test]
    fn a_table_that_agrees_is_right_throughout() {
        let case = Case::three();
        let gold = gold(&[
            ("the", "the", "the"),
            ("colour,", "color", "color"),
            ("of", "of", ""),
            ("— war", "war.", "war"),
        ]);
        let scores = score(&gold, &case.collated());
        assert_eq!((scores.witnesses, scores.words, scores.unmatched), (3, 11, 0));
        // Three words at three places, two at one; `colour` differs from two others.
        assert_eq!((scores.all.gold, scores.all.right, scores.all.found), (10, 10, 10));
        assert_eq!((scores.differing.gold, scores.differing.score.f1), (2, 1.0));
    }

    #[test]
    fn another_table_is_missed_and_words_may_be_cut_otherwise() {
        let case = Case::three();
        // `of` of A against `war` of C; `colorwar` of C in one.
        let gold = gold(&[
            ("the", "the", "the"),
            ("colour", "co lor", "colorwar"),
            ("of", "", ""),
            ("war", "of war", ""),
        ]);
        let scores = score(&gold, &case.collated());
        assert_eq!(scores.unmatched, 0);
        // Gold: the 3, colour–co, colour–lor, colour–colorwar, co–colorwar, lor–colorwar, war–of, war–war.
        assert_eq!(scores.all.gold, 10);
        // Missed: war–of. Invented: of–of, war–colorwar (of A and of B).
        assert_eq!((scores.all.right, scores.all.found), (9, 12));
    }

    #[test]
    fn what_is_not_in_the_texts_is_counted() {
        let case = Case::three();
        let scores = score(&gold(&[("peace", "the", "the")]), &case.collated());
        assert_eq!((scores.unmatched, scores.all.right), (1, 1));
    }

    #[test]
    fn faults_are_named() {
        let parse = |json: &str| GoldTable::parse(json, Path::new("g.json"));
        let good =
            parse(r#"{"witnesses": ["A", "B"], "rows": [{"n": 1, "A": "a b"}, {"A": null, "B": "b"}]}"#);
        let good = good.unwrap();
        assert_eq!((good.text("A").unwrap(), good.text("B").unwrap()), ("a b".into(), "b".into()));
        assert_eq!(good.text("C"), None);
        assert_eq!(parse("{\"witnesses\":\n 1}").unwrap_err().place().unwrap().line, 2);
        assert_eq!(
            parse(r#"{"witnesses": ["A"], "rows": [{"A": 1}]}"#).unwrap_err().kind(),
            ErrorKind::Syntax
        );
        assert_eq!(
            parse(r#"{"witnesses": ["A", "A"], "rows": []}"#).unwrap_err().kind(),
            ErrorKind::Conflict
        );
        assert_eq!(parse(r#"{"witnesses": ["A"], "rows": [{}]}"#).unwrap_err().kind(), ErrorKind::Empty);
    }
}
