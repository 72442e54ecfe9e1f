//! `hexapla align`: which sentences of two texts correspond.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hexapla::align::{Dictionary, Method};
use hexapla::formats::{explanations, pins};
use hexapla::model::{Aligned, Bead, Parallel, Text};
use hexapla::project::Project;
use hexapla::session::{self, EmbeddingFile, EmbeddingSource, EncoderFolder, PairOptions};
use hexapla::{Error, ErrorKind, align, view};

use super::eval::read_utf8;
use super::export::{Shape, Table, shapes};
use super::inputs::{Cutting, Inputs, Reading};
use super::output::{self, Talk};
use super::{Exit, inputs};

/// Aligns texts sentence by sentence
///
/// Two witnesses of one language are aligned as editions, of different languages as a translation.
/// In a project the alignment of two witnesses is kept in alignments/ and made anew when a text has
/// changed. Without a project, files do as well: `hexapla align a.txt b.txt`. Three or more witnesses
/// are shown in common rows: each translation is aligned with the text it translates, everything else
/// with the base of the project, or with the first one.
#[derive(Debug, Args)]
pub(crate) struct Align {
    /// Two or more witnesses: sigla, files, or `-`
    #[arg(required = true, num_args = 2.., value_name = "WITNESS")]
    witnesses: Vec<String>,
    /// The languages of the files, in their order: `en,fr` (BCP 47; default: guessed)
    #[arg(long, value_name = "LANGS", value_delimiter = ',', conflicts_with_all = ["from", "to"])]
    lang: Vec<String>,
    /// The language of the first file
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// The language of the second file
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// The files have one sentence a line already; a blank line is a paragraph break
    #[arg(long)]
    lines: bool,
    /// What the two are to each other (default: told by their languages)
    #[arg(long = "as", value_name = "KIND")]
    method: Option<Relation>,
    /// What is printed (default: a table on a terminal, else CSV; with -o by the file's ending)
    #[arg(long, value_name = "FORMAT", value_parser = shapes())]
    format: Option<String>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A dictionary or learned lexicon: a file (word, tab, rendering; hunalign, CC-CEDICT, Wiktionary, dictd,
    /// StarDict), or the name of one that is installed, such as freedict-deu-fra (may be given several
    /// times). To use it always, name it in hexapla.toml
    #[arg(long, value_name = "FILE")]
    dictionary: Vec<PathBuf>,
    /// Vectors of the sentences of both texts, made by one model: NumPy's .npy, a row for each sentence as
    /// `hexapla segment` writes them
    #[arg(long, value_names = ["FILE", "FILE"], num_args = 2)]
    embeddings: Vec<PathBuf>,
    /// vecalign's overlap files of both texts: the vectors belong to their lines, and may be raw numbers
    #[arg(long, value_names = ["FILE", "FILE"], num_args = 2, requires = "embeddings")]
    overlaps: Vec<PathBuf>,
    /// The folder of a sentence encoder (Model2Vec or ONNX, where built in): it makes the vectors. To use it
    /// always, name it in hexapla.toml
    #[arg(long, value_name = "FOLDER", conflicts_with = "embeddings")]
    encoder: Option<PathBuf>,
    /// Beads that hold whatever the texts say: places with a tab between both sides, `FI 1.5.3–4<TAB>fr
    /// 1.5.3`, or numbers from 0, `[0, 1]:[0]`
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
    /// Show only beads that are not sure, omissions and additions
    #[arg(long)]
    doubtful: bool,
    /// Say of each bead what speaks for it (words, lengths, marks, borders, in nats) and what against
    /// the next best; with --format jsonl as data
    #[arg(long)]
    explain: bool,
    /// Align anew even if a stored alignment is up to date
    #[arg(long)]
    anew: bool,
    /// Do not keep the alignment in the project
    #[arg(long)]
    no_save: bool,
    #[command(flatten)]
    table: Table,
    #[command(flatten)]
    cutting: Cutting,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Relation {
    /// Forms of one text in one language
    Editions,
    /// A text and its translation
    Translation,
}

impl Align {
    pub(crate) fn run(&self, talk: &Talk) -> anyhow::Result<Exit> {
        let mut warnings = Vec::new();
        let shape = self.shape()?;
        let arguments: Vec<&str> = self.witnesses.iter().map(String::as_str).collect();
        let project = inputs::project_for(&arguments)?.map(|p| p.unpack(&mut warnings));
        let sources =
            Inputs { project, reading: &self.reading, cutting: Some(&self.cutting), lines: self.lines };
        let texts = sources.load_all(&arguments, &self.langs())?.unpack(&mut warnings);
        let method = match self.method {
            None => Method::Auto,
            Some(Relation::Editions) => Method::Editions,
            Some(Relation::Translation) => Method::Translation,
        };
        let mut options =
            PairOptions { embeddings: self.vectors(&texts)?, anew: self.anew, ..inputs::pair_options() };
        options.align.method = method;
        let dictionaries = self
            .dictionary
            .iter()
            .map(|file| Ok(session::load_dictionary(file)?.unpack(&mut warnings)))
            .collect::<hexapla::Result<Vec<_>>>()?;
        options.align.translation.dictionary = Dictionary::joined(&dictionaries);
        options.align.pins = self.given(&texts)?;
        let in_project = arguments.iter().all(|argument| sources.is_siglum(argument));
        let project = sources.project.as_ref().filter(|_| in_project);
        let names: Vec<&str> = texts.iter().map(|text| text.siglum()).collect();
        let progress = talk.progress(&format!("aligning {}", names.join(", ")));
        let [a, b] = texts.as_slice() else {
            let rows = session::parallel(project, &texts, &options)?.unpack(&mut warnings);
            progress.finish_and_clear();
            talk.warn(&warnings);
            self.show_rows(&texts, &rows, shape, talk)?;
            return Ok(Exit::Success);
        };
        let pair = session::align_pair(project, a, b, &options)?.unpack(&mut warnings);
        progress.finish_and_clear();
        talk.warn(&warnings);
        if let Some(project) = project.filter(|_| !self.no_save) {
            session::store_alignment(project, &pair, &options)?;
        }
        if self.explain {
            self.explained(&pair, project, &options, talk)?;
        } else {
            self.show(&pair, shape, talk)?;
        }
        self.what_next(&pair, in_project, talk);
        Ok(Exit::Success)
    }

    /// The beads that are given for a pair.
    fn given(&self, texts: &[Text]) -> hexapla::Result<Vec<Bead>> {
        match (&self.pins, texts) {
            (None, _) => Ok(Vec::new()),
            (Some(file), [a, b]) => pins::read(&read_utf8(file)?, file, a, b),
            (Some(_), _) => {
                Err(Error::new(ErrorKind::Usage, "beads can be given for two texts, not for more")
                    .hint("align the pair first: in a project its confirmed beads stay"))
            }
        }
    }

    /// Where the vectors of the sentences come from.
    fn vectors(&self, texts: &[Text]) -> hexapla::Result<EmbeddingSource> {
        if let Some(folder) = &self.encoder {
            return Ok(EmbeddingSource::Encoder(EncoderFolder::new(folder)));
        }
        let [a, b] = self.embeddings.as_slice() else { return Ok(EmbeddingSource::None) };
        if texts.len() > 2 {
            return Err(Error::new(ErrorKind::Usage, "vectors can be given for two texts, not for more")
                .hint("--encoder FOLDER makes them for any number of texts"));
        }
        let mut overlaps = self.overlaps.iter();
        let files = [a, b]
            .map(|vectors| EmbeddingFile { vectors: vectors.clone(), overlaps: overlaps.next().cloned() });
        Ok(EmbeddingSource::Files(Box::new(files)))
    }

    /// The languages of the witnesses, as far as they are given.
    fn langs(&self) -> Vec<Option<&str>> {
        if self.lang.is_empty() {
            vec![self.from.as_deref(), self.to.as_deref()]
        } else {
            self.lang.iter().map(|lang| Some(lang.as_str())).collect()
        }
    }

    /// What is asked for by name or by the ending of the file.
    fn shape(&self) -> hexapla::Result<Shape> {
        match (&self.format, &self.output) {
            (Some(name), _) => Ok(Shape::of_name(name)),
            _ if self.doubtful => Ok(Shape::Table),
            (None, Some(path)) => Shape::of_path(path),
            (None, None) if std::io::stdout().is_terminal() => Ok(Shape::Table),
            (None, None) => Ok(Shape::of_name("csv")),
        }
    }

    fn show_rows(&self, texts: &[Text], rows: &Parallel, shape: Shape, talk: &Talk) -> anyhow::Result<()> {
        match shape {
            Shape::Table => self.table(&view::of_parallel(texts, rows, None), talk),
            Shape::Format(_) => shape.write_rows(texts, rows, self.table, self.output.as_deref()),
        }
    }

    fn show(&self, pair: &Aligned, shape: Shape, talk: &Talk) -> anyhow::Result<()> {
        match shape {
            Shape::Table => self.table(&view::of_alignment(pair), talk),
            Shape::Format(_) => {
                output::paged(self.output.as_deref(), |out| shape.write(pair, self.table, out))
            }
        }
    }

    /// The rows that are wanted, side by side.
    fn table(&self, table: &view::rows::Table, talk: &Talk) -> anyhow::Result<()> {
        let show = view::terminal::Show { confidence: true, classes: false };
        let wanted = table.rows.iter().filter(|row| !self.doubtful || row.wants_a_look());
        output::paged(self.output.as_deref(), |out| {
            view::terminal::side_by_side(table, wanted.clone(), show, talk.theme(), out)
        })
    }

    /// The beads with what speaks for them and against them.
    fn explained(
        &self,
        pair: &Aligned,
        project: Option<&Project>,
        options: &PairOptions,
        talk: &Talk,
    ) -> anyhow::Result<()> {
        let (a, b) = (&pair.a.document.witness.lang, &pair.b.document.witness.lang);
        if self.method == Some(Relation::Editions) || self.method.is_none() && a.same_language(b) {
            let error = Error::new(ErrorKind::Unsupported, "beads are explained for translations");
            return Err(error.hint("`hexapla diff` shows what editions have in common and what not").into());
        }
        // Who aligned has been told of what is missing.
        let options = session::resolved(project, &pair.a, &pair.b, options)?.value;
        let explanations = align::explain(pair, &options);
        if self.format.as_deref() == Some("jsonl") {
            return output::to(self.output.as_deref(), |out| explanations::write(pair, &explanations, out));
        }
        let mut table = view::of_alignment(pair);
        view::explanations::explain(&mut table, pair, &explanations);
        self.table(&table, talk)
    }

    fn what_next(&self, pair: &Aligned, in_project: bool, talk: &Talk) {
        let names = self.witnesses.join(" ");
        let beads = pair.beads();
        let doubtful = beads.iter().filter(|b| b.confidence.is_doubtful()).count();
        let (omitted, added) = (
            beads.iter().filter(|b| b.b.is_empty()).count(),
            beads.iter().filter(|b| b.a.is_empty()).count(),
        );
        let mut text = format!(
            "{} beads: {doubtful} doubtful, {omitted} only in {}, {added} only in {}.",
            beads.len(),
            pair.a.siglum(),
            pair.b.siglum()
        );
        if !self.doubtful && doubtful + omitted + added > 0 {
            text += &format!("\nLook at them: hexapla align {names} --doubtful");
        }
        let export =
            if in_project { format!("hexapla export csv {names}") } else { format!("hexapla align {names}") };
        text += &format!("\nSave them:    {export} -o aligned.csv");
        talk.next(&text);
    }
}
