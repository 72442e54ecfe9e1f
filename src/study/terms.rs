//! How a word is rendered across the work: its renderings in each translation, with counts and places.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::align::words::WordLexicon;
use crate::model::{Aligned, Bead};

/// A word and its renderings in one pair of texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// The witness that has the word.
    pub siglum: String,
    /// The witness that renders it.
    pub translation: String,
    /// The forms in which it stands in aligned sentences, with how often each does, the most frequent
    /// first. Those that differ by capitals only are one.
    pub forms: Vec<(String, usize)>,
    /// What stands for it, the most frequent first.
    pub renderings: Vec<Rendering>,
    /// The places of the sentences in which nothing was found that stands for it.
    pub open: Vec<[String; 2]>,
}

/// What stands for a word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rendering {
    /// Its forms with how often each stands for the word, the most frequent first.
    pub forms: Vec<(String, usize)>,
    /// How often it stands for the word.
    pub count: usize,
    /// The share of the word's occurrences that are rendered so, from 0 to 1.
    pub share: f64,
    /// Where: the places of the sentences on both sides, one for each time.
    pub places: Vec<[String; 2]>,
}

/// Forms of a word with how often each occurs.
#[derive(Debug, Default)]
struct Forms(BTreeMap<String, BTreeMap<String, usize>>);

impl Forms {
    fn add(&mut self, form: String) {
        *self.0.entry(form.to_lowercase()).or_default().entry(form).or_default() += 1;
    }

    /// The most frequent first; of those that differ by capitals, the most frequent for all.
    fn sorted(self) -> Vec<(String, usize)> {
        let most = |spellings: BTreeMap<String, usize>| {
            let count = spellings.values().sum();
            let best = spellings.into_iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0)));
            best.map(|(form, _)| (form, count))
        };
        let mut forms: Vec<(String, usize)> = self.0.into_values().filter_map(most).collect();
        forms.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        forms
    }
}

/// The renderings of a word or expression, in any of its forms, in the second text of a pair, under a
/// lexicon that was learned from the pair; `None` if no aligned sentence of the first text has it.
pub fn term(pair: &Aligned, lexicon: &WordLexicon, word: &str) -> Option<Term> {
    let wanted: Vec<&str> = lexicon.words_a(word).into_iter().map(|(_, name)| name).collect();
    if wanted.is_empty() || wanted.contains(&"") {
        return None;
    }
    let glue = if pair.b.document.witness.lang.is_unspaced() { "" } else { " " };
    let mut forms = Forms::default();
    let mut renderings: BTreeMap<String, (Forms, Vec<[String; 2]>)> = BTreeMap::new();
    let (mut open, mut all) = (Vec::new(), 0);
    for bead in pair.beads().iter().filter(|bead| bead.is_matched()) {
        let text = pair.text_a(bead);
        let found = occurrences(&lexicon.words_a(&text), &wanted);
        if found.is_empty() {
            continue;
        }
        let other = pair.text_b(bead);
        let words = lexicon.words_b(&other);
        let links = lexicon.link(&text, &other);
        for span in found {
            all += 1;
            forms.add(text[span.clone()].to_owned());
            let own = |range: &Range<usize>| range.start < span.end && span.start < range.end;
            let there: Vec<&Range<usize>> = links.iter().filter(|l| own(&l.a)).map(|l| &l.b).collect();
            let rendering: Vec<&(Range<usize>, &str)> = words
                .iter()
                .filter(|(word, _)| there.iter().any(|r| r.start < word.end && word.start < r.end))
                .collect();
            let place = place(pair, bead);
            if rendering.is_empty() {
                open.push(place);
                continue;
            }
            let name: Vec<&str> = rendering.iter().map(|word| word.1).collect();
            let form: Vec<&str> = rendering.iter().map(|word| &other[word.0.clone()]).collect();
            let entry = renderings.entry(name.join(glue)).or_default();
            entry.0.add(form.join(glue));
            entry.1.push(place);
        }
    }
    if all == 0 {
        return None;
    }
    let share = |count: usize| (count as f64 / all as f64 * 1e4).round() / 1e4;
    let mut renderings: Vec<Rendering> = renderings
        .into_values()
        .map(|(forms, places)| Rendering {
            forms: forms.sorted(),
            count: places.len(),
            share: share(places.len()),
            places,
        })
        .collect();
    renderings.sort_by(|x, y| y.count.cmp(&x.count).then_with(|| x.forms.cmp(&y.forms)));
    Some(Term {
        siglum: pair.a.siglum().to_owned(),
        translation: pair.b.siglum().to_owned(),
        forms: forms.sorted(),
        renderings,
        open,
    })
}

fn place(pair: &Aligned, bead: &Bead) -> [String; 2] {
    [pair.a.locus_range(&bead.a), pair.b.locus_range(&bead.b)]
}

/// Where words with these names follow one another.
fn occurrences(words: &[(Range<usize>, &str)], wanted: &[&str]) -> Vec<Range<usize>> {
    words
        .windows(wanted.len())
        .filter(|window| window.iter().zip(wanted).all(|(word, name)| word.1 == *name))
        .map(|window| window[0].0.start..window[window.len() - 1].0.end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Alignment;
    use crate::model::testing::text;

    #[test]
    fn a_word_with_its_renderings_and_places() {
        let en =
            ["The war came.", "The peace came.", "The war ended.", "The peace ended.", "War came.", "No."];
        let fr = [
            "La guerre vint.",
            "La paix vint.",
            "La guerre finit.",
            "La paix finit.",
            "Guerre vint.",
            "Non.",
        ];
        let (a, b) = (text("E", &en), text("F", &fr));
        let alignment = Alignment { beads: (0..6).map(|i| Bead::new(i..i + 1, i..i + 1, 1.0)).collect() };
        let pair = Aligned::new(a.clone(), b.clone(), alignment);
        let lexicon = WordLexicon::learn(std::slice::from_ref(&pair));
        let term = |word: &str| term(&pair, &lexicon, word);
        let war = term("WAR").unwrap();
        assert_eq!(war.forms, [("war".to_owned(), 3)]);
        assert_eq!(war.renderings.len(), 1);
        assert_eq!(war.renderings[0].forms, [("guerre".to_owned(), 3)]);
        assert_eq!(war.renderings[0].share, 1.0);
        assert_eq!(war.renderings[0].places[1], [a.locus(2).to_string(), b.locus(2).to_string()]);
        let expression = term("the peace").unwrap();
        assert_eq!(expression.renderings[0].forms, [("La paix".to_owned(), 2)]);
        assert_eq!(term("nothing"), None);
        assert_eq!(term("peace war"), None);
        assert_eq!(term(""), None);
    }
}
