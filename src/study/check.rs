//! Dirty input explained: what in a text is probably not its author's.
//!
//! Everything is told with its locus and is a note, not a verdict, unless text was lost
//! ([`Level::Problem`]).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::collate::shapes::look_alikes;
use crate::collate::token::{Token, TokenKind, tokens_of};
use crate::model::{Aligned, BlockKind, Locus, Segmented};

/// A sentence longer than this (characters) is probably two, or a table.
const LONG_SENTENCE: usize = 1500;
/// How often a look-alike must occur to make a word suspect that differs from it by one letter for
/// another: many good words do.
const OFTEN: usize = 8;
/// Words shorter than this (characters) have too many neighbours to suspect them.
const SUSPECT_LETTERS: usize = 6;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth a look.
    Note,
    /// Text was lost or cannot be trusted.
    Problem,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// A short stable word, such as `scan-error`.
    pub code: &'static str,
    /// The witness.
    pub siglum: String,
    /// Where, if at one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locus: Option<String>,
    /// What, in a sentence.
    pub message: String,
}

/// Looks through one witness.
pub fn text(text: &Segmented) -> Vec<Finding> {
    let mut findings = Findings { text, list: Vec::new() };
    findings.encoding();
    findings.line_ends();
    findings.furniture();
    findings.quotation_marks();
    findings.words();
    findings.lengths();
    findings.list
}

/// Looks through an alignment for beads that a person should see.
pub fn pair(pair: &Aligned) -> Vec<Finding> {
    let doubtful = pair.beads().iter().filter(|bead| bead.confidence.is_doubtful());
    doubtful
        .map(|bead| {
            let (a, b) = (pair.a.locus_range(&bead.a), pair.b.locus_range(&bead.b));
            let shown = |locus: &str| if locus.is_empty() { "nothing".to_owned() } else { locus.to_owned() };
            Finding {
                level: Level::Note,
                code: "doubtful-bead",
                siglum: pair.name(),
                locus: Some(if a.is_empty() { b.clone() } else { a.clone() }),
                message: format!("{} with {}: {:.2}", shown(&a), shown(&b), bead.confidence.value()),
            }
        })
        .collect()
}

struct Findings<'t> {
    text: &'t Segmented,
    list: Vec<Finding>,
}

impl Findings<'_> {
    fn add(&mut self, level: Level, code: &'static str, locus: Option<Locus>, message: String) {
        let siglum = self.text.siglum().to_owned();
        self.list.push(Finding { level, code, siglum, locus: locus.map(|l| l.to_string()), message });
    }

    fn file(&self, part: usize) -> String {
        let source = &self.text.document.parts[part].source;
        source.path.as_ref().map_or_else(|| "standard input".to_owned(), |p| p.display().to_string())
    }

    fn encoding(&mut self) {
        for part in 0..self.text.document.parts.len() {
            let encoding = self.text.document.parts[part].source.encoding.clone();
            if encoding.replacements > 0 {
                let file = self.file(part);
                self.add(
                    Level::Problem,
                    "lost-characters",
                    None,
                    format!(
                        "{file}: {} characters could not be read as {}",
                        encoding.replacements, encoding.name
                    ),
                );
            }
        }
    }

    fn line_ends(&mut self) {
        for part in 0..self.text.document.parts.len() {
            let text = &self.text.document.parts[part].text;
            let crlf = text.matches("\r\n").count();
            let lf = text.matches('\n').count() - crlf;
            if crlf > 0 && lf > 0 {
                let file = self.file(part);
                self.add(
                    Level::Note,
                    "mixed-line-ends",
                    None,
                    format!("{file}: {crlf} lines end with CRLF, {lf} with LF"),
                );
            }
        }
    }

    fn furniture(&mut self) {
        let text = self.text;
        let furniture = (0..text.len()).flat_map(|s| {
            let part = text.part(s);
            let inside = part.breaks_in(text.segments[s].span).filter_map(|b| b.furniture(&part.text));
            let whole = (text.kind(s) == BlockKind::Furniture).then(|| text.raw(s));
            whole.into_iter().chain(inside).map(move |words| (s, words))
        });
        let furniture: Vec<(usize, &str)> = furniture.collect();
        if let Some(&(first, words)) = furniture.first() {
            let shown: String = words.chars().take(50).collect();
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            let message = format!("{} pieces of page furniture, the first: “{shown}”", furniture.len());
            self.add(Level::Note, "furniture", Some(text.locus(first)), message);
        }
    }

    /// A closing mark where something opens: `”Easily written`.
    fn quotation_marks(&mut self) {
        let lang = self.text.document.witness.lang.primary();
        if lang == "de" || lang == "cs" || lang == "sk" || lang == "sl" || lang == "sv" || lang == "fi" {
            return; // there ” or “ opens or closes by another rule
        }
        for segment in 0..self.text.len() {
            let words = self.text.text(segment);
            let mut before = ' ';
            let mut chars = words.chars().peekable();
            while let Some(c) = chars.next() {
                let opens_word = before.is_whitespace() && chars.peek().is_some_and(|n| n.is_alphanumeric());
                if c == '”' && opens_word {
                    self.add(
                        Level::Note,
                        "quotation-mark",
                        Some(self.text.locus(segment)),
                        "a closing quotation mark where a word opens: ”".to_owned(),
                    );
                }
                before = c;
            }
        }
    }

    /// Figures in words, and rare words that look like frequent ones.
    fn words(&mut self) {
        let tokens = tokens_of(self.text, 0..self.text.len());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for token in tokens.iter().filter(|t| t.is_word()) {
            for part in token.normal.split('-') {
                *counts.entry(part).or_default() += 1;
            }
        }
        let mut found = Vec::new();
        for token in &tokens {
            if let Some(message) = suspicion(token, &counts) {
                found.push((token.segment, message));
            }
        }
        for (segment, message) in found {
            self.add(Level::Note, "scan-error", Some(self.text.locus(segment)), message);
        }
    }

    fn lengths(&mut self) {
        for segment in 0..self.text.len() {
            let length = self.text.raw(segment).chars().count();
            if length > LONG_SENTENCE {
                self.add(
                    Level::Note,
                    "long-sentence",
                    Some(self.text.locus(segment)),
                    format!("a sentence of {length} characters"),
                );
            }
        }
        let formulas =
            (0..self.text.len()).filter(|&s| self.text.raw(s).starts_with(['=', '+', '-', '@'])).count();
        if formulas > 0 {
            self.add(Level::Note, "formula", None, format!("{formulas} sentences begin with = + - or @, which spreadsheets read as formulas in CSV; XLSX is safe"));
        }
    }
}

fn suspicion(token: &Token, counts: &BTreeMap<&str, usize>) -> Option<String> {
    let word = token.surface.as_str();
    if token.kind == TokenKind::Word && inner_figure(word) {
        return Some(format!("a figure inside a word: {word}"));
    }
    token
        .normal
        .split('-')
        .filter(|part| part.chars().count() >= SUSPECT_LETTERS && counts.get(part) == Some(&1))
        .find_map(|part| {
            let enough = |form: &str| if form.chars().count() == part.chars().count() { OFTEN } else { 2 };
            let is_likely = |form: &String| counts.get(form.as_str()).is_some_and(|&n| n >= enough(form));
            let likely = look_alikes(part).into_iter().find(is_likely)?;
            Some(format!("{word} stands once, and looks like “{likely}”"))
        })
}

/// A figure between letters, as no ordinal or model number has it.
fn inner_figure(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    chars.windows(3).any(|w| w[0].is_lowercase() && w[1].is_ascii_digit() && w[2].is_lowercase())
}

#[cfg(test)]
mod tests {
    #[test]
    fn slips_are_suspected_and_good_words_are_not() {
        let sentences = [
            "aggression is incomparab1y worse",
            "another agression",
            "aggression by the 4th army in 1930s",
            "”Easily written",
        ];
        let text = crate::model::testing::text("A", &sentences);
        let codes: Vec<_> =
            super::text(&text).into_iter().map(|f| (f.code, f.locus.unwrap_or_default())).collect();
        assert_eq!(
            codes,
            [
                ("quotation-mark", "A 1.1.4".to_owned()),
                ("scan-error", "A 1.1.1".to_owned()),
                ("scan-error", "A 1.1.2".to_owned())
            ]
        );
    }
}
