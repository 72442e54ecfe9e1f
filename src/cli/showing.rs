//! How a collation is shown: the views for people and the formats of the registry, for `diff` and `collate`
//! alike.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use hexapla::collate::filter::Filter;
use hexapla::formats::registry::{self, Chosen, Format, Options, Takes};
use hexapla::model::{Collated, Entry};
use hexapla::project::Project;
use hexapla::view::collation::{self, Form};
use hexapla::view::inline::write_inline;
use hexapla::view::rows::{Row, Table};
use hexapla::view::sigla::Groups;
use hexapla::view::style::Theme;
use hexapla::view::{entry_table, of_parallel, terminal};
use hexapla::{Error, ErrorKind, Result, collate, session};

use super::Exit;
use super::output::{self, Talk};

/// What is shown of a collation, and how.
#[derive(Debug, Clone, Args)]
pub(super) struct Showing {
    /// What is printed: a view or a format (with -o by the file's ending)
    #[arg(long, visible_alias = "view", value_name = "FORMAT", value_parser = shapes())]
    format: Option<String>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Only these classes, or `substantive`, `accidental` (separated by commas)
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    only: Vec<String>,
    /// Without these classes, or `substantive`, `accidental`
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Name the witnesses of the lemma, too
    #[arg(long)]
    positive: bool,
    /// Witnesses that the apparatus names with one sign, beside those of the project (`α=A,B`; may be given
    /// several times)
    #[arg(long, value_name = "SIGN=SIGLA", value_parser = group)]
    group: Vec<(String, Vec<String>)>,
}

/// `α=A,B`: a sign and the sigla that it stands for.
fn group(argument: &str) -> std::result::Result<(String, Vec<String>), String> {
    let (sign, members) = argument.split_once('=').ok_or("write a sign and its sigla: α=A,B")?;
    let members: Vec<String> =
        members.split(',').map(str::trim).filter(|siglum| !siglum.is_empty()).map(str::to_owned).collect();
    if sign.trim().is_empty() || members.len() < 2 {
        return Err("a group has a sign and two witnesses or more: α=A,B".to_owned());
    }
    Ok((sign.trim().to_owned(), members))
}

/// The views, and the formats that hold collations.
fn shapes() -> PossibleValuesParser {
    let views = View::ALL.map(|view| PossibleValue::new(view.word()).help(view.about()));
    let formats =
        registry::all(Takes::Collation).map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(views.into_iter().chain(formats))
}

/// Views for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Apparatus,
    Side,
    Inline,
    Table,
    Markdown,
}

impl View {
    const ALL: [Self; 5] = [Self::Apparatus, Self::Side, Self::Inline, Self::Table, Self::Markdown];

    fn word(self) -> &'static str {
        match self {
            Self::Apparatus => "apparatus",
            Self::Side => "side",
            Self::Inline => "inline",
            Self::Table => "table",
            Self::Markdown => "markdown",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Apparatus => "one entry a line, as in a critical edition",
            Self::Side => "sentences with variants side by side, a column a witness",
            Self::Inline => "the text of the base with the other readings in it",
            Self::Table => "place, readings, class and rule in columns",
            Self::Markdown => "the apparatus with its witnesses, layer by layer",
        }
    }
}

/// A view or a format.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    View(View),
    Format(&'static Format),
}

impl Showing {
    /// What is asked for by name or by the ending of the file; `usual` where neither says anything.
    pub(super) fn shape(&self, usual: View) -> Result<Shape> {
        if let Some(name) = &self.format {
            let view = View::ALL.into_iter().find(|view| view.word() == name);
            return view
                .map(Shape::View)
                .or_else(|| Format::of_name(name).map(Shape::Format))
                .ok_or_else(|| Error::new(ErrorKind::Usage, format!("`{name}` is no format")));
        }
        let Some(path) = &self.output else { return Ok(Shape::View(usual)) };
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("txt") => Ok(Shape::View(usual)),
            Some("md" | "markdown") => Ok(Shape::View(View::Markdown)),
            _ => Format::of_path(path, Takes::Collation).map(Shape::Format),
        }
    }

    /// Which entries are wanted.
    pub(super) fn filter(&self, project: Option<&Project>) -> Result<Filter> {
        let ignored = project.map(|p| p.manifest.compare.ignore.as_slice()).unwrap_or_default();
        Filter::new(&self.only, &self.ignore, ignored)
    }

    fn theme(&self, talk: &Talk) -> Theme {
        if self.output.is_some() { Theme { color: false, width: 100 } } else { talk.theme() }
    }

    /// The groups of the project and those of the command line, which count before them.
    fn groups(&self, project: Option<&Project>, collated: &Collated) -> Result<Groups> {
        let mut groups = project.map(|p| p.manifest.compare.groups.clone()).unwrap_or_default();
        for (sign, members) in &self.group {
            if let Some(unknown) = members.iter().find(|member| collated.witness(member).is_none()) {
                let message = format!("the group `{sign}` names `{unknown}`, which is none of the witnesses");
                return Err(Error::new(ErrorKind::Usage, message));
            }
            groups.insert(sign.clone(), members.clone());
        }
        Ok(Groups::new(collated, &groups))
    }

    /// Shows the entries in a shape; `rows` chooses among the rows of a table.
    pub(super) fn show(
        &self,
        shape: Shape,
        project: Option<&Project>,
        (collated, entries): (&Collated, &[&Entry]),
        rows: &dyn Fn(&Table, &Row) -> bool,
        talk: &Talk,
    ) -> anyhow::Result<()> {
        let form = Form { positive: self.positive, classes: true, groups: self.groups(project, collated)? };
        let options = Options { weights: session::weights(project), ..Options::default() };
        let theme = self.theme(talk);
        let table = match shape {
            Shape::View(View::Side) => Some(table_of(collated)),
            _ => None,
        };
        let covers = collated.coverage_in_words();
        if is_data(shape) {
            covers.iter().for_each(|covers| talk.next(&format!("{covers}.")));
        }
        output::paged(self.output.as_deref(), |out| {
            if !is_data(shape) && shape != Shape::View(View::Markdown) {
                // What a fragment does not cover is said once, and nowhere else.
                for covers in &covers {
                    writeln!(out, "{}", theme.paint(theme.quiet(), &format!("{covers}.")))?;
                }
            }
            match (shape, &table) {
                (Shape::View(View::Side), Some(table)) => {
                    let show = terminal::Show { confidence: false, classes: true };
                    let chosen = table.rows.iter().filter(|row| rows(table, row));
                    terminal::side_by_side(table, chosen.collect::<Vec<_>>(), show, theme, out)
                }
                (Shape::View(view), _) => write_view(view, (collated, entries), &form, theme, out),
                (Shape::Format(format), _) => {
                    format.write_collation(Chosen { collated, entries }, &options, out)
                }
            }
        })
    }
}

fn write_view(
    view: View,
    (collated, entries): (&Collated, &[&Entry]),
    form: &Form,
    theme: Theme,
    out: &mut dyn Write,
) -> io::Result<()> {
    match view {
        View::Inline => write_inline(collated, entries, form, theme, out),
        View::Table => entry_table::write(collated, entries, &form.groups, theme, out),
        View::Markdown => collation::write_markdown(collated, entries, form, out),
        View::Apparatus | View::Side => {
            collation::write_text(collated, entries.iter().copied(), form, theme, out)
        }
    }
}

/// The rows of a collation, a column a witness, the base first.
pub(super) fn table_of(collated: &Collated) -> Table {
    let mut texts = collated.texts.clone();
    texts[..=collated.leader()].rotate_right(1);
    let sigla: Vec<String> = texts.iter().map(|text| text.siglum().to_owned()).collect();
    of_parallel(&texts, &collate::rows::rows(collated, None, &sigla), Some(collated))
}

/// Exit code of a comparison: whether anything is left that is wanted.
pub(super) fn exit(entries: &[&Entry]) -> Exit {
    if entries.is_empty() { Exit::Success } else { Exit::Difference }
}

/// Whether a format is meant to be read by a program.
pub(super) fn is_data(shape: Shape) -> bool {
    matches!(shape, Shape::Format(_))
}

/// The file's path, for messages.
pub(super) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}
