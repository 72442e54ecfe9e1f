//! The words of two texts that meet in a concept.
//!
//! A type of the first text stands for concepts, p(e | a), and so does one of the second, p(e | b). How
//! often a text speaks of a concept is n(e), the sum of n(b)·p(e | b) over its types. A type is rendered by
//! another as far as that one is what the second text has for its concepts:
//! p(b | a) = sum over e of p(e | a) · n(b)·p(e | b) / max(n_a(e), n_b(e)).
//! So a text's own frequencies decide between synonyms, and what the second text does not have leaves its
//! share unused.

use super::pack::{Pack, added};

/// A type of a text: the forms that count as it, and how often it occurs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Type<'t> {
    pub(crate) forms: Vec<&'t str>,
    pub(crate) count: f32,
}

/// Two types, by their place in the lists, and how far they render each other (0 to 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Met {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) share: f32,
}

/// Types of a text that a concept is given to, at most.
const MOST_TYPES: usize = 60;
/// Renderings of a type, at most.
const MOST_RENDERINGS: usize = 8;

/// What a text has for a concept.
#[derive(Debug, Clone, Default)]
struct Spoken {
    /// Types with n·p(e | type), the largest first.
    types: Vec<(u32, f32)>,
    /// n(e).
    sum: f32,
}

/// The pairs of types that meet with at least this share, ascending.
pub(super) fn join(
    (a, pack_a): (&[Type<'_>], &Pack),
    (b, pack_b): (&[Type<'_>], &Pack),
    least: f32,
) -> Vec<Met> {
    let (of_a, of_b) = (concepts(a, pack_a), concepts(b, pack_b));
    let (in_a, in_b) = (spoken(a, &of_a), spoken(b, &of_b));
    let there = renderings(&of_a, &in_a, &in_b, b.len());
    let back = renderings(&of_b, &in_b, &in_a, a.len());
    let mut met: Vec<Met> = Vec::new();
    for (x, row) in (0u32..).zip(&there) {
        for &(y, forward) in row {
            let other = &back[y as usize];
            if let Ok(at) = other.binary_search_by_key(&x, |r| r.0) {
                let share = (forward * other[at].1).sqrt();
                if share >= least {
                    met.push(Met { a: x, b: y, share });
                }
            }
        }
    }
    let best = |of: fn(&Met) -> u32| {
        let mut order: Vec<usize> = (0..met.len()).collect();
        order.sort_by(|&p, &q| {
            let (p, q) = (&met[p], &met[q]);
            of(p).cmp(&of(q)).then(q.share.total_cmp(&p.share)).then((p.a, p.b).cmp(&(q.a, q.b)))
        });
        let mut is_kept = vec![false; met.len()];
        for same in order.chunk_by(|&p, &q| of(&met[p]) == of(&met[q])) {
            same.iter().take(MOST_RENDERINGS).for_each(|&k| is_kept[k] = true);
        }
        is_kept
    };
    let (of_a, of_b) = (best(|met| met.a), best(|met| met.b));
    let mut kept = of_a.into_iter().zip(of_b).map(|(a, b)| a && b);
    met.retain(|_| kept.next().unwrap_or_default());
    met
}

/// The concepts of each type: the mean of its forms'.
fn concepts(types: &[Type<'_>], pack: &Pack) -> Vec<Vec<(u16, f32)>> {
    types
        .iter()
        .map(|one| {
            let all = one.forms.iter().flat_map(|form| pack.concepts(form)).collect();
            added(all, 1.0 / one.forms.len().max(1) as f32)
        })
        .collect()
}

fn spoken(types: &[Type<'_>], concepts: &[Vec<(u16, f32)>]) -> Vec<Spoken> {
    let number = concepts.iter().flatten().map(|share| usize::from(share.0) + 1).max().unwrap_or(0);
    let mut out = vec![Spoken::default(); number];
    for ((id, one), concepts) in (0u32..).zip(types).zip(concepts) {
        for &(concept, share) in concepts {
            let spoken = &mut out[usize::from(concept)];
            spoken.types.push((id, one.count * share));
            spoken.sum += one.count * share;
        }
    }
    for spoken in &mut out {
        spoken.types.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        spoken.types.truncate(MOST_TYPES);
    }
    out
}

/// How far each type is rendered by which of the other text, ascending.
fn renderings(
    of: &[Vec<(u16, f32)>],
    here: &[Spoken],
    there: &[Spoken],
    types: usize,
) -> Vec<Vec<(u32, f32)>> {
    let mut sums = vec![0f32; types];
    of.iter()
        .map(|concepts| {
            let mut touched: Vec<u32> = Vec::new();
            for &(concept, share) in concepts {
                let Some(other) = there.get(usize::from(concept)) else { continue };
                let most = other.sum.max(here[usize::from(concept)].sum);
                for &(id, mass) in &other.types {
                    if sums[id as usize] == 0.0 {
                        touched.push(id);
                    }
                    sums[id as usize] += share * mass / most;
                }
            }
            touched.sort_unstable();
            touched.dedup();
            touched.into_iter().map(|id| (id, std::mem::take(&mut sums[id as usize]))).collect()
        })
        .collect()
}
