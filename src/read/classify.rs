//! What each block is: one set of rules for all formats.
//!
//! The order matters. First what the format says and what the words of a block alone tell
//! (furniture, notes), then speeches, then front matter, which ends where the text begins, and at
//! last headings.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::draft::{Draft, Shape};
use super::{front, furniture, shape, speech, words};
use crate::model::{Block, BlockKind, Part};

/// A heading is at most this wide, in columns.
const WIDEST_HEADING: usize = 110;
/// More lines than this that could all be headings, one after the other, are a list.
const LONGEST_HEADINGS: usize = 3;

/// Turns drafts into the blocks of `part`, whose text they lie in.
pub(crate) fn classify(part: &mut Part, drafts: &[Draft]) {
    part.blocks = drafts.iter().map(|draft| first_guess(&part.text, draft)).collect();
    speech::mark(std::slice::from_mut(part));
    let Part { text, blocks, .. } = part;
    let facts = Facts::new(text, drafts);
    mark_links(&facts, blocks);
    front::mark(&facts, blocks);
    mark_headings(&facts, blocks);
    speech::carry(std::slice::from_mut(part));
}

fn first_guess(text: &str, draft: &Draft) -> Block {
    let own = &text[draft.span.range()];
    let (kind, level) = match draft.shape {
        Shape::Furniture => (BlockKind::Furniture, 0),
        _ if shape::is_ornament(own) || furniture::is_phrase(own) => (BlockKind::Furniture, 0),
        Shape::Heading(level) => (BlockKind::Heading, level.clamp(1, 6)),
        Shape::Verse => (BlockKind::Verse, 0),
        Shape::Quotation => (BlockKind::Quotation, 0),
        Shape::ListItem => (BlockKind::ListItem, 0),
        Shape::Note => (BlockKind::Note, 0),
        Shape::Open if words::note_number(own) => (BlockKind::Note, 0),
        Shape::Open => (BlockKind::Paragraph, 0),
    };
    Block { kind, level, span: draft.span, ..Block::default() }
}

/// What the rules ask about the blocks of a part.
pub(crate) struct Facts<'t> {
    text: &'t str,
    /// What the format showed, one for each block.
    pub(crate) drafts: &'t [Draft],
    /// How many blank lines stand between two paragraphs as a rule.
    pub(crate) usual_gap: usize,
}

impl<'t> Facts<'t> {
    fn new(text: &'t str, drafts: &'t [Draft]) -> Self {
        let mut gaps: Vec<usize> = drafts.iter().skip(1).map(|draft| draft.gap).collect();
        gaps.sort_unstable();
        let usual_gap = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
        Self { text, drafts, usual_gap }
    }

    /// The text of a block.
    pub(crate) fn text(&self, at: usize) -> &'t str {
        self.drafts.get(at).map_or("", |draft| &self.text[draft.span.range()])
    }

    /// Whether a block looks like a heading by itself.
    pub(crate) fn is_heading_like(&self, at: usize) -> bool {
        let Some(draft) = self.drafts.get(at) else { return false };
        let text = self.text(at);
        match draft.shape {
            Shape::Heading(_) => true,
            Shape::Open if draft.alone || draft.strong || draft.centred => {
                let ended = shape::ends_sentence(text) && !(draft.strong || draft.centred);
                // `2. A heavy progressive income tax.` is an item, `II.` and `Chapter II.` are titles.
                let titled = || {
                    shape::is_capitals(text)
                        || is_numeral(text)
                        || self.is_division(at) && !words::is_numbered(text)
                };
                is_short_title(text) && (!ended || titled())
            }
            _ => false,
        }
    }

    /// Whether a block may be a line of a title page.
    pub(crate) fn is_title_like(&self, at: usize) -> bool {
        let Some(draft) = self.drafts.get(at) else { return false };
        let text = self.text(at);
        // `Londres:`, `and`, `1869.` stand alone on title pages.
        let scrap = draft.alone && text.split_whitespace().count() <= 2 && !text.starts_with(['–', '—', '-']);
        self.is_heading_like(at)
            || (scrap && shape::is_within(text, WIDEST_HEADING) && !words::note_number(text))
            || (draft.titled
                && draft.shape == Shape::Open
                && is_short_title(text)
                && !shape::ends_sentence(text))
    }

    /// Whether a block is a short line that ends like a title, whatever its format says of it.
    pub(crate) fn is_brief(&self, at: usize) -> bool {
        let text = self.text(at);
        self.drafts.get(at).is_some_and(|draft| draft.shape == Shape::Open)
            && shape::is_within(text, 60)
            && is_short_title(text)
            && !shape::ends_sentence(text)
    }

    /// Whether a block names a division of the text: `Preface`, `CHAPTER I`, `IV. Position …`.
    pub(crate) fn is_division(&self, at: usize) -> bool {
        let text = self.text(at);
        let lowered = words::lowered(text);
        let word = words::is_division(&lowered) || is_han_division(&lowered);
        (word || words::is_numbered(text) || is_numeral(text)) && shape::is_within(text, WIDEST_HEADING)
    }

    /// Whether a block is somebody's name: it looks like one, and the text does not use its words
    /// as common words.
    pub(crate) fn is_name(&self, at: usize) -> bool {
        /// Enough text to meet the common words of a title.
        const SAMPLE: usize = 200_000;
        let own = self.text(at);
        if !shape::is_within(own, 60) || !front::looks_like_name(own) {
            return false;
        }
        let names: BTreeSet<String> = own
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 3 && word.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect();
        let sample = shape::prefix(self.text, SAMPLE);
        !sample.split(|c: char| !c.is_alphabetic()).any(|word| names.contains(word))
    }
}

/// Nothing but the number of a division: `IV.`, `12.`.
fn is_numeral(text: &str) -> bool {
    let number = text.trim_end_matches('.');
    let roman = number.bytes().all(|b| b"IVXLC".contains(&b));
    (1..=7).contains(&number.len())
        && (roman || number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// `第一章`, `第二部分 …`.
fn is_han_division(lowered: &str) -> bool {
    lowered.strip_prefix('第').is_some_and(|rest| {
        rest.chars()
            .take(6)
            .any(|c| matches!(c, '章' | '节' | '節' | '部' | '卷' | '篇' | '回' | '編' | '编'))
    })
}

/// Short, begins like a title, and does not run on.
fn is_short_title(text: &str) -> bool {
    shape::is_within(text, WIDEST_HEADING)
        && !shape::ends_open(text)
        && (shape::starts_upper(text) != Some(false) || words::is_numbered(text))
        && !text.starts_with(['-', '–', '—', '―'])
        && text.chars().any(char::is_alphanumeric)
        && !words::note_number(text)
}

/// Blocks that are nothing but links, before and after the text, lead elsewhere.
fn mark_links(facts: &Facts<'_>, blocks: &mut [Block]) {
    let is_text = |(at, block): (usize, &Block)| {
        let draft = &facts.drafts[at];
        block.kind.is_text() && !draft.linked && !facts.is_title_like(at)
    };
    let first = blocks.iter().enumerate().position(is_text).unwrap_or(blocks.len());
    let last = blocks.iter().enumerate().rposition(is_text).unwrap_or(0);
    for (at, block) in blocks.iter_mut().enumerate() {
        if facts.drafts[at].linked && (at < first || at > last) {
            *block = Block { kind: BlockKind::Furniture, span: block.span, ..Block::default() };
        }
    }
}

fn mark_headings(facts: &Facts<'_>, blocks: &mut [Block]) {
    let candidate = |at: usize, blocks: &[Block]| {
        blocks[at].kind == BlockKind::Paragraph
            && facts.drafts[at].shape == Shape::Open
            && facts.is_heading_like(at)
    };
    let Some(last_text) = (0..blocks.len()).rev().find(|&at| {
        blocks[at].kind.is_text() && blocks[at].kind != BlockKind::Heading && !candidate(at, blocks)
    }) else {
        return;
    };
    let ranked = rank_styles(facts, blocks, &|at| candidate(at, blocks));
    let mut at = 0;
    // After the last paragraph stand signatures, not headings.
    while at < last_text {
        let end = (at..last_text).find(|&other| !candidate(other, blocks)).unwrap_or(last_text);
        let listed = end - at > LONGEST_HEADINGS;
        for (place, block) in blocks.iter_mut().enumerate().take(end).skip(at) {
            // Of a list of titles the last one heads what follows.
            if listed && place + 1 < end {
                block.kind = BlockKind::ListItem;
            } else {
                block.kind = BlockKind::Heading;
                block.level = if ranked && !is_upper_style(facts, place) { 3 } else { 2 };
            }
        }
        at = end + 1;
    }
}

/// Whether the headings of a text without markup have two styles, of which one is the higher.
fn rank_styles(facts: &Facts<'_>, blocks: &[Block], candidate: &dyn Fn(usize) -> bool) -> bool {
    let mut styles = (0..blocks.len()).filter(|&at| candidate(at)).map(|at| is_upper_style(facts, at));
    styles.next().is_some_and(|first| styles.any(|other| other != first))
}

fn is_upper_style(facts: &Facts<'_>, at: usize) -> bool {
    shape::is_capitals(facts.text(at)) || facts.is_division(at)
}

/// A block short enough to be compared as a whole, its white space made one.
pub(crate) fn short_key(text: &str) -> Option<Cow<'_, str>> {
    if !shape::is_within(text, WIDEST_HEADING) {
        return None;
    }
    let plain = !text.contains("  ") && !text.contains(['\n', '\t', '\r']);
    Some(if plain {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    })
}
