//! Pages that were recognised by a machine: ALTO and PAGE XML. Blocks come in reading order; a word
//! that the machine itself joined over a line end is joined here.

use super::{Act, Dialect, Xml};
use crate::model::LocusUnit;
use crate::read::flow::Context;

/// ALTO.
#[derive(Default)]
pub(crate) struct Alto {
    pages: usize,
}

/// PAGE XML.
#[derive(Default)]
pub(crate) struct Page;

impl Dialect for Alto {
    fn act(&mut self, xml: &Xml<'_>, at: usize, _context: &Context, _inside: bool) -> Act {
        let plain = Context::default();
        match xml.name(at) {
            "Description" | "Styles" | "Tags" | "Shape" | "Illustration" | "GraphicalElement"
            | "TopMargin" | "LeftMargin" | "RightMargin" | "BottomMargin" | "ALTERNATIVE" | "Glyph" => {
                // Margins hold running heads and page numbers.
                if xml.name(at).ends_with("Margin") {
                    return Act::Block(Context { furniture: true, ..plain });
                }
                Act::Skip
            }
            "Page" => {
                self.pages += 1;
                let number =
                    xml.attribute(at, "PRINTED_IMG_NR").or_else(|| xml.attribute(at, "PHYSICAL_IMG_NR"));
                let number = number.map_or_else(|| self.pages.to_string(), std::borrow::Cow::into_owned);
                Act::Counted(LocusUnit::Page, number, plain)
            }
            "TextBlock" | "ComposedBlock" | "PrintSpace" => Act::Block(plain),
            "TextLine" => Act::Only(words_of_line(xml, at)),
            "SP" => Act::Insert(" "),
            "String" => {
                let part = xml.attribute(at, "SUBS_TYPE");
                match part.as_deref() {
                    Some("HypPart1") if xml.attribute(at, "SUBS_CONTENT").is_some() => {
                        Act::Attribute("SUBS_CONTENT", plain)
                    }
                    // The first half stood for the whole word.
                    Some("HypPart2") => Act::Skip,
                    _ => Act::Attribute("CONTENT", plain),
                }
            }
            "HYP" => {
                // Where the machine joined the word, its hyphen is gone.
                let joined = (at.saturating_sub(4)..at)
                    .rev()
                    .find(|&other| xml.name(other) == "String")
                    .is_some_and(|word| xml.attribute(word, "SUBS_TYPE").as_deref() == Some("HypPart1"));
                if joined { Act::Skip } else { Act::Attribute("CONTENT", plain) }
            }
            _ => Act::Inline(plain),
        }
    }
}

/// The words of a line; a line feed comes before them as white space of the file.
fn words_of_line(xml: &Xml<'_>, at: usize) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let before = at.checked_sub(1).filter(|&before| xml.name(before).is_empty());
    out.extend(before);
    out.extend(xml.children(at).filter(|&child| !xml.name(child).is_empty()));
    out
}

impl Page {
    /// Regions in reading order, those that it does not name behind them.
    fn order(xml: &Xml<'_>, at: usize) -> Vec<usize> {
        let regions: Vec<usize> =
            xml.children(at).filter(|&child| xml.name(child).ends_with("Region")).collect();
        let Some(order) = xml.children(at).find(|&child| xml.name(child) == "ReadingOrder") else {
            return regions;
        };
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (place, reference) in
            (order..xml.end(order)).filter_map(|o| Some((o, xml.attribute(o, "regionRef")?)))
        {
            let is_it = |&&region: &&usize| xml.attribute(region, "id").is_some_and(|id| id == reference);
            if let Some(&region) = regions.iter().find(is_it) {
                let index = xml.attribute(place, "index").and_then(|index| index.parse().ok());
                found.push((index.unwrap_or(found.len()), region));
            }
        }
        let mut out: Vec<usize> = found.iter().map(|(_, region)| *region).collect();
        if (order..xml.end(order)).filter(|&o| xml.name(o).starts_with("OrderedGroup")).count() == 1 {
            found.sort_by_key(|(index, _)| *index);
            out = found.into_iter().map(|(_, region)| region).collect();
        }
        out.dedup();
        out.extend(regions.into_iter().filter(|region| !out.contains(region)).collect::<Vec<_>>());
        out
    }

    /// The text of a line, else of its words; one reading of each.
    fn text_of(xml: &Xml<'_>, at: usize) -> Vec<usize> {
        let own = xml.children(at).filter(|&child| xml.name(child) == "TextEquiv");
        let index = |&child: &usize| -> i64 {
            xml.attribute(child, "index").and_then(|index| index.parse().ok()).unwrap_or(0)
        };
        if let Some(best) = own.min_by_key(index) {
            return xml.find(best, "Unicode").into_iter().collect();
        }
        xml.children(at).filter(|&child| xml.name(child) == "Word").collect()
    }
}

impl Dialect for Page {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, _inside: bool) -> Act {
        let plain = Context::default();
        match xml.name(at) {
            "Metadata" | "ReadingOrder" | "Coords" | "Baseline" | "Border" | "PrintSpace" | "TextStyle" => {
                Act::Skip
            }
            "Page" => Act::Only(Self::order(xml, at)),
            "TextRegion" => {
                let kind = xml.attribute(at, "type").unwrap_or_default();
                let own = match &*kind {
                    "page-number" | "catch-word" | "signature-mark" | "header" | "footer" => {
                        Context { furniture: true, ..plain }
                    }
                    "heading" => Context { heading: 2, ..plain },
                    "footnote" | "footnote-continued" | "endnote" | "marginalia" => {
                        Context { note: true, ..plain }
                    }
                    "list-label" => Context { listed: true, ..plain },
                    // A large first letter belongs to the paragraph behind it.
                    "drop-capital" => return Act::Inline(plain),
                    _ => plain,
                };
                Act::Block(own)
            }
            "TextLine" => {
                let mut out: Vec<usize> =
                    at.checked_sub(1).filter(|&before| xml.name(before).is_empty()).into_iter().collect();
                out.extend(Self::text_of(xml, at));
                Act::Only(out)
            }
            "Word" => {
                let mut out: Vec<usize> =
                    at.checked_sub(1).filter(|&before| xml.name(before).is_empty()).into_iter().collect();
                out.extend(Self::text_of(xml, at));
                Act::Only(out)
            }
            "TextEquiv" if context == &plain && xml.find(at, "Unicode").is_none() => Act::Skip,
            // A region's own text repeats that of its lines.
            "TextEquiv" => {
                let parent = xml.ancestors(at).next();
                let lines = parent.is_some_and(|parent| {
                    xml.children(parent).any(|child| matches!(xml.name(child), "TextLine" | "Word"))
                });
                if lines { Act::Skip } else { Act::Only(xml.find(at, "Unicode").into_iter().collect()) }
            }
            name if name.ends_with("Region") => Act::Block(plain),
            _ => Act::Inline(plain),
        }
    }
}
