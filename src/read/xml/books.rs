//! FictionBook, Akoma Ntoso, JATS and DocBook: one table of names each.

use super::{Act, Dialect, Xml};
use crate::model::{FrontRole, LocusUnit};
use crate::read::flow::Context;

/// FictionBook 2.
pub(crate) struct Fb2;
/// JATS and its forerunners.
pub(crate) struct Jats;
/// DocBook 4 and 5.
pub(crate) struct DocBook;
/// Akoma Ntoso.
pub(crate) struct AkomaNtoso;

fn front(role: FrontRole) -> Act {
    Act::Block(Context { front: Some(role), ..Context::default() })
}

fn prose() -> Act {
    Act::Block(Context { prose: true, ..Context::default() })
}

fn plain() -> Act {
    Act::Block(Context::default())
}

fn quoted() -> Act {
    Act::Block(Context { quoted: true, ..Context::default() })
}

fn listed() -> Act {
    Act::Block(Context { listed: true, ..Context::default() })
}

fn cell() -> Act {
    Act::Block(Context { cell: true, ..Context::default() })
}

fn line() -> Act {
    Act::Line(Context { verse: true, ..Context::default() }, false)
}

/// How many elements of one of these names are around, 1 to 6.
fn depth(xml: &Xml<'_>, at: usize, names: &[&str]) -> u8 {
    let around = xml.ancestors(at).filter(|&other| names.contains(&xml.name(other))).count();
    u8::try_from(around.clamp(1, 6)).unwrap_or(6)
}

fn heading(level: u8) -> Act {
    Act::Block(Context { heading: level, ..Context::default() })
}

fn local(target: Option<std::borrow::Cow<'_, str>>) -> String {
    target.unwrap_or_default().rsplit('#').next().unwrap_or_default().to_owned()
}

impl Dialect for Fb2 {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, _inside: bool) -> Act {
        match xml.name(at) {
            "description" => {
                let Some(info) = xml.find(at, "title-info") else { return Act::Skip };
                let wanted = |&child: &usize| matches!(xml.name(child), "author" | "book-title" | "date");
                Act::Only(xml.children(info).filter(wanted).collect())
            }
            "book-title" => front(FrontRole::Title),
            "author" if context.front.is_none() && !context.quoted && !context.verse => {
                front(FrontRole::Author)
            }
            "first-name" | "middle-name" | "last-name" | "nickname" => Act::Inline(Context::default()),
            "date" => front(FrontRole::Date),
            "binary" | "stylesheet" | "image" => Act::Skip,
            "body" if xml.attribute(at, "name").is_some_and(|n| n == "notes" || n == "comments") => {
                Act::Block(Context { note: true, ..Context::default() })
            }
            "section" => match xml.attribute(at, "id") {
                Some(_) if context.note => plain(),
                _ => plain(),
            },
            // The number of a note stands in its title.
            "title" if context.note => Act::Skip,
            "title" => heading(depth(xml, at, &["section", "poem"])),
            "subtitle" => heading(depth(xml, at, &["section"]).saturating_add(1).min(6)),
            "p" if context.heading > 0 => Act::Inline(Context::default()),
            "p" | "text-author" => prose(),
            "v" => line(),
            "cite" | "epigraph" => quoted(),
            "poem" | "stanza" | "annotation" | "FictionBook" | "body" => plain(),
            "td" | "th" => cell(),
            "a" if xml.attribute(at, "type").as_deref() == Some("note") => {
                Act::Ref(local(xml.attribute(at, "href")))
            }
            _ => Act::Inline(Context::default()),
        }
    }
}

impl Dialect for Jats {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, inside: bool) -> Act {
        match xml.name(at) {
            "front" => {
                let meta = xml.find(at, "article-meta");
                let Some(meta) = meta else { return Act::Skip };
                let mut found: Vec<usize> = xml.find(meta, "article-title").into_iter().collect();
                found.extend(xml.all(meta, "name").chain(xml.all(meta, "string-name")));
                found.extend(xml.find(meta, "pub-date"));
                found.extend(xml.all(meta, "abstract"));
                Act::Only(found)
            }
            "article-title" if !inside && context.front.is_none() => front(FrontRole::Title),
            "name" | "string-name" if !inside => front(FrontRole::Author),
            "pub-date" => {
                let text = xml.find(at, "string-date");
                let parts = ["day", "month", "year"].iter().filter_map(|name| xml.find(at, name));
                match text {
                    Some(text) => Act::Only(vec![text]),
                    None if context.front.is_some() => Act::Inline(Context::default()),
                    None if parts.clone().count() > 0 => front(FrontRole::Date),
                    None => Act::Skip,
                }
            }
            "string-date" => front(FrontRole::Date),
            "given-names" | "year" | "month" | "day" if inside => Act::Inline(Context::default()),
            "title" => heading(depth(xml, at, &["sec"])),
            "p" if inside && context.listed => Act::Break,
            "p" if context.listed || context.cell || context.quoted => plain(),
            "p" => prose(),
            "disp-quote" => quoted(),
            "verse-line" => line(),
            "verse-group" | "sec" | "body" | "back" | "article" | "abstract" | "fn-group" | "list"
            | "table-wrap" | "caption" | "boxed-text" | "ref-list" | "app" | "ack" => plain(),
            "list-item" | "def-item" => listed(),
            "td" | "th" => cell(),
            "label" if context.note || context.listed => Act::Skip,
            "fn" => Act::Note,
            "xref" if matches!(xml.attribute(at, "ref-type").as_deref(), Some("fn" | "table-fn")) => {
                Act::Ref(xml.attribute(at, "rid").unwrap_or_default().into_owned())
            }
            "break" => Act::Break,
            "graphic" | "inline-graphic" | "alt-text" | "object-id" | "tex-math" => Act::Skip,
            "ref" | "mixed-citation" if !inside => prose(),
            _ => Act::Inline(Context::default()),
        }
    }
}

impl Dialect for DocBook {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, inside: bool) -> Act {
        const DIVISIONS: [&str; 12] = [
            "book", "part", "chapter", "section", "sect1", "sect2", "sect3", "sect4", "sect5", "appendix",
            "preface", "article",
        ];
        match xml.name(at) {
            "info" | "articleinfo" | "bookinfo" => {
                let mut found: Vec<usize> = xml.find(at, "title").into_iter().collect();
                found.extend(xml.all(at, "personname").chain(xml.all(at, "author")).take(1));
                found.extend(xml.find(at, "date").or_else(|| xml.find(at, "pubdate")));
                let own = depth(xml, at, &DIVISIONS) == 1;
                if own { Act::Only(found) } else { Act::Only(found.into_iter().take(1).collect()) }
            }
            "title" | "subtitle" if !inside => {
                let level = depth(xml, at, &DIVISIONS);
                let in_info = xml.ancestors(at).any(|o| xml.name(o).ends_with("info"));
                match (in_info, level) {
                    (true, 1) => front(FrontRole::Title),
                    (false, 1) if xml.name(0) != "section" => front(FrontRole::Title),
                    _ => heading(level.saturating_sub(1).max(1)),
                }
            }
            "author" | "personname" if !inside => front(FrontRole::Author),
            "date" | "pubdate" if !inside => front(FrontRole::Date),
            "para" | "simpara" | "formalpara" if context.listed || context.cell || context.quoted => plain(),
            "para" | "simpara" | "formalpara" => prose(),
            "blockquote" | "epigraph" => quoted(),
            "attribution" if !inside => prose(),
            "literallayout" | "programlisting" | "screen" | "address" => {
                let verse = xml.name(at) == "literallayout";
                Act::Block(Context { verse, prose: !verse, preformatted: true, ..Context::default() })
            }
            "listitem" | "member" | "term" => listed(),
            "entry" | "td" | "th" => cell(),
            "footnote" => Act::Note,
            "footnoteref" => Act::Ref(local(xml.attribute(at, "linkend"))),
            "indexterm" | "textobject" | "imageobject" | "remark" => Act::Skip,
            name if DIVISIONS.contains(&name) => plain(),
            "itemizedlist" | "orderedlist" | "variablelist" | "simplelist" | "table" | "informaltable"
            | "row" | "thead" | "tbody" | "tgroup" | "caption" | "note" | "tip" | "warning" | "figure"
            | "example" => plain(),
            _ => Act::Inline(Context::default()),
        }
    }
}

impl Dialect for AkomaNtoso {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, inside: bool) -> Act {
        match xml.name(at) {
            "meta" | "components" | "attachments" if xml.name(at) == "meta" => Act::Skip,
            "docTitle" | "shortTitle" if !inside => front(FrontRole::Title),
            "docDate" if !inside => front(FrontRole::Date),
            "docType" | "docNumber" if !inside && !context.prose => front(FrontRole::Publication),
            "num" if inside => Act::Inline(Context::default()),
            "num" => Act::Block(Context { heading: 2, ..Context::default() }),
            "heading" | "subheading" => Act::Block(Context { heading: 2, ..Context::default() }),
            "article" | "section" | "paragraph" | "chapter" | "part" | "title" | "book" | "level"
            | "rule" | "subsection" | "point" | "clause" | "recital" => {
                let number = xml.children(at).find(|&child| xml.name(child) == "num");
                match number.map(|number| xml.text(number)) {
                    Some(text) if !text.trim().is_empty() => {
                        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
                        Act::Counted(LocusUnit::Section, shown, Context::default())
                    }
                    _ => plain(),
                }
            }
            "from" => Act::Block(Context { label: true, ..Context::default() }),
            "speech" | "speechGroup" | "question" | "answer" => plain(),
            "authorialNote" => Act::Note,
            "noteRef" => Act::Ref(local(xml.attribute(at, "href"))),
            "scene" | "narrative" | "summary" => Act::Block(Context { stage: true, ..Context::default() }),
            "p" | "block" | "formula" | "wrapUp" | "intro" | "listIntroduction" => {
                if context.cell || context.listed || context.heading > 0 || inside && context.prose {
                    return Act::Inline(Context::default());
                }
                prose()
            }
            "item" => listed(),
            "td" | "th" => cell(),
            "quotedStructure" => quoted(),
            "eol" | "br" => Act::Break,
            "del" => Act::Skip,
            "preface" | "preamble" | "body" | "mainBody" | "conclusions" | "content" | "list" | "table"
            | "tr" | "debateBody" | "debateSection" | "longTitle" | "recitals" | "citations" | "citation"
            | "signature" | "act" | "bill" | "debate" | "doc" | "akomaNtoso" | "blockList" | "hcontainer"
            | "container" | "tblock" | "toc" | "tocItem" => plain(),
            _ => Act::Inline(Context::default()),
        }
    }
}
