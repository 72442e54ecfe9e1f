//! Groups of forms: what is left of a word without the particles that a text writes together with it,
//! cut after its first letters.

use std::collections::BTreeMap;

/// Letters after which a word is cut.
const LETTERS: usize = 5;
/// The same in Hangul, whose letters are syllables.
const SYLLABLES: usize = 2;
/// A letter is a particle where so large a share of the words also occurs with it in front.
const PRODUCTIVE: f64 = 0.15;
/// Letters of what a particle stands before.
const HOST: usize = 3;

/// The group of each form.
pub(crate) fn stems(forms: &BTreeMap<&str, u32>) -> BTreeMap<String, u32> {
    let particles = particles(forms);
    let mut ids: BTreeMap<String, u32> = BTreeMap::new();
    let mut of = BTreeMap::new();
    for &form in forms.keys() {
        let mut host = form;
        while let Some(rest) = particles.iter().find_map(|&p| host.strip_prefix(p)) {
            if rest.chars().count() < HOST || !forms.contains_key(rest) {
                break;
            }
            host = rest;
        }
        let is_hangul = host.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
        let stem: String = host.chars().take(if is_hangul { SYLLABLES } else { LETTERS }).collect();
        let next = ids.len() as u32;
        of.insert(form.to_owned(), *ids.entry(stem).or_insert(next));
    }
    of
}

/// The first letters that many words have in front of themselves.
fn particles(forms: &BTreeMap<&str, u32>) -> Vec<char> {
    let hosts: Vec<&str> = forms
        .iter()
        .filter(|(form, n)| **n >= 5 && form.chars().count() >= HOST)
        .map(|(&form, _)| form)
        .collect();
    let firsts: std::collections::BTreeSet<char> =
        forms.keys().filter_map(|form| form.chars().next()).collect();
    let productive = |c: &char| {
        let with = hosts.iter().filter(|host| forms.contains_key(format!("{c}{host}").as_str())).count();
        with as f64 >= PRODUCTIVE * hosts.len() as f64
    };
    if firsts.len() > 200 {
        return Vec::new();
    }
    let found: Vec<char> = firsts.into_iter().filter(productive).collect();
    println!("particles: {found:?}");
    found
}
