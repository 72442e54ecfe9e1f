//! The line format of vecalign, and of gold sets in this field: `[0, 1]:[0]:0.87`.
//!
//! 0-based numbers of the segments (for files of one sentence a line: of the lines) on both sides,
//! and a score. Lossy: no text, no status. A line without a score is accepted, and so are blank
//! lines; anything else is an error with its place.

use std::io::{self, Write};
use std::path::Path;

use crate::model::{Aligned, IndexBead, Segmented};
use crate::{Error, ErrorKind, Place, Result};

/// Writes a bead a line. The score is the confidence (high = good), with two decimals.
///
/// # Errors
/// Those of `out`.
pub fn write(pair: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    for bead in pair.beads() {
        let a = numbers(&pair.a, bead.a.clone());
        let b = numbers(&pair.b, bead.b.clone());
        writeln!(out, "[{a}]:[{b}]:{:.2}", bead.confidence.value())?;
    }
    Ok(())
}

fn numbers(text: &Segmented, segments: std::ops::Range<usize>) -> String {
    let number = |s: usize| text.lines.get(s).copied().unwrap_or(s).to_string();
    segments.map(number).collect::<Vec<_>>().join(", ")
}

/// Reads beads; `path` is for messages only.
///
/// # Errors
/// `Syntax` with line and column of what is not of the format.
pub fn read(text: &str, path: &Path) -> Result<Vec<IndexBead>> {
    Ok(read_scored(text, path)?.into_iter().map(|(bead, _)| bead).collect())
}

/// Reads beads with their scores, where they have one.
///
/// # Errors
/// As [`read`].
pub fn read_scored(text: &str, path: &Path) -> Result<Vec<(IndexBead, Option<f64>)>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            parse_line(line).ok_or_else(|| {
                let shown: String = line.chars().take(40).collect();
                Error::new(ErrorKind::Syntax, format!("not a bead: `{shown}`"))
                    .in_file(path)
                    .at(Place { line: number + 1, column: None })
                    .hint("a bead is written `[0, 1]:[0]:0.87`: line numbers from 0 on both sides, and a score that may be missing")
            })
        })
        .collect()
}

fn parse_line(line: &str) -> Option<(IndexBead, Option<f64>)> {
    let (a, rest) = parse_list(line.trim())?;
    let (b, rest) = parse_list(rest.strip_prefix(':')?)?;
    let score = match rest.strip_prefix(':') {
        Some(score) => Some(score.trim().parse::<f64>().ok()?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some((IndexBead::new(a, b), score))
}

fn parse_list(text: &str) -> Option<(Vec<usize>, &str)> {
    let (inside, rest) = text.trim_start().strip_prefix('[')?.split_once(']')?;
    let numbers = if inside.trim().is_empty() {
        Vec::new()
    } else {
        inside.split(',').map(|n| n.trim().parse().ok()).collect::<Option<Vec<_>>>()?
    };
    Some((numbers, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_vecalign_and_gold_sets_write() {
        let beads =
            read("[0, 1]:[0]:0.87\n[2]:[]\n\n[]:[1]:0\n [3]:[2,3]:-1.5e-3\n", Path::new("x")).unwrap();
        assert_eq!(beads.len(), 4);
        assert_eq!(beads[0], IndexBead::new([0, 1], [0]));
        assert_eq!(beads[3], IndexBead::new([3], [2, 3]));
    }

    #[test]
    fn refuses_anything_else_and_names_the_line() {
        for bad in ["0:0:1", "[0]:[x]:1", "[0]", "[0]:[1]:", "[0]:[1]:good", "[-1]:[0]", "[0]:[1] 3"] {
            let error = read(&format!("[0]:[0]\n{bad}\n"), Path::new("g.txt")).unwrap_err();
            assert_eq!(error.place().map(|p| p.line), Some(2), "{bad}");
        }
    }
}
