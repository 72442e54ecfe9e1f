//! The lexical scan of a page: tags and text, each with its place in the source.
//!
//! Follows the tokenization of the HTML standard where it touches what is visible; what is not
//! (comments, declarations, scripts) is passed over. Every byte is looked at a bounded number of
//! times, so that no page, however broken, takes more than linear time.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

use crate::model::Span;

/// A piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Text in which character references are to be resolved.
    Text(Span),
    /// Text taken as it stands (`<xmp>`, `<plaintext>`).
    Raw(Span),
    /// A start tag.
    Start(Tag),
    /// An end tag: its name in lower case.
    End(String),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tag {
    /// Its name in lower case.
    pub(crate) name: String,
    /// Names in lower case and values with references resolved, in order; of two with the same
    /// name the first counts.
    pub(crate) attributes: Vec<(String, String)>,
    /// The whole tag in the source.
    pub(crate) span: Span,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The words of `class` and `role`, in lower case.
    pub(crate) fn classes(&self) -> impl Iterator<Item = String> + '_ {
        [self.get("class"), self.get("role"), self.get("epub:type")]
            .into_iter()
            .flatten()
            .flat_map(str::split_ascii_whitespace)
            .map(str::to_ascii_lowercase)
    }
}

/// Elements whose content is no markup and not visible.
const OPAQUE: [&str; 7] = ["script", "style", "title", "textarea", "iframe", "noembed", "noframes"];

/// The tokens of a page.
pub(crate) struct Tokens<'s> {
    source: &'s str,
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<String>,
}

impl<'s> Tokens<'s> {
    /// The tokens of `source`.
    pub(crate) fn new(source: &'s str) -> Self {
        Self { source, at: 0, raw: None }
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Goes behind the next `mark`, or to the end.
    fn skip_behind(&mut self, mark: &str) {
        self.at = self.rest().find(mark).map_or(self.source.len(), |found| self.at + found + mark.len());
    }

    /// The text up to the next `<` that can begin markup.
    fn text(&mut self) -> Option<Token> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let mut from = start;
        self.at = loop {
            match self.source[from..].find('<') {
                None => break bytes.len(),
                Some(found) => {
                    let next = bytes.get(from + found + 1);
                    if next.is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte)) {
                        break from + found;
                    }
                    from += found + 1;
                }
            }
        };
        (self.at > start).then(|| Token::Text(Span::new(start, self.at)))
    }

    /// What stands between the start tag of a raw element and its end tag.
    fn raw(&mut self, name: &str) -> Option<Token> {
        let start = self.at;
        let end = if name == "plaintext" {
            self.source.len()
        } else {
            let found = self.rest().match_indices("</").map(|(at, _)| start + at).find(|at| {
                let after = &self.source.as_bytes()[at + 2..];
                after.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
                    && after
                        .get(name.len())
                        .is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
            });
            found.unwrap_or(self.source.len())
        };
        self.at = end;
        let visible = !OPAQUE.contains(&name) && end > start;
        visible.then(|| Token::Raw(Span::new(start, end)))
    }

    /// The markup at a `<`; `None` for what is not visible (comments, declarations).
    fn markup(&mut self) -> Option<Token> {
        let rest = self.rest();
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            let short = [">", "->"].iter().find(|end| comment.starts_with(**end));
            match short {
                Some(end) => self.at += 4 + end.len(),
                None => {
                    self.at += 4;
                    self.skip_behind("-->");
                }
            }
            return None;
        }
        let bytes = rest.as_bytes();
        match (bytes.get(1), bytes.get(2)) {
            (Some(b'/'), Some(byte)) if byte.is_ascii_alphabetic() => {
                self.at += 2;
                let tag = self.tag(self.at - 2);
                Some(Token::End(tag.name))
            }
            (Some(byte), _) if byte.is_ascii_alphabetic() => {
                self.at += 1;
                let tag = self.tag(self.at - 1);
                if OPAQUE.contains(&tag.name.as_str()) || matches!(tag.name.as_str(), "xmp" | "plaintext") {
                    self.raw = Some(tag.name.clone());
                }
                Some(Token::Start(tag))
            }
            _ => {
                self.skip_behind(">");
                None
            }
        }
    }

    /// A tag from its name on; `start` is where its `<` stands.
    fn tag(&mut self, start: usize) -> Tag {
        let bytes = self.source.as_bytes();
        let mut tag = Tag { name: self.name(b"").to_ascii_lowercase(), ..Tag::default() };
        loop {
            while bytes.get(self.at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
                self.at += 1;
            }
            match bytes.get(self.at) {
                None => break,
                Some(b'>') => {
                    self.at += 1;
                    break;
                }
                Some(_) => {
                    let (name, value) = self.attribute();
                    if tag.get(&name).is_none() {
                        tag.attributes.push((name, value));
                    }
                }
            }
        }
        tag.span = Span::new(start, self.at);
        tag
    }

    /// Characters up to white space, `/`, `>` or one of `stops`; one at least.
    fn name(&mut self, stops: &[u8]) -> &'s str {
        let start = self.at;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/>".contains(byte) || stops.contains(byte);
        let rest = &self.source.as_bytes()[start..];
        let length = rest.iter().skip(1).position(ends).map_or(rest.len(), |found| found + 1);
        // Stops are ASCII, so that the end is the end of a character.
        self.at = start + length;
        self.source.get(start..self.at).unwrap_or_default()
    }

    fn attribute(&mut self) -> (String, String) {
        let name = self.name(b"=").to_ascii_lowercase();
        let bytes = self.source.as_bytes();
        let skip_space =
            |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let equals = skip_space(self.at);
        if bytes.get(equals) != Some(&b'=') {
            return (name, String::new());
        }
        self.at = skip_space(equals + 1);
        let value = match bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                let start = self.at + 1;
                let mark = char::from(*quote);
                let end = self.source[start..].find(mark).map_or(self.source.len(), |found| start + found);
                self.at = (end + 1).min(self.source.len());
                &self.source[start..end]
            }
            None | Some(b'>') => "",
            Some(_) => {
                let start = self.at;
                let ends = |c: char| c.is_ascii_whitespace() || c == '>';
                self.at = self.rest().find(ends).map_or(self.source.len(), |found| start + found);
                &self.source[start..self.at]
            }
        };
        (name, resolve_all(value))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while self.at < self.source.len() {
            if let Some(name) = self.raw.take() {
                if let Some(token) = self.raw(&name) {
                    return Some(token);
                }
                continue;
            }
            if let Some(token) = self.text().or_else(|| self.markup()) {
                return Some(token);
            }
        }
        None
    }
}

/// A resolved character reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    /// One character, or two.
    pub(crate) chars: [Option<char>; 2],
    /// Its length in the source, `&` included.
    pub(crate) len: usize,
}

/// The character reference at the beginning of `text`, which starts with `&`; `None` where the
/// `&` is just that.
pub(crate) fn reference(text: &str) -> Option<Reference> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        return numeric(number);
    }
    let mut found = None;
    // The table holds all beginnings of names, with zeros for those that are no names themselves.
    for (at, c) in body.char_indices().take(40) {
        match NAMED_ENTITIES.get(&body[..at + c.len_utf8()]) {
            None => break,
            Some((0, _)) => {}
            Some((first, second)) => {
                let second = Some(*second).filter(|&code| code != 0).and_then(char::from_u32);
                found =
                    Some(Reference { chars: [char::from_u32(*first), second], len: at + c.len_utf8() + 1 });
            }
        }
    }
    found
}

fn numeric(number: &str) -> Option<Reference> {
    let (digits, radix, skipped) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 3),
        None => (number, 10, 2),
    };
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if count == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..count], radix).unwrap_or(u32::MAX);
    let windows = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
    let c = windows
        .or_else(|| char::from_u32(code).filter(|c| *c != '\0'))
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    let semicolon = usize::from(digits[count..].starts_with(';'));
    Some(Reference { chars: [Some(c), None], len: skipped + count + semicolon })
}

/// A value with its character references resolved; those that are not known stay as they are.
pub(crate) fn resolve_all(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some(found) => {
                out.extend(found.chars.into_iter().flatten());
                rest = &rest[found.len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(source: &str) -> String {
        Tokens::new(source)
            .map(|token| match token {
                Token::Text(span) | Token::Raw(span) => source[span.range()].to_owned(),
                Token::Start(tag) => format!("<{}>", tag.name),
                Token::End(name) => format!("</{name}>"),
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn tags_text_and_what_is_not_visible() {
        assert_eq!(shown("a<B x=1>b</b >c"), "a|<b>|b|</b>|c");
        assert_eq!(shown("a<!-- <p> --->b<!DOCTYPE x><?php?>c<!-->d"), "a|b|c|d");
        assert_eq!(shown("1 < 2 <3 & <"), "1 < 2 <3 & <");
        assert_eq!(shown("<script>a</b</SCRIPT >x"), "<script>|</script>|x");
        assert_eq!(shown("<xmp>a<b></xmp>x<a"), "<xmp>|a<b>|</xmp>|x|<a>");
        assert_eq!(shown("x<!-- open"), "x");
    }

    #[test]
    fn attributes_with_and_without_quotes() {
        let Some(Token::Start(tag)) =
            Tokens::new("<p CLASS = \"a &amp; b\" id=x/y hidden name='>' id=z>").next()
        else {
            panic!("no tag");
        };
        assert_eq!(tag.get("class"), Some("a & b"));
        assert_eq!((tag.get("id"), tag.get("hidden"), tag.get("name")), (Some("x/y"), Some(""), Some(">")));
    }

    #[test]
    fn references_named_and_numeric() {
        let of = |text: &str| reference(text).map(|r| (r.chars[0].unwrap(), r.len));
        assert_eq!(of("&ndash; x"), Some(('–', 7)));
        assert_eq!(of("&ampx"), Some(('&', 4)));
        assert_eq!(of("&notit;"), Some(('¬', 4)));
        assert_eq!(of("&#8211;"), Some(('–', 7)));
        assert_eq!(of("&#x93;a"), Some(('“', 6)));
        assert_eq!(of("&#0;"), Some(('\u{fffd}', 4)));
        assert_eq!((of("& x"), of("&#;"), of("&zzz;"), of("&")), (None, None, None, None));
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_inside(source in "(<[/!a-b]?|[ab>&\"'=-]|--|é){0,40}") {
            let mut last = 0;
            for token in Tokens::new(&source) {
                if let Token::Text(span) | Token::Raw(span) | Token::Start(Tag { span, .. }) = token {
                    prop_assert!(span.start >= last && span.end <= source.len());
                    prop_assert!(source.get(span.range()).is_some());
                    last = span.end;
                }
            }
        }
    }
}
