//! Prior knowledge of words for those who learn how words are rendered (`align::words`).

use crate::align::dictionary::Dictionary;
use crate::align::tokens::romanised;
use crate::align::translation::lexicon::knowledge::Knowledge;
use crate::align::translation::text::{Form, Text};

/// A written form: the word, its type, and whether it is written like a name.
pub(crate) type WrittenForm<'w> = (&'w str, u32, bool);

/// The types of two languages whose forms look or sound alike, with how far that is trusted; sorted.
pub(crate) fn resembling(a: &[WrittenForm<'_>], b: &[WrittenForm<'_>]) -> Vec<(u32, u32, f32)> {
    let text = |forms: &[WrittenForm<'_>]| {
        let mut text = Text::default();
        text.forms.extend(forms.iter().map(|&(written, type_id, name)| Form {
            latin: romanised(written),
            written: written.to_owned(),
            type_id,
            name,
        }));
        text
    };
    Knowledge::new(&text(a), &text(b), &Dictionary::default())
        .known()
        .into_iter()
        .map(|k| (k.a, k.b, k.precision))
        .collect()
}
