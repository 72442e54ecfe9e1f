//! The walk through an XML file: a dialect says of each element what it means, the text flows into
//! blocks, notes are put behind the text.

use super::{Node, Xml};
use crate::model::{LocusUnit, Span};
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::encoding::Decoded;
use crate::read::flow::{Context, Flow};
use crate::{Result, Warning};

/// What an element means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Act {
    /// Its content flows on; this holds in it.
    Inline(Context),
    /// A block of its own, or an element that holds blocks.
    Block(Context),
    /// A block that the next one goes on with.
    Open(Context),
    /// Blocks of their own, to be put behind the text.
    Aside,
    /// A line of verse; `true` goes on with the line before.
    Line(Context, bool),
    /// Nothing of it is read.
    Skip,
    /// A new line.
    Break,
    /// The printer's line ends here.
    Wrap,
    /// The printer's line ends here inside a word.
    Join,
    /// Characters that the element stands for.
    Insert(&'static str),
    /// The value of an attribute is text.
    Attribute(&'static str, Context),
    /// The source counts on; then its content, if it has any.
    Milestone(LocusUnit, String),
    /// A block from which on the source counts so.
    Counted(LocusUnit, String, Context),
    /// A note, to be put behind the text.
    Note,
    /// The mark of a note: its content is shown and not read.
    Ref(String),
    /// Only these of its children, in the element's place.
    Only(Vec<usize>),
}

/// What the elements of a kind of XML mean.
pub(crate) trait Dialect {
    /// What the element at `at` means; `context` is what holds around it, `inside` whether text stands
    /// before it in its block.
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, inside: bool) -> Act;

    /// Whether text between the elements in an element of this name is text.
    fn text_in(&self, _name: &str) -> bool {
        true
    }

    /// What the dialect has to say about the file.
    fn warnings(&mut self, _out: &mut Vec<Warning>) {}
}

/// Reads a whole file in a dialect.
///
/// # Errors
/// What is no XML.
pub(crate) fn read(
    decoded: &Decoded,
    mut dialect: impl Dialect,
    _options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let xml = Xml::new(&decoded.text)?;
    let mut walker = Walker::new(&xml, Flow::new(decoded, true), &mut dialect);
    if let Some(root) = xml.root() {
        walker.node(root, &Context::default());
    }
    let drafted = walker.finish();
    dialect.warnings(warnings);
    Ok(drafted)
}

/// A walk under way.
pub(crate) struct Walker<'w, 's, D> {
    xml: &'w Xml<'s>,
    flow: Flow<'s>,
    dialect: &'w mut D,
    /// Notes put aside: the element, and the name that leads to it.
    aside: Vec<(usize, String)>,
    /// Whether the block at hand ends with a line of verse.
    in_lines: bool,
}

impl<'w, 's, D: Dialect> Walker<'w, 's, D> {
    /// A walk that begins.
    pub(crate) fn new(xml: &'w Xml<'s>, flow: Flow<'s>, dialect: &'w mut D) -> Self {
        Self { xml, flow, dialect, aside: Vec::new(), in_lines: false }
    }

    /// The text, with the notes behind it.
    pub(crate) fn finish(mut self) -> Drafted {
        self.flow.flush();
        // Notes may hold notes.
        let mut at = 0;
        while let Some((note, name)) = self.aside.get(at).cloned() {
            self.note(note, &name);
            at += 1;
        }
        self.flow.finish()
    }

    /// Reads an element as a note, to which `name` leads; as blocks of the text where there is none.
    pub(crate) fn note(&mut self, at: usize, name: &str) {
        let context = Context { note: !name.is_empty(), ..Context::default() };
        self.flow.flush();
        self.in_lines = false;
        let start = self.flow.here();
        self.content(at, &context);
        self.flow.flush();
        if !name.is_empty() {
            self.flow.anchor(name, start);
        }
    }

    /// Walks through a node and all that is in it.
    pub(crate) fn node(&mut self, at: usize, context: &Context) {
        match self.xml.node(at) {
            None => {}
            Some(Node::Text(span)) => self.flow.text(span, true, context),
            Some(Node::Raw(span)) => self.flow.text(span, false, context),
            Some(Node::Element { tag, .. }) => {
                let inside = !self.flow.is_at_start();
                let act = self.dialect.act(self.xml, at, context, inside);
                self.names(at, &act);
                self.perform(at, tag, act, context);
            }
        }
    }

    /// Marks may lead to any element with a name.
    fn names(&mut self, at: usize, act: &Act) {
        if matches!(act, Act::Block(_) | Act::Counted(..))
            && let Some(name) = self.xml.attribute(at, "id")
        {
            let here = self.flow.here();
            self.flow.anchor(&name, here);
        }
    }

    fn content(&mut self, at: usize, context: &Context) {
        let mut child = at + 1;
        let end = self.xml.end(at);
        let reads_text = self.dialect.text_in(self.xml.name(at));
        while child < end {
            if reads_text || !self.xml.name(child).is_empty() {
                self.node(child, context);
            }
            child = self.xml.end(child);
        }
    }

    fn perform(&mut self, at: usize, tag: Span, act: Act, outer: &Context) {
        match act {
            Act::Inline(own) => self.content(at, &own.inside(*outer)),
            Act::Block(own) => self.block(at, &own.inside(*outer)),
            Act::Counted(unit, name, own) => {
                self.flow.flush();
                self.in_lines = false;
                self.flow.milestone(unit, name);
                self.block(at, &own.inside(*outer));
            }
            Act::Open(own) => {
                self.flow.flush();
                self.content(at, &own.inside(*outer));
            }
            Act::Aside => self.aside.push((at, String::new())),
            Act::Line(own, goes_on) => {
                let context = own.inside(*outer);
                let begins = self.flow.is_at_start();
                if !begins && goes_on {
                    self.flow.insert(" ", Span::new(tag.start, tag.start), &context);
                } else if !begins && self.in_lines {
                    self.flow.line_break(Span::new(tag.start, tag.start), &context);
                } else if !begins {
                    self.flow.flush();
                }
                self.content(at, &context);
                self.in_lines = true;
            }
            Act::Skip => {}
            Act::Break => self.flow.line_break(tag, outer),
            Act::Wrap => self.flow.wrap(tag),
            Act::Join => self.flow.join(tag),
            Act::Insert(piece) => self.flow.insert(piece, tag, outer),
            Act::Attribute(name, own) => {
                if let Some(span) = self.xml.attribute_span(at, name) {
                    self.flow.text(span, true, &own.inside(*outer));
                }
                self.content(at, outer);
            }
            Act::Milestone(unit, name) => {
                self.flow.milestone(unit, name);
                self.content(at, outer);
            }
            Act::Note => {
                if outer.note {
                    return self.content(at, outer);
                }
                let name = match self.xml.attribute(at, "id") {
                    Some(id) => id.into_owned(),
                    None => format!("\u{0}{at}"),
                };
                self.flow.refer(self.flow.here(), name.clone(), true);
                self.aside.push((at, name));
            }
            Act::Ref(target) => {
                let (from, context) = (self.flow.here(), Context { mark: true, ..*outer });
                self.content(at, &context);
                self.flow.refer(from, target, true);
            }
            Act::Only(children) => {
                for child in children {
                    self.node(child, outer);
                }
            }
        }
    }

    fn block(&mut self, at: usize, context: &Context) {
        self.flow.flush();
        self.in_lines = false;
        self.content(at, context);
        self.flow.flush();
        self.in_lines = false;
    }
}
