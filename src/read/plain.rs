//! Plain text: paragraphs by its layout, and the marks that transcribers put into it.

use std::collections::BTreeMap;

use regex::Regex;

use super::draft::{Anchor, Draft, Drafted, NoteRef, Shape};
use super::encoding::Decoded;
use super::{Options, emphasis, flow, layout, shape, text, words};
use crate::model::{LocusUnit, Milestone, Span};
use crate::{Error, ErrorKind, Result};

/// The paragraphs of a plain text.
///
/// # Errors
/// A malformed expression of what is to be dropped.
pub(crate) fn drafts(decoded: &Decoded, options: &Options) -> Result<Drafted> {
    let text = decoded.text.as_str();
    let whole = Span::new(0, text.len());
    let dropped = dropped(options)?;
    let drafts =
        text::drafts_without(text, whole, &|line| dropped.as_ref().is_some_and(|d| d.is_match(line)));
    let mut drafted =
        Drafted { text: decoded.text.clone(), map: decoded.map.clone(), drafts, ..Drafted::default() };
    drafted.skips = emphasis::marks(text, &drafted.drafts);
    tie_notes(&mut drafted);
    count_pages(&mut drafted);
    count_lines(&mut drafted);
    Ok(drafted)
}

/// The expression for lines that are furniture.
///
/// # Errors
/// [`ErrorKind::Usage`] if it is none.
pub(crate) fn dropped(options: &Options) -> Result<Option<Regex>> {
    let Some(pattern) = &options.drop else { return Ok(None) };
    Regex::new(pattern).map(Some).map_err(|_| {
        Error::new(ErrorKind::Usage, format!("`{pattern}` (drop) is not a regular expression"))
            .hint("for plain text it says which lines to drop: ^Page [0-9]+$")
    })
}

/// Notes that begin with a number, and the marks `[3]` that lead to them.
fn tie_notes(drafted: &mut Drafted) {
    let text = drafted.text.as_str();
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, draft) in drafted.drafts.iter().enumerate() {
        let own = &text[draft.span.range()];
        if (words::note_number(own) || words::is_bracketed_note(own))
            && let Some(label) = label_of(own)
        {
            labels.entry(label).or_insert(at);
        }
    }
    if labels.is_empty() {
        return;
    }
    let mut skips = Vec::new();
    let mut refs = Vec::new();
    let mut anchors = Vec::new();
    for (label, at) in &labels {
        let span = drafted.drafts[*at].span;
        anchors.push(Anchor { name: format!("note {label}"), span: Span::new(span.start, span.start) });
    }
    for draft in &drafted.drafts {
        let own = &text[draft.span.range()];
        for (open, _) in own.match_indices('[').filter(|(open, _)| *open > 0) {
            let Some(length) = own[open..].find(']').filter(|length| *length <= 5) else { continue };
            if labels.contains_key(&own[open + 1..open + length]) {
                let mark = Span::new(open, open + length + 1).shifted(draft.span.start);
                let target = format!("note {}", &own[open + 1..open + length]);
                refs.push(NoteRef { mark, target, certain: true });
                skips.push(mark);
            }
        }
    }
    drafted.refs = refs;
    drafted.anchors = anchors;
    drafted.skips.append(&mut skips);
    drafted.skips.sort_unstable_by_key(|skip| skip.start);
}

/// The label of a note: `3` of `[Footnote 3: …]`, `12` of `[12] …`.
fn label_of(own: &str) -> Option<&str> {
    let rest = own.strip_prefix(['[', '{'])?;
    let end = rest.find([']', '}', ':'])?;
    let label = rest[..end].split_whitespace().last()?;
    (label.len() <= 4).then_some(label)
}

/// Numbers at the ends of verses are their loci and not read.
fn count_lines(drafted: &mut Drafted) {
    let lines = layout::lines(&drafted.text, Span::new(0, drafted.text.len()));
    for (at, span, number) in layout::verse_numbers(&drafted.text, &lines) {
        let start = lines.get(at).map_or(span.start, |line| line.span.start);
        drafted.milestones.push(Milestone { at: start, unit: LocusUnit::Line, name: number.to_string() });
        drafted.skips.push(span);
    }
    drafted.skips.sort_unstable_by_key(|skip| skip.start);
}

/// Lines that are page numbers say where pages begin.
fn count_pages(drafted: &mut Drafted) {
    let mut milestones = Vec::new();
    for (draft, next) in drafted.drafts.iter().zip(drafted.drafts.iter().skip(1)) {
        if is_page(&drafted.text, draft) && !is_page(&drafted.text, next) {
            let name = flow::page_name(&drafted.text[draft.span.range()]);
            milestones.push(Milestone { at: next.span.start, unit: LocusUnit::Page, name });
        }
    }
    // A number at the foot of a page counts the page before: only numbers of which the print says
    // that they open a page are loci.
    milestones.retain(|milestone| !milestone.name.is_empty());
    drafted.milestones = milestones;
}

fn is_page(text: &str, draft: &Draft) -> bool {
    let own = &text[draft.span.range()];
    draft.shape == Shape::Furniture
        && own.starts_with(['[', '{', '#'])
        && own.len() < 40
        && shape::page_number(own.trim_matches(|c: char| "#{}[] ".contains(c))).is_some()
}
