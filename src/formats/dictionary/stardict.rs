//! StarDict: an index (`.idx`: headword, a zero byte, place and length as four bytes each, the highest
//! first) of articles (`.dict`, or `.dict.dz`), described by `.ifo`.

use std::path::Path;

use super::clean::{expressions, headword};
use super::{DictionaryEntry, Found, beside, bytes, dictd, part};
use crate::Result;

/// Reads `STEM.ifo`, `STEM.idx` or `STEM.idx.gz`, and `STEM.dict` or `STEM.dict.dz`.
pub(super) fn read(stem: &Path) -> Result<Found> {
    let info = bytes(&beside(stem, "ifo"))?;
    let info = String::from_utf8_lossy(&info).into_owned();
    let setting = |name: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='));
        line.map(str::trim).unwrap_or_default()
    };
    // The kind of all articles, or that each says its own.
    let kinds = setting("sametypesequence").as_bytes();
    let width = if setting("idxoffsetbits") == "64" { 8 } else { 4 };
    let (index, articles) = (part(stem, &["idx", "idx.gz"])?, part(stem, &["dict", "dict.dz"])?);
    let mut found = Found::default();
    let mut rest = index.as_slice();
    for number in 1.. {
        let Some(end) = rest.iter().position(|&byte| byte == 0) else { break };
        let (word, behind) = (&rest[..end], &rest[end + 1..]);
        let Some((at, after)) = behind.split_at_checked(width) else { break };
        let Some((length, after)) = after.split_at_checked(4) else { break };
        rest = after;
        let big = |bytes: &[u8]| bytes.iter().fold(0usize, |n, &byte| n.wrapping_shl(8) | usize::from(byte));
        let (at, length) = (big(at), big(length));
        let article = at.checked_add(length).and_then(|end| articles.get(at..end));
        let word = String::from_utf8_lossy(word);
        found.add(number, &word, article.and_then(|article| entries(&word, article, kinds)));
    }
    Ok(found)
}

/// The entries of an article; `None` if it is not text.
fn entries(word: &str, article: &[u8], kinds: &[u8]) -> Option<Vec<DictionaryEntry>> {
    let (kind, text) = match kinds.split_first() {
        Some((&kind, _)) => (kind, article),
        None => article.split_first().map(|(&kind, text)| (kind, text))?,
    };
    // A further piece of another kind follows after a zero byte.
    let text = text.split(|&byte| byte == 0).next().unwrap_or_default();
    if !kind.is_ascii_lowercase() || kind == b'w' && text.is_empty() {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    let text = if matches!(kind, b'h' | b'g' | b'x') { without_tags(text) } else { text.to_owned() };
    let word = headword(word)?;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // Some repeat the headword, as dictd does.
    let repeats = lines.first().and_then(|line| headword(line)).is_some_and(|first| first == word);
    if repeats && lines.len() > 1 {
        return Some(dictd::entries(&text));
    }
    let renderings = lines.iter().flat_map(|line| {
        expressions(
            line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '*' | '-' | ' ')),
        )
    });
    Some(renderings.take(20).map(|rendering| (word.clone(), rendering, None)).collect())
}

/// HTML or Pango as text; tags that break lines do.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    for (k, piece) in text.split('<').enumerate() {
        let (tag, text) = if k == 0 { ("", piece) } else { piece.split_once('>').unwrap_or(("", piece)) };
        let tag = tag.trim_start_matches('/').to_ascii_lowercase();
        if ["br", "p", "div", "li", "tr", "dd", "ol", "ul"]
            .iter()
            .any(|block| tag.split([' ', '/']).next() == Some(block))
        {
            out.push('\n');
        }
        out.push_str(text);
    }
    out.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
}
