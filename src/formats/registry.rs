//! Every format that is written, once: its name, the endings of its files, what it takes and what it loses.
//!
//! The values of `--format`, the endings of `-o`, help and documentation come from here.

use std::io::{self, Write};
use std::path::Path;

use super::collation::{collatex, graph, latex, links, matrix, tei};
use super::{collation, csv, jsonl, ladder, parallel, segments, vecalign};
use crate::collate::distance::{self, Weights};
use crate::model::{Aligned, Collated, Entry, Parallel, Segmented, Text};
use crate::{Error, ErrorKind, Result};

/// How formats are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// How tables are written. TSV has its own delimiter.
    pub table: csv::Options,
    /// What differences weigh, where distances are told.
    pub weights: Weights,
}

impl Options {
    fn tabs(&self) -> csv::Options {
        csv::Options { delimiter: b'\t', ..self.table }
    }
}

/// A collation with the entries that are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'c> {
    /// The collation.
    pub collated: &'c Collated,
    /// The entries, in its order.
    pub entries: &'c [&'c Entry],
}

/// What a format can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// The sentences of one text.
    Segments,
    /// The beads of two texts.
    Alignment,
    /// Rows over any number of texts.
    Rows,
    /// Editions in columns, with their entries.
    Collation,
}

/// Writes to anything.
type Out<'o> = &'o mut dyn Write;

/// A format. What it does not take has no writer.
#[derive(Clone, Copy)]
pub struct Format {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// Endings of its files, without the dot; the first is the usual one.
    pub endings: &'static [&'static str],
    /// What it is, for help and docs.
    pub about: &'static str,
    /// What it does not keep; empty for nothing.
    pub loses: &'static str,
    segments: Option<fn(&Segmented, &Options, Out<'_>) -> io::Result<()>>,
    alignment: Option<fn(&Aligned, &Options, Out<'_>) -> io::Result<()>>,
    rows: Option<fn(&[Text], &Parallel, &Options, Out<'_>) -> io::Result<()>>,
    collation: Option<fn(Chosen<'_>, &Options, Out<'_>) -> io::Result<()>>,
}

/// A format that takes nothing: the rest of the entries below.
const NONE: Format = Format {
    name: "",
    endings: &[],
    about: "",
    loses: "",
    segments: None,
    alignment: None,
    rows: None,
    collation: None,
};

/// All formats, in the order in which they are named.
pub static FORMATS: &[Format] = &[
    Format {
        name: "csv",
        endings: &["csv"],
        about: "a table, comma-separated (RFC 4180)",
        loses: "offsets; the columns of a collation",
        segments: Some(|text, _, out| segments::write_csv(text, out)),
        alignment: Some(|pair, options, out| csv::write(pair, &options.table, out)),
        rows: Some(|texts, rows, options, out| parallel::write_csv(texts, rows, &options.table, out)),
        collation: Some(|of, options, out| {
            collation::csv::write(of.collated, of.entries.iter().copied(), &options.table, out)
        }),
    },
    Format {
        name: "tsv",
        endings: &["tsv"],
        about: "the same table, separated by tabs",
        loses: "offsets; the columns of a collation",
        alignment: Some(|pair, options, out| csv::write(pair, &options.tabs(), out)),
        rows: Some(|texts, rows, options, out| parallel::write_csv(texts, rows, &options.tabs(), out)),
        collation: Some(|of, options, out| {
            collation::csv::write(of.collated, of.entries.iter().copied(), &options.tabs(), out)
        }),
        ..NONE
    },
    Format {
        name: "json",
        endings: &["json"],
        about: "everything, with offsets, in one document",
        loses: "",
        collation: Some(|of, _, out| collation::json::write(of.collated, of.entries.iter().copied(), out)),
        ..NONE
    },
    Format {
        name: "jsonl",
        endings: &["jsonl", "ndjson"],
        about: "JSON Lines, a sentence, bead or row a line, with offsets",
        loses: "",
        segments: Some(|text, _, out| segments::write_jsonl(text, out)),
        alignment: Some(|pair, _, out| jsonl::write(pair, out)),
        rows: Some(|texts, rows, _, out| parallel::write_jsonl(texts, rows, out)),
        ..NONE
    },
    Format {
        name: "lines",
        endings: &["txt"],
        about: "a sentence a line, white space inside made one space",
        loses: "places, kinds and labels",
        segments: Some(|text, _, out| segments::write_lines(text, out)),
        ..NONE
    },
    Format {
        name: "ladder",
        endings: &["ladder"],
        about: "hunalign's ladder",
        loses: "the sentences; omissions and additions beside each other; what stands elsewhere",
        alignment: Some(|pair, _, out| ladder::write(pair, out)),
        ..NONE
    },
    Format {
        name: "vecalign",
        endings: &["vecalign"],
        about: "`[0, 1]:[0]:0.87`",
        loses: "the sentences; status",
        alignment: Some(|pair, _, out| vecalign::write(pair, out)),
        ..NONE
    },
    Format {
        name: "links",
        endings: &["links"],
        about: "two tokens that stand at one place a line, with their bytes in the files",
        loses: "classes",
        collation: Some(|of, _, out| links::write(of.collated, out)),
        ..NONE
    },
    Format {
        name: "collatex",
        endings: &["collatex"],
        about: "the alignment table of CollateX (JSON)",
        loses: "classes; places",
        collation: Some(|of, _, out| collatex::write(of.collated, out)),
        ..NONE
    },
    Format {
        name: "tei",
        endings: &["xml", "tei"],
        about: "TEI P5: sentences as `<s>`, or a collation by parallel segmentation",
        loses: "bytes of the files",
        segments: Some(|text, _, out| super::tei::write_segments(text, out)),
        collation: Some(|of, _, out| tei::write(of.collated, out)),
        ..NONE
    },
    Format {
        name: "tei-standoff",
        about: "TEI P5, the text of the base with the apparatus beside it",
        loses: "bytes of the files; running text of the other witnesses",
        collation: Some(|of, _, out| tei::write_standoff(of.collated, out)),
        ..NONE
    },
    Format {
        name: "latex",
        endings: &["tex", "latex"],
        about: "LaTeX with reledmac",
        loses: "all but the text of the base and the apparatus",
        collation: Some(|of, _, out| latex::write(of.collated, of.entries.iter().copied(), out)),
        ..NONE
    },
    Format {
        name: "graphml",
        endings: &["graphml"],
        about: "the variant graph as GraphML",
        loses: "classes; places",
        collation: Some(|of, _, out| graph::write_graphml(of.collated, out)),
        ..NONE
    },
    Format {
        name: "dot",
        endings: &["dot", "gv"],
        about: "the variant graph for Graphviz",
        loses: "classes; places",
        collation: Some(|of, _, out| graph::write_dot(of.collated, out)),
        ..NONE
    },
    Format {
        name: "distances",
        about: "how far apart the witnesses are, as a table",
        loses: "all but the distances",
        collation: Some(|of, options, out| {
            matrix::write_csv(of.collated, &distances(of, options), &options.table, out)
        }),
        ..NONE
    },
    Format {
        name: "phylip",
        endings: &["phy", "phylip"],
        about: "the distances for PHYLIP",
        loses: "all but the distances",
        collation: Some(|of, options, out| matrix::write_phylip(of.collated, &distances(of, options), out)),
        ..NONE
    },
    Format {
        name: "nexus",
        endings: &["nex", "nexus"],
        about: "readings and distances as Nexus",
        loses: "words and places",
        collation: Some(|of, options, out| matrix::write_nexus(of.collated, &distances(of, options), out)),
        ..NONE
    },
    Format {
        name: "newick",
        endings: &["nwk", "newick", "tree"],
        about: "the tree of the distances",
        loses: "all but the tree",
        collation: Some(|of, options, out| {
            let tree = distance::neighbour_joining(&distance::completed(&distances(of, options)));
            matrix::write_newick(of.collated, tree.as_ref(), out)
        }),
        ..NONE
    },
];

fn distances(of: Chosen<'_>, options: &Options) -> Vec<Vec<Option<f64>>> {
    distance::distances(&of.collated.collation, &options.weights)
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Format {
    /// The format of a name.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a file's ending asks for.
    ///
    /// # Errors
    /// An ending that is none of those of the formats for this; the message names them.
    pub fn of_path(path: &Path, takes: Takes) -> Result<&'static Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        let known = || all(takes).filter(|format| !format.endings.is_empty());
        known().find(|format| format.endings.contains(&ending.as_str())).ok_or_else(|| {
            let names: Vec<String> =
                known().map(|format| format!(".{} ({})", format.endings[0], format.name)).collect();
            let message = if ending.is_empty() {
                "the name has no ending that tells the format".to_owned()
            } else {
                format!("the ending `.{ending}` belongs to no format for this")
            };
            Error::new(ErrorKind::Usage, message)
                .in_file(path)
                .hint(format!("endings: {}; or name the format with --format", names.join(", ")))
        })
    }

    /// Whether it can hold something.
    pub fn takes(&self, what: Takes) -> bool {
        match what {
            Takes::Segments => self.segments.is_some(),
            Takes::Alignment => self.alignment.is_some(),
            Takes::Rows => self.rows.is_some(),
            Takes::Collation => self.collation.is_some(),
        }
    }

    /// Writes the sentences of a text.
    ///
    /// # Errors
    /// Those of `out`; `Unsupported` for a format that does not take them.
    pub fn write_segments(&self, text: &Segmented, options: &Options, out: Out<'_>) -> io::Result<()> {
        self.segments.ok_or_else(|| self.unsupported())?(text, options, out)
    }

    /// Writes the beads of two texts.
    ///
    /// # Errors
    /// Those of [`Self::write_segments`].
    pub fn write_alignment(&self, pair: &Aligned, options: &Options, out: Out<'_>) -> io::Result<()> {
        self.alignment.ok_or_else(|| self.unsupported())?(pair, options, out)
    }

    /// Writes rows over several texts.
    ///
    /// # Errors
    /// Those of [`Self::write_segments`].
    pub fn write_rows(
        &self,
        texts: &[Text],
        rows: &Parallel,
        options: &Options,
        out: Out<'_>,
    ) -> io::Result<()> {
        self.rows.ok_or_else(|| self.unsupported())?(texts, rows, options, out)
    }

    /// Writes a collation.
    ///
    /// # Errors
    /// Those of [`Self::write_segments`].
    pub fn write_collation(&self, of: Chosen<'_>, options: &Options, out: Out<'_>) -> io::Result<()> {
        self.collation.ok_or_else(|| self.unsupported())?(of, options, out)
    }

    fn unsupported(&self) -> io::Error {
        io::Error::new(io::ErrorKind::Unsupported, format!("{} cannot hold this", self.name))
    }
}

/// The formats that can hold something.
pub fn all(takes: Takes) -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(move |format| format.takes(takes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_are_unambiguous() {
        for (index, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..index].iter().all(|other| other.name != format.name), "{format:?}");
            assert!(!format.about.is_empty());
            for takes in [Takes::Segments, Takes::Alignment, Takes::Rows, Takes::Collation] {
                let others = FORMATS[..index].iter().filter(|f| f.takes(takes) && format.takes(takes));
                let mut endings = others.flat_map(|other| other.endings);
                assert!(endings.all(|ending| !format.endings.contains(ending)), "{format:?}");
            }
        }
    }

    /// The table of the documentation.
    fn table() -> String {
        let mut table = "| format | endings | holds | does not keep |\n|---|---|---|---|\n".to_owned();
        for format in FORMATS {
            let endings: Vec<String> = format.endings.iter().map(|e| format!("`.{e}`")).collect();
            let all = [
                (Takes::Segments, "sentences"),
                (Takes::Alignment, "beads"),
                (Takes::Rows, "rows"),
                (Takes::Collation, "collation"),
            ];
            let holds: Vec<&str> = all.into_iter().filter(|(t, _)| format.takes(*t)).map(|t| t.1).collect();
            let loses = if format.loses.is_empty() { "–" } else { format.loses };
            let (name, endings) = (format.name, endings.join(" "));
            table += &format!("| `{name}` | {endings} | {} | {loses} |\n", holds.join(", "));
        }
        table
    }

    #[test]
    fn the_documentation_has_this_table() {
        let table = table();
        assert!(include_str!("../../docs/formats.md").contains(&table), "docs/formats.md lacks:\n{table}");
    }

    #[test]
    fn an_unknown_ending_names_the_formats() {
        let error = Format::of_path(Path::new("x.docx"), Takes::Alignment).unwrap_err();
        assert!(error.to_string().contains(".docx"), "{error}");
        let hint = error.shown_hint().unwrap().to_string();
        assert!(hint.contains(".csv (csv)") && hint.contains("--format") && !hint.contains("tei"), "{hint}");
        assert_eq!(Format::of_path(Path::new("X.TSV"), Takes::Alignment).unwrap().name, "tsv");
    }
}
