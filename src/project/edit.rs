//! Adds to a manifest that a person wrote, and leaves every other byte of it as it was.
//!
//! The file is not written anew from its meaning: a new table goes to its end, a new file into the
//! list where it belongs, and what comes out is read again to see that it means what it should.

use std::path::Path;

use crate::{Error, ErrorKind, Result};

use super::excerpt::SourceText;
use super::manifest::{FILE_NAME, FileEntry, Manifest, WitnessEntry};
use super::parse;
use super::render::{file_item, witness_table};
use super::suggest::hint_of;
use super::validate::check_siglum;

/// The manifest `text` with a further witness at its end.
///
/// # Errors
/// Those of [`Manifest::parse`] for `text`; [`ErrorKind::Conflict`] if there is a witness with this
/// siglum, and what else [`Manifest::parse`] would find wrong with the new witness (without a place,
/// since nothing is written yet).
pub fn add_witness(text: &str, entry: &WitnessEntry) -> Result<String> {
    let before = Manifest::parse(text, FILE_NAME)?.value;
    let siglum = entry.siglum();
    check_siglum(siglum).map_err(|fault| Error::new(ErrorKind::Usage, fault))?;
    if before.find(siglum).is_some() {
        return Err(Error::new(ErrorKind::Conflict, format!("there is a witness `{siglum}` already"))
            .hint("choose another siglum, or add the file as a further part of this one"));
    }
    let newline = newline_of(text);
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(newline);
    }
    if !out.trim().is_empty() && !out.ends_with(&newline.repeat(2)) {
        out.push_str(newline);
    }
    out.push_str(&witness_table(entry).replace('\n', newline));

    if toml::from_str::<toml::Table>(&out).is_err() {
        return Err(by_hand("the witnesses stand in a list `witness = […]`, to which no table can be added")
            .hint("write each witness as a [[witness]] table of its own"));
    }
    let after = Manifest::parse(&out, FILE_NAME).map_err(without_place)?.value;
    match after.witnesses.split_last() {
        Some((last, rest)) if last.unplaced() == entry.unplaced() && rest == before.witnesses => Ok(out),
        _ => Err(by_hand("the witness cannot be written into this manifest")),
    }
}

/// The manifest `text` with further files, in order, at the end of a witness's list.
///
/// # Errors
/// Those of [`Manifest::parse`] for `text`; [`ErrorKind::Unknown`] if there is no witness with this
/// siglum; [`ErrorKind::Conflict`] if it has one of the files already.
pub fn add_files(text: &str, siglum: &str, files: &[FileEntry]) -> Result<String> {
    let before = Manifest::parse(text, FILE_NAME)?.value;
    if before.find(siglum).is_none() {
        return Err(Error::new(ErrorKind::Unknown, format!("there is no witness `{siglum}`")).hint(hint_of(
            siglum,
            &before.sigla(),
            "the witnesses are",
        )));
    }
    let mut out = text.to_owned();
    for file in files {
        out = add_file(&out, siglum, file)?;
    }
    let after = Manifest::parse(&out, FILE_NAME).map_err(without_place)?.value;
    let mut expected: Vec<WitnessEntry> = before.witnesses.iter().map(WitnessEntry::unplaced).collect();
    let added = files.iter().map(|file| FileEntry { span: None, ..file.clone() });
    expected
        .iter_mut()
        .filter(|entry| entry.siglum() == siglum)
        .for_each(|entry| entry.files.extend(added.clone()));
    if after.witnesses.iter().map(WitnessEntry::unplaced).eq(expected) {
        Ok(out)
    } else {
        Err(by_hand("the file cannot be written into this manifest"))
    }
}

fn add_file(text: &str, siglum: &str, file: &FileEntry) -> Result<String> {
    let raw = parse::parse(SourceText { path: Path::new(FILE_NAME), text })?;
    let tables = raw.witness.iter().map(toml::Spanned::get_ref);
    let table = tables.rev().find(|table| table.siglum.as_ref().is_some_and(|s| s.get_ref() == siglum));
    let place = table.and_then(|table| {
        let list = table.files.as_ref()?;
        Some((list.get_ref().last()?.span(), list.span().end.checked_sub(1)?))
    });
    let Some((last, bracket)) = place else { return Err(by_hand("the list of files was not found")) };
    // What stands between the last item and the bracket: perhaps a comma, comments, line ends.
    let (Some(head), Some(item_and_tail), Some(rest)) =
        (text.get(..last.end), text.get(last.end..bracket), text.get(bracket..))
    else {
        return Err(by_hand("the list of files was not found"));
    };
    let item = file_item(file);
    let comma = has_comma(item_and_tail);
    if !item_and_tail.contains('\n') {
        let inner = item_and_tail.trim_end();
        let space = &item_and_tail[inner.len()..];
        let inner = if comma { inner } else { "," };
        return Ok(format!("{head}{inner} {item}{space}{rest}"));
    }
    // A comment belongs to the item before it, so the new item goes after it, on a line of its own.
    let kept = item_and_tail.trim_end();
    let closing = &item_and_tail[kept.len()..];
    let line = &head[head[..last.start].rfind('\n').map_or(0, |i| i + 1)..last.start];
    let indent = &line[..line.len() - line.trim_start().len()];
    let before = if comma { "" } else { "," };
    let after = if comma { "," } else { "" };
    Ok(format!("{head}{before}{kept}{}{indent}{item}{after}{closing}{rest}", newline_of(text)))
}

/// Whether there is a comma outside of comments.
fn has_comma(between: &str) -> bool {
    between.lines().any(|line| line.split('#').next().unwrap_or_default().contains(','))
}

fn newline_of(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn by_hand(message: &str) -> Error {
    Error::new(ErrorKind::Unsupported, message).hint(format!("edit {FILE_NAME} by hand"))
}

/// The same error, without a place in a text that nobody has seen.
fn without_place(error: Error) -> Error {
    let plain = Error::new(error.kind(), error.message());
    match error.shown_hint() {
        Some(hint) => plain.hint(hint),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, WitnessKind};

    const TEXT: &str = "# my notes\n[work]\nbase = \"FI\"   # the print\n\n[[witness]]\nsiglum = 'FI'\nlang = \"en\"\nfiles = [\"a.txt\"]\n\n[compare]\nrules = []";

    fn french() -> WitnessEntry {
        let mut entry = WitnessEntry::new("fr", Lang::new("fr"), [FileEntry::new("texts/fr.txt")]);
        entry.witness.kind = WitnessKind::Translation;
        entry
    }

    #[test]
    fn a_witness_goes_to_the_end_and_nothing_else_changes() {
        let out = add_witness(TEXT, &french()).unwrap();
        assert!(out.starts_with(TEXT));
        let added = "\n\n[[witness]]\nsiglum = \"fr\"\nkind   = \"translation\"\nlang   = \"fr\"\nfiles  = [\"texts/fr.txt\"]\n";
        assert_eq!(&out[TEXT.len()..], added);
        assert_eq!(Manifest::parse(&out, "x").unwrap().value.sigla(), ["FI", "fr"]);
    }

    #[test]
    fn an_empty_manifest_and_windows_line_ends_are_fine() {
        let mut entry = french();
        entry.witness.kind = WitnessKind::Edition;
        assert!(add_witness("", &entry).unwrap().starts_with("[[witness]]\n"));
        let out = add_witness("[work]\r\ntitle = \"x\"\r\n", &entry).unwrap();
        assert!(out.starts_with("[work]\r\ntitle = \"x\"\r\n\r\n[[witness]]\r\nsiglum = \"fr\"\r\n"));
        assert_eq!(out.matches('\n').count(), out.matches("\r\n").count());
    }

    #[test]
    fn what_cannot_be_added_is_said_without_a_place() {
        let mut again = french();
        again.witness.siglum = "FI".to_owned();
        let error = add_witness(TEXT, &again).unwrap_err();
        assert_eq!(error.to_string(), "there is a witness `FI` already");
        let mut of = french();
        of.witness.of = Some("F1".to_owned());
        let error = add_witness(TEXT, &of).unwrap_err();
        assert_eq!(error.to_string(), "`of` names a witness `F1` that does not exist");
        assert!(error.shown_hint().unwrap().contains("did you mean `FI`?"));
        let inline = "witness = [{ siglum = \"A\", lang = \"en\", files = [\"a\"] }]\n[work]\nbase = \"A\"\n";
        assert_eq!(add_witness(inline, &french()).unwrap_err().kind(), ErrorKind::Unsupported);
        let mut spaced = french();
        spaced.witness.siglum = "f r".to_owned();
        assert_eq!(add_witness(TEXT, &spaced).unwrap_err().kind(), ErrorKind::Usage);
    }

    fn with_files(list: &str) -> String {
        format!("[[witness]]\nsiglum = \"A\"\nlang = \"en\"\nfiles = {list} # end\nnote = \"n\"\n")
    }

    fn added(list: &str) -> String {
        let file = FileEntry { part: Some("II".to_owned()), ..FileEntry::new("n.txt") };
        let out = add_files(&with_files(list), "A", &[file]).unwrap();
        let (_, rest) = out.split_once("files = ").unwrap();
        rest.rsplit_once(" # end").unwrap().0.to_owned()
    }

    #[test]
    fn a_part_goes_into_the_list_in_its_layout() {
        let new = "{ path = \"n.txt\", part = \"II\" }";
        assert_eq!(added("[\"a\"]"), format!("[\"a\", {new}]"));
        assert_eq!(added("[ \"a\", ]"), format!("[ \"a\", {new} ]"));
        assert_eq!(added("[\n  \"a\",\n  \"b\",\n]"), format!("[\n  \"a\",\n  \"b\",\n  {new},\n]"));
        assert_eq!(added("[\n\t\"a\" # one, two\n]"), format!("[\n\t\"a\", # one, two\n\t{new}\n]"));
        assert_eq!(added("[{ path = \"a\" }, # x\n]"), format!("[{{ path = \"a\" }}, # x\n{new},\n]"));
    }

    #[test]
    fn several_parts_keep_their_order_and_duplicates_are_refused() {
        let text = with_files("[\"a\"]");
        let out = add_files(&text, "A", &[FileEntry::new("b"), FileEntry::new("c")]).unwrap();
        assert!(out.contains("files = [\"a\", \"b\", \"c\"] # end"));
        let error = add_files(&text, "A", &[FileEntry::new("a")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert_eq!(add_files(&text, "B", &[]).unwrap_err().kind(), ErrorKind::Unknown);
    }
}
