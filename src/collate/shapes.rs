//! Letters that look alike: what a scanner, a compositor or a tired reader takes for each other.

/// Letters and groups that scanners and typists take for each other.
const CONFUSABLE: [(&str, &str); 34] = [
    ("1", "l"),
    ("1", "i"),
    ("l", "i"),
    ("0", "o"),
    ("rn", "m"),
    ("ni", "m"),
    ("in", "m"),
    ("fl", "fi"),
    ("cl", "d"),
    ("b", "h"),
    ("vv", "w"),
    ("ii", "u"),
    ("c", "e"),
    ("n", "u"),
    ("li", "h"),
    ("tl", "h"),
    ("t", "f"),
    ("5", "s"),
    ("8", "b"),
    ("3", "b"),
    ("h", "li"),
    ("r", "t"),
    ("f", "ſ"),
    ("nn", "m"),
    ("e", "o"),
    ("a", "o"),
    ("i", "t"),
    ("l", "t"),
    ("y", "v"),
    ("g", "q"),
    ("u", "ii"),
    ("ri", "n"),
    ("rn", "nn"),
    ("f", "s"),
];

/// Bytes up to which something is taken for a word that may be misread or spelled otherwise.
pub(super) const LONGEST: usize = 256;

/// Whether one exchange of shapes that look alike makes one word of the other.
pub(super) fn confusable(a: &str, b: &str) -> bool {
    confusion(a, b).is_some()
}

/// The exchange of shapes that makes one word of the other, by its number among those that are known.
pub(super) fn confusion(a: &str, b: &str) -> Option<usize> {
    if a.len().max(b.len()) > LONGEST {
        return None;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // The exchange lies before the common end and behind the common beginning.
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let exchange = |from: &str, to: &str| {
        a.len() + to.len() == b.len() + from.len()
            && occurrences(a, from.as_bytes())
                .take_while(|&i| i <= head)
                .any(|i| b[i..].starts_with(to.as_bytes()) && a[i + from.len()..] == b[i + to.len()..])
    };
    CONFUSABLE.iter().position(|(x, y)| exchange(x, y) || exchange(y, x))
}

/// Where a shape stands in a word, in bytes; one that overlaps with the one before it does not count.
fn occurrences<'w>(word: &'w [u8], shape: &'w [u8]) -> impl Iterator<Item = usize> + 'w {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + word.get(from..)?.windows(shape.len()).position(|window| window == shape)?;
        from = at + shape.len();
        Some(at)
    })
}

/// Forms that a word would have if one pair of look-alike shapes in it had been mistaken.
pub(super) fn misreadings(word: &str) -> impl Iterator<Item = String> + '_ {
    let shapes = CONFUSABLE.iter().filter(|_| word.len() <= LONGEST);
    shapes.flat_map(|&(x, y)| [(x, y), (y, x)]).flat_map(move |(x, y)| {
        occurrences(word.as_bytes(), x.as_bytes())
            .map(move |i| format!("{}{y}{}", &word[..i], &word[i + x.len()..]))
    })
}

/// Forms that a word would have if one pair of look-alike shapes in it, or one doubled letter, had
/// been mistaken.
pub fn look_alikes(word: &str) -> Vec<String> {
    let mut forms: Vec<String> = misreadings(word).collect();
    let mut before = None;
    for (i, c) in word.char_indices().filter(|_| word.len() <= LONGEST) {
        if before == Some(c) {
            forms.push(format!("{}{}", &word[..i], &word[i + c.len_utf8()..]));
        } else {
            forms.push(format!("{}{c}{}", &word[..i], &word[i..]));
        }
        before = Some(c);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_exchange_of_shapes_and_no_more() {
        for (a, b) in
            [("tbe", "the"), ("modem", "modern"), ("fl00r", "fl0or"), ("clay", "day"), ("aud", "and")]
        {
            assert!(confusable(a, b), "{a} {b}");
            assert!(misreadings(a).any(|form| form == b) && misreadings(b).any(|form| form == a), "{a} {b}");
        }
        for (a, b) in [("tbo", "the"), ("house", "horse"), ("the", "the")] {
            assert!(!confusable(a, b), "{a} {b}");
        }
        assert!(look_alikes("agression").contains(&"aggression".to_owned()));
    }
}
