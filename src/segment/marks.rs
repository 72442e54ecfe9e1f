//! Classes of characters: what may end a sentence, what may close or open one.

/// What sort of mark may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop that also serves abbreviations, initials and numbers.
    Dot,
    /// A question or exclamation mark.
    Strong,
    /// Two or more dots, or the one character for them.
    Ellipsis,
    /// A mark that does nothing else than end sentences (ideographic full stop, danda ...).
    Full,
    /// A colon; a candidate under a policy only.
    Colon,
}

/// The class of a character that may end a sentence in any language (`;` and `:` are questions of
/// the language, see `Language`). After Unicode's property Sentence_Terminal.
pub(super) fn mark_of(c: char) -> Option<Mark> {
    Some(match c {
        '.' => Mark::Dot,
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '⸮' | '！' | '？' | '﹗' | '﹖' | '؟' | '\u{37e}' | '፧' => {
            Mark::Strong
        }
        '…' | '‥' => Mark::Ellipsis,
        '。' | '｡' | '．' | '﹒' => Mark::Full,
        // Hebrew sof pasuq, which ends a verse.
        '\u{5c3}' => Mark::Full,
        // Armenian, Arabic script, Syriac, N'Ko, Samaritan, Devanagari, Sinhala, Tibetan.
        '։' | '\u{61d}' | '\u{61e}' | '۔' | '܀' | '܁' | '܂' | '߹' | '࠽' | '।' | '॥' | '෴' | '།' | '༎' => {
            Mark::Full
        }
        // Myanmar, Georgian paragraph mark, Ethiopic, Mongolian, Khmer, Balinese, Javanese, Meetei Mayek.
        '။' | '჻' | '።' | '፨' | '᠃' | '᠉' | '។' | '៕' | '᭞' | '᭟' | '꧈' | '꧉' | '꯫' => {
            Mark::Full
        }
        _ => return None,
    })
}

/// The first bytes of the marks above that are not ASCII.
pub(super) const LEAD_BYTES: [u8; 13] =
    [0xcd, 0xd6, 0xd7, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xea, 0xef];

/// Whether a letter is the small one of two. Georgian has no capitals in running text, though Unicode calls
/// its letters lower case.
pub(super) fn is_small(c: char) -> bool {
    c.is_lowercase() && !('\u{10d0}'..='\u{10ff}').contains(&c)
}

/// Brackets that can only close.
pub(super) fn is_closing_bracket(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '）' | '］' | '｝' | '」' | '』' | '】' | '〉' | '》' | '〕' | '〗' | '〟' | '｣'
    )
}

/// Brackets and marks that can only open.
pub(super) fn is_opening_bracket(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '（'
            | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '《'
            | '〔'
            | '〖'
            | '〝'
            | '｢'
            | '¿'
            | '¡'
    )
}

/// Quotation marks, whichever way they face: which one a mark is shows from the spaces around it,
/// for one language's closing mark is another one's opening mark.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
            | '´'
            | '＂'
            | '＇'
    )
}

/// Quotation marks that open when nothing but their shape can tell.
pub(super) fn faces_right(c: char) -> bool {
    matches!(c, '“' | '‘' | '„' | '‚' | '«' | '‹' | '‟' | '‛')
}

/// Dashes that may open a speech or join clauses.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '⸺' | '⸻' | '－' | '─')
}

/// Bullets of list items.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '‣' | '⁃' | '◦' | '▪' | '●' | '■' | '·' | '∙')
}

/// Marks of notes that stand after the stop: superscript digits, daggers, asterisks.
pub(super) fn is_note_mark(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '*' | '†' | '‡' | '⁎' | '※')
}

/// Characters that are not seen: direction marks, joiners, the byte order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Punctuation after which the sentence cannot have ended before it.
pub(super) fn is_continuing(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '%'
            | '،'
            | '؛'
            | '，'
            | '、'
            | '；'
            | '：'
            | '՝'
            | '·'
            | '/'
            | '='
            | '+'
            | '>'
            | '|'
    ) || is_closing_bracket(c)
}

/// A letter or digit, or a mark that belongs to one.
pub(super) fn is_word(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        'Ѐ'..='ҁ' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' => true,
        _ => c.is_alphanumeric() || is_combining(c),
    }
}

/// Combining marks of the scripts that have sentences to end (accents, Hebrew and Arabic points,
/// Indic and Thai signs; Armenian marks that stand inside words).
fn is_combining(c: char) -> bool {
    matches!(c as u32,
        0x300..=0x36f | 0x483..=0x487 | 0x55a..=0x55f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f
        | 0x670 | 0x6d6..=0x6ed | 0x93a..=0x94f | 0x981..=0x983 | 0x9bc..=0x9cd | 0xa3c..=0xa4d
        | 0xabc..=0xacd | 0xb3c..=0xb4d | 0xbbe..=0xbcd | 0xc3e..=0xc4d | 0xcbc..=0xccd | 0xd3b..=0xd4d
        | 0xe31..=0xe3a | 0xe47..=0xe4e | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0xfe00..=0xfe0f)
}

/// Han, Kana and the full-width marks: written without spaces, so a stop needs none after it.
pub(super) fn is_wide(c: char) -> bool {
    crate::model::Script::is_wide_context(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_found_by_its_first_byte() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| mark_of(c).is_some()) {
            let mut bytes = [0; 4];
            assert!(LEAD_BYTES.contains(&c.encode_utf8(&mut bytes).as_bytes()[0]), "{c:?}");
        }
    }

    #[test]
    fn no_mark_is_also_part_of_a_word_or_an_opening() {
        for c in ('\0'..=char::MAX).filter(|&c| mark_of(c).is_some()) {
            assert!(!is_word(c) && !is_opening_bracket(c) && !is_quote(c) && !is_continuing(c), "{c:?}");
        }
    }
}
