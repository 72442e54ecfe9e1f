//! Columns to variation units: what an editor would print as one entry.

use std::ops::Range;

use super::align::Column;
use super::classify::{Knowledge, Verdict, classify};
use super::token::Token;
use crate::model::VariantClass;

/// Consecutive columns that form one variation unit, or that agree (`verdict` is `None`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    pub(super) verdict: Option<Verdict>,
}

/// Joins the columns of one bead to groups and classifies them.
pub(super) fn groups(a: &[Token], b: &[Token], columns: &[Column], known: Knowledge<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for column in columns {
        let verdict = classify(&a[column.a.clone()], &b[column.b.clone()], known);
        let next = Group { a: column.a.clone(), b: column.b.clone(), verdict };
        match groups.last_mut() {
            Some(last)
                if belong_together(last, &next, a, b) || explained_together(last, &next, a, b, known) =>
            {
                last.a = last.a.start..next.a.end.max(last.a.end);
                last.b = last.b.start..next.b.end.max(last.b.end);
                if last.verdict.is_some() {
                    last.verdict = classify(&a[last.a.clone()], &b[last.b.clone()], known);
                }
            }
            _ => groups.push(next),
        }
    }
    groups
}

/// Whether two neighbouring groups are one entry: both agree, both differ in other words, or both
/// differ in the same accidental way ("Old Guard" / "old guard").
fn belong_together(last: &Group, next: &Group, a: &[Token], b: &[Token]) -> bool {
    let (x, y) = match (&last.verdict, &next.verdict) {
        (None, None) => return true,
        (Some(x), Some(y)) => (x, y),
        _ => return false,
    };
    if x.class == VariantClass::Punctuation || y.class == VariantClass::Punctuation {
        return marks_go_along(last, next, a, b) || x.class == y.class && one_sided(last) != one_sided(next);
    }
    let in_words = |v: &Verdict| {
        matches!(v.class, VariantClass::Substitution | VariantClass::Addition | VariantClass::Omission)
    };
    let unequal = one_sided(last) || one_sided(next);
    in_words(x) && in_words(y) || x.class == y.class && x.class != VariantClass::Number && !unequal
}

/// Whether two differences are one that only shows in the whole: `half million` and `500,000`,
/// `didn't` and `did not`.
fn explained_together(last: &Group, next: &Group, a: &[Token], b: &[Token], known: Knowledge<'_>) -> bool {
    if last.verdict.is_none() || next.verdict.is_none() {
        return false;
    }
    let whole = classify(
        &a[last.a.start..next.a.end.max(last.a.end)],
        &b[last.b.start..next.b.end.max(last.b.end)],
        known,
    );
    whole.is_some_and(|v| {
        matches!(v.class, VariantClass::Numeral | VariantClass::Abbreviation | VariantClass::WordDivision)
    })
}

fn one_sided(group: &Group) -> bool {
    group.a.is_empty() || group.b.is_empty()
}

/// Marks that only one side has belong to the words next to them that only the same side has.
fn marks_go_along(last: &Group, next: &Group, a: &[Token], b: &[Token]) -> bool {
    let same_side = (last.b.is_empty() && next.b.is_empty()) || (last.a.is_empty() && next.a.is_empty());
    let has_word = |g: &Group| a[g.a.clone()].iter().chain(&b[g.b.clone()]).any(Token::is_word);
    same_side && (has_word(last) || has_word(next))
}

/// Words of one bead that stand at another place of it: pairs of groups (omission, addition) that
/// have the same words, unless these are mere particles, which come and go by themselves.
pub(super) fn transpositions(
    groups: &[Group],
    a: &[Token],
    b: &[Token],
    known: Knowledge<'_>,
) -> Vec<(usize, usize)> {
    let words = |side: &[Token]| -> Vec<String> {
        side.iter().filter(|t| t.is_word()).map(|t| t.key.clone()).collect()
    };
    let is_particle = |token: &Token| token.letters() < 3 || known.a.vocabulary.is_common(&token.normal);
    let of_class = |class: VariantClass| {
        (0..groups.len()).filter(move |&g| groups[g].verdict.as_ref().is_some_and(|v| v.class == class))
    };
    let mut taken = Vec::new();
    let mut pairs = Vec::new();
    for omission in of_class(VariantClass::Omission) {
        let keys = words(&a[groups[omission].a.clone()]);
        let tokens = &a[groups[omission].a.clone()];
        if tokens.iter().filter(|t| t.is_word()).all(is_particle) {
            continue;
        }
        let twin = of_class(VariantClass::Addition)
            .find(|g| !taken.contains(g) && words(&b[groups[*g].b.clone()]) == keys);
        if let Some(addition) = twin {
            taken.push(addition);
            pairs.push((omission, addition));
        }
    }
    pairs
}
