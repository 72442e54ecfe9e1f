//! Which elements are open where: the nesting of a page, without building a tree.
//!
//! A reduced form of the standard's tree construction: end tags that authors leave out are
//! supplied, stray ones ignored, wrongly nested formatting tolerated. Text always stays in the
//! order of the source, also where a browser would move it (text between table rows), because the
//! way back to the file has to stay in order. The stack of open elements is at most
//! [`DEEPEST`] deep, as in browsers, whatever the page does.

use std::collections::HashMap;

use super::tokens::{Tag, Token, Tokens};
use crate::model::Span;

/// Elements nested more deeply become siblings.
const DEEPEST: usize = 512;

/// What happens in a page, in order.
#[derive(Debug)]
pub(crate) enum Event<'t> {
    /// An element begins. Elements are numbered from 0 in order; `parent` is the open element
    /// in which it stands.
    Open {
        /// Its number.
        id: usize,
        /// The number of the element around it.
        parent: Option<usize>,
        /// Its start tag.
        tag: &'t Tag,
    },
    /// An element ends; as a rule, but not always, the one opened last.
    Close {
        /// Its number.
        id: usize,
    },
    /// Text in which character references are to be resolved.
    Text(Span),
    /// Text taken as it stands.
    Raw(Span),
}

/// Walks through a page.
pub(crate) fn walk(source: &str, sink: &mut impl FnMut(Event<'_>)) {
    let mut walker = Walker { open: Vec::new(), names: HashMap::new(), count: 0, titled: false, sink };
    for token in Tokens::new(source) {
        match token {
            Token::Start(tag) => walker.start(&tag),
            Token::End(name) => walker.end(&name),
            Token::Text(span) => {
                if !source[span.range()].bytes().all(|byte| byte.is_ascii_whitespace()) {
                    walker.leave_head("");
                    walker.titled |= walker.heading_open();
                }
                (walker.sink)(Event::Text(span));
            }
            Token::Raw(span) => (walker.sink)(Event::Raw(span)),
        }
    }
    walker.close_from(0);
}

struct Element {
    id: usize,
    name: String,
}

struct Walker<'s, F> {
    open: Vec<Element>,
    /// How many elements of a name are open: most pages close nearly all, and need no search.
    names: HashMap<String, usize>,
    count: usize,
    /// Whether the open heading has text already.
    titled: bool,
    sink: &'s mut F,
}

impl<F: FnMut(Event<'_>)> Walker<'_, F> {
    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        self.leave_head(name);
        self.close_implied(name);
        if self.open.len() >= DEEPEST {
            self.close_from(DEEPEST - 1);
        }
        let id = self.count;
        self.count += 1;
        let parent = self.open.last().map(|element| element.id);
        (self.sink)(Event::Open { id, parent, tag });
        if is_void(name) {
            (self.sink)(Event::Close { id });
        } else {
            *self.names.entry(tag.name.clone()).or_default() += 1;
            self.open.push(Element { id, name: tag.name.clone() });
        }
    }

    fn end(&mut self, name: &str) {
        let barrier = |open: &str| matches!(open, "table" | "td" | "th" | "caption");
        let crosses = matches!(
            name,
            "table" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "body" | "html"
        );
        let heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if !heading(name) && !self.is_open(name) {
            if name == "br" {
                self.start(&Tag { name: "br".to_owned(), ..Tag::default() });
            }
            return;
        }
        let mut blocks_above = false;
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].name.as_str();
            if open == name || (heading(name) && heading(open)) {
                if blocks_above && !is_block(name) {
                    // `<b><p>…</b>`: the formatting ends, the paragraph goes on.
                    self.close_at(at);
                } else {
                    self.close_from(at);
                }
                return;
            }
            if barrier(open) && !crosses {
                return;
            }
            blocks_above |= is_block(open);
        }
    }

    fn close_from(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close_at(self.open.len() - 1);
        }
    }

    fn close_at(&mut self, at: usize) {
        let element = self.open.remove(at);
        if let Some(count) = self.names.get_mut(&element.name) {
            *count -= 1;
        }
        (self.sink)(Event::Close { id: element.id });
    }

    fn is_open(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|&count| count > 0)
    }

    /// What cannot stand in the head ends it.
    fn leave_head(&mut self, name: &str) {
        let of_head = matches!(
            name,
            "base"
                | "link"
                | "meta"
                | "title"
                | "style"
                | "script"
                | "noscript"
                | "template"
                | "head"
                | "object"
                | "bgsound"
        );
        if !of_head
            && let Some(at) = self.open.iter().take(3).position(|element| element.name == "head")
            && !self.open[at..].iter().any(|element| matches!(element.name.as_str(), "noscript" | "template"))
        {
            self.close_from(at);
        }
    }

    /// Closes what a start tag ends without saying so.
    fn close_implied(&mut self, name: &str) {
        if closes_paragraph(name) {
            self.end_heading();
            self.close_nearest(&["p"], &["td", "th", "caption", "button", "object", "table"]);
        }
        match name {
            "li" => self.close_nearest(&["li"], &["ul", "ol", "menu", "dir", "td", "th"]),
            "dt" | "dd" => self.close_nearest(&["dt", "dd"], &["dl", "td", "th"]),
            "td" | "th" => self.close_nearest(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_nearest(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => {
                self.close_nearest(&["tbody", "thead", "tfoot", "caption"], &["table"])
            }
            "option" => self.close_nearest(&["option"], &["select"]),
            "a" => self.close_nearest(&["a"], &["td", "th", "table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
                if self.open.last().is_some_and(|top| matches!(top.name.as_bytes(), [b'h', b'1'..=b'6'])) =>
            {
                self.close_from(self.open.len() - 1);
            }
            _ => {}
        }
    }

    fn heading_open(&self) -> bool {
        ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|name| self.is_open(name))
    }

    /// A block inside a heading that has text already ends it: its end tag was left out.
    fn end_heading(&mut self) {
        if self.titled && self.heading_open() {
            let headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
            self.close_nearest(&headings, &["td", "th", "caption", "table"]);
        }
        self.titled = false;
    }

    fn close_nearest(&mut self, names: &[&str], barriers: &[&str]) {
        if !names.iter().any(|name| self.is_open(name)) {
            return;
        }
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].name.as_str();
            if names.contains(&open) {
                if open == "a" {
                    self.close_at(at);
                } else {
                    self.close_from(at);
                }
                return;
            }
            if barriers.contains(&open) {
                return;
            }
        }
    }
}

/// Elements without content.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "basefont" | "bgsound" | "br" | "col" | "embed" | "frame" | "hr" | "img" | "input"
    ) || matches!(name, "keygen" | "link" | "meta" | "param" | "source" | "track" | "wbr")
}

/// Elements that stand on lines of their own.
pub(crate) fn is_block(name: &str) -> bool {
    closes_paragraph(name)
        || matches!(
            name,
            "body" | "caption" | "html" | "legend" | "noscript" | "optgroup" | "option" | "select"
        )
        || matches!(name, "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" | "button" | "frameset" | "xmp")
}

fn closes_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address" | "article" | "aside" | "blockquote" | "center" | "dd" | "details" | "dialog" | "dir"
    ) || matches!(name, "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1")
        || matches!(
            name,
            "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "li" | "listing" | "main"
        )
        || matches!(
            name,
            "menu" | "nav" | "ol" | "p" | "plaintext" | "pre" | "search" | "section" | "summary"
        )
        || matches!(name, "table" | "ul" | "xmp")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(source: &str) -> String {
        let mut out = String::new();
        let mut names = Vec::new();
        walk(source, &mut |event| match event {
            Event::Open { tag, .. } => {
                names.push(tag.name.clone());
                out.push_str(&format!("({} ", tag.name));
            }
            Event::Close { id } => out.push_str(&format!("{}) ", names[id])),
            Event::Text(span) | Event::Raw(span) => out.push_str(source[span.range()].trim()),
        });
        out
    }

    #[test]
    fn end_tags_left_out_are_supplied() {
        assert_eq!(nested("<p>a<p>b"), "(p ap) (p bp) ");
        assert_eq!(nested("<ul><li>a<li>b</ul>c"), "(ul (li ali) (li bli) ul) c");
        assert_eq!(nested("<tr><td>a<td>b<tr><td>c"), "(tr (td atd) (td btd) tr) (tr (td ctd) tr) ");
        assert_eq!(nested("<head><title>x</title><p>a"), "(head (title title) head) (p ap) ");
    }

    #[test]
    fn wrong_nesting_is_tolerated() {
        assert_eq!(nested("<b><p>a</b>b</p>c"), "(b (p ab) bp) c");
        assert_eq!(nested("<h2>a</h3>b</i>c"), "(h2 ah2) bc");
        assert_eq!(nested("<p>a</div>b"), "(p abp) ");
        assert_eq!(nested("<h4>a<p>b"), "(h4 ah4) (p bp) ");
        assert_eq!(nested("<h4><p>a</p></h4>b"), "(h4 (p ap) h4) b");
    }

    #[test]
    fn depth_is_bounded() {
        let source = "<div>".repeat(100_000) + "x";
        let (mut depth, mut deepest) = (0usize, 0usize);
        walk(&source, &mut |event| match event {
            Event::Open { .. } => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Event::Close { .. } => depth -= 1,
            _ => {}
        });
        assert_eq!((depth, deepest), (0, DEEPEST));
    }
}
