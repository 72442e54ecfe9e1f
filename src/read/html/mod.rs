//! HTML: from a page to its visible text, with the way back to the source.
//!
//! [`tokens`] scans the source, [`tree`] tells which elements are open, [`layout`] which of them hold
//! the page and say nothing, [`hints`] what they mean, [`select`] which of them the user means; the
//! text is put together by [`Flow`]. Marks of notes stay in the text and are left out of its reading.

mod hints;
mod layout;
mod marks;
mod select;
mod tokens;
mod tree;

use hints::Hints;
use tokens::Tag;
pub(crate) use tokens::{reference, resolve_all};
use tree::Event;

use super::draft::Drafted;
use super::encoding::Decoded;
use super::flow::{Context, Flow};
use super::{Options, hocr};
use crate::model::LocusUnit;
use crate::{Result, Warning};

/// The visible text of a page and its paragraph-level stretches.
///
/// # Errors
/// A malformed selector.
pub(crate) fn drafts(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let source = decoded.text.as_str();
    let [content, drop, note] = select::select(
        source,
        [
            ("content", options.content.as_deref()),
            ("drop", options.drop.as_deref()),
            ("note", options.note.as_deref()),
        ],
    )?;
    let layout = layout::Layout::of(source);
    let mut page = Page { flow: Flow::new(decoded, false), open: Vec::new(), outside: Context::default() };
    let mut found = false;
    if content.is_given() {
        page.outside.hidden = true;
    }
    tree::walk(source, &mut |event| match event {
        Event::Open { id, tag, .. } => {
            let mut hints = Hints::of(tag);
            hints.context.hidden |= drop.holds(id);
            hints.context.note |= note.holds(id);
            layout.correct(id, &mut hints.context);
            let enters = content.holds(id);
            found |= enters;
            page.open(source, id, tag, hints, enters);
        }
        Event::Close { id } => page.close(id),
        Event::Text(span) => page.flow.text(span, true, &page.context()),
        Event::Raw(span) => page.flow.text(span, false, &page.context()),
    });
    if content.is_given() && !found {
        let selector = options.content.as_deref().unwrap_or_default();
        warnings.push(
            Warning::new("selector-matches-nothing", format!("no element matches `{selector}` (content)"))
                .hint("look at the page's source for the element that holds the text"),
        );
    }
    Ok(page.flow.finish())
}

struct Element {
    id: usize,
    block: bool,
    context: Context,
    /// The names of the place at which it begins, and where it begins in the text.
    names: Vec<String>,
    start: usize,
    /// Where the mark that it is leads, and whether that is a note for certain.
    target: Option<(String, bool)>,
    /// Whether a page number ends with it.
    page: bool,
}

/// A page under construction.
struct Page<'s> {
    flow: Flow<'s>,
    open: Vec<Element>,
    /// What holds where no element is open.
    outside: Context,
}

impl Page<'_> {
    fn context(&self) -> Context {
        self.open.last().map_or(self.outside, |element| element.context)
    }

    fn open(&mut self, source: &str, id: usize, tag: &Tag, own: Hints, enters: bool) {
        let mut outer = self.context();
        outer.hidden &= !enters;
        let block = tree::is_block(&tag.name);
        if block {
            self.flow.flush();
        }
        let mut own = own;
        let mut block = block;
        for class in tag.get("class").unwrap_or_default().split_whitespace().filter(|c| c.starts_with("ocr"))
        {
            let Some(scanned) = hocr::element(class, tag.get("title").unwrap_or_default()) else { continue };
            own.context = scanned.context.inside(own.context);
            if let Some((unit, name)) = scanned.page {
                self.flow.flush();
                self.flow.milestone(unit, name);
            }
            block |= class == "ocr_par";
            if scanned.line {
                self.flow.wrap(tag.span);
            }
        }
        let mut context = own.context.inside(outer);
        match tag.name.as_str() {
            "br" => self.flow.line_break(tag.span, &context),
            "hr" => self.flow.rule(),
            _ => {}
        }
        let mark = if block || outer.mark || outer.heading == 0 && outer.label {
            None
        } else {
            marks::mark(source, tag, own.mark, self.flow.written())
        };
        let page = own.context.page_mark && !outer.page_mark && !context.hidden;
        if page {
            if block {
                context.page_mark = true;
            }
            let name = ["title", "aria-label"].iter().find_map(|key| tag.get(key));
            let name = super::flow::page_name(name.unwrap_or_default());
            self.flow.milestone(LocusUnit::Page, name);
        }
        let mut target = None;
        if let Some(mark) = mark {
            context.mark = true;
            target = mark.target.map(|target| (target, mark.certain));
        }
        if hints::is_note_anchor(tag) && !context.mark {
            self.flow.note_anchor();
        }
        if block && hints::is_note_anchor(tag) && !matches!(tag.name.as_str(), "p" | "h1" | "h2" | "h3") {
            context.note = true;
        }
        let names = ["id", "name", "xml:id"].iter().filter_map(|key| tag.get(key));
        let names: Vec<String> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        self.open.push(Element { id, block, context, names, start: self.flow.here(), target, page });
    }

    fn close(&mut self, id: usize) {
        let Some(at) = self.open.iter().rposition(|element| element.id == id) else { return };
        let element = self.open.remove(at);
        if element.block {
            self.flow.flush();
        }
        if element.page {
            self.flow.end_page();
        }
        if let Some((target, certain)) = element.target {
            self.flow.refer(element.start, target, certain);
        }
        for name in &element.names {
            self.flow.anchor(name, element.start);
        }
    }
}
