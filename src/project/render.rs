//! Witnesses as TOML, in the layout of a manifest that a person would write.

use std::fmt::Write;

use super::manifest::{FileEntry, WitnessEntry};

/// From this many characters on, a list of files has a line for each.
const LONGEST_LIST: usize = 90;

/// A `[[witness]]` table with its values in one column, ended by a line feed.
pub(crate) fn witness_table(entry: &WitnessEntry) -> String {
    let witness = &entry.witness;
    let mut rows: Vec<(&str, String)> = vec![
        ("siglum", quoted(&witness.siglum)),
        ("kind", quoted(witness.kind.word())),
        ("lang", quoted(witness.lang.tag())),
    ];
    let optional = [
        ("of", &witness.of),
        ("title", &witness.title),
        ("publisher", &witness.publisher),
        ("place", &witness.place),
        ("date", &witness.date),
        ("encoding", &entry.encoding),
        ("format", &entry.format),
        ("content", &entry.content),
        ("drop", &entry.drop),
        ("column", &entry.column),
        ("choice", &entry.choice),
        ("app", &entry.app),
        ("changes", &entry.changes),
        ("notes", &entry.notes),
        ("note_selector", &entry.note_selector),
    ];
    rows.extend(optional.into_iter().filter_map(|(key, value)| Some((key, quoted(value.as_ref()?)))));
    rows.push(("files", file_list(&entry.files)));
    rows.extend(witness.note.iter().map(|note| ("note", quoted(note))));

    let widest = rows.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    let mut out = "[[witness]]\n".to_owned();
    for (key, value) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key:widest$} = {value}");
    }
    out
}

fn file_list(files: &[FileEntry]) -> String {
    let items: Vec<String> = files.iter().map(file_item).collect();
    let line = format!("[{}]", items.join(", "));
    if line.chars().count() <= LONGEST_LIST || items.len() < 2 {
        return line;
    }
    format!("[\n  {},\n]", items.join(",\n  "))
}

/// An item of `files`: a string, or a table if more than the path is known.
pub(crate) fn file_item(file: &FileEntry) -> String {
    // Forward slashes are right on every system, and a manifest travels.
    let path = quoted(&file.path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
    if file.part.is_none() && file.date.is_none() {
        return path;
    }
    let more = [("part", &file.part), ("date", &file.date)];
    let more: String = more
        .iter()
        .filter_map(|(key, value)| Some(format!(", {key} = {}", quoted(value.as_ref()?))))
        .collect();
    format!("{{ path = {path}{more} }}")
}

/// A TOML basic string on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::model::{Lang, WitnessKind};

    use super::super::Manifest;
    use super::*;

    #[test]
    fn values_stand_in_one_column() {
        let mut entry = WitnessEntry::new("fr", Lang::new("fr"), [FileEntry::new("texts/fr.txt")]);
        entry.witness.kind = WitnessKind::Translation;
        entry.witness.of = Some("FI".to_owned());
        let expected = "[[witness]]\nsiglum = \"fr\"\nkind   = \"translation\"\nlang   = \"fr\"\nof     = \"FI\"\nfiles  = [\"texts/fr.txt\"]\n";
        assert_eq!(witness_table(&entry), expected);
    }

    #[test]
    fn many_files_have_a_line_each() {
        let files = (1..=3).map(|i| FileEntry {
            part: Some(format!("part {i}")),
            date: Some("1940-03".to_owned()),
            ..FileEntry::new(format!("texts/post-dispatch-{i}.txt"))
        });
        let table = witness_table(&WitnessEntry::new("PD", Lang::new("en"), files));
        assert!(table.contains(
            "files  = [\n  { path = \"texts/post-dispatch-1.txt\", part = \"part 1\", date = \"1940-03\" },\n"
        ));
        assert!(table.ends_with(" },\n]\n"));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            title in "[\\PC\\x00-\\x1f\"\\\\]{0,20}", path in "[a-zé 'x\"]{1,9}", part in proptest::option::of("\\PC{0,6}"),
        ) {
            let path = format!("p{path}");
            let mut entry = WitnessEntry::new("A", Lang::new("en"), [FileEntry { part, ..FileEntry::new(path) }]);
            entry.witness.title = Some(title.clone());
            entry.witness.note = Some(title);
            let parsed = Manifest::parse(&witness_table(&entry), "hexapla.toml").unwrap().value;
            prop_assert_eq!(parsed.witnesses[0].unplaced(), entry);
        }
    }
}
