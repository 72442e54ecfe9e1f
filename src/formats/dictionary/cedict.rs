//! CC-CEDICT and what is written like it (HanDeDict, CFDICT): `傳統 传统 [chuan2 tong3] /tradition/traditional/`.

use super::DictionaryEntry;
use super::clean::expressions;

/// The entries of a line: both ways of writing, each with each gloss.
pub(super) fn entries(line: &str) -> Option<Vec<DictionaryEntry>> {
    let (head, rest) = line.split_once('[')?;
    let (_, glosses) = rest.split_once(']')?;
    let mut forms: Vec<&str> = head.split_whitespace().collect();
    let glosses = glosses.trim().strip_prefix('/')?.trim_end_matches('/');
    if forms.is_empty() || forms.len() > 2 || glosses.is_empty() {
        return None;
    }
    forms.dedup();
    let mut out = Vec::new();
    // What refers to another entry, or names a measure word, is no rendering.
    let refers = |gloss: &str| {
        ["CL:", "variant of", "old variant", "see ", "also written", "abbr. ", "used in "]
            .iter()
            .any(|head| gloss.starts_with(head))
    };
    for gloss in glosses.split('/').map(str::trim).filter(|gloss| !refers(gloss)) {
        let gloss = gloss.strip_prefix("surname ").unwrap_or(gloss);
        for rendering in expressions(gloss) {
            out.extend(forms.iter().map(|form| ((*form).to_owned(), rendering.clone(), None)));
        }
    }
    Some(out)
}
