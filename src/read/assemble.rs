//! From what a format gave to a part: blocks named, marks and places settled, notes tied to their
//! marks.

use std::collections::BTreeMap;

use super::draft::{Draft, Drafted, Shape};
use super::{Options, classify};
use crate::model::{BlockKind, LineBreak, LineBreakKind, NoteTie, Part, Source, Span};

/// Makes the part of a drafted text.
pub(crate) fn part(drafted: Drafted, source: Source, options: &Options) -> Part {
    let Drafted { text, map, mut drafts, skips, refs, anchors, mut milestones, entries, told } = drafted;
    let mut source = source;
    source.entries = entries;
    let names: BTreeMap<&str, Span> =
        anchors.iter().rev().map(|anchor| (anchor.name.as_str(), anchor.span)).collect();
    let mut notes = Vec::new();
    for reference in &refs {
        let Some(place) = names.get(reference.target.as_str()) else { continue };
        if let Some(note) = note_at(&text, &mut drafts, *place, reference.certain, reference.mark) {
            notes.push(NoteTie { mark: reference.mark, note });
        }
    }
    notes.sort_by_key(|tie| (tie.mark.start, tie.note));
    milestones.retain_mut(|milestone| {
        milestone.at = milestone.at.min(text.len());
        milestone.at < text.len()
    });
    milestones.sort_by_key(|milestone| milestone.at);
    let breaks = skips.into_iter().map(|span| LineBreak { span, kind: LineBreakKind::Mark }).collect();
    let (name, date) = (options.name.clone(), options.date.clone());
    let mut part = Part { name, date, source, text, map, breaks, milestones, notes, ..Part::default() };
    classify::classify(&mut part, &drafts, told);
    if options.drop_notes {
        part.notes.clear();
        for block in part.blocks.iter_mut().filter(|block| block.kind == BlockKind::Note) {
            block.kind = BlockKind::Furniture;
        }
    }
    part
}

/// The beginning of the note at `place`. Where it is certain that there is one, what stands there is
/// a note, whatever it looks like.
fn note_at(text: &str, drafts: &mut [Draft], place: Span, certain: bool, mark: Span) -> Option<usize> {
    let first = drafts.partition_point(|draft| draft.span.end <= place.start);
    let end = Span::new(place.start, place.end.max(place.start)).trimmed(text).end;
    let draft = drafts.get(first)?;
    // A mark that leads to its own paragraph leads to no note.
    if draft.span.start <= mark.start && mark.end <= draft.span.end {
        return None;
    }
    let may_be =
        |shape: Shape| matches!(shape, Shape::Open | Shape::Prose | Shape::ListItem | Shape::Quotation);
    if draft.shape != Shape::Note && !(certain && may_be(draft.shape)) {
        return None;
    }
    let start = draft.span.start;
    for (at, draft) in drafts.iter_mut().enumerate().skip(first) {
        if at > first && draft.span.start >= end {
            break;
        }
        if certain && may_be(draft.shape) {
            draft.shape = Shape::Note;
        }
    }
    Some(start)
}
