//! What tags, classes and identifiers say about the text in an element.
//!
//! The words are those that large collections of texts use: marxists.org, Project Gutenberg,
//! Wikisource, and EPUB's vocabulary.

use super::tokens::Tag;
use super::tree;
use crate::read::flow::Context;

/// What an element means for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hints {
    /// What holds inside of it.
    pub(crate) context: Context,
    /// Whether its classes say that it is a mark of a note.
    pub(crate) mark: MarkClass,
}

/// What classes say of marks of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum MarkClass {
    /// Nothing.
    #[default]
    None,
    /// The mark of a note.
    Note,
    /// The way back from a note.
    Back,
}

impl Hints {
    /// The hints of an element by its tag alone.
    pub(crate) fn of(tag: &Tag) -> Self {
        let mut hints = Self::default();
        hints.read_name(tag);
        hints.read_style(tag);
        let block = tree::is_block(&tag.name);
        for class in tag.classes() {
            hints.read_class(&class, block);
        }
        let id = tag.get("id").unwrap_or_default();
        hints.context.furniture |=
            matches!(id, "nav" | "navigation" | "menu" | "footer" | "breadcrumbs" | "sidebar" | "catlinks")
                || matches!(id, "ws-download" | "siteSub" | "contentSub" | "jump-to-nav" | "headertemplate");
        hints
    }

    fn read_name(&mut self, tag: &Tag) {
        let context = &mut self.context;
        match tag.name.as_str() {
            // The readings beside the characters of a ruby are no text.
            "head" | "template" | "svg" | "audio" | "video" | "canvas" | "noscript" | "datalist" | "rt"
            | "rp" | "rtc" => context.hidden = true,
            "nav" | "footer" | "menu" | "button" | "select" | "form" => context.furniture = true,
            "blockquote" => context.quoted = true,
            "center" => context.centred = true,
            "pre" | "listing" | "xmp" | "plaintext" => context.preformatted = true,
            "b" | "strong" => context.bold = true,
            "a" => context.link = tag.get("href").is_some_and(|target| !target.is_empty()),
            "li" => context.listed = true,
            "td" | "th" => context.cell = true,
            name => {
                if let [b'h', level @ b'1'..=b'6'] = name.as_bytes() {
                    context.heading = level - b'0';
                }
            }
        }
    }

    fn read_style(&mut self, tag: &Tag) {
        let align = tag.get("align").is_some_and(|align| align.eq_ignore_ascii_case("center"));
        let style: String = tag
            .get("style")
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let context = &mut self.context;
        context.centred |= align || style.contains("text-align:center");
        context.bold |= style.contains("font-weight:bold");
        context.hidden |= tag.get("hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden");
    }

    fn read_class(&mut self, class: &str, block: bool) {
        let context = &mut self.context;
        match class {
            "pagenum" | "pageno" | "pagenumber" | "page-number" | "pagebreak" | "doc-pagebreak" | "page"
            | "pagenumbers" | "ws-pagenum" | "pageref-number"
                if !(block && class == "page") =>
            {
                context.page_mark = true
            }
            "nav"
            | "navigation"
            | "navbar"
            | "navigate"
            | "footer"
            | "linkback"
            | "skip"
            | "skiplink"
            | "breadcrumb"
            | "breadcrumbs"
            | "menu"
            | "sidebar"
            | "updat"
            | "updated"
            | "toplink"
            | "noprint"
            | "printfooter"
            | "catlinks"
            | "ws-noexport"
            | "mw-editsection"
            | "mw-portlet"
            | "vector-dropdown"
            | "vector-menu"
            | "vector-dropdown-label-text" => context.furniture = true,
            _ if class.starts_with("vector-") && block => context.furniture = true,
            "link" | "links" | "next" | "prev" | "previous" | "toc" | "lastlink" if block => {
                context.navigation = true
            }
            "noteref"
            | "doc-noteref"
            | "footnote-ref"
            | "footnoteref"
            | "fnanchor"
            | "sdfootnoteanc"
            | "sdendnoteanc"
            | "msofootnotereference"
            | "msoendnotereference"
            | "fnref"
            | "note-ref"
            | "footnote_ref"
            | "enref"
            | "reference"
                if !block =>
            {
                self.mark = MarkClass::Note
            }
            "backlink" | "doc-backlink" | "footnote-back" | "footnote-backref" | "footnoteback"
            | "reversefootnote" | "mw-cite-backlink"
                if !block =>
            {
                self.mark = MarkClass::Back
            }
            "footnote" | "footnotes" | "endnote" | "endnotes" | "enote" | "note" | "notes" | "fnote"
            | "fn" | "doc-footnote" | "doc-endnote" | "doc-endnotes" | "rearnote" | "rearnotes"
            | "msofootnotetext" | "msoendnotetext" => context.note = true,
            "title" | "toptitle" | "subtitle" | "booktitle" | "titlepage" | "information" | "byline"
            | "author" | "bookauthor" | "date" => context.titled = true,
            "verse" | "poem" | "poetry" | "stanza" | "lg" | "linegroup" | "line-group" | "line-block"
            | "poetry-container" | "z3998:verse" | "z3998:poem" | "z3998:song" | "z3998:hymn"
            | "z3998:lyrics" => context.verse = true,
            "z3998:persona" | "persona" | "speaker" => context.label = true,
            "z3998:stage-direction" | "stage-direction" | "stagedirection" if block => context.stage = true,
            "z3998:salutation" | "z3998:valediction" | "z3998:sender" | "z3998:signature"
            | "z3998:recipient" | "signature" | "signed"
                if block =>
            {
                context.prose = true
            }
            "quote" | "quoteb" | "quotec" | "quotation" | "blockquote" | "blockquot" | "quoted"
            | "epigraph" | "z3998:epigraph" => context.quoted = true,
            "center" | "centre" | "centered" | "centred" | "text-center" => context.centred = true,
            "info" | "infobot" | "infotop" => context.info = true,
            "bold" => context.bold = true,
            "hidden" | "invisible" => context.hidden = true,
            _ => {}
        }
    }
}

/// Whether an anchor's name is one that notes have (`n1`, `fn12`, `_ftn3`, `Footnote_1_1`), not one
/// that marks in the text have (`fnref1`, `FNanchor_1`, `_ftnref3`, `1b`).
pub(crate) fn is_note_anchor(tag: &Tag) -> bool {
    ["id", "name"].iter().filter_map(|key| tag.get(key)).any(is_note_name)
}

/// Whether the name of a place is one that notes have.
pub(crate) fn is_note_name(anchor: &str) -> bool {
    {
        let lower = anchor.to_ascii_lowercase();
        let letters = lower.trim_end_matches(|c: char| c.is_ascii_digit() || "-_:.".contains(c));
        let name = letters.trim_start_matches('_').trim_end_matches(['-', '_', ':', '.']);
        letters.len() < lower.len()
            && matches!(
                name,
                "n" | "fn"
                    | "ftn"
                    | "en"
                    | "edn"
                    | "note"
                    | "footnote"
                    | "endnote"
                    | "sdfootnote"
                    | "sdendnote"
                    | "cite_note"
            )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Token, Tokens};
    use super::*;

    fn tag(source: &str) -> Tag {
        match Tokens::new(source).next() {
            Some(Token::Start(tag)) => tag,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn hints_of_tags_and_classes() {
        assert!(Hints::of(&tag("<p class='fst Footer'>")).context.furniture);
        assert!(Hints::of(&tag("<p style='display: none'>")).context.hidden);
        assert_eq!(Hints::of(&tag("<h3>")).context.heading, 3);
        assert!(Hints::of(&tag("<a href=x>")).context.link && !Hints::of(&tag("<a name=x>")).context.link);
        let inside = Hints::of(&tag("<b>")).context.inside(Hints::of(&tag("<blockquote>")).context);
        assert!(inside.bold && inside.quoted);
    }

    #[test]
    fn anchors_of_notes_and_of_their_marks() {
        for source in ["<a name=n1>", "<a id='_ftn12'>", "<a name=Footnote_1_1>", "<li id='fn:3'>"] {
            assert!(is_note_anchor(&tag(source)), "{source}");
        }
        for source in ["<a name=fnref1>", "<a name=FNanchor_1_1>", "<a name=n>", "<a name=1b>", "<a name=c1>"]
        {
            assert!(!is_note_anchor(&tag(source)), "{source}");
        }
    }
}
