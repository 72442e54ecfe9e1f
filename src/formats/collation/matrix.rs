//! Distances between witnesses for programs that draw stemmata: CSV, PHYLIP, Nexus, Newick.

use std::io::{self, Write};

use super::super::csv::{Options, table};
use super::super::table_error;
use crate::model::{Collated, Tree};

/// Distances of all witnesses, in their order; `None` for two that have no place in common.
pub type Distances = [Vec<Option<f64>>];

/// Writes the distances as a square table with sigla at its head and side; the field of two witnesses
/// that have no place in common is empty.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(
    collated: &Collated,
    distances: &Distances,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table(options, out)?;
    let sigla = sigla(collated);
    let head = std::iter::once("").chain(sigla.iter().copied());
    table.write_record(head).map_err(table_error)?;
    for (siglum, row) in sigla.iter().zip(distances) {
        let cells = row.iter().map(|cell| cell.map_or_else(String::new, |d| d.to_string()));
        table.write_record(std::iter::once((*siglum).to_owned()).chain(cells)).map_err(table_error)?;
    }
    table.flush()
}

/// Writes the distances as a square matrix of PHYLIP: the number of witnesses, then a line each, its
/// name of ten characters first. Longer sigla are cut; where that makes two the same, they are numbered.
/// Two witnesses without a place in common get the greatest distance found.
///
/// # Errors
/// Those of `out`.
pub fn write_phylip(collated: &Collated, distances: &Distances, out: &mut dyn Write) -> io::Result<()> {
    let sigla = sigla(collated);
    writeln!(out, "{:>5}", sigla.len())?;
    let greatest = distances.iter().flatten().flatten().fold(0.0, |x: f64, y| x.max(*y));
    for (name, row) in names(&sigla).iter().zip(distances) {
        let cells: Vec<String> = row.iter().map(|d| format!("{:.4}", d.unwrap_or(greatest))).collect();
        let pad = " ".repeat(10usize.saturating_sub(name.chars().count()));
        writeln!(out, "{name}{pad}  {}", cells.join("  "))?;
    }
    Ok(())
}

fn names(sigla: &[&str]) -> Vec<String> {
    let cut = |siglum: &str, length: usize| {
        siglum.replace(char::is_whitespace, "_").chars().take(length).collect::<String>()
    };
    let names: Vec<String> = sigla.iter().map(|siglum| cut(siglum, 10)).collect();
    let twice = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    names
        .iter()
        .enumerate()
        .map(|(i, name)| if twice(name) { format!("{}{:03}", cut(name, 7), i + 1) } else { name.clone() })
        .collect()
}

/// Writes a Nexus file: the witnesses, their readings as characters (a unit a character, a reading a
/// letter, `?` for an absent witness; a unit with more than 30 readings has `?` for the rest), and their
/// distances.
///
/// # Errors
/// Those of `out`.
pub fn write_nexus(collated: &Collated, distances: &Distances, out: &mut dyn Write) -> io::Result<()> {
    const SYMBOLS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRST";
    let sigla = sigla(collated);
    let quoted: Vec<String> =
        sigla.iter().map(|siglum| format!("'{}'", siglum.replace('\'', "''"))).collect();
    writeln!(
        out,
        "#NEXUS\n\nBEGIN TAXA;\n  DIMENSIONS NTAX={};\n  TAXLABELS {};\nEND;\n",
        sigla.len(),
        quoted.join(" ")
    )?;
    let units = &collated.collation.entries;
    let mut states = vec![vec![b'?'; units.len()]; sigla.len()];
    for (number, unit) in units.iter().enumerate() {
        for (reading, symbol) in unit.readings.iter().zip(SYMBOLS) {
            for place in &reading.witnesses {
                states[place.witness][number] = *symbol;
            }
        }
    }
    if !units.is_empty() {
        writeln!(
            out,
            "BEGIN CHARACTERS;\n  DIMENSIONS NCHAR={};\n  FORMAT DATATYPE=STANDARD MISSING=? SYMBOLS=\"{}\";\n  MATRIX",
            units.len(),
            String::from_utf8_lossy(SYMBOLS)
        )?;
        for (name, row) in quoted.iter().zip(&states) {
            writeln!(out, "    {name} {}", String::from_utf8_lossy(row))?;
        }
        writeln!(out, "  ;\nEND;\n")?;
    }
    writeln!(out, "BEGIN DISTANCES;\n  FORMAT TRIANGLE=BOTH DIAGONAL LABELS=LEFT MISSING=?;\n  MATRIX")?;
    for (name, row) in quoted.iter().zip(distances) {
        let cells: Vec<String> =
            row.iter().map(|d| d.map_or_else(|| "?".to_owned(), |d| format!("{d:.4}"))).collect();
        writeln!(out, "    {name} {}", cells.join(" "))?;
    }
    writeln!(out, "  ;\nEND;")
}

/// Writes a tree in Newick's form; nothing but its mark for no tree.
///
/// # Errors
/// Those of `out`.
pub fn write_newick(collated: &Collated, tree: Option<&Tree>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{};", tree.map(|tree| newick(collated, tree)).unwrap_or_default())
}

fn newick(collated: &Collated, tree: &Tree) -> String {
    match tree {
        Tree::Leaf(witness) => {
            let siglum = collated.siglum(*witness);
            let plain = siglum.chars().all(|c| c.is_alphanumeric() || ".-".contains(c)) && !siglum.is_empty();
            if plain { siglum.to_owned() } else { format!("'{}'", siglum.replace('\'', "''")) }
        }
        Tree::Node(branches) => {
            let branches: Vec<String> = branches
                .iter()
                .map(|(branch, length)| format!("{}:{length:.4}", newick(collated, branch)))
                .collect();
            format!("({})", branches.join(","))
        }
    }
}

fn sigla(collated: &Collated) -> Vec<&str> {
    (0..collated.texts.len()).map(|w| collated.siglum(w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn every_form_names_every_witness() {
        let case = Case::three();
        let collated = case.collated();
        let distances = [
            vec![Some(0.0), Some(50.0), None],
            vec![Some(50.0), Some(0.0), Some(20.5)],
            vec![None, Some(20.5), Some(0.0)],
        ];
        let written = |write: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
            let mut out = Vec::new();
            write(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let csv = written(&|out| write_csv(&collated, &distances, &Options::default(), out));
        assert_eq!(csv, ",A,B,C\nA,0,50,\nB,50,0,20.5\nC,,20.5,0\n");
        let phylip = written(&|out| write_phylip(&collated, &distances, out));
        assert!(phylip.starts_with("    3\nA           0.0000  50.0000  50.0000\n"), "{phylip}");
        let nexus = written(&|out| write_nexus(&collated, &distances, out));
        assert!(nexus.contains("'A' 00\n    'B' 10\n    'C' 11\n"), "{nexus}");
        assert!(nexus.contains("'C' ? 20.5000 0.0000"), "{nexus}");
        let tree = Tree::Node(vec![(Tree::Leaf(0), 1.0), (Tree::Leaf(1), 2.5), (Tree::Leaf(2), 0.0)]);
        let newick = written(&|out| write_newick(&collated, Some(&tree), out));
        assert_eq!(newick, "(A:1.0000,B:2.5000,C:0.0000);\n");
    }

    #[test]
    fn long_sigla_stay_different() {
        assert_eq!(names(&["witness-number-1", "witness-number-2", "x"]), ["witness001", "witness002", "x"]);
    }
}
