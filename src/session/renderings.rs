//! Which words of a text and its translation render each other, for the report.

use crate::par::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::align::words::WordLexicon;
use crate::model::{Aligned, Bead};
use crate::view::renderings::{Renderings, Term, TermLink};
use crate::view::rows::Table;

/// The words of one side of a bead and of its links.
#[derive(Default)]
struct Passage<'l> {
    /// Each word as it is written, with the leading form of its group.
    words: Vec<(String, &'l str)>,
    /// For each link, as it is written and by its leading forms.
    linked: Vec<(String, Vec<&'l str>)>,
}

/// What is known of one side: of a word by its leading form, of an expression by those of its words.
/// Written forms are kept by their letters, with what they look like and how often.
#[derive(Default)]
struct Side<'l> {
    forms: BTreeMap<Vec<&'l str>, BTreeMap<String, BTreeMap<String, usize>>>,
}

impl<'l> Side<'l> {
    fn add(&mut self, key: &[&'l str], written: &str) {
        if !self.forms.contains_key(key) {
            self.forms.insert(key.to_vec(), BTreeMap::new());
        }
        let Some(forms) = self.forms.get_mut(key) else { return };
        *forms.entry(written.to_lowercase()).or_default().entry(written.to_owned()).or_default() += 1;
    }

    fn index(&self) -> BTreeMap<&[&'l str], usize> {
        self.forms.keys().enumerate().map(|(index, key)| (key.as_slice(), index)).collect()
    }

    /// The terms in the order of their keys.
    fn terms(&self) -> Vec<Term> {
        let index = self.index();
        let term = |(key, forms): (&Vec<&'l str>, &BTreeMap<String, BTreeMap<String, usize>>)| {
            let most = |spellings: &BTreeMap<String, usize>| {
                let best = spellings.iter().max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0)));
                (best.map(|(form, _)| form.clone()).unwrap_or_default(), spellings.values().sum::<usize>())
            };
            let mut forms: Vec<(String, usize)> = forms.values().map(most).collect();
            forms.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
            let count = forms.iter().map(|form| form.1).sum();
            let parts = if key.len() > 1 { key.as_slice() } else { &[] };
            let words = parts.iter().filter_map(|word| index.get([*word].as_slice()).copied()).collect();
            Term { forms: forms.into_iter().map(|form| form.0).collect(), count, words }
        };
        self.forms.iter().map(term).collect()
    }
}

/// The words of a pair that render each other, under a lexicon learned from it. The pair's texts stand
/// in the columns `of` and `by` of the table. The counts are those of [`crate::study::terms::term`].
pub(super) fn renderings(
    table: &Table,
    (of, by): (usize, usize),
    pair: &Aligned,
    lexicon: &WordLexicon,
) -> Renderings {
    let rows = table.rows_by_segment(of);
    let matched: Vec<&Bead> = pair.beads().iter().filter(|bead| bead.is_matched()).collect();
    let read: Vec<[Passage<'_>; 2]> = matched.par_iter().map(|bead| passages(pair, bead, lexicon)).collect();
    let mut sides = [Side::default(), Side::default()];
    for passages in &read {
        for (side, passage) in sides.iter_mut().zip(passages) {
            passage.words.iter().for_each(|(written, name)| side.add(&[name], written));
            let expressions = passage.linked.iter().filter(|(_, names)| names.len() > 1);
            expressions.for_each(|(written, names)| side.add(names, written));
        }
    }
    let [index_of, index_by] = sides.each_ref().map(Side::index);
    let mut found: BTreeMap<(usize, usize), (usize, Vec<usize>)> = BTreeMap::new();
    for (bead, [a, b]) in matched.iter().zip(&read) {
        let row = rows.get(bead.a.start).copied().flatten();
        for ((_, a), (_, b)) in a.linked.iter().zip(&b.linked) {
            if let (Some(&a), Some(&b)) = (index_of.get(a.as_slice()), index_by.get(b.as_slice())) {
                let entry = found.entry((a, b)).or_default();
                entry.0 += 1;
                entry.1.extend(row);
            }
        }
    }
    let link = |((of, by), (count, mut rows)): ((usize, usize), (usize, Vec<usize>))| {
        rows.sort_unstable();
        TermLink { of, by, count, rows }
    };
    let links = found.into_iter().map(link).collect();
    Renderings { of, by, terms: sides.each_ref().map(Side::terms), links }
}

fn passages<'l>(pair: &Aligned, bead: &Bead, lexicon: &'l WordLexicon) -> [Passage<'l>; 2] {
    let texts = [pair.text_a(bead), pair.text_b(bead)];
    let words = [lexicon.words_a(&texts[0]), lexicon.words_b(&texts[1])];
    let links = lexicon.link(&texts[0], &texts[1]);
    [0, 1].map(|side| {
        let (text, words) = (&texts[side], &words[side]);
        let glue = if [&pair.a, &pair.b][side].document.witness.lang.is_unspaced() { "" } else { " " };
        let linked = links.iter().map(|link| {
            let range = if side == 0 { &link.a } else { &link.b };
            let inside: Vec<&(Range<usize>, &str)> =
                words.iter().filter(|word| range.start < word.0.end && word.0.start < range.end).collect();
            let written: Vec<&str> = inside.iter().map(|word| &text[word.0.clone()]).collect();
            (written.join(glue), inside.iter().map(|word| word.1).collect())
        });
        let linked = linked.collect();
        Passage {
            words: words.iter().map(|word| (text[word.0.clone()].to_owned(), word.1)).collect(),
            linked,
        }
    })
}
