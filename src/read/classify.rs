//! What each block is: one set of rules for all formats.
//!
//! The order matters. First what the format says and what the words of a block alone tell
//! (furniture, notes), then speeches, then front matter, which ends where the text begins, and at
//! last headings.

use std::borrow::Cow;

use super::draft::{Draft, Shape};
use super::facts::{Facts, WIDEST_HEADING};
use super::{front, furniture, shape, speech, words};
use crate::model::{Block, BlockKind, Cut, Part};

/// More lines than this that could all be headings, one after the other, are a list.
const LONGEST_HEADINGS: usize = 3;

/// Turns drafts into the blocks of `part`, whose text they lie in; `told` says that the format tells
/// what each is.
pub(crate) fn classify(part: &mut Part, drafts: &[Draft], told: bool) {
    let joined = if told { None } else { speech::join_names(&part.text, drafts) };
    let drafts = joined.as_deref().unwrap_or(drafts);
    part.blocks = drafts.iter().map(|draft| first_guess(&part.text, draft, told)).collect();
    if told {
        speech::carry(std::slice::from_mut(part));
        return;
    }
    speech::mark(std::slice::from_mut(part));
    let Part { text, blocks, .. } = part;
    let facts = Facts::new(text, drafts);
    mark_links(&facts, blocks);
    front::mark(&facts, blocks);
    mark_information(&facts, blocks);
    mark_headings(&facts, blocks);
    speech::carry(std::slice::from_mut(part));
}

fn first_guess(text: &str, draft: &Draft, told: bool) -> Block {
    let own = &text[draft.span.range()];
    let mut role = None;
    let guessed = !told && !matches!(draft.shape, Shape::ListItem | Shape::Note | Shape::Front(_));
    let (kind, level) = match draft.shape {
        _ if draft.label.is_some() => (BlockKind::Speech, 0),
        Shape::Furniture => (BlockKind::Furniture, 0),
        _ if guessed && (shape::is_ornament(own) || furniture::is_phrase(own)) => (BlockKind::Furniture, 0),
        Shape::Open | Shape::Quotation | Shape::Heading(_) if !told && words::is_bracketed_note(own) => {
            (BlockKind::Note, 0)
        }
        Shape::Heading(level) => (BlockKind::Heading, level.clamp(1, 6)),
        Shape::Verse => (BlockKind::Verse, 0),
        Shape::Quotation => (BlockKind::Quotation, 0),
        Shape::ListItem => (BlockKind::ListItem, 0),
        Shape::Note => (BlockKind::Note, 0),
        Shape::Stage => (BlockKind::Stage, 0),
        Shape::Front(found) => {
            role = found;
            (BlockKind::FrontMatter, 0)
        }
        Shape::Open if !told && words::note_number(own) => (BlockKind::Note, 0),
        Shape::Open | Shape::Prose => (BlockKind::Paragraph, 0),
    };
    let speaker = draft.label.map(|label| speech::bare_name(&text[label.range()]).to_owned());
    let in_verse = draft.label.is_some() && draft.shape == Shape::Verse;
    let cut = if in_verse { Cut::Lines } else { draft.cut };
    Block { kind, level, role, span: draft.span, label: draft.label, speaker, cut }
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

/// What a site says about the text outside of the front matter is a note to it.
fn mark_information(facts: &Facts<'_>, blocks: &mut [Block]) {
    for (block, draft) in blocks.iter_mut().zip(facts.drafts) {
        if draft.info && block.kind == BlockKind::Paragraph {
            block.kind = BlockKind::Note;
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
