//! From arguments to texts: a siglum of the project, a file, or `-`.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Args;
use hexapla::model::{Lang, Text};
use hexapla::project::{
    CHANGES, CHOICES, COLON, DASHES, Dictionaries, ELLIPSIS, NOTES, Project, QUOTES, VERSE,
};
use hexapla::read::{Choice, Format};
use hexapla::session::{self, FileOptions, PairOptions};
use hexapla::{Error, ErrorKind, Outcome, Result, segment};
use rayon::prelude::*;

/// How files that belong to no project are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading files")]
pub(crate) struct Reading {
    /// Read files in this encoding (default: byte order mark, declaration, UTF-8, detection)
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// Read files as this format (default: by name and content)
    #[arg(long, value_name = "FORMAT", value_parser = Format::WORDS)]
    pub(crate) input: Option<String>,
    /// For tables, JSON, translation memories and catalogues: the column, field or language to read
    #[arg(long, visible_alias = "field", value_name = "NAME")]
    pub(crate) column: Option<String>,
    /// For TEI: read corrections and expansions, or what they replace
    #[arg(long, value_name = "CHOICE", value_parser = CHOICES)]
    pub(crate) choice: Option<String>,
    /// For TEI with an apparatus: read the text of this witness
    #[arg(long, value_name = "SIGLUM")]
    pub(crate) app: Option<String>,
    /// For DOCX: read tracked changes as accepted, or the text before them
    #[arg(long, value_name = "CHOICE", value_parser = CHANGES)]
    pub(crate) changes: Option<String>,
    /// Keep notes apart from the text, or leave them out
    #[arg(long, value_name = "POLICY", value_parser = NOTES)]
    pub(crate) notes: Option<String>,
    /// Leave out: elements that match a CSS selector (HTML), lines that match an expression (text)
    #[arg(long, value_name = "PATTERN")]
    pub(crate) drop: Option<String>,
}

impl Reading {
    /// What was given, as options and values.
    pub(crate) fn given(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("--encoding", &self.encoding),
            ("--input", &self.input),
            ("--column", &self.column),
            ("--choice", &self.choice),
            ("--app", &self.app),
            ("--changes", &self.changes),
            ("--notes", &self.notes),
            ("--drop", &self.drop),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect()
    }
}

/// How texts are cut into sentences. What is given here goes before what a project says.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Segmenting")]
pub(crate) struct Cutting {
    /// Sentences inside quotations: cut them, or keep a quotation whole
    #[arg(long, value_name = "POLICY", value_parser = QUOTES)]
    quotes: Option<String>,
    /// Whether a colon before a speech ends a segment
    #[arg(long, value_name = "POLICY", value_parser = COLON)]
    colon: Option<String>,
    /// Whether a dialogue dash behind a stop begins a segment
    #[arg(long, value_name = "POLICY", value_parser = DASHES)]
    dashes: Option<String>,
    /// How verse is cut
    #[arg(long, value_name = "POLICY", value_parser = VERSE)]
    verse: Option<String>,
    /// When three dots end a sentence
    #[arg(long, value_name = "POLICY", value_parser = ELLIPSIS)]
    ellipsis: Option<String>,
    /// An abbreviation that ends no sentence, such as `Gen.` (may be given several times)
    #[arg(long = "abbreviation", value_name = "WORD")]
    abbreviations: Vec<String>,
    /// Words inside which no sentence ends, such as `Yahoo! Answers` (may be given several times)
    #[arg(long, value_name = "WORDS")]
    join: Vec<String>,
    /// Words inside which a sentence ends, at the bar: `the end.|And` (may be given several times)
    #[arg(long, value_name = "WORDS")]
    split: Vec<String>,
}

impl Cutting {
    /// Changes options to what was given.
    pub(crate) fn adjust(&self, options: &mut segment::Options) {
        fn set<T: serde::de::DeserializeOwned>(option: &mut T, word: &Option<String>) {
            // clap let only the policies' own words through.
            if let Some(value) = word.as_deref().and_then(|w| serde_json::from_value(w.into()).ok()) {
                *option = value;
            }
        }
        set(&mut options.quotes, &self.quotes);
        set(&mut options.colon, &self.colon);
        set(&mut options.dashes, &self.dashes);
        set(&mut options.verse, &self.verse);
        set(&mut options.ellipsis, &self.ellipsis);
        options.abbreviations.extend(self.abbreviations.iter().cloned());
        options.join.extend(self.join.iter().cloned());
        options.split.extend(self.split.iter().cloned());
    }

    /// What was given, as options and values.
    pub(crate) fn given(&self) -> Vec<(&'static str, &str)> {
        let policies = [
            ("--quotes", &self.quotes),
            ("--colon", &self.colon),
            ("--dashes", &self.dashes),
            ("--verse", &self.verse),
            ("--ellipsis", &self.ellipsis),
        ];
        let lists =
            [("--abbreviation", &self.abbreviations), ("--join", &self.join), ("--split", &self.split)];
        let policies = policies.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let lists = lists.into_iter().flat_map(|(name, list)| list.iter().map(move |v| (name, v.as_str())));
        policies.chain(lists).collect()
    }

    fn options(&self) -> segment::Options {
        let mut options = segment::Options::default();
        self.adjust(&mut options);
        options
    }
}

/// Whether `--dictionaries none` was given: of the whole call, as the number of threads is.
static WITHOUT_PACKS: OnceLock<bool> = OnceLock::new();

/// Says once which dictionaries are used unasked, in all that this call aligns.
pub(crate) fn set_dictionaries(without_packs: bool) {
    let _ = WITHOUT_PACKS.set(without_packs);
}

/// The options of pairs that this call aligns.
pub(crate) fn pair_options() -> PairOptions {
    let mut options = PairOptions::default();
    options.align.translation.packs = !is_without_packs();
    options
}

fn is_without_packs() -> bool {
    WITHOUT_PACKS.get().copied().unwrap_or_default()
}

/// The project that the current folder is in, if any.
pub(crate) fn project() -> Result<Option<Outcome<Project>>> {
    let found = Project::discover("")?;
    Ok(found.map(|outcome| outcome.map(as_asked)))
}

/// A project with what the whole call was asked for.
pub(crate) fn as_asked(mut project: Project) -> Project {
    if is_without_packs() {
        project.manifest.align.dictionaries = Dictionaries::None;
    }
    project
}

/// The project, for commands that work on files just as well: if all arguments are files, a manifest
/// that cannot be read is none of their business.
pub(crate) fn project_for(arguments: &[&str]) -> Result<Option<Outcome<Project>>> {
    let all_files = arguments.iter().all(|a| *a == "-" || Path::new(a).is_file());
    match project() {
        Err(_) if all_files => Ok(None),
        found => found,
    }
}

/// The project that the current folder is in.
pub(crate) fn need_project() -> Result<Outcome<Project>> {
    project()?.ok_or_else(|| {
        Error::new(ErrorKind::NotFound, "no hexapla.toml here or in a folder above")
            .hint("`hexapla init` makes a project of the texts in this folder; `hexapla demo` shows one")
    })
}

/// Where texts come from.
#[derive(Debug)]
pub(crate) struct Inputs<'c> {
    pub(crate) project: Option<Project>,
    pub(crate) reading: &'c Reading,
    pub(crate) cutting: Option<&'c Cutting>,
    pub(crate) lines: bool,
}

impl Inputs<'_> {
    /// Whether an argument names a witness of the project.
    pub(crate) fn is_siglum(&self, argument: &str) -> bool {
        self.project.as_ref().is_some_and(|p| p.manifest.find(argument).is_some())
    }

    /// How the text of an argument is cut.
    pub(crate) fn segment_options(&self, argument: &str) -> Result<segment::Options> {
        let mut options = match self.project.as_ref().filter(|_| self.is_siglum(argument)) {
            Some(project) => session::segment_options(&project.manifest, project.witness(argument)?.lang())?,
            None => segment::Options::default(),
        };
        if let Some(cutting) = self.cutting {
            cutting.adjust(&mut options);
        }
        Ok(options)
    }

    /// Loads witnesses of the project or files, in parallel; `langs` are the languages of files, where
    /// they are given; a single one is that of all.
    pub(crate) fn load_all(&self, arguments: &[&str], langs: &[Option<&str>]) -> Result<Outcome<Vec<Text>>> {
        if arguments.iter().filter(|a| **a == "-").count() > 1 {
            return Err(Error::new(ErrorKind::Usage, "only one of the texts can come from standard input"));
        }
        let sigla = sigla(arguments);
        // One language is that of all texts.
        let lang = |i: usize| if let [only] = langs { *only } else { langs.get(i).copied().flatten() };
        let loaded: Vec<Result<Outcome<Text>>> = (0..arguments.len())
            .into_par_iter()
            .map(|i| self.load(arguments[i], &sigla[i], lang(i)))
            .collect();
        let mut warnings = Vec::new();
        let texts = loaded.into_iter().map(|text| Ok(text?.unpack(&mut warnings))).collect::<Result<_>>()?;
        Ok(Outcome { value: texts, warnings })
    }

    /// Loads a witness of the project or a file.
    pub(crate) fn load(&self, argument: &str, siglum: &str, lang: Option<&str>) -> Result<Outcome<Text>> {
        if let Some(project) = self.project.as_ref().filter(|_| self.is_siglum(argument)) {
            return session::load_witness_with(project, argument, &|options| {
                if let Some(cutting) = self.cutting {
                    cutting.adjust(options);
                }
            });
        }
        let options = FileOptions {
            lang: lang.map(Lang::new),
            encoding: self.reading.encoding.clone(),
            format: self.reading.input.as_deref().and_then(Format::from_word),
            column: self.reading.column.clone(),
            choice: self.reading.choice.as_deref().and_then(Choice::from_word).unwrap_or_default(),
            app: self.reading.app.clone(),
            changes: self.reading.changes.as_deref().and_then(Choice::from_word).unwrap_or_default(),
            drop_notes: self.reading.notes.as_deref() == Some("drop"),
            drop: self.reading.drop.clone(),
            lines: self.lines,
            segment: self.cutting.map(Cutting::options).unwrap_or_default(),
        };
        if argument == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::io("standard input", e))?;
            let named = |e: Error| if e.path().is_none() { e.in_file("standard input") } else { e };
            return session::load_bytes(&bytes, None, siglum, &options).map_err(named);
        }
        let path = PathBuf::from(argument);
        if !path.exists()
            && !argument.contains(['/', '\\', '.'])
            && let Some(project) = &self.project
        {
            // Neither a file nor a siglum: the project knows what was meant.
            project.witness(argument)?;
        }
        let bytes = hexapla::read::load(&path, &hexapla::read::Options::default())?;
        session::load_bytes(&bytes, Some(&path), siglum, &options)
    }
}

/// The sigla of arguments: names of files without their ending, made different if they are not.
pub(crate) fn sigla(arguments: &[&str]) -> Vec<String> {
    let stem = |argument: &str| {
        let path = Path::new(argument);
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if argument == "-" || stem.is_empty() {
            "stdin".to_owned()
        } else {
            stem.split_whitespace().collect::<Vec<_>>().join("_")
        }
    };
    let with_folder = |argument: &str| {
        let folder = Path::new(argument).parent().and_then(Path::file_name);
        folder.map_or_else(|| stem(argument), |f| format!("{}_{}", f.to_string_lossy(), stem(argument)))
    };
    let different = |sigla: &[String]| (0..sigla.len()).all(|i| !sigla[..i].contains(&sigla[i]));
    let stems: Vec<String> = arguments.iter().map(|a| stem(a)).collect();
    if different(&stems) {
        return stems;
    }
    let with_folders: Vec<String> = arguments.iter().map(|a| with_folder(a)).collect();
    if different(&with_folders) {
        return with_folders;
    }
    stems.iter().enumerate().map(|(i, stem)| format!("{stem}_{}", i + 1)).collect()
}

/// The siglum of a single argument.
pub(crate) fn siglum(argument: &str) -> String {
    sigla(&[argument]).remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigla_of_files_differ() {
        assert_eq!(sigla(&["texts/fi.txt", "fr.txt"]), ["fi", "fr"]);
        assert_eq!(sigla(&["en/ch1.txt", "de/ch1.txt"]), ["en_ch1", "de_ch1"]);
        assert_eq!(sigla(&["x.txt", "x.md", "y.md"]), ["x_1", "x_2", "y_3"]);
        assert_eq!(siglum("-"), "stdin");
    }
}
