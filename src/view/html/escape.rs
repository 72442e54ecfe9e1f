//! Text on its way into HTML.

use crate::view::visible;

/// Appends `text` so that it is shown as text, in an element or a quoted attribute. Control
/// characters and marks that turn the direction of what follows become U+FFFD.
pub(super) fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(visible(c)),
        }
    }
}

/// [`push`] into a string of its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push(&mut out, text);
    out
}

/// Appends JSON so that it can stand in a `script` element: no `<` can end the element or open a
/// comment, and the two line ends that JSON allows and scripts did not are written as escapes.
pub(super) fn push_json(out: &mut String, json: &str) {
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'\u{202e}\u{1b}"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;\u{fffd}\u{fffd}"
        );
        let mut json = String::new();
        push_json(&mut json, "\"</script><!--\"");
        assert_eq!(json, "\"\\u003c/script>\\u003c!--\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), "</script><!--");
    }
}
