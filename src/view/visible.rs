//! What of a text may be shown.

/// Control characters of a text must not reach a terminal, nor marks that turn the direction of
/// what follows: they are shown as U+FFFD.
pub fn visible(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns { '\u{fffd}' } else { c }
}
