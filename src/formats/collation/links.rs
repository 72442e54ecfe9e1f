//! Which tokens of two witnesses stand at one place: a line each, for scripts and for scoring.

use std::io::{self, Write};

use crate::model::{Attestation, Collated};

/// Writes a line for each two tokens of two witnesses that stand at one place:
/// `siglum start end siglum start end kind`, separated by tabs. Offsets are bytes in the file,
/// 0-based and half-open. The kind is `equal` (the same letters), `variant`, or `moved` (the same place
/// of the text, but elsewhere in one of the witnesses). Lines are in the order of the columns.
///
/// # Errors
/// Those of `out`.
pub fn write(collated: &Collated, out: &mut dyn Write) -> io::Result<()> {
    let witnesses = &collated.collation.witnesses;
    let mut next = vec![0u32; witnesses.len()];
    for column in 0..collated.collation.columns {
        let mut here: Vec<(usize, u32)> = Vec::new();
        for (number, (witness, at)) in witnesses.iter().zip(&mut next).enumerate() {
            while witness.tokens.get(*at as usize).is_some_and(|token| token.column == column) {
                here.push((number, *at));
                *at += 1;
            }
        }
        for (a, b) in collated.collation.pairs_of_column(&here) {
            line(collated, a, b, None, out)?;
        }
    }
    for passage in &collated.collation.moves {
        let in_column = |runs: &[Attestation], column: u32| -> Vec<(usize, u32)> {
            let tokens = |run: &Attestation| {
                let inside = witnesses[run.witness].tokens_in(column..column + 1);
                let inside = inside.start.max(run.tokens.start)..inside.end.min(run.tokens.end);
                inside.map(|token| (run.witness, token)).collect::<Vec<_>>()
            };
            runs.iter().flat_map(tokens).collect()
        };
        for &(home, away) in &passage.links {
            for a in in_column(&passage.home.witnesses, home) {
                for b in in_column(&passage.away.witnesses, away).into_iter().filter(|b| b.0 != a.0) {
                    line(collated, a, b, Some("moved"), out)?;
                }
            }
        }
    }
    Ok(())
}

fn line(
    collated: &Collated,
    a: (usize, u32),
    b: (usize, u32),
    kind: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let place = |(witness, token)| Attestation { witness, tokens: token..token + 1 };
    let (a, b) = (place(a), place(b));
    let same = || if collated.words(&a) == collated.words(&b) { "equal" } else { "variant" };
    let (x, y) = (collated.source(&a).1, collated.source(&b).1);
    writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{}",
        collated.siglum(a.witness),
        x.start,
        x.end,
        collated.siglum(b.witness),
        y.start,
        y.end,
        kind.unwrap_or_else(same)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn every_two_tokens_at_one_place_have_a_line() {
        let case = Case::three();
        let mut out = Vec::new();
        write(&case.collated(), &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.contains(&"A\t0\t3\tB\t0\t3\tequal"), "{shown}");
        assert!(lines.contains(&"A\t4\t10\tB\t4\t9\tvariant"), "{shown}");
        assert!(lines.contains(&"B\t4\t9\tC\t4\t9\tequal"), "{shown}");
        // `the` 3, `colour` 3, `of` 1 (C lacks it), `war` 3.
        assert_eq!(lines.len(), 10);
    }
}
