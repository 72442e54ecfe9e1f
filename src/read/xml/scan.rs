//! The nodes of an XML file, each with its place in the source.
//!
//! Only what is needed to read texts: no external entities are fetched, entities that the file
//! defines itself are not expanded (so none can grow), nesting is bounded.

use std::borrow::Cow;

use crate::model::Span;
use crate::read::html::resolve_all;
use crate::{Error, ErrorKind, Place, Result};

/// Elements nested more deeply than this are refused.
const DEEPEST: usize = 300;

/// A node of the tree, which is kept as a flat list: the nodes inside an element follow it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node {
    /// An element: the name without its prefix, the start tag, and the index behind its last node.
    Element {
        /// The name without its prefix.
        name: Span,
        /// The start tag.
        tag: Span,
        /// The index of the first node behind it.
        end: usize,
    },
    /// Text with references.
    Text(Span),
    /// Text taken as it stands.
    Raw(Span),
}

/// An XML file.
#[derive(Debug)]
pub(crate) struct Xml<'s> {
    source: &'s str,
    nodes: Vec<Node>,
    /// For each node the index of the element around it.
    parents: Vec<usize>,
}

impl<'s> Xml<'s> {
    /// Scans a file.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] with the place where the file is no XML: a tag that is not closed, a file
    /// that ends too early, elements nested more than 300 deep.
    pub(crate) fn new(source: &'s str) -> Result<Self> {
        let mut scanner = Scanner { source, at: 0, nodes: Vec::new(), open: Vec::new() };
        scanner.run()?;
        let nodes = scanner.nodes;
        let mut parents = vec![usize::MAX; nodes.len()];
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            while open.last().is_some_and(|(_, end)| *end <= at) {
                open.pop();
            }
            parents[at] = open.last().map_or(usize::MAX, |(parent, _)| *parent);
            if let Node::Element { end, .. } = node {
                open.push((at, *end));
            }
        }
        Ok(Self { source, nodes, parents })
    }

    /// The text that was scanned.
    pub(crate) fn source(&self) -> &'s str {
        self.source
    }

    /// Number of nodes.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node.
    pub(crate) fn node(&self, at: usize) -> Option<Node> {
        self.nodes.get(at).copied()
    }

    /// The name of an element without its prefix; empty for text.
    pub(crate) fn name(&self, at: usize) -> &'s str {
        match self.nodes.get(at) {
            Some(Node::Element { name, .. }) => &self.source[name.range()],
            _ => "",
        }
    }

    /// The index behind a node and all that is in it.
    pub(crate) fn end(&self, at: usize) -> usize {
        match self.nodes.get(at) {
            Some(Node::Element { end, .. }) => *end,
            _ => at + 1,
        }
    }

    /// The start tag of an element, or the text.
    pub(crate) fn span(&self, at: usize) -> Span {
        match self.nodes.get(at) {
            Some(Node::Element { tag, .. }) => *tag,
            Some(Node::Text(span) | Node::Raw(span)) => *span,
            None => Span::new(self.source.len(), self.source.len()),
        }
    }

    /// The elements around a node, from the inside to the outside.
    pub(crate) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |at: usize| self.parents.get(at).copied().filter(|parent| *parent != usize::MAX);
        std::iter::successors(parent(at), move |&at| parent(at))
    }

    /// The children of an element.
    pub(crate) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.end(at);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let this = next;
            (this < end).then(|| {
                next = self.end(this);
                this
            })
        })
    }

    /// The first element of a name inside another one, at any depth.
    pub(crate) fn find(&self, within: usize, name: &str) -> Option<usize> {
        (within + 1..self.end(within)).find(|&at| self.name(at) == name)
    }

    /// All elements of a name inside another one, at any depth.
    pub(crate) fn all<'x>(&'x self, within: usize, name: &'x str) -> impl Iterator<Item = usize> + 'x {
        (within + 1..self.end(within)).filter(move |&at| self.name(at) == name)
    }

    /// The root element.
    pub(crate) fn root(&self) -> Option<usize> {
        (0..self.nodes.len()).find(|&at| !self.name(at).is_empty())
    }

    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, at: usize, name: &str) -> Option<Cow<'s, str>> {
        let span = self.attribute_span(at, name)?;
        Some(resolve(&self.source[span.range()]))
    }

    /// Where the value of an attribute stands.
    pub(crate) fn attribute_span(&self, at: usize, name: &str) -> Option<Span> {
        let Some(Node::Element { tag, name: own, .. }) = self.nodes.get(at) else { return None };
        attributes(self.source, Span::new(own.end, tag.end)).find_map(|(key, value)| {
            let key = &self.source[key.range()];
            let local = key.rsplit_once(':').map_or(key, |(_, local)| local);
            (local == name || key == name).then_some(value)
        })
    }

    /// All text inside a node.
    pub(crate) fn text(&self, at: usize) -> String {
        let mut out = String::new();
        for node in self.nodes.get(at..self.end(at)).unwrap_or_default() {
            match node {
                Node::Text(span) => out.push_str(&resolve(&self.source[span.range()])),
                Node::Raw(span) => out.push_str(&self.source[span.range()]),
                Node::Element { .. } => {}
            }
        }
        out
    }
}

/// The names and values of attributes in a tag, from behind its name on.
fn attributes(source: &str, span: Span) -> impl Iterator<Item = (Span, Span)> + '_ {
    let bytes = source.as_bytes();
    let mut at = span.start;
    std::iter::from_fn(move || {
        let skip = |mut at: usize| {
            while at < span.end && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            at
        };
        at = skip(at);
        let start = at;
        while at < span.end && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'=' | b'>' | b'/') {
            at += 1;
        }
        let name = Span::new(start, at);
        at = skip(at);
        if name.is_empty() || at >= span.end || bytes[at] != b'=' {
            return None;
        }
        at = skip(at + 1);
        let quote = *bytes.get(at).filter(|b| matches!(b, b'"' | b'\''))?;
        let value = at + 1;
        at = value + bytes.get(value..span.end)?.iter().position(|b| *b == quote)?;
        let found = Span::new(value, at);
        at += 1;
        Some((name, found))
    })
}

/// Character references resolved; those that are not known stay as they are.
pub(crate) fn resolve(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    Cow::Owned(resolve_all(value))
}

struct Scanner<'s> {
    source: &'s str,
    at: usize,
    nodes: Vec<Node>,
    /// Indices of the open elements.
    open: Vec<usize>,
}

impl Scanner<'_> {
    fn fail<T>(&self, at: usize, message: String) -> Result<T> {
        Err(Error::new(ErrorKind::Syntax, message)
            .at(Place::of_offset(self.source, at))
            .hint("the file is damaged or cut off: fetch it again, or mend it (xmllint --recover FILE)"))
    }

    fn run(&mut self) -> Result<()> {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            match rest.find('<') {
                Some(0) => self.markup()?,
                found => {
                    let end = self.at + found.unwrap_or(rest.len());
                    if !self.open.is_empty() {
                        self.nodes.push(Node::Text(Span::new(self.at, end)));
                    }
                    self.at = end;
                }
            }
        }
        match self.open.last() {
            Some(&open) => {
                let (name, at) = (self.name(open), self.start(open));
                self.fail(at, format!("the file ends inside <{name}>, which is not closed"))
            }
            None if self.nodes.is_empty() => self.fail(0, "there is no element in this XML".to_owned()),
            None => Ok(()),
        }
    }

    fn name(&self, at: usize) -> String {
        match self.nodes.get(at) {
            Some(Node::Element { name, .. }) => self.source[name.range()].to_owned(),
            _ => String::new(),
        }
    }

    fn start(&self, at: usize) -> usize {
        match self.nodes.get(at) {
            Some(Node::Element { tag, .. }) => tag.start,
            _ => 0,
        }
    }

    fn markup(&mut self) -> Result<()> {
        let (start, rest) = (self.at, &self.source[self.at..]);
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            let Some(end) = inner.find("]]>") else {
                return self.fail(start, "a CDATA section is not closed".to_owned());
            };
            let begin = start + 9;
            self.nodes.push(Node::Raw(Span::new(begin, begin + end)));
            self.at = begin + end + 3;
            return Ok(());
        }
        let (close, what) = if rest.starts_with("<!--") {
            ("-->", "a comment")
        } else if rest.starts_with("<?") {
            ("?>", "a processing instruction")
        } else if rest.starts_with("<!") {
            return self.declaration();
        } else {
            return if rest.starts_with("</") { self.end_tag() } else { self.start_tag() };
        };
        match rest.get(2..).and_then(|rest| rest.find(close)) {
            Some(end) => {
                self.at = start + 2 + end + close.len();
                Ok(())
            }
            None => self.fail(start, format!("{what} is not closed")),
        }
    }

    /// A document type, whose own declarations stand in brackets.
    fn declaration(&mut self) -> Result<()> {
        let mut quote = None;
        let mut depth = 0usize;
        for (at, byte) in self.source.as_bytes()[self.at..].iter().enumerate() {
            match (quote, byte) {
                (Some(open), byte) if open == *byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'[') => depth += 1,
                (None, b']') => depth = depth.saturating_sub(1),
                (None, b'>') if depth == 0 => {
                    self.at += at + 1;
                    return Ok(());
                }
                _ => {}
            }
        }
        self.fail(self.at, "the document type is not closed".to_owned())
    }

    fn end_tag(&mut self) -> Result<()> {
        let start = self.at;
        let Some(end) = self.source[start..].find('>') else {
            return self.fail(start, "the file ends inside a tag".to_owned());
        };
        let full = self.source[start + 2..start + end].trim();
        let local = full.rsplit_once(':').map_or(full, |(_, local)| local);
        self.at = start + end + 1;
        let Some(open) = self.open.pop() else {
            return self.fail(start, format!("</{full}> closes what was not opened"));
        };
        if self.name(open) != local {
            return self.fail(start, format!("</{full}> stands where <{}> is open", self.name(open)));
        }
        let count = self.nodes.len();
        if let Some(Node::Element { end, .. }) = self.nodes.get_mut(open) {
            *end = count;
        }
        Ok(())
    }

    fn start_tag(&mut self) -> Result<()> {
        let (start, bytes) = (self.at, self.source.as_bytes());
        let mut at = start + 1;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/' | b'<')) {
            at += 1;
        }
        let full = Span::new(start + 1, at);
        let first = self.source[full.range()].chars().next();
        if !first.is_some_and(|c| c.is_alphabetic() || c == '_' || c == ':') {
            return self.fail(start, "a `<` that opens no tag (it is written `&lt;` in XML)".to_owned());
        }
        let mut quote = None;
        let end = loop {
            match (quote, bytes.get(at)) {
                (_, None) => return self.fail(start, "the file ends inside a tag".to_owned()),
                (Some(open), Some(byte)) if open == *byte => quote = None,
                (Some(_), Some(_)) => {}
                (None, Some(byte @ (b'"' | b'\''))) => quote = Some(*byte),
                (None, Some(b'>')) => break at + 1,
                (None, Some(b'<')) => return self.fail(start, "a tag is not closed".to_owned()),
                _ => {}
            }
            at += 1;
        };
        let local = self.source[full.range()].rfind(':').map_or(full.start, |colon| full.start + colon + 1);
        let closed = bytes.get(end - 2) == Some(&b'/');
        let index = self.nodes.len();
        let (name, tag) = (Span::new(local, full.end), Span::new(start, end));
        self.nodes.push(Node::Element { name, tag, end: index + 1 });
        if !closed {
            if self.open.len() >= DEEPEST {
                return self.fail(start, format!("elements are nested more than {DEEPEST} deep"));
            }
            self.open.push(index);
        }
        self.at = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nodes_with_names_attributes_and_text() {
        let xml = Xml::new("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x '>'>]><t:a n='1' xml:lang=\"de\"><b/>x&amp;y<![CDATA[<z>]]></t:a>").unwrap();
        let root = xml.root().unwrap();
        assert_eq!((xml.name(root), xml.text(root)), ("a", "x&y<z>".to_owned()));
        assert_eq!(xml.attribute(root, "lang").as_deref(), Some("de"));
        assert_eq!(xml.children(root).count(), 3);
    }

    #[test]
    fn what_is_no_xml_is_said_with_its_place() {
        let fail = |text: &str| Xml::new(text).unwrap_err();
        assert!(fail("<a>\n<b>x</a>").message().contains("<b> is open"));
        assert_eq!(fail("<a>\n<b>x</b>").place().unwrap().line, 1);
        assert!(fail("<a x='").message().contains("ends inside a tag"));
        assert!(fail("<a>1 < 2</a>").message().contains("&lt;"));
        assert!(fail(&"<a>".repeat(100_000)).message().contains("nested"));
        assert!(fail("just text").message().contains("no element"));
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]><a>&y;&lt;</a>";
        assert_eq!(Xml::new(bomb).unwrap().text(0), "&y;<");
    }

    proptest! {
        #[test]
        fn nothing_panics(source in "(<[/!a-b?]?|[ab>&\"'=/ -]|--|é|\\]\\]>|<!\\[CDATA\\[){0,40}") {
            if let Ok(xml) = Xml::new(&source) {
                for at in 0..xml.len() {
                    prop_assert!(source.get(xml.span(at).range()).is_some());
                    prop_assert!(xml.end(at) > at && xml.end(at) <= xml.len());
                }
            }
        }
    }
}
