//! What is a word or expression in a field of a dictionary, and what only tells of it.

/// Words of an expression, at most: what is longer explains.
const MOST_WORDS: usize = 4;
/// Characters of one of a script without spaces, at most.
const MOST_CHARACTERS: usize = 24;

/// The expressions of a field: brackets, tags and pronunciations taken off, cut at commas, semicolons,
/// strokes and bars; what is left empty or explains is left out.
pub(super) fn expressions(field: &str) -> Vec<String> {
    let bare = without_brackets(field);
    let cut = |c: char| matches!(c, ',' | ';' | '/' | '|' | '，' | '、' | '；');
    bare.split(cut).filter_map(expression).collect()
}

/// The one expression of a headword.
pub(super) fn headword(field: &str) -> Option<String> {
    let bare = without_brackets(field);
    // A pronunciation stands between strokes.
    expression(bare.split('/').next().unwrap_or_default())
}

fn expression(text: &str) -> Option<String> {
    let is_edge = |c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c);
    let text = text.trim_matches(is_edge);
    // The English infinitive's particle is no part of the verb.
    let text = text.strip_prefix("to ").unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_grammar(word)).collect();
    let is_short = (1..=MOST_WORDS).contains(&words.len()) && text.chars().count() <= 10 * MOST_CHARACTERS;
    (is_short && words.iter().any(|word| word.chars().any(char::is_alphabetic))).then(|| words.join(" "))
}

/// A part of speech or another abbreviation of grammar.
fn is_grammar(word: &str) -> bool {
    let known = [
        "n.", "v.", "adj.", "adv.", "prep.", "pron.", "conj.", "interj.", "vt.", "vi.", "v.t.", "v.i.",
        "pl.", "sg.", "m.", "f.", "nt.", "sb.", "sth.", "jdn.", "jdm.", "etw.", "qn", "qch", "qn.", "qch.",
    ];
    known.contains(&word)
}

/// Text without what stands in brackets of any kind, nested ones included, and without tags. A bracket
/// that is never closed closes at the end.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<char> = Vec::new();
    for c in text.chars() {
        let closing = match c {
            '(' => Some(')'),
            '[' => Some(']'),
            '{' => Some('}'),
            '<' => Some('>'),
            '（' => Some('）'),
            _ => None,
        };
        match closing {
            Some(closing) => open.push(closing),
            None if open.last() == Some(&c) => {
                open.pop();
                out.push(' ');
            }
            None if open.is_empty() => out.push(c),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_grammar_are_taken_off() {
        assert_eq!(headword("Haus /haʊs/ <n, neut>"), Some("Haus".into()));
        assert_eq!(headword("<b>Haus</b> {n} [build.]"), Some("Haus".into()));
        assert_eq!(
            expressions("to build (a house); erect, put up / adj. built"),
            ["build", "erect", "put up", "built"]
        );
        assert_eq!(expressions("a very long explanation of what it is"), Vec::<String>::new());
        assert_eq!(expressions("… ; 12 ; (only this"), Vec::<String>::new());
        assert_eq!(expressions("में, माँ"), ["में", "माँ"]);
    }
}
