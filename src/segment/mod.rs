//! Blocks to sentences: our own scanner, lossless and linear in the text.
//!
//! For each place where a sentence might end ([`scan`]) a decision is made with a reason
//! ([`Reason`]), from three sources: tables of the language ([`table`]), words seen in this very
//! document ([`evidence`]), and the policies of [`Options`]. Segments tile the body of their block;
//! soft line wraps are white space and change nothing.

pub mod evidence;
pub mod scan;
pub mod table;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use self::evidence::Evidence;
pub use self::scan::{Decision, Reason};
use self::table::Table;
use crate::model::{Block, BlockKind, Document, FrontRole, Part, Segment, Span};

/// How text is cut.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Options {
    /// Whether sentences inside a quotation are cut. Default: [`Quotes::Split`].
    pub quotes: Quotes,
    /// Abbreviations of the project, with or without their stop, that end no sentence. Default: none.
    pub abbreviations: Vec<String>,
}

/// What happens to sentences inside a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quotes {
    /// They are cut like all others.
    #[default]
    Split,
    /// A quotation that closes within its paragraph and [`scan::LONGEST_QUOTATION`] stays whole.
    Keep,
}

impl Quotes {
    /// The policy of a word of the manifest or the command line.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "split" => Some(Self::Split),
            "keep" => Some(Self::Keep),
            _ => None,
        }
    }
}

/// Cuts all blocks of a document, in parallel; the result does not depend on the number of threads.
///
/// Headings, titles and the like, furniture and lines of verse are one segment each. What stands
/// before a speech as its label is part of no segment.
pub fn segment(document: &Document, options: &Options) -> Vec<Segment> {
    let table = Table::of(&document.witness.lang);
    let bodies = || document.parts.iter().flat_map(|p| p.blocks.iter().map(|b| &p.text[b.body().range()]));
    let scanner = scan::Scanner::new(table, Evidence::learn(bodies()), options);
    let blocks: Vec<(usize, usize)> = (document.parts.iter().enumerate())
        .flat_map(|(part, p)| (0..p.blocks.len()).map(move |block| (part, block)))
        .collect();
    let cut: Vec<Vec<Segment>> = blocks
        .par_iter()
        .map(|&(part, block)| {
            let source = &document.parts[part];
            let spans = cut_block(source, &source.blocks[block], &scanner);
            let number = |(index, span)| Segment { part, block, index, span };
            spans.into_iter().enumerate().map(number).collect()
        })
        .collect();
    cut.into_iter().flatten().collect()
}

fn cut_block(part: &Part, block: &Block, scanner: &scan::Scanner<'_>) -> Vec<Span> {
    let body = block.body().trimmed(&part.text);
    if body.is_empty() {
        return Vec::new();
    }
    let text = &part.text[body.range()];
    let whole = match block.kind {
        BlockKind::Heading | BlockKind::Furniture => true,
        BlockKind::FrontMatter => block.role != Some(FrontRole::EditorNote),
        _ => false,
    };
    if whole {
        return vec![body];
    }
    if block.kind == BlockKind::Verse {
        let lines = text.split_inclusive('\n').scan(body.start, |at, line| {
            let span = Span::new(*at, *at + line.len());
            *at = span.end;
            Some(span.trimmed(&part.text))
        });
        return lines.filter(|span| !span.is_empty()).collect();
    }
    let ends = scanner.decisions(text).into_iter().filter(|d| d.boundary).map(|d| d.at);
    let mut spans = Vec::new();
    let mut start = 0;
    for end in ends.chain([text.len()]) {
        let span = Span::new(start, end).shifted(body.start).trimmed(&part.text);
        if !span.is_empty() {
            spans.push(span);
        }
        start = end;
    }
    spans
}

#[cfg(test)]
mod tests;
