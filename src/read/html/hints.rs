//! What tags, classes and identifiers say about the text in an element.
//!
//! The words are those that large collections of texts use: marxists.org, Project Gutenberg,
//! Wikisource, and EPUB's vocabulary.

use super::tokens::Tag;

/// What an element means for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hints {
    /// Its content is not shown.
    pub(crate) hidden: bool,
    /// A page number of the print in the middle of the text.
    pub(crate) page_mark: bool,
    /// Navigation and the like.
    pub(crate) furniture: bool,
    /// A footnote.
    pub(crate) note: bool,
    /// The title of the page and what belongs to it.
    pub(crate) titled: bool,
    /// Verse.
    pub(crate) verse: bool,
    /// Quoted from elsewhere.
    pub(crate) quoted: bool,
    /// Centred.
    pub(crate) centred: bool,
    /// White space means something.
    pub(crate) preformatted: bool,
    /// Bold.
    pub(crate) bold: bool,
    /// A link to another place.
    pub(crate) link: bool,
    /// An item of a list.
    pub(crate) listed: bool,
    /// The level of a heading, or 0.
    pub(crate) heading: u8,
}

impl Hints {
    /// The hints of an element by its tag alone.
    pub(crate) fn of(tag: &Tag) -> Self {
        let mut hints = Self::default();
        hints.read_name(tag);
        hints.read_style(tag);
        for class in tag.classes() {
            hints.read_class(&class);
        }
        let id = tag.get("id").unwrap_or_default();
        hints.furniture |= matches!(id, "nav" | "navigation" | "menu" | "footer" | "breadcrumbs" | "sidebar");
        hints
    }

    /// The hints of an element inside another one.
    pub(crate) fn inside(self, outer: Self) -> Self {
        Self {
            hidden: self.hidden || outer.hidden,
            page_mark: self.page_mark || outer.page_mark,
            furniture: self.furniture || outer.furniture,
            note: self.note || outer.note,
            titled: self.titled || outer.titled,
            verse: self.verse || outer.verse,
            quoted: self.quoted || outer.quoted,
            centred: self.centred || outer.centred,
            preformatted: self.preformatted || outer.preformatted,
            bold: self.bold || outer.bold,
            link: self.link || outer.link,
            listed: self.listed || outer.listed,
            heading: if self.heading > 0 { self.heading } else { outer.heading },
        }
    }

    fn read_name(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "head" | "template" | "svg" | "audio" | "video" | "canvas" | "noscript" | "datalist" => {
                self.hidden = true
            }
            "nav" | "footer" | "menu" | "button" | "select" | "form" => self.furniture = true,
            "blockquote" => self.quoted = true,
            "center" => self.centred = true,
            "pre" | "listing" | "xmp" | "plaintext" => self.preformatted = true,
            "b" | "strong" => self.bold = true,
            "a" => self.link = tag.get("href").is_some_and(|target| !target.is_empty()),
            "li" => self.listed = true,
            name => {
                if let [b'h', level @ b'1'..=b'6'] = name.as_bytes() {
                    self.heading = level - b'0';
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
        self.centred |= align || style.contains("text-align:center");
        self.bold |= style.contains("font-weight:bold");
        self.hidden |= tag.get("hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden");
    }

    fn read_class(&mut self, class: &str) {
        match class {
            "pagenum" | "pageno" | "pagenumber" | "page-number" | "pagebreak" | "doc-pagebreak" => {
                self.page_mark = true
            }
            "nav" | "navigation" | "navbar" | "navigate" | "footer" | "linkback" | "skip" | "skiplink"
            | "breadcrumb" | "breadcrumbs" | "menu" | "sidebar" | "updat" | "updated" | "toplink"
            | "noprint" => self.furniture = true,
            "footnote" | "footnotes" | "endnote" | "endnotes" | "enote" | "note" | "notes" | "fnote"
            | "fn" | "doc-footnote" | "doc-endnote" | "doc-endnotes" | "rearnote" => self.note = true,
            "title" | "toptitle" | "subtitle" | "booktitle" | "titlepage" | "info" | "information"
            | "byline" | "author" | "bookauthor" | "date" => self.titled = true,
            "verse" | "poem" | "poetry" | "stanza" | "lg" | "linegroup" | "line-group"
            | "poetry-container" => {
                self.verse = true;
            }
            "quote" | "quoteb" | "quotec" | "quotation" | "blockquote" | "blockquot" | "quoted" => {
                self.quoted = true
            }
            "center" | "centre" | "centered" | "centred" | "text-center" => self.centred = true,
            "bold" => self.bold = true,
            "hidden" | "invisible" => self.hidden = true,
            _ => {}
        }
    }
}

/// Whether an anchor's name is one that notes have (`n1`, `fn12`, `_ftn3`, `Footnote_1_1`), not one
/// that marks in the text have (`fnref1`, `FNanchor_1`, `_ftnref3`, `1b`).
pub(crate) fn is_note_anchor(tag: &Tag) -> bool {
    ["id", "name"].iter().filter_map(|key| tag.get(key)).any(|anchor| {
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
                    | "cite_note"
            )
    })
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
        assert!(Hints::of(&tag("<p class='fst Footer'>")).furniture);
        assert!(Hints::of(&tag("<p style='display: none'>")).hidden);
        assert_eq!(Hints::of(&tag("<h3>")).heading, 3);
        assert!(Hints::of(&tag("<a href=x>")).link && !Hints::of(&tag("<a name=x>")).link);
        let inside = Hints::of(&tag("<b>")).inside(Hints::of(&tag("<blockquote>")));
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
