//! Beads that are given before aligning.
//!
//! One a line, in either form:
//!
//! * places as every table shows them, a tab between both sides: `FI 1.5.3–4<TAB>fr 1.5.3`. The siglum
//!   may be left out, the dash may be a hyphen; an empty side or `–` alone says that there is no partner;
//! * numbers of segments from 0, for files of one sentence a line those of the lines: `[0, 1]:[2]`.
//!
//! Blank lines and lines that begin with `#` are skipped.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use super::vecalign;
use crate::model::{Bead, Segmented, Status};
use crate::{Error, ErrorKind, Place, Result};

/// Reads given beads of two texts; `path` is for messages only. They count as confirmed.
///
/// # Errors
/// `Syntax` with the line that is of neither form, `Unknown` for a place that a text does not have.
pub fn read(text: &str, path: &Path, a: &Segmented, b: &Segmented) -> Result<Vec<Bead>> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let places = [Places::new(a), Places::new(b)];
    lines
        .map(|(number, line)| {
            let [of_a, of_b] = sides(line, &places).map_err(|error| {
                error
                    .in_file(path)
                    .at(Place { line: number + 1, column: None })
                    .hint("write the places of a bead with a tab between both sides: FI 1.5.3–4<TAB>fr 1.5.3")
            })?;
            Ok(Bead { status: Status::Confirmed, ..Bead::new(of_a, of_b, 1.0) })
        })
        .collect()
}

fn sides(line: &str, places: &[Places<'_>; 2]) -> Result<[Range<usize>; 2]> {
    let malformed = || {
        let shown: String = line.chars().take(40).collect();
        Error::new(ErrorKind::Syntax, format!("not a bead: `{shown}`"))
    };
    let ranges = if line.starts_with('[') {
        let beads = vecalign::read(line, Path::new("")).map_err(|_| malformed())?;
        let [bead] = beads.as_slice() else { return Err(malformed()) };
        [places[0].of_numbers(&bead.a)?, places[1].of_numbers(&bead.b)?]
    } else {
        let (a, b) = line.split_once('\t').ok_or_else(malformed)?;
        let b = b.split('\t').next().unwrap_or(b);
        [places[0].of_loci(a)?, places[1].of_loci(b)?]
    };
    if ranges.iter().all(Range::is_empty) { Err(malformed()) } else { Ok(ranges) }
}

/// Where the segments of a text stand.
struct Places<'t> {
    text: &'t Segmented,
    /// By part, block and segment, each from 1.
    loci: HashMap<[usize; 3], usize>,
    /// By the line of a file with one sentence a line.
    lines: HashMap<usize, usize>,
}

impl<'t> Places<'t> {
    fn new(text: &'t Segmented) -> Self {
        let numbers = |s: usize| {
            let locus = text.locus(s);
            [locus.part, locus.block, locus.segment]
        };
        Self {
            text,
            loci: (0..text.len()).map(|s| (numbers(s), s)).collect(),
            lines: text.lines.iter().enumerate().map(|(s, &line)| (line, s)).collect(),
        }
    }

    fn unknown(&self, place: &str) -> Error {
        Error::new(ErrorKind::Unknown, format!("{} has no place {place}", self.text.siglum()))
    }

    fn of_numbers(&self, numbers: &[usize]) -> Result<Range<usize>> {
        let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return Ok(0..0) };
        let segment = |n: usize| {
            let found = if self.text.lines.is_empty() {
                Some(n).filter(|&n| n < self.text.len())
            } else {
                self.lines.get(&n).copied()
            };
            found.ok_or_else(|| self.unknown(&n.to_string()))
        };
        let range = segment(first)?..segment(last)? + 1;
        if range.len() == numbers.len() {
            return Ok(range);
        }
        Err(Error::new(ErrorKind::Syntax, "the segments of a bead follow one another"))
    }

    /// `FI 1.5.3`, `1.5.3–4`, `1.5.3-1.6.1`, or nothing.
    fn of_loci(&self, typed: &str) -> Result<Range<usize>> {
        let typed = typed.trim();
        let siglum = self.text.siglum();
        let place = typed.strip_prefix(siglum).filter(|rest| rest.starts_with([' ', ':'])).unwrap_or(typed);
        let place = place.trim_start_matches([' ', ':']);
        if place.is_empty() || matches!(place, "–" | "-") || typed == siglum {
            return Ok(0..0);
        }
        let numbers =
            |text: &str| text.split('.').map(|n| n.trim().parse().ok()).collect::<Option<Vec<usize>>>();
        let (from, to) = place.split_once(['–', '-']).unwrap_or((place, place));
        let (from, to) = (numbers(from), numbers(to));
        let (Some(&[part, block, segment]), Some(to)) = (from.as_deref(), to) else {
            return Err(Error::new(ErrorKind::Syntax, format!("not a place: `{typed}`")));
        };
        let last = match *to.as_slice() {
            [last] => [part, block, last],
            [part, block, last] => [part, block, last],
            _ => return Err(Error::new(ErrorKind::Syntax, format!("not a place: `{typed}`"))),
        };
        let find = |locus: [usize; 3]| self.loci.get(&locus).copied().ok_or_else(|| self.unknown(place));
        let range = find([part, block, segment])?..find(last)? + 1;
        if range.is_empty() { Err(self.unknown(place)) } else { Ok(range) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::text;

    #[test]
    fn places_and_numbers() {
        let (a, b) = (text("FI", &["One.", "Two.", "Three."]), text("fr", &["Un.", "Deux."]));
        let read = |lines: &str| {
            let beads = read(lines, Path::new("p.tsv"), &a, &b).unwrap();
            beads.into_iter().map(|bead| (bead.a, bead.b)).collect::<Vec<_>>()
        };
        let (first, second) = (a.locus_range(&(0..2)), b.locus_range(&(1..2)));
        assert_eq!(read(&format!("# given\n{first}\t{second}\n\n")), [(0..2, 1..2)]);
        assert_eq!(read("[0,1]:[1]\n[2]:[]\n"), [(0..2, 1..2), (2..3, 0..0)]);
        let bare = a.locus(2).to_string().replace("FI ", "");
        assert_eq!(read(&format!("{bare}\t–\n")), [(2..3, 0..0)]);
    }

    #[test]
    fn what_is_no_place_is_named_with_its_line() {
        let (a, b) = (text("FI", &["One."]), text("fr", &["Un."]));
        for bad in ["1.1.1", "FI 9.9.9\tfr 1.1.1", "[0]:[7]", "[]:[]", "–\t–", "x\ty", "[0, 2]:[0]"] {
            let error = read(&format!("#\n{bad}"), Path::new("p"), &a, &b).unwrap_err();
            assert_eq!(error.place().map(|p| p.line), Some(2), "{bad:?}");
        }
    }
}
