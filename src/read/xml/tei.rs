//! TEI P4 and P5: what the elements of the Guidelines mean for a reader.

use super::{Act, Dialect, Xml};
use crate::Warning;
use crate::model::{FrontRole, LocusUnit};
use crate::read::flow::Context;
use crate::read::{Choice, Options};

/// TEI.
pub(crate) struct Tei {
    choice: Choice,
    witness: Option<String>,
    /// Numbers of the open textparts, with the index behind each.
    parts: Vec<(usize, String)>,
    apparatus: usize,
    found_witness: bool,
    gaps: usize,
}

impl Tei {
    /// TEI read as the options say.
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            choice: options.choice,
            witness: options.app.clone(),
            parts: Vec::new(),
            apparatus: 0,
            found_witness: false,
            gaps: 0,
        }
    }

    /// Which children of a `choice` are read.
    fn choose(&self, xml: &Xml<'_>, at: usize) -> Act {
        const REGULAR: [&str; 5] = ["corr", "reg", "expan", "ex", "unclear"];
        const ORIGINAL: [&str; 5] = ["sic", "orig", "abbr", "am", "unclear"];
        let wanted = if self.choice == Choice::Original { ORIGINAL } else { REGULAR };
        let children: Vec<usize> = xml.children(at).filter(|&child| !xml.name(child).is_empty()).collect();
        let found = children.iter().copied().find(|&child| wanted.contains(&xml.name(child)));
        Act::Only(found.or(children.first().copied()).into_iter().collect())
    }

    /// Which reading of an `app` is read.
    fn reading(&mut self, xml: &Xml<'_>, at: usize) -> Act {
        self.apparatus += 1;
        let all: Vec<usize> = xml.children(at).collect();
        let mut readings = all.clone();
        for &group in all.iter().filter(|&&child| xml.name(child) == "rdgGrp") {
            readings.extend(xml.children(group));
        }
        readings.retain(|&child| matches!(xml.name(child), "lem" | "rdg"));
        if let Some(witness) = &self.witness {
            let has = |&child: &usize| {
                let sigla = xml.attribute(child, "wit").unwrap_or_default();
                sigla.split_whitespace().any(|s| s.trim_start_matches('#') == witness.trim_start_matches('#'))
            };
            if let Some(found) = readings.iter().copied().find(has) {
                self.found_witness = true;
                return Act::Only(vec![found]);
            }
        }
        let lemma = readings.iter().copied().find(|&child| xml.name(child) == "lem");
        Act::Only(lemma.or(readings.first().copied()).into_iter().collect())
    }

    /// Title, author and date of the header.
    fn header(xml: &Xml<'_>, at: usize) -> Act {
        let mut found = Vec::new();
        if let Some(titles) = xml.find(at, "titleStmt") {
            found.extend(xml.children(titles).filter(|&c| matches!(xml.name(c), "title" | "author")));
            // The other titles are translations and parts of the first one.
            let first = found.iter().position(|&c| xml.name(c) == "title");
            let mut seen = 0;
            found.retain(|&c| {
                seen += usize::from(xml.name(c) == "title");
                xml.name(c) != "title" || (seen == 1 && first.is_some())
            });
        }
        let of = |part: &str| xml.find(at, part).and_then(|part| xml.find(part, "date"));
        found.extend(of("sourceDesc").or_else(|| of("publicationStmt")));
        Act::Only(found)
    }

    /// The number of a division with those around it: `1.2`.
    fn division(&mut self, xml: &Xml<'_>, at: usize) -> Option<String> {
        while self.parts.last().is_some_and(|(end, _)| *end <= at) {
            self.parts.pop();
        }
        let number = xml.attribute(at, "n")?;
        if number.contains(':') || number.is_empty() || number.len() > 16 {
            return None;
        }
        self.parts.push((xml.end(at), number.into_owned()));
        Some(self.parts.iter().map(|(_, number)| number.as_str()).collect::<Vec<_>>().join("."))
    }
}

fn front(role: FrontRole) -> Context {
    Context { front: Some(role), ..Context::default() }
}

impl Dialect for Tei {
    fn act(&mut self, xml: &Xml<'_>, at: usize, context: &Context, inside: bool) -> Act {
        let name = xml.name(at);
        let plain = Context::default();
        let number = || xml.attribute(at, "n").map(|n| n.into_owned()).unwrap_or_default();
        // What may be a part of a line or a block of its own.
        let either = |own: Context| if inside { Act::Inline(own) } else { Act::Block(own) };
        match name {
            "teiHeader" => Self::header(xml, at),
            "title" if context.heading == 0 && !inside => Act::Block(front(FrontRole::Title)),
            "author" if !inside => Act::Block(front(FrontRole::Author)),
            "date" if !inside && context.front.is_none() && !context.prose => {
                Act::Block(front(FrontRole::Date))
            }
            "docTitle" | "titlePart" => Act::Block(front(FrontRole::Title)),
            "docAuthor" => either(front(FrontRole::Author)),
            "docDate" => either(front(FrontRole::Date)),
            "docImprint" | "docEdition" | "imprimatur" => either(front(FrontRole::Publication)),
            "div" | "div0" | "div1" | "div2" | "div3" | "div4" | "div5" | "div6" | "div7" => {
                match self.division(xml, at) {
                    Some(n) => Act::Counted(LocusUnit::Section, n, plain),
                    None => Act::Block(plain),
                }
            }
            "head" => Act::Block(Context { heading: level(xml, at), ..plain }),
            "p" | "ab" | "argument" => Act::Block(Context { prose: true, ..plain }),
            "opener" | "closer" | "salute" | "signed" | "dateline" | "trailer" | "byline" | "postscript" => {
                either(Context { prose: true, ..plain })
            }
            "lg" => Act::Block(plain),
            "l" => {
                let goes_on = matches!(xml.attribute(at, "part").as_deref(), Some("M" | "F"));
                Act::Line(Context { verse: true, ..plain }, goes_on)
            }
            "speaker" => Act::Block(Context { label: true, ..plain }),
            "stage" => either(Context { stage: !inside, ..plain }),
            "item" | "castItem" | "role" if !inside => Act::Block(Context { listed: true, ..plain }),
            "item" => Act::Block(Context { listed: true, ..plain }),
            "cell" => Act::Block(Context { cell: true, ..plain }),
            "quote" | "cit" | "epigraph" | "floatingText" if !inside || name == "epigraph" => {
                Act::Block(Context { quoted: true, ..plain })
            }
            "q" | "said" if !inside && has_blocks(xml, at) => Act::Block(Context { quoted: true, ..plain }),
            "note" | "noteGrp" => Act::Note,
            "ref" | "ptr" if xml.attribute(at, "type").is_some_and(|t| t.to_lowercase().contains("note")) => {
                Act::Ref(target(xml, at))
            }
            "fw" if inside => Act::Inline(Context { mark: true, ..plain }),
            "fw" => Act::Block(Context { furniture: true, ..plain }),
            "pb" => Act::Milestone(LocusUnit::Page, number()),
            "lb" | "cb" if xml.attribute(at, "break").as_deref() == Some("no") => Act::Join,
            "lb" => Act::Wrap,
            "milestone"
                if matches!(
                    xml.attribute(at, "unit").as_deref(),
                    Some("section" | "chapter" | "verse" | "ftln" | "line")
                ) =>
            {
                Act::Milestone(LocusUnit::Section, number())
            }
            "g" if xml.attribute(at, "ref").is_some_and(|r| r.contains("EOLhyphen")) => Act::Join,
            "choice" => self.choose(xml, at),
            "subst" | "add" | "supplied" => Act::Inline(plain),
            "app" => self.reading(xml, at),
            "gap" => {
                self.gaps += 1;
                Act::Insert("[…]")
            }
            "del" | "surplus" | "figDesc" | "sic" if name != "sic" => Act::Skip,
            "index" | "link" | "linkGrp" | "standOff" | "facsimile" | "interpGrp" | "spanGrp"
            | "witDetail" | "listWit" | "sourceDoc" | "desc" | "timeline" | "particDesc" => Act::Skip,
            "table" | "list" | "listBibl" | "sp" | "front" | "body" | "back" | "group" | "text"
            | "titlePage" | "figure" | "row" | "castList" | "castGroup" | "set" | "TEI" | "TEI.2"
            | "teiCorpus" | "body1" => Act::Block(plain),
            "bibl" | "biblStruct" if !inside => Act::Block(Context { prose: true, ..plain }),
            _ => Act::Inline(plain),
        }
        .counted(xml, at, &self.parts)
    }

    fn warnings(&mut self, out: &mut Vec<Warning>) {
        if self.apparatus > 0 && self.witness.is_none() {
            out.push(
                Warning::new(
                    "apparatus",
                    format!(
                        "{} places have several readings; the lemma or the first was read",
                        self.apparatus
                    ),
                )
                .hint("choose a witness with --app SIGLUM"),
            );
        } else if let Some(witness) = self.witness.as_ref().filter(|_| !self.found_witness) {
            out.push(Warning::new("apparatus-witness", format!("no reading of the witness `{witness}`")));
        }
        if self.gaps > 0 {
            out.push(Warning::new("gaps", format!("{} gaps of the source are shown as […]", self.gaps)));
        }
    }
}

impl Act {
    /// Lines and paragraphs with a number are loci.
    fn counted(self, xml: &Xml<'_>, at: usize, parts: &[(usize, String)]) -> Self {
        let number = || xml.attribute(at, "n").filter(|n| n.len() <= 16 && !n.is_empty());
        match self {
            Self::Block(own) if own.prose && xml.name(at) == "p" => match number() {
                Some(n) if n.contains('.') || parts.is_empty() => {
                    Self::Counted(LocusUnit::Section, n.into_owned(), own)
                }
                _ => Self::Block(own),
            },
            other => other,
        }
    }
}

fn target(xml: &Xml<'_>, at: usize) -> String {
    let target = xml.attribute(at, "target").unwrap_or_default();
    target.rsplit('#').next().unwrap_or_default().to_owned()
}

/// The level of a heading: how many divisions are around it.
fn level(xml: &Xml<'_>, at: usize) -> u8 {
    let around = xml.ancestors(at).filter(|&other| xml.name(other).starts_with("div"));
    u8::try_from(around.count().clamp(1, 6)).unwrap_or(6)
}

fn has_blocks(xml: &Xml<'_>, at: usize) -> bool {
    xml.children(at).any(|child| matches!(xml.name(child), "p" | "l" | "lg" | "ab"))
}
