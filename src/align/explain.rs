//! Explanations of an alignment that is there: the evidence of the model, and the words.

use crate::par::prelude::*;
use std::ops::Range;

use super::translation::explained;
use super::words::{WordLexicon, WordLink};
use super::{Options, sides, vectors_fault};
use crate::model::{Aligned, Astray, Bead, Explanation, WordPair};

/// Links at least so strong are told, in thousandths.
const TOLD: u16 = 300;
/// So many words are told.
const MOST_WORDS: usize = 12;

/// Says of each bead of a translation what speaks for it and what against the next best. Everything is
/// learned from the alignment as it is; vectors speak where the options hold some.
pub fn explain(pair: &Aligned, options: &Options) -> Vec<Explanation> {
    let all: Vec<usize> = (0..pair.beads().len()).collect();
    explain_beads(pair, options, &WordLexicon::learn(std::slice::from_ref(pair)), &all)
}

/// The same of some beads only, named by their index, with a lexicon learned from the pair. Beads that
/// do not exist are left out.
pub fn explain_beads(
    pair: &Aligned,
    options: &Options,
    lexicon: &WordLexicon,
    wanted: &[usize],
) -> Vec<Explanation> {
    let beads = pair.beads();
    let wanted: Vec<usize> = wanted.iter().copied().filter(|&k| k < beads.len()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let (mut a, mut b) = sides(&pair.a, &pair.b, options);
    if vectors_fault(&a, &b).is_some() {
        (a.vectors, b.vectors) = (None, None);
    }
    let evidence = explained(&a, &b, beads, &options.translation, &wanted);
    wanted
        .into_par_iter()
        .zip(evidence)
        .map(|(k, explained)| {
            let (words, astray) = words(pair, lexicon, k);
            let (evidence, rival) = explained.unzip();
            Explanation { evidence, rival: rival.flatten(), words, astray }
        })
        .collect()
}

/// The words of a bead that correspond, and those that find their partner in a neighbour.
fn words(pair: &Aligned, lexicon: &WordLexicon, k: usize) -> (Vec<WordPair>, Vec<Astray>) {
    let bead = &pair.beads()[k];
    let (a, b) = (pair.text_a(bead), pair.text_b(bead));
    let mut links = lexicon.link(&a, &b);
    links.retain(|link| link.strength >= TOLD);
    let neighbours = [k.checked_sub(1), Some(k + 1)].into_iter().flatten();
    let neighbours: Vec<(usize, &Bead)> =
        neighbours.filter_map(|n| Some((n, pair.beads().get(n)?))).collect();
    let mut astray: Vec<(u16, Astray)> = Vec::new();
    for &(n, other) in &neighbours {
        let (other_a, other_b) = (pair.text_a(other), pair.text_b(other));
        // What the neighbour's words have among themselves is no business of this bead.
        let own = lexicon.link(&other_a, &other_b);
        let free = |links: &[WordLink], range: &Range<usize>, side: fn(&WordLink) -> &Range<usize>| {
            links.iter().all(|l| side(l).end <= range.start || range.end <= side(l).start)
        };
        let mut tell = |x: &str, y: &str, of_a: bool| {
            for link in lexicon.link(x, y).into_iter().filter(|link| link.strength >= TOLD) {
                let (here, there) = if of_a { (&links, &own) } else { (&own, &links) };
                if free(here, &link.a, |l| &l.a) && free(there, &link.b, |l| &l.b) {
                    let words = WordPair { a: x[link.a].to_owned(), b: y[link.b].to_owned() };
                    astray.push((link.strength, Astray { words, of_a, bead: n }));
                }
            }
        };
        tell(&a, &other_b, true);
        tell(&other_a, &b, false);
    }
    astray.sort_by_key(|found| std::cmp::Reverse(found.0));
    links.sort_by(|x, y| y.strength.cmp(&x.strength).then(x.a.start.cmp(&y.a.start)));
    let pairs = links.into_iter().take(MOST_WORDS);
    let words = pairs.map(|l| WordPair { a: a[l.a].to_owned(), b: b[l.b].to_owned() });
    (words.collect(), astray.into_iter().take(MOST_WORDS).map(|found| found.1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Alignment;
    use crate::model::testing::text;

    const EN: [&str; 8] = [
        "The war came to the city.",
        "The peace came to the village.",
        "The workers wanted peace.",
        "The war ended in the village.",
        "The general wanted the war.",
        "A worker feared the general.",
        "The peace ended in the city.",
        "The general left the city.",
    ];
    const DE: [&str; 8] = [
        "Der Krieg kam in die Stadt.",
        "Der Frieden kam in das Dorf.",
        "Die Arbeiter wollten Frieden.",
        "Der Krieg endete in dem Dorf.",
        "Der General wollte den Krieg.",
        "Ein Arbeiter fürchtete den General.",
        "Der Frieden endete in der Stadt.",
        "Der General verließ die Stadt.",
    ];

    fn explained(beads: Vec<Bead>) -> Vec<Explanation> {
        let (a, b) = (text("E", &EN), text("D", &DE));
        let alignment = Alignment { beads };
        explain(&Aligned::new(a, b, alignment), &Options::default())
    }

    fn one_to_one(from: usize) -> impl Iterator<Item = Bead> {
        (from..8).map(|i| Bead::new(i..i + 1, i..i + 1, 1.0))
    }

    #[test]
    fn a_good_bead_beats_its_rivals_by_its_words() {
        let all = explained(one_to_one(0).collect());
        assert_eq!(all.len(), 8);
        let middle = &all[4];
        assert!(middle.evidence.unwrap().words > 0.0);
        let rival = middle.rival.as_ref().unwrap();
        assert!(rival.difference.total() < 0.0 && rival.difference.words < 0.0);
        assert!(middle.words.contains(&WordPair { a: "war".into(), b: "Krieg".into() }));
        assert!(middle.astray.is_empty());
    }

    #[test]
    fn a_wrong_border_shows() {
        // Somebody put the first sentence of the one side to the first two of the other.
        let mut beads = vec![Bead::new(0..1, 0..2, 0.3), Bead::new(1..2, 2..2, 0.3)];
        beads.extend(one_to_one(2));
        let mut all = Vec::new();
        for (k, bead) in beads.iter_mut().enumerate().skip(2) {
            *bead = Bead::new(bead.a.clone(), k..k + 1, 1.0);
        }
        all.extend(explained(beads));
        let rival = all[0].rival.as_ref().unwrap();
        assert_eq!(rival.beads, [(0..1, 0..1), (1..2, 1..2)]);
        assert!(rival.difference.total() > 0.0, "{rival:?}");
        assert!(all[0].astray.iter().any(|x| !x.of_a && x.words.a == "peace" && x.bead == 1), "{:?}", all[0]);
    }
}
