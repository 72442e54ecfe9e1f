//! IBM Model 1 in both directions, trained to agree (Liang, Taskar and Klein 2006), over verses as sets of
//! words: how large a share of a word's occurrences is rendered by a concept.

use std::collections::HashMap;

/// Share of the background in the probability of a word.
const BACKGROUND: f32 = 0.05;
/// A word and a concept must meet so often, unless something is known of them.
const LEAST_MEETINGS: u32 = 2;
/// Pseudo-counts that hold a word to what is known.
const PRIOR: f32 = 2.0;
/// Known shares below this are none.
const LEAST_PRIOR: f32 = 0.02;

/// The links of words with concepts.
pub(crate) struct Links {
    /// Word and concept, ascending.
    keys: Vec<(u32, u32)>,
    shares: Vec<f32>,
}

impl Links {
    /// The share of a word's occurrences that stand for a concept.
    pub(crate) fn share(&self, word: u32, concept: u32) -> f32 {
        self.keys.binary_search(&(word, concept)).map_or(0.0, |at| self.shares[at])
    }

    /// The concepts of a word with their shares.
    pub(crate) fn row(&self, word: u32) -> impl Iterator<Item = (u32, f32)> {
        let from = self.keys.partition_point(|key| key.0 < word);
        let row = self.keys[from..].iter().zip(&self.shares[from..]);
        row.take_while(move |(key, _)| key.0 == word).map(|(key, &share)| (key.1, share))
    }
}

/// Learns from verses, of which both lists hold no number twice; `numbers` says how many words and concepts
/// there are, `prior` what is known of a pair.
pub(crate) fn train(
    verses: &[(Vec<u32>, Vec<u32>)],
    numbers: (usize, usize),
    prior: impl Fn(u32, u32) -> Option<f32>,
    rounds: usize,
) -> Links {
    let (mut of_x, mut of_e) = (vec![0f32; numbers.0], vec![0f32; numbers.1]);
    for (x, e) in verses {
        x.iter().for_each(|&x| of_x[x as usize] += 1.0);
        e.iter().for_each(|&e| of_e[e as usize] += 1.0);
    }
    let mut meetings: Vec<(u32, u32)> =
        verses.iter().flat_map(|(x, e)| x.iter().flat_map(|&x| e.iter().map(move |&e| (x, e)))).collect();
    meetings.sort_unstable();
    let total = verses.len() as f32;
    let (mut keys, mut known, mut start) = (Vec::new(), Vec::new(), Vec::new());
    for same in meetings.chunk_by(|x, y| x == y) {
        let ((x, e), n) = (same[0], same.len() as f32);
        let prior = prior(x, e);
        let expected = of_x[x as usize] * of_e[e as usize] / total;
        let is_met = same.len() as u32 >= LEAST_MEETINGS && n > 1.5 * expected;
        let kept = match prior {
            Some(p) => p >= LEAST_PRIOR || is_met && n * n > 0.1 * of_x[x as usize] * of_e[e as usize],
            None => is_met,
        };
        if kept {
            keys.push((x, e));
            known.push(prior.unwrap_or(0.0));
            start.push(match prior {
                Some(p) => p.max(0.01),
                None => n * n / (of_x[x as usize] * of_e[e as usize]),
            });
        }
    }
    drop(meetings);
    let place: HashMap<(u32, u32), u32> = keys.iter().copied().zip(0..).collect();
    let in_verse = |(xs, es): &(Vec<u32>, Vec<u32>)| -> Vec<(u16, u16, u32)> {
        let mut out = Vec::new();
        for (i, &x) in xs.iter().enumerate() {
            for (j, &e) in es.iter().enumerate() {
                out.extend(place.get(&(x, e)).map(|&at| (i as u16, j as u16, at)));
            }
        }
        out
    };
    let links: Vec<Vec<(u16, u16, u32)>> = verses.iter().map(in_verse).collect();
    let (mut there, mut back) = (start.clone(), start);
    let mut counts = vec![0f32; keys.len()];
    for _ in 0..rounds {
        counts.iter_mut().for_each(|count| *count = 0.0);
        for ((x, e), links) in verses.iter().zip(&links) {
            let (share_x, share_e) =
                ((1.0 - BACKGROUND) / x.len() as f32, (1.0 - BACKGROUND) / e.len() as f32);
            let mut mass_e: Vec<f32> =
                e.iter().map(|&e| BACKGROUND * of_e[e as usize] / total / 10.0).collect();
            let mut mass_x: Vec<f32> =
                x.iter().map(|&x| BACKGROUND * of_x[x as usize] / total / 10.0).collect();
            for &(i, j, at) in links {
                mass_e[j as usize] += share_x * there[at as usize];
                mass_x[i as usize] += share_e * back[at as usize];
            }
            for &(i, j, at) in links {
                let (i, j, at) = (i as usize, j as usize, at as usize);
                counts[at] += share_x * there[at] / mass_e[j] * (share_e * back[at] / mass_x[i]);
            }
        }
        for (at, &(x, e)) in keys.iter().enumerate() {
            there[at] = (counts[at] + PRIOR * known[at]) / (of_x[x as usize] + PRIOR);
            back[at] = counts[at] / (of_e[e as usize] + 1.0);
        }
    }
    Links { keys, shares: there }
}
