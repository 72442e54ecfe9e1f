//! Elements that hold the page: a table, a quotation or a heading around more than half of the text
//! is layout and says nothing of it; a frame of a site around the text is no part of it.

use super::tokens::Tag;
use super::tree::{self, Event};
use crate::read::flow::Context;

/// An element with fewer blocks than this and less text than [`LONG`] is no layout.
const FEW_BLOCKS: usize = 3;
const LONG: usize = 4000;
/// A table with fewer cells than this is layout.
const FEW_CELLS: usize = 4;

/// Which elements of a page are layout.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// For each element by its number.
    elements: Vec<Role>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Role {
    #[default]
    Usual,
    /// It says nothing of the text in it.
    Silent,
    /// A table that is no table.
    Frame,
    /// It stands beside the element that holds the text.
    Outside,
}

/// What an element holds.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    parent: Option<usize>,
    letters: usize,
    blocks: usize,
    cells: usize,
    headings: usize,
    is_block: bool,
    is_cell: bool,
    is_table: bool,
    is_heading: bool,
    /// The page says that the text is in it.
    is_content: bool,
}

impl Layout {
    /// Measures a page.
    pub(super) fn of(source: &str) -> Self {
        let mut all: Vec<Held> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut letters = 0;
        tree::walk(source, &mut |event| match event {
            Event::Open { id, parent, tag } => {
                open.push(id);
                all.resize(id + 1, Held::default());
                all[id] = Held::of(tag, parent);
            }
            Event::Close { id } => {
                if let Some(at) = open.iter().rposition(|&other| other == id) {
                    open.remove(at);
                }
                let own = all[id];
                if let Some(parent) = own.parent.and_then(|parent| all.get_mut(parent)) {
                    parent.letters += own.letters;
                    parent.blocks += own.blocks + usize::from(own.is_block);
                    parent.cells += if own.is_table { 0 } else { own.cells + usize::from(own.is_cell) };
                    parent.headings += own.headings + usize::from(own.is_heading);
                }
            }
            Event::Text(span) | Event::Raw(span) => {
                let count = source[span.range()].bytes().filter(|b| !b.is_ascii_whitespace()).count();
                letters += count;
                if let Some(held) = open.last().and_then(|&id| all.get_mut(id)) {
                    held.letters += count;
                }
            }
        });
        let mut layout = Self { elements: vec![Role::Usual; all.len()] };
        for (id, held) in all.iter().enumerate() {
            let large = held.letters * 2 > letters && (held.blocks >= FEW_BLOCKS || held.letters > LONG);
            let loose = held.is_table && held.cells < FEW_CELLS;
            let full = held.is_cell && (held.headings > 0 || held.blocks > FEW_BLOCKS);
            layout.elements[id] = match () {
                () if loose || full || (large && (held.is_cell || held.is_table)) => Role::Frame,
                () if large => Role::Silent,
                () => Role::Usual,
            };
        }
        layout.mark_frame(&all, letters);
        layout
    }

    /// Where an element says that it holds the text, and holds most of it, the rest is the site's.
    fn mark_frame(&mut self, all: &[Held], letters: usize) {
        let holds = |held: &&(usize, &Held)| held.1.is_content && held.1.letters * 2 > letters;
        let contents: Vec<(usize, &Held)> = all.iter().enumerate().collect();
        let Some(&(content, _)) = contents.iter().filter(holds).next_back() else { return };
        let mut around = vec![false; all.len()];
        let mut at = Some(content);
        while let Some(id) = at {
            around[id] = true;
            at = all[id].parent;
        }
        for (id, held) in all.iter().enumerate() {
            let beside = held.parent.is_some_and(|parent| around[parent] && parent != content);
            if beside && !around[id] && !held.is_heading && held.headings == 0 {
                self.elements[id] = Role::Outside;
            }
        }
    }

    /// Takes back what a layout element says.
    pub(super) fn correct(&self, id: usize, context: &mut Context) {
        match self.elements.get(id) {
            Some(Role::Silent) => {
                context.quoted = false;
                context.centred = false;
                context.listed = false;
                context.titled = false;
                context.bold = false;
                context.heading = 0;
            }
            Some(Role::Frame) => {
                context.cell = false;
                context.centred = false;
                context.bold = false;
            }
            Some(Role::Outside) => context.furniture = true,
            _ => {}
        }
    }
}

impl Held {
    fn of(tag: &Tag, parent: Option<usize>) -> Self {
        let name = tag.name.as_str();
        let id = tag.get("id").unwrap_or_default();
        let is_content = matches!(name, "main" | "article")
            || tag.get("role") == Some("main")
            || matches!(id, "mw-content-text" | "bodyContent");
        Self {
            parent,
            is_block: matches!(
                name,
                "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
            ),
            is_cell: matches!(name, "td" | "th"),
            is_table: name == "table",
            is_heading: matches!(name.as_bytes(), [b'h', b'1'..=b'6']),
            is_content,
            ..Self::default()
        }
    }
}
