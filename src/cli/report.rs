//! `hexapla report`: a page to read, compare and cite.

use std::path::PathBuf;

use clap::Args;
use hexapla::project::write_atomically;
use hexapla::session;
use hexapla::view::html;
use hexapla::{Error, ErrorKind};

use super::inputs::{Cutting, Inputs, Reading};
use super::output::Talk;
use super::{Exit, inputs};

/// Writes a page to read, compare and cite: editions and translations in common rows
///
/// The page opens from disk in any browser and asks nobody for anything. Editions in the language of
/// the base are collated; translations stand beside them. A long work becomes one page a part, with
/// an index.
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The witnesses: sigla or files (default: all of the project)
    #[arg(value_name = "WITNESS")]
    witnesses: Vec<String>,
    /// The folder for the pages; its index.html is where to begin
    #[arg(long, short, value_name = "DIR", default_value = "report")]
    output: PathBuf,
    /// The languages of the files, in their order: `en,fr` (BCP 47; default: guessed)
    #[arg(long, value_name = "LANGS", value_delimiter = ',')]
    lang: Vec<String>,
    /// The files have one sentence a line already; a blank line is a paragraph break
    #[arg(long)]
    lines: bool,
    /// The most rows that one page holds (default: 12000, fewer with more than two witnesses)
    #[arg(long, value_name = "N")]
    page_rows: Option<usize>,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

impl Report {
    /// The options of this call that bear on what the page shows, for its provenance.
    fn given(&self) -> Option<(String, String)> {
        let mut all: Vec<String> = Vec::new();
        if self.lines {
            all.push("--lines".to_owned());
        }
        if !self.lang.is_empty() {
            all.push(format!("--lang {}", self.lang.join(",")));
        }
        let named = self.cutting.given().into_iter().chain(self.reading.given());
        all.extend(named.map(|(name, value)| format!("{name} {value}")));
        (!all.is_empty()).then(|| ("options".to_owned(), all.join(" ")))
    }

    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let named: Vec<&str> = self.witnesses.iter().map(String::as_str).collect();
        let project =
            if named.is_empty() { Some(inputs::need_project()?) } else { inputs::project_for(&named)? };
        let project = project.map(|p| p.unpack(&mut warnings));
        let sources =
            Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: self.lines };
        let all: Vec<String> = match &sources.project {
            Some(project) if named.is_empty() => {
                project.manifest.sigla().into_iter().map(str::to_owned).collect()
            }
            _ => self.witnesses.clone(),
        };
        if all.len() < 2 {
            return Err(Error::new(ErrorKind::Usage, "a report compares two witnesses or more")
                .hint("name another siglum or file; without any, all witnesses of the project are shown")
                .into());
        }
        let names: Vec<&str> = all.iter().map(String::as_str).collect();
        let langs: Vec<Option<&str>> = self.lang.iter().map(|lang| Some(lang.as_str())).collect();
        let texts = sources.load_all(&names, &langs)?.unpack(&mut warnings);
        let sigla: Vec<&str> = texts.iter().map(|text| text.siglum()).collect();
        let in_project = names.iter().all(|name| sources.is_siglum(name));
        let project = sources.project.as_ref().filter(|_| in_project);
        let progress = talk.progress(&format!("comparing {}", sigla.join(", ")));
        let mut report = session::report(project, &texts, &inputs::pair_options())?.unpack(&mut warnings);
        report.made.extend(self.given());
        let files = html::write(&report, self.page_rows)?;
        progress.finish_and_clear();
        talk.warn(&warnings);
        // The index last: while it is missing nobody takes the report for complete.
        for file in files.iter().skip(1).chain(files.first()) {
            write_atomically(self.output.join(&file.name), |out| out.write_all(file.html.as_bytes()))?;
        }
        let pages = if files.len() == 1 { String::new() } else { format!(", {} parts", files.len() - 1) };
        talk.say(&format!(
            "{}: {} rows, {} places where the editions differ{pages}",
            self.output.join("index.html").display(),
            report.table.rows.len(),
            report.table.units.len()
        ));
        Ok(Exit::Success)
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, FromArgMatches};

    use super::*;

    #[test]
    fn the_options_of_a_call_are_told() {
        let given = |arguments: &[&str]| {
            let command = Report::augment_args(Command::new("report"));
            let matches = command.get_matches_from([&["report", "a.txt", "b.txt"], arguments].concat());
            Report::from_arg_matches(&matches).unwrap().given()
        };
        assert_eq!(given(&["-o", "out"]), None);
        let (name, told) =
            given(&["--lines", "--lang", "en,fr", "--abbreviation", "Gen.", "--encoding", "koi8-r"]).unwrap();
        assert_eq!(
            (name.as_str(), told.as_str()),
            ("options", "--lines --lang en,fr --abbreviation Gen. --encoding koi8-r")
        );
    }
}
