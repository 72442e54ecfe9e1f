//! Makes the manifest of its raw tables: words become values, sigla are resolved, contradictions
//! are refused with the place where they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::model::{Lang, Span, Witness, WitnessKind};
use crate::{Error, ErrorKind, Outcome, Result, Warning};

use super::excerpt::SourceText;
use super::manifest::{
    AlignRules, CHANGES, CHOICES, COLON, DASHES, DICTIONARIES, Dictionaries, DictionaryFile, ELLIPSIS,
    FORMATS, FileEntry, Manifest, NOTES, QUOTES, SegmentRules, VERSE, WitnessEntry, Work,
};
use super::parse::{self, RawDictionary, RawFile, RawManifest, RawSegmentRules, RawWitness, Text};
use super::suggest::hint_of;

const KINDS: [WitnessKind; 5] = [
    WitnessKind::Edition,
    WitnessKind::Transcription,
    WitnessKind::Manuscript,
    WitnessKind::Translation,
    WitnessKind::Constructed,
];

impl Manifest {
    /// Reads a manifest and checks all that can be checked without opening other files.
    ///
    /// `path` is used in messages only. Warnings: `no-witness`, `language-tag` (not the shape of a
    /// BCP 47 tag), `sigla-case` (two sigla differ in case only), `file-shared` (two witnesses have
    /// one file), `unused-rules` (rules for a language that no witness has).
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`](crate::ErrorKind::Syntax) for what is not TOML, an unknown key or a
    /// value of the wrong type; [`Unknown`](crate::ErrorKind::Unknown) for a word or siglum that
    /// does not exist; [`Conflict`](crate::ErrorKind::Conflict) for what contradicts itself. Each
    /// has line, column, an excerpt with carets, and a hint.
    pub fn parse(text: &str, path: impl AsRef<Path>) -> Result<Outcome<Self>> {
        let source = SourceText { path: path.as_ref(), text };
        validate(parse::parse(source)?, source)
    }
}

/// Checks and converts.
fn validate(raw: RawManifest, source: SourceText<'_>) -> Result<Outcome<Manifest>> {
    let mut check = Check { source, warnings: Vec::new() };
    let base = raw.work.base.as_ref();
    let witnesses = raw.witness.iter().map(|table| check.witness(table.get_ref(), table.span()));
    let witnesses = witnesses.collect::<Result<Vec<_>>>()?;
    check.sigla(&witnesses)?;
    check.files(&witnesses)?;

    let sigla: Vec<&str> = witnesses.iter().map(WitnessEntry::siglum).collect();
    check.reference("base", base, &sigla)?;
    for table in &raw.witness {
        check.original(table.get_ref(), base, &sigla)?;
    }
    check.circles(&raw, &witnesses)?;
    let compare = check.compare(&raw.compare, &sigla)?;
    let segment = check.segment(&raw.segment, &witnesses)?;
    let dictionaries = raw.dictionary.iter().map(|d| check.dictionary(d)).collect();
    let ready = check.word("choice of dictionaries", raw.align.dictionaries.as_ref(), &DICTIONARIES)?;
    let align = AlignRules {
        dictionaries: if ready == Some("none") { Dictionaries::None } else { Dictionaries::Packs },
        encoder: raw.align.encoder.map(|folder| PathBuf::from(folder.into_inner())),
    };
    if witnesses.is_empty() {
        let warning = Warning::new("no-witness", "the project has no witness yet").in_file(source.path);
        check.warnings.push(warning.hint("add one: hexapla add FILE --siglum S --lang L"));
    }
    let work =
        Work { title: raw.work.title, author: raw.work.author, base: base.map(|b| b.get_ref().clone()) };
    Ok(Outcome {
        value: Manifest { work, witnesses, segment, compare, dictionaries, align },
        warnings: check.warnings,
    })
}

pub(super) struct Check<'t> {
    source: SourceText<'t>,
    warnings: Vec<Warning>,
}

impl Check<'_> {
    pub(super) fn error(&self, kind: ErrorKind, span: Range<usize>, message: impl Into<String>) -> Error {
        self.source.error(kind, span, message)
    }

    /// A value that must be one of a few words.
    pub(super) fn word<'w>(
        &self,
        key: &str,
        value: Option<&'w Text>,
        known: &[&str],
    ) -> Result<Option<&'w str>> {
        let Some(value) = value else { return Ok(None) };
        let word = value.get_ref().as_str();
        if known.contains(&word) {
            return Ok(Some(word));
        }
        let message = format!("unknown {key} `{word}`");
        let hint = hint_of(word, known, "it may be");
        Err(self.error(ErrorKind::Unknown, value.span(), message).hint(hint))
    }

    fn witness(&mut self, raw: &RawWitness, table: Range<usize>) -> Result<WitnessEntry> {
        let Some(siglum) = &raw.siglum else {
            let error = self.error(ErrorKind::Syntax, table, "this witness has no siglum");
            return Err(error.hint("add its short name: siglum = \"A\""));
        };
        self.siglum(siglum)?;
        let name = siglum.get_ref();
        let lang = match &raw.lang {
            Some(lang) if !lang.get_ref().trim().is_empty() => self.lang(lang),
            given => {
                let span = given.as_ref().map_or(siglum.span(), |lang| lang.span());
                let error =
                    self.error(ErrorKind::Syntax, span, format!("the witness `{name}` has no language"));
                return Err(error.hint("add its language tag: lang = \"en\" (\"und\" when it is not known)"));
            }
        };
        let words = KINDS.map(WitnessKind::word);
        let kind = self.word("kind", raw.kind.as_ref(), &words)?;
        let kind =
            kind.and_then(|word| KINDS.into_iter().find(|kind| kind.word() == word)).unwrap_or_default();
        let format = self.word("format", raw.format.as_ref(), &FORMATS)?.map(str::to_owned);
        let choice = self.word("choice", raw.choice.as_ref(), &CHOICES)?.map(str::to_owned);
        let changes = self.word("choice of changes", raw.changes.as_ref(), &CHANGES)?.map(str::to_owned);
        let notes = self.word("policy for notes", raw.notes.as_ref(), &NOTES)?.map(str::to_owned);
        if let Some(label) = &raw.encoding
            && !crate::read::is_encoding(label.get_ref())
        {
            let message = format!("unknown encoding `{}`", label.get_ref());
            let error = self.error(ErrorKind::Unknown, label.span(), message);
            return Err(error.hint("use a name of the WHATWG standard, such as `utf-8` or `windows-1252`"));
        }
        let files = match &raw.files {
            Some(files) if !files.get_ref().is_empty() => files,
            given => {
                let span = given.as_ref().map_or(siglum.span(), |files| files.span());
                let error = self.error(ErrorKind::Syntax, span, format!("the witness `{name}` has no files"));
                return Err(error.hint("name at least one: files = [\"texts/a.txt\"]"));
            }
        };
        let files = files.get_ref().iter().map(|file| self.file(file.get_ref(), file.span()));
        Ok(WitnessEntry {
            files: files.collect::<Result<_>>()?,
            witness: Witness {
                siglum: name.clone(),
                kind,
                lang,
                title: raw.title.clone(),
                publisher: raw.publisher.clone(),
                place: raw.place.clone(),
                date: raw.date.clone().map(|date| date.0),
                of: raw.of.as_ref().map(|of| of.get_ref().clone()),
                note: raw.note.clone(),
            },
            encoding: raw.encoding.as_ref().map(|label| label.get_ref().clone()),
            format,
            content: raw.content.clone(),
            drop: raw.drop.clone(),
            column: raw.column.clone(),
            choice,
            app: raw.app.clone(),
            changes,
            notes,
            note_selector: raw.note_selector.clone(),
            span: Some(span_of(siglum.span())),
        })
    }

    fn siglum(&self, siglum: &Text) -> Result<()> {
        let Err(fault) = check_siglum(siglum.get_ref()) else { return Ok(()) };
        Err(self.error(ErrorKind::Syntax, siglum.span(), fault).hint(SIGLUM_HINT))
    }

    pub(super) fn lang(&mut self, tag: &Text) -> Lang {
        let lang = Lang::new(tag.get_ref());
        if !has_shape_of_tag(lang.tag()) {
            let message = format!("`{lang}` is not a language tag");
            let warning = self.source.warning("language-tag", tag.span(), message);
            self.warnings.push(warning.hint("use a BCP 47 tag such as `en`, `de-1901` or `zh-Hant`"));
        }
        lang
    }

    fn file(&self, raw: &RawFile, item: Range<usize>) -> Result<FileEntry> {
        let span = raw.path.as_ref().map_or(item, |path| path.span());
        if raw.plain.trim().is_empty() {
            return Err(self.error(ErrorKind::Syntax, span, "this path is empty"));
        }
        let date = raw.date.clone().map(|date| date.0);
        Ok(FileEntry {
            path: raw.plain.as_str().into(),
            part: raw.part.clone(),
            date,
            span: Some(span_of(span)),
        })
    }

    /// No siglum twice, and no two pairs with one name.
    fn sigla(&mut self, witnesses: &[WitnessEntry]) -> Result<()> {
        let mut seen: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        let mut folded: BTreeMap<String, &str> = BTreeMap::new();
        for entry in witnesses {
            let siglum = entry.siglum();
            let span = range_of(entry.span);
            if let Some(first) = seen.insert(siglum, span.clone()) {
                let line = self.source.place(&first).line;
                let message = format!("two witnesses have the siglum `{siglum}`");
                let error = self.error(ErrorKind::Conflict, span, message);
                return Err(error.hint(format!(
                    "the first stands in line {line}; give each witness its own, or list both files under one"
                )));
            }
            if let Some(other) = folded.insert(siglum.to_lowercase(), siglum) {
                let message = format!("the sigla `{other}` and `{siglum}` differ in case only");
                let warning = self.source.warning("sigla-case", span, message);
                self.warnings.push(warning.hint("some systems would keep their alignments in one file"));
            }
        }
        // `A-B` with `C` and `A` with `B-C` would share a file; impossible without hyphens.
        if !witnesses.iter().any(|entry| entry.siglum().contains('-')) {
            return Ok(());
        }
        let mut names: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for i in 0..witnesses.len() {
            for j in (0..witnesses.len()).filter(|&j| j != i) {
                let (a, b) = (witnesses[i].siglum(), witnesses[j].siglum());
                let Some((k, l)) = names.insert(format!("{a}-{b}"), (i, j)) else { continue };
                let (c, d) = (witnesses[k].siglum(), witnesses[l].siglum());
                let message =
                    format!("the pairs `{c}`, `{d}` and `{a}`, `{b}` would have the same name, {a}-{b}");
                let error = self.error(ErrorKind::Conflict, range_of(witnesses[i].span), message);
                return Err(error.hint("leave the hyphen out of one of these sigla"));
            }
        }
        Ok(())
    }

    /// No file twice in a witness; one in two witnesses is odd.
    fn files(&mut self, witnesses: &[WitnessEntry]) -> Result<()> {
        let mut owner: BTreeMap<&std::path::Path, &str> = BTreeMap::new();
        for entry in witnesses {
            for file in &entry.files {
                let shown = file.path.display();
                match owner.insert(&file.path, entry.siglum()) {
                    Some(other) if other == entry.siglum() => {
                        let message = format!("the witness `{other}` has the file {shown} twice");
                        let error = self.error(ErrorKind::Conflict, range_of(file.span), message);
                        return Err(error.hint("each file is one part; list it once"));
                    }
                    Some(other) => {
                        let message = format!(
                            "the witnesses `{other}` and `{}` have the same file {shown}",
                            entry.siglum()
                        );
                        let warning = self.source.warning("file-shared", range_of(file.span), message);
                        self.warnings.push(warning.hint("each witness should have files of its own"));
                    }
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// A key whose value is the siglum of a witness.
    pub(super) fn reference(&self, key: &str, value: Option<&Text>, sigla: &[&str]) -> Result<()> {
        let Some(value) = value.filter(|value| !sigla.contains(&value.get_ref().as_str())) else {
            return Ok(());
        };
        let message = format!("`{key}` names a witness `{}` that does not exist", value.get_ref());
        let hint = hint_of(value.get_ref(), sigla, "the witnesses are");
        Err(self.error(ErrorKind::Unknown, value.span(), message).hint(hint))
    }

    /// A translation translates something else than itself.
    fn original(&self, raw: &RawWitness, base: Option<&Text>, sigla: &[&str]) -> Result<()> {
        self.reference("of", raw.of.as_ref(), sigla)?;
        let Some(siglum) = &raw.siglum else { return Ok(()) };
        let name = siglum.get_ref();
        if let Some(of) = raw.of.as_ref().filter(|of| of.get_ref() == name) {
            let message = format!("the witness `{name}` cannot be a translation of itself");
            return Err(self
                .error(ErrorKind::Conflict, of.span(), message)
                .hint("name the witness that was translated"));
        }
        let is_translation =
            raw.kind.as_ref().is_some_and(|kind| kind.get_ref() == WitnessKind::Translation.word());
        let has_original = raw.of.is_some() || base.is_some_and(|base| base.get_ref() != name);
        if is_translation && !has_original {
            let message = format!("the translation `{name}` does not say of what");
            let error = self.error(ErrorKind::Syntax, siglum.span(), message);
            return Err(error.hint("add the siglum of its original: of = \"A\", or name a base under [work]"));
        }
        Ok(())
    }

    /// Following `of` from witness to witness comes to an end.
    fn circles(&self, raw: &RawManifest, witnesses: &[WitnessEntry]) -> Result<()> {
        let next: BTreeMap<&str, &str> =
            witnesses.iter().filter_map(|w| Some((w.siglum(), w.witness.of.as_deref()?))).collect();
        for table in &raw.witness {
            let (Some(siglum), Some(of)) = (&table.get_ref().siglum, &table.get_ref().of) else { continue };
            let mut passed = BTreeSet::new();
            let mut at = of.get_ref().as_str();
            while passed.insert(at) {
                if at == siglum.get_ref() {
                    let message = format!(
                        "the witness `{at}` is, by way of `{}`, a translation of itself",
                        of.get_ref()
                    );
                    let error = self.error(ErrorKind::Conflict, of.span(), message);
                    return Err(error.hint("one of them is the original: leave its `of` out"));
                }
                match next.get(at) {
                    Some(of) => at = of,
                    None => break,
                }
            }
        }
        Ok(())
    }

    fn dictionary(&mut self, raw: &RawDictionary) -> DictionaryFile {
        let (from, to) = (self.lang(&raw.from), self.lang(&raw.to));
        DictionaryFile { file: PathBuf::from(raw.file.get_ref()), from, to }
    }

    fn segment(
        &mut self,
        raw: &BTreeMap<Text, RawSegmentRules>,
        witnesses: &[WitnessEntry],
    ) -> Result<BTreeMap<String, SegmentRules>> {
        let mut out = BTreeMap::new();
        for (tag, rules) in raw {
            let lang = Lang::new(tag.get_ref());
            if !witnesses.iter().any(|entry| entry.lang().same_language(&lang)) {
                let message =
                    format!("there are rules for segmenting `{lang}`, but no witness has this language");
                let warning = self.source.warning("unused-rules", tag.span(), message);
                self.warnings.push(warning.hint("rules stand under a language tag: [segment.en]"));
            }
            let policy = |name: &str, word: &Option<Text>, known: &'static [&'static str]| {
                Ok::<_, Error>(
                    self.word(&format!("policy for {name}"), word.as_ref(), known)?.map(str::to_owned),
                )
            };
            let rules = SegmentRules {
                abbreviations: rules.abbreviations.clone(),
                join: rules.join.clone(),
                split: rules.split.clone(),
                quotes: policy("quotes", &rules.quotes, &QUOTES)?,
                colon: policy("colon", &rules.colon, &COLON)?,
                dashes: policy("dashes", &rules.dashes, &DASHES)?,
                verse: policy("verse", &rules.verse, &VERSE)?,
                ellipsis: policy("ellipsis", &rules.ellipsis, &ELLIPSIS)?,
            };
            out.insert(lang.tag().to_owned(), rules);
        }
        Ok(out)
    }
}

const SIGLUM_HINT: &str = "sigla are cited and become names of files: use letters and digits, such as `FI`";

/// What keeps a word from being a siglum, in words.
///
/// # Errors
/// The fault: it is empty, holds white space, a control character or one of `/ \ :`, or begins
/// with `.` or `-`.
pub(crate) fn check_siglum(siglum: &str) -> std::result::Result<(), String> {
    if siglum.is_empty() {
        return Err("a siglum cannot be empty".to_owned());
    }
    if siglum.contains(char::is_whitespace) {
        return Err(format!("the siglum `{siglum}` holds white space"));
    }
    if let Some(c) = siglum.chars().find(|c| c.is_control() || ['/', '\\', ':'].contains(c)) {
        return Err(format!("the siglum `{}` holds `{}`", siglum.escape_debug(), c.escape_debug()));
    }
    if siglum.starts_with(['.', '-']) {
        return Err(format!("the siglum `{siglum}` begins with `{}`", &siglum[..1]));
    }
    Ok(())
}

/// Whether a tag looks like BCP 47: a primary subtag of two or three letters (`x` and `i` open
/// private ones), the others of up to eight letters and digits.
fn has_shape_of_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let letters = primary.bytes().all(|b| b.is_ascii_alphabetic());
    let primary_fits =
        letters && ((2..=3).contains(&primary.len()) || (tag.len() > 2 && ["x", "i"].contains(&primary)));
    primary_fits
        && subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn span_of(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The bytes of a span that may be absent (a witness that does not come from a file).
pub(crate) fn range_of(span: Option<Span>) -> Range<usize> {
    span.map_or(0..0, Span::range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_language_tags() {
        for tag in ["en", "und", "grc", "de-1901", "zh-Hant-TW", "x-klingon"] {
            assert!(has_shape_of_tag(tag), "{tag}");
        }
        for tag in ["english", "e", "en_GB", "en-", "fr1", "x"] {
            assert!(!has_shape_of_tag(tag), "{tag}");
        }
    }

    #[test]
    fn sigla_that_cannot_be() {
        for siglum in ["", "F I", "a/b", "a\\b", "c:1", ".x", "-x", "a\u{7}"] {
            assert!(check_siglum(siglum).is_err(), "{siglum:?}");
        }
        for siglum in ["FI", "zh-Hant", "A*", "Σ", "1859", "战"] {
            assert_eq!(check_siglum(siglum), Ok(()));
        }
    }
}
