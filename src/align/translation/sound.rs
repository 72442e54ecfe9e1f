//! How names sound: consonant skeletons of romanised words, and how much two of them resemble.
//!
//! Transliterations between scripts keep the consonants and little else (Hitler, Гитлер, 希特勒), and
//! even those only by class: p and b, t and d, l and r change places.

/// The class of a consonant; vowels and semivowels have none.
fn class(c: u8) -> Option<u8> {
    Some(match c {
        b'p' | b'b' => b'P',
        b'f' | b'v' | b'w' => b'F',
        b't' | b'd' => b'T',
        b's' | b'z' | b'c' | b'j' | b'x' => b'S',
        b'k' | b'g' | b'q' | b'h' => b'K',
        b'l' | b'r' => b'L',
        b'm' => b'M',
        b'n' => b'N',
        _ => return None,
    })
}

/// The consonant classes of a word in Latin letters, repetitions dropped.
pub(super) fn skeleton(latin: &str) -> String {
    let mut out = String::new();
    for c in latin.bytes().filter_map(class).map(char::from) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// 1 less the weighted edit distance of two words over the length of the longer, in letters.
pub(super) fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut row: Vec<f32> = (0..=b.len()).map(|j| j as f32).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) as f32;
        for (j, &y) in b.iter().enumerate() {
            let cost = match (class(x), class(y)) {
                _ if x == y => 0.0,
                (Some(p), Some(q)) if p == q => 0.25,
                (None, None) => 0.4,
                _ => 1.0,
            };
            let best = (diagonal + cost).min(row[j] + 1.0).min(row[j + 1] + 1.0);
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    1.0 - row[b.len()] / a.len().max(b.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skeletons_join_transliterations() {
        assert_eq!(skeleton("hitler"), skeleton("gitler"));
        assert_eq!(skeleton("abraham"), "PLKM");
        assert_eq!(skeleton("aburahamu"), "PLKM");
    }

    #[test]
    fn similar_sounds() {
        assert!(similarity("hitler", "gitler") > 0.9);
        assert!(similarity("hitler", "stalin") < 0.6);
        assert!(similarity("", "") > 0.99);
    }
}
