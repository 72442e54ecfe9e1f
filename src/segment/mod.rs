//! Cutting a document into sentences.
//!
//! Reading has found the blocks; this module cuts each block into [`Segment`]s, and aligning and
//! comparing work on those. The scanner is our own: it sees a block, not lines, so wrapped text
//! gives the sentences of unwrapped text; it keeps every byte; it takes linear time.
//!
//! How a block is cut: [`boundaries`] runs from one mark (`.`, `?`, `。` ...) to the next, reads what
//! closes after it and what opens next, and decides with a recorded [`Reason`]. What is ambiguous is
//! decided by the language's table (abbreviations, months, words that open sentences), by what the
//! whole document shows of its words ([`Evidence`]), and by the policies in [`Options`]. A person's own
//! abbreviations and exceptions are part of the options.
//!
//! ```
//! use hexapla::model::Lang;
//! use hexapla::segment::{Evidence, Options, sentences};
//!
//! let text = "Gen. Krivitsky met L. D. Trotsky in 1937.¹ They\ntalked.";
//! let found = sentences(text, &Lang::new("en"), &Options::default(), &Evidence::of_text(text));
//! let found: Vec<&str> = found.iter().map(|span| &text[span.range()]).collect();
//! assert_eq!(found, ["Gen. Krivitsky met L. D. Trotsky in 1937.¹", "They\ntalked."]);
//! ```

mod decision;
mod enumeration;
mod evidence;
mod language;
mod marks;
mod options;
mod pins;
mod quotations;
mod rules;
mod scan;
mod site;
mod speech;
mod stop;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};

use crate::model::{
    Block, BlockKind, Cut, Document, FrontRole, Lang, LineBreak, LineBreakKind, Part, Segment, Span,
};
use crate::par::prelude::*;

pub use decision::{Decision, Reason};
pub use evidence::Evidence;
pub use options::{Colon, Dashes, Ellipsis, Options, Quotes, Verse};

use rules::Rules;

/// A decision with its place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Index of the part, 0-based.
    pub part: usize,
    /// Index of the block in the part, 0-based.
    pub block: usize,
    /// The decision; its offsets are bytes of the part's text.
    pub decision: Decision,
}

/// Cuts a document into segments, in parallel over its blocks.
///
/// Furniture and pieces of front matter other than an editor's note are one segment each; verse is
/// cut at line ends (see [`Verse`]); all other blocks are cut into sentences. The segments of a block
/// tile its body: between them there is white space only. A block without a word or mark in its body
/// has none.
pub fn segment(document: &Document, options: &Options) -> Vec<Segment> {
    let evidence = Evidence::learn(document);
    let scanner = Scanner::new(&document.witness.lang, options, &evidence);
    each_block(document, |part, block_index, block| {
        let spans = scanner.spans(&document.parts[part], block);
        spans
            .into_iter()
            .enumerate()
            .map(|(index, span)| Segment { part, block: block_index, index, span })
            .collect()
    })
}

/// All decisions behind [`segment`], boundaries and non-boundaries, in the order of the text. Blocks
/// that are not scanned (furniture, verse lines ...) have none.
pub fn explain(document: &Document, options: &Options) -> Vec<Explained> {
    let evidence = Evidence::learn(document);
    let scanner = Scanner::new(&document.witness.lang, options, &evidence);
    each_block(document, |part, block_index, block| {
        if !is_scanned(block, options) {
            return Vec::new();
        }
        let decisions = scanner.decisions_in(&document.parts[part], block).into_iter();
        decisions.map(|decision| Explained { part, block: block_index, decision }).collect()
    })
}

/// The pure scanner on one block's text: every candidate, decided, in order of its place. The end of
/// the text is no candidate.
pub fn boundaries(text: &str, lang: &Lang, options: &Options, evidence: &Evidence) -> Vec<Decision> {
    Scanner::new(lang, options, evidence).decisions(text)
}

/// The sentences of one block's text, as spans without surrounding white space.
pub fn sentences(text: &str, lang: &Lang, options: &Options, evidence: &Evidence) -> Vec<Span> {
    let cuts = boundaries(text, lang, options, evidence);
    pieces(text, Span::new(0, text.len()), cuts.iter().filter(|cut| cut.boundary).map(|cut| cut.at))
}

/// The rules with everything prepared that does not depend on the text.
struct Scanner<'a> {
    rules: Rules<'a>,
    pins: pins::Pins,
}

impl<'a> Scanner<'a> {
    fn new(lang: &Lang, options: &'a Options, evidence: &'a Evidence) -> Self {
        Self { rules: Rules::new(lang, options, evidence), pins: pins::Pins::new(options) }
    }

    fn decisions(&self, text: &str) -> Vec<Decision> {
        scan::scan(text, &self.rules, &self.pins)
    }

    /// The decisions in a block, their offsets being bytes of the part's text. A heading's number stays
    /// with it: `Chapter IV. The Question`.
    fn decisions_in(&self, part: &Part, block: &Block) -> Vec<Decision> {
        let body = block.body();
        let stepped_over = |b: &LineBreak| b.kind == LineBreakKind::Mark || b.furniture(&part.text).is_some();
        if part.breaks_in(body).any(stepped_over) {
            // Page furniture and marks of notes are no part of a sentence: the text is cut as it is read.
            let reading = part.mapped_reading(body);
            let decisions = self.decisions_on(block, &reading.text).into_iter();
            let place = |at: usize| reading.to_part(Span::new(at, at)).start;
            return decisions
                .map(|d| Decision { mark: reading.to_part(d.mark), at: place(d.at), ..d })
                .collect();
        }
        let decisions = self.decisions_on(block, part.text.get(body.range()).unwrap_or_default()).into_iter();
        let shifted = |d: Decision| Decision { mark: d.mark.shifted(body.start), at: d.at + body.start, ..d };
        decisions.map(shifted).collect()
    }

    fn decisions_on(&self, block: &Block, text: &str) -> Vec<Decision> {
        let mut decisions = self.decisions(text);
        if block.kind == BlockKind::Heading {
            for cut in decisions.iter_mut().filter(|cut| cut.boundary && is_division(&text[..cut.at])) {
                (cut.boundary, cut.reason) = (false, Reason::Enumerator);
            }
        }
        decisions
    }

    fn spans(&self, part: &Part, block: &Block) -> Vec<Span> {
        let (text, body) = (&part.text, block.body());
        if is_scanned(block, self.rules.options) {
            let cuts = self.decisions_in(part, block);
            pieces(text, body, cuts.iter().filter(|cut| cut.boundary).map(|cut| cut.at))
        } else if block.cut == Cut::Lines || block.kind == BlockKind::Verse && block.cut == Cut::Usual {
            let inside = text.get(body.range()).unwrap_or_default();
            let ends = inside.char_indices().filter(|(_, c)| matches!(c, '\n' | '\r' | '\u{2028}'));
            pieces(text, body, ends.map(|(at, _)| at + body.start))
        } else {
            pieces(text, body, std::iter::empty())
        }
    }
}

/// Whether a block is cut into sentences.
fn is_scanned(block: &Block, options: &Options) -> bool {
    match block.cut {
        Cut::Usual => {}
        Cut::Lines => return options.verse == Verse::Sentences,
        Cut::Whole => return false,
    }
    match block.kind {
        BlockKind::Furniture => false,
        BlockKind::Verse => options.verse == Verse::Sentences,
        BlockKind::FrontMatter => block.role.is_none_or(|role| role == FrontRole::EditorNote),
        // A short paragraph of two sentences looks like a heading; a heading that is one has no stop inside.
        BlockKind::Heading
        | BlockKind::Paragraph
        | BlockKind::Speech
        | BlockKind::Stage
        | BlockKind::Quotation
        | BlockKind::ListItem
        | BlockKind::Note => true,
    }
}

/// Whether the head of a heading only names and numbers a division: `Chapter IV.`, `2. Teil.`.
fn is_division(head: &str) -> bool {
    let words: Vec<&str> = head.split_whitespace().map(|word| word.trim_end_matches(['.', ':'])).collect();
    let is_number = |word: &&str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
            || word.bytes().all(|b| b"IVXLC".contains(&b))
    };
    words.len() <= 2 && words.iter().any(is_number)
}

/// The pieces of `body` between ascending cuts, trimmed, without empty ones.
fn pieces(text: &str, body: Span, cuts: impl Iterator<Item = usize>) -> Vec<Span> {
    let mut from = body.start;
    let mut spans = Vec::new();
    for cut in cuts.chain([body.end]) {
        let span = Span::new(from, cut).trimmed(text);
        if !span.is_empty() {
            spans.push(span);
        }
        from = cut.max(from);
    }
    spans
}

/// Runs `work` on every block in parallel and joins the results in the order of the text.
fn each_block<T: Send>(document: &Document, work: impl Fn(usize, usize, &Block) -> Vec<T> + Sync) -> Vec<T> {
    let blocks: Vec<(usize, usize, &Block)> = document
        .parts
        .iter()
        .enumerate()
        .flat_map(|(part, p)| p.blocks.iter().enumerate().map(move |(index, block)| (part, index, block)))
        .collect();
    blocks.par_iter().flat_map_iter(|&(part, index, block)| work(part, index, block)).collect()
}
