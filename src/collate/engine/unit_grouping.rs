//! Which neighbouring places of variation are one entry.
//!
//! Where the same witnesses go their own way in neighbouring words, that is one variation unit; a
//! difference of spelling stays by itself, marks go with the words that they enclose, and a particle that
//! two rewritten phrases happen to share does not part them.

use super::frame::{Frame, Zone};

/// Of a zone's words at most one in so many may be shared for it to count as rewritten.
const SHARED_OF_REWRITTEN: usize = 6;
/// Words of more letters hold their place by themselves.
const PARTICLE: usize = 4;
/// A sentence of fewer words may be another one in other words.
const SENTENCE: usize = 4;
/// What some insert is one entry up to so many words.
const INSERTED: usize = 60;

/// Whether two zones, of which `next` follows, are one entry.
pub(super) fn belong_together(last: &Zone, next: &Zone, frame: &Frame<'_>) -> bool {
    let between = last.columns.end..next.columns.start;
    // What some insert is one entry, with the words in which they differ there; so is what the base lacks.
    let fits = between.is_empty() && (1..INSERTED).contains(&last.words) && !are_sentences(last, next);
    let base_lacks = |zone: &Zone| frame.base.is_some_and(|base| zone.lacking.contains(&(base as u32)));
    let is_inserted = last.inserted && next.inserted && !common(&last.apart, &next.apart).is_empty();
    if fits && (is_inserted || base_lacks(last) && base_lacks(next)) {
        return true;
    }
    if last.words == 0 || next.words == 0 {
        // Marks go with words that the same witnesses lack, and with each other.
        let same = !last.lacking.is_empty() && last.lacking == next.lacking;
        let swapped = last.words + next.words == 0 && last.apart == next.apart;
        return between.is_empty() && (same || swapped || is_stop_of(last, next, frame));
    }
    if are_sentences(last, next) {
        return false;
    }
    if between.is_empty() && are_alternatives(last, next) {
        return true;
    }
    if last.accidental || next.accidental {
        // `Old Guard`, `old guard`: one entry; and two particles that look alike are not one word.
        let alike = last.manner.is_some() && last.manner == next.manner
            || is_chance(next, frame) && !last.accidental
            || is_chance(last, frame) && !next.accidental;
        return between.is_empty() && alike && last.apart == next.apart;
    }
    let shared = common(&last.apart, &next.apart).len();
    if between.is_empty() && shared > 0 {
        // What only those add that have another word beside it is part of their other words.
        let inserted =
            (next.inserted && shared == next.apart.len(), last.inserted && shared == last.apart.len());
        if inserted.0 || inserted.1 {
            return true;
        }
    }
    if shared == 0 || shared * 3 < last.apart.len().max(next.apart.len()) * 2 {
        return false;
    }
    if between.is_empty() {
        return true;
    }
    let mut words = 0;
    for column in between {
        let Some(&(w, t)) = frame.table.entries(column as usize).first() else { continue };
        let key = &frame.lexicon.keys[frame.sources[w as usize].keys[t as usize] as usize];
        words += usize::from(key.is_word);
        if key.chars.len() > PARTICLE {
            return false;
        }
    }
    let all = last.words + next.words;
    // `who here gave their lives`, `who died here`: what is dropped on one side of a word and put in on
    // the other stands for each other.
    let only_dropped = |zone: &Zone| !zone.inserted && zone.lacking == zone.apart;
    let exchanged = words == 1
        && all > 2
        && last.apart == next.apart
        && (last.inserted && only_dropped(next) || next.inserted && only_dropped(last));
    exchanged || last.words.min(next.words) >= 2 && words * SHARED_OF_REWRITTEN <= all
}

/// Whether a column has short words that only look alike (`has`, `as`). Spellings of one word mostly begin
/// with the same letter.
fn is_chance(zone: &Zone, frame: &Frame<'_>) -> bool {
    let entries = frame.table.entries(zone.columns.start as usize);
    let words = entries
        .iter()
        .map(|&(w, t)| &frame.lexicon.keys[frame.sources[w as usize].keys[t as usize] as usize].chars);
    zone.manner.is_none()
        && zone.columns.len() == 1
        && words.clone().all(|word| word.len() < PARTICLE)
        && words.clone().any(|word| words.clone().next().is_some_and(|first| first.first() != word.first()))
}

/// Whether the one is a word and the other the stop behind it that those lack who have another word: `Mr.`,
/// `Mister`.
fn is_stop_of(last: &Zone, next: &Zone, frame: &Frame<'_>) -> bool {
    let stop = |zone: &Zone| {
        frame.table.entries(zone.columns.start as usize).iter().all(|&(w, t)| {
            let form = frame.sources[w as usize].forms[t as usize];
            frame.lexicon.forms[form as usize].surface == "."
        })
    };
    last.words > 0
        && next.columns.len() == 1
        && !next.lacking.is_empty()
        && next.lacking == last.apart
        && stop(next)
}

/// Whether the one ends with a sentence that some lack and the other begins with one that others lack: what
/// was left out and what was put in at one place is no other reading of it.
fn are_sentences(last: &Zone, next: &Zone) -> bool {
    last.sentence.1
        && next.sentence.0
        && last.words >= SENTENCE
        && next.sentence_words as usize >= SENTENCE
        && !last.lacking.is_empty()
        && !next.lacking.is_empty()
        && common(&last.lacking, &next.lacking).is_empty()
}

/// Whether most witnesses have either the one or the other, and next to none have neither.
fn are_alternatives(last: &Zone, next: &Zone) -> bool {
    let one_only = last.lacking.len() + next.lacking.len();
    !last.lacking.is_empty()
        && !next.lacking.is_empty()
        && common(&last.lacking, &next.lacking).is_empty()
        && one_only * 3 >= (next.having + next.lacking.len()) * 2
}

fn common(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().filter(|x| b.binary_search(x).is_ok()).copied().collect()
}

pub(super) fn union(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut all: Vec<u32> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}
