//! Inflected forms of one word, grouped where that is safe.
//!
//! Two forms belong together when they share a stem and differ by an alternation of endings that is
//! productive in this very text: many other stems alternate in the same way (after Goldsmith,
//! "Unsupervised learning of the morphology of a natural language", 2001). Each group has a leading
//! form, its most frequent one, and every member alternates with the leader itself, so that groups do
//! not grow by chains.

use std::collections::BTreeMap;

/// Letters of a stem, at least, and where an alternation is very productive.
const STEM: usize = 4;
const SHORT_STEM: usize = 3;
/// Letters of an ending, at most.
const ENDING: usize = 3;
/// Stems that alternate in one way, at least; of short stems.
const PRODUCTIVE: usize = 8;
const VERY_PRODUCTIVE: usize = 60;
/// Endings of one stem that are looked at.
const MOST_ENDINGS: usize = 40;
/// The most frequent words are mostly forms of grammar, short and alike by chance.
const GRAMMATICAL: usize = 150;

/// For each form (distinct, with how often it occurs) the index of its group's leader.
pub(super) fn group(forms: &[(String, u32)]) -> Vec<u32> {
    let stems = by_stem(forms);
    let productive = alternations(forms, &stems);
    let mut order: Vec<usize> = (0..forms.len()).collect();
    order.sort_by(|&x, &y| forms[y].1.cmp(&forms[x].1).then(forms[x].0.cmp(&forms[y].0)));
    let mut rank = vec![0; forms.len()];
    order.iter().enumerate().for_each(|(r, &form)| rank[form] = r);
    let mut leader: Vec<u32> = (0..forms.len() as u32).collect();
    let mut led = vec![false; forms.len()];
    for &form in &order {
        // The nearest leader: the most frequent one that alternates with this form.
        let best = splits(&forms[form].0)
            .flat_map(|(stem, _)| stems.get(stem).into_iter().flatten())
            .filter(|&&other| led[other] && rank[other] < rank[form])
            .filter(|&&other| {
                let (stem, x, y) = alternation(&forms[form].0, &forms[other].0);
                let support = productive.get(&(x.min(y), x.max(y))).copied().unwrap_or(0);
                let long = stem.chars().count() >= STEM;
                support >= if long { PRODUCTIVE } else { VERY_PRODUCTIVE }
                    && (long || rank[other] >= GRAMMATICAL)
            })
            .min_by_key(|&&other| rank[other]);
        match best {
            Some(&other) => leader[form] = other as u32,
            None => led[form] = true,
        }
    }
    leader
}

/// All ways to cut a word into a stem and an ending of few letters, the whole word included.
fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let letters = word.chars().count();
    let cuts = word.char_indices().map(|(at, _)| at).chain([word.len()]).enumerate();
    let inflects = word.chars().all(char::is_alphabetic);
    cuts.filter(move |&(n, _)| inflects && n >= SHORT_STEM && n + ENDING >= letters)
        .map(|(_, at)| word.split_at(at))
}

fn by_stem(forms: &[(String, u32)]) -> BTreeMap<&str, Vec<usize>> {
    let mut stems: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, (form, _)) in forms.iter().enumerate() {
        splits(form).for_each(|(stem, _)| stems.entry(stem).or_default().push(index));
    }
    stems.retain(|_, members| members.len() > 1);
    stems
}

/// The longest common stem of two words and what follows it in each.
fn alternation<'w>(x: &'w str, y: &'w str) -> (&'w str, &'w str, &'w str) {
    let common: usize = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    (&x[..common], &x[common..], &y[common..])
}

/// In how many stems each pair of endings alternates.
fn alternations<'w>(
    forms: &'w [(String, u32)],
    stems: &BTreeMap<&'w str, Vec<usize>>,
) -> BTreeMap<(&'w str, &'w str), usize> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (stem, members) in stems.iter().filter(|(stem, _)| stem.chars().count() >= STEM) {
        let members = &members[..members.len().min(MOST_ENDINGS)];
        for (k, &x) in members.iter().enumerate() {
            for &y in &members[k + 1..] {
                let (x, y) = (&forms[x].0[stem.len()..], &forms[y].0[stem.len()..]);
                // What begins with the same letter belongs to a longer stem.
                if x.chars().next() != y.chars().next() {
                    *counts.entry((x.min(y), x.max(y))).or_insert(0) += 1;
                }
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_join_by_productive_endings_only() {
        let stems = [
            "worker", "soldier", "general", "minister", "province", "party", "german", "bank", "plan",
            "river",
        ];
        let mut forms: Vec<(String, u32)> =
            stems.iter().flat_map(|s| [((*s).to_owned(), 5), (format!("{s}s"), 3)]).collect();
        forms.push(("bankrot".to_owned(), 1));
        forms.push(("planet".to_owned(), 1));
        let leaders = group(&forms);
        let leader = |word: &str| {
            let index = forms.iter().position(|f| f.0 == word).unwrap();
            forms[leaders[index] as usize].0.clone()
        };
        assert_eq!(leader("workers"), "worker");
        assert_eq!(leader("banks"), "bank");
        assert_eq!(leader("bankrot"), "bankrot");
        assert_eq!(leader("planet"), "planet");
    }
}
