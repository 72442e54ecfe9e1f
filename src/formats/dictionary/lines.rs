//! Formats with an entry a line: two columns, hunalign's, and lists with `::`.

use super::DictionaryEntry;
use super::clean::{expressions, headword};

/// `word<TAB>rendering[<TAB>share]`, or hunalign's `rendering @ word`. Expressions stand as they are.
pub(super) fn entry(line: &str) -> Option<DictionaryEntry> {
    let entry = |a: &str, b: &str, share| {
        let (a, b) = (a.trim(), b.trim());
        (!a.is_empty() && !b.is_empty()).then(|| (a.to_owned(), b.to_owned(), share))
    };
    if let Some((a, rest)) = line.split_once('\t') {
        let mut columns = rest.split('\t');
        let b = columns.next()?;
        let share = columns.next().and_then(|c| c.trim().parse::<f64>().ok());
        return entry(a, b, share.filter(|share| (0.0..=1.0).contains(share)));
    }
    let (b, a) = line.split_once(" @ ")?;
    entry(a, b, None)
}

/// `word {n} (note) :: rendering; rendering`; Ding sets forms of a word and their renderings between bars:
/// `Haus {n} | Häuser {pl} :: house | houses`.
pub(super) fn listed(line: &str) -> Option<Vec<DictionaryEntry>> {
    let (a, b) = line.split_once("::")?;
    let (left, right): (Vec<&str>, Vec<&str>) = (a.split('|').collect(), b.split('|').collect());
    let mut entries = Vec::new();
    let mut pair = |a: &str, b: &str| {
        for word in expressions(a).into_iter().take(6) {
            let renderings = expressions(b).into_iter().take(12);
            entries.extend(renderings.map(|rendering| (word.clone(), rendering, None)));
        }
    };
    if left.len() == right.len() {
        left.iter().zip(&right).for_each(|(a, b)| pair(a, b));
    } else {
        pair(left.first()?, right.first()?);
    }
    // A word whose rendering only explains is an entry without use.
    (!entries.is_empty() || headword(a).is_some() && !b.trim().is_empty()).then_some(entries)
}
