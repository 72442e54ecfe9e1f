//! The concepts through which all languages meet: the words of the English Bible, inflected forms of one
//! word together, the most frequent first.

use std::collections::BTreeMap;

use hexapla::align::packs::Word;

use crate::source::Bible;

/// The concepts, and which the forms of the pivot language belong to.
pub(crate) struct Concepts {
    of: BTreeMap<String, u32>,
    occurrences: BTreeMap<String, u32>,
    number: usize,
}

/// Letters of a form that can be an inflected one's base.
const BASE: usize = 3;

impl Concepts {
    pub(crate) fn of(bible: &Bible) -> Self {
        let mut occurrences: BTreeMap<String, u32> = BTreeMap::new();
        bible.verses.values().flatten().for_each(|word| *occurrences.entry(word.clone()).or_insert(0) += 1);
        let base = |form: &str| -> String {
            let known =
                bases(form).into_iter().find(|base| base.len() >= BASE && occurrences.contains_key(base));
            known.unwrap_or_else(|| form.to_owned())
        };
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        occurrences.iter().for_each(|(form, n)| *counts.entry(base(form)).or_insert(0) += n);
        let mut ranked: Vec<(&String, &u32)> = counts.iter().collect();
        ranked.sort_by(|x, y| y.1.cmp(x.1).then(x.0.cmp(y.0)));
        let ids: BTreeMap<&String, u32> = ranked.iter().zip(0..).map(|(&(name, _), id)| (name, id)).collect();
        let of = occurrences.keys().map(|form| (form.clone(), ids[&base(form)])).collect();
        let number = ids.len();
        Self { of, occurrences, number }
    }

    pub(crate) fn len(&self) -> usize {
        self.number
    }

    pub(crate) fn id(&self, form: &str) -> u32 {
        self.of[form]
    }

    /// The pack of the pivot language.
    pub(crate) fn words(&self) -> Vec<Word> {
        let word = |(form, &id): (&String, &u32)| {
            let class = (f64::from(self.occurrences[form]).log2() * 2.0).round() as u8;
            Word { text: form.clone(), class, concepts: vec![(id as u16, 255)] }
        };
        self.of.iter().map(word).collect()
    }
}

/// What an English form may be a form of, the likeliest first.
fn bases(form: &str) -> Vec<String> {
    let mut out = Vec::new();
    let undoubled = |stem: &str| {
        let mut end = stem.chars().rev();
        match (end.next(), end.next()) {
            (Some(x), Some(y)) if x == y => Some(stem[..stem.len() - x.len_utf8()].to_owned()),
            _ => None,
        }
    };
    for ending in ["ed", "ing", "eth", "est"] {
        if let Some(stem) = form.strip_suffix(ending) {
            out.push(format!("{stem}e"));
            out.extend(undoubled(stem));
            out.push(stem.to_owned());
        }
    }
    for ending in ["ies", "ied", "ieth"] {
        out.extend(form.strip_suffix(ending).map(|stem| format!("{stem}y")));
    }
    if !form.ends_with("ss") {
        out.extend(form.strip_suffix('s').map(str::to_owned));
        out.extend(form.strip_suffix("es").map(str::to_owned));
    }
    out
}
