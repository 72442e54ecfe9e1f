//! Signs of emphasis in plain texts: `_so_`, as transcribers write italics.

use super::draft::{Draft, Shape};
use crate::model::Span;

/// A text with fewer pairs than this may have them for another reason.
const FEW: usize = 3;

/// The underscores that come in pairs around words, in order.
pub(crate) fn marks(text: &str, drafts: &[Draft]) -> Vec<Span> {
    if !text.contains('_') {
        return Vec::new();
    }
    let mut marks = Vec::new();
    let mut single = 0;
    for draft in drafts.iter().filter(|draft| draft.shape != Shape::Furniture) {
        let own = &text[draft.span.range()];
        let mut open: Option<usize> = None;
        for (at, _) in own.match_indices('_') {
            let before = own[..at].chars().next_back();
            let after = own[at + 1..].chars().next();
            // `snake_case` and `____` are none.
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
            if inside(before) && inside(after) && open.is_none() || before == Some('_') || after == Some('_')
            {
                single += 1;
                continue;
            }
            let closes = open.is_some() && before.is_some_and(|c| !c.is_whitespace());
            match open {
                Some(start) if closes => {
                    marks.extend([start, at].map(|at| Span::new(at, at + 1).shifted(draft.span.start)));
                    open = None;
                }
                _ if after.is_some_and(|c| !c.is_whitespace()) => {
                    single += usize::from(open.is_some());
                    open = Some(at);
                }
                _ => single += 1,
            }
        }
        single += usize::from(open.is_some());
    }
    if marks.len() / 2 < FEW || single > marks.len() / 2 {
        marks.clear();
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let draft = Draft::shaped(Span::new(0, text.len()), Shape::Open);
        let marks = marks(text, &[draft]);
        let is_mark = |at: usize| marks.iter().any(|mark| mark.start == at);
        text.char_indices().filter(|(at, _)| !is_mark(*at)).map(|(_, c)| c).collect()
    }

    #[test]
    fn pairs_around_words_are_emphasis() {
        assert_eq!(
            read("_The Meadows fair, where_ Flora's _gifts among\nAre._ The _Iliad_."),
            "The Meadows fair, where Flora's gifts among\nAre. The Iliad."
        );
        assert_eq!(read("a snake_case name, _x and ____"), "a snake_case name, _x and ____");
    }
}
