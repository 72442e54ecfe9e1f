//! "Did you mean": the known word nearest to one that is not known.

/// The candidate nearest to `word`, if it is near enough to be meant: one mistyped letter in three
/// (an exchange of neighbours counts as one), case aside. The first of several equally near wins.
pub fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = word.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        // A word of one letter is one step away from every other one.
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A hint for an unknown word: the one that was meant if there is one near, and what there is.
pub(crate) fn hint_of(word: &str, known: &[&str], there_is: &str) -> String {
    let list = listed(known);
    match did_you_mean(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`? {there_is} {list}"),
        None => format!("{there_is} {list}"),
    }
}

/// Words in backticks with commas between them.
pub(crate) fn listed(words: &[&str]) -> String {
    if words.is_empty() {
        return "nothing yet".to_owned();
    }
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(did_you_mean("lnag", ["siglum", "lang"]), Some("lang"));
        assert_eq!(did_you_mean("editon", ["edition", "translation"]), Some("edition"));
        assert_eq!(did_you_mean("Fi", ["FI", "fr"]), Some("FI"));
        assert_eq!(did_you_mean("publisher", ["siglum", "lang"]), None);
        assert_eq!(did_you_mean("A", ["B"]), None);
        assert_eq!(did_you_mean("", ["B"]), None);
    }
}
