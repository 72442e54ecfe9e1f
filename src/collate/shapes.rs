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

/// Whether one exchange of shapes that look alike makes one word of the other.
pub(super) fn confusable(a: &str, b: &str) -> bool {
    let exchange = |from: &str, to: &str| {
        a.match_indices(from).any(|(i, _)| format!("{}{to}{}", &a[..i], &a[i + from.len()..]) == b)
    };
    CONFUSABLE.iter().any(|(x, y)| exchange(x, y) || exchange(y, x))
}

/// Forms that a word would have if one pair of look-alike shapes in it had been mistaken.
pub(super) fn misreadings(word: &str) -> impl Iterator<Item = String> + '_ {
    CONFUSABLE.iter().flat_map(|&(x, y)| [(x, y), (y, x)]).flat_map(move |(x, y)| {
        word.match_indices(x).map(move |(i, _)| format!("{}{y}{}", &word[..i], &word[i + x.len()..]))
    })
}

/// Forms that a word would have if one pair of look-alike shapes in it, or one doubled letter, had
/// been mistaken.
pub fn look_alikes(word: &str) -> Vec<String> {
    let mut forms: Vec<String> = misreadings(word).collect();
    let mut before = None;
    for (i, c) in word.char_indices() {
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
