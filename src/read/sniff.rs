//! What a file is before it is read: its format, or why it cannot be read at all.
//!
//! The content decides; the ending of the name only where the content leaves several possibilities.

use std::path::Path;

use super::packed::{Archive, is_zip};
use super::rows::{po, table};
use super::{Format, encoding, shape, subtitles, usfm};
use crate::{Error, ErrorKind, Result};

/// How many bytes at the start are looked at.
const HEAD: usize = 64 * 1024;

/// Refuses what is no text, with a hint what to do instead.
///
/// # Errors
/// [`ErrorKind::Empty`], [`ErrorKind::Unsupported`] for documents that have to be converted first,
/// [`ErrorKind::Binary`] for everything else that is not text.
pub(crate) fn refuse_binary(bytes: &[u8]) -> Result<()> {
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "the file is empty").hint("check that it was saved"));
    }
    if let Some((name, hint)) = known_document(bytes) {
        return Err(Error::new(ErrorKind::Unsupported, format!("this is {name}, not text")).hint(hint));
    }
    if let Some((name, hint)) = known_binary(bytes) {
        return Err(Error::new(ErrorKind::Binary, format!("this is {name}, not text")).hint(hint));
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if encoding_rs::Encoding::for_bom(bytes).is_some() || encoding::utf16_without_mark(bytes).is_some() {
        return Ok(());
    }
    let controls = |byte: &&u8| matches!(**byte, 0..=8 | 0x0B | 0x0E..=0x19 | 0x1C..=0x1F);
    let count = head.iter().filter(controls).count();
    let zeros = head.iter().filter(|&&byte| byte == 0).count();
    // Damaged texts have a stray control character here and there, binary files many.
    if count * 50 > head.len() || (zeros > 0 && count * 500 > head.len()) {
        return Err(Error::new(ErrorKind::Binary, "this is binary data, not text").hint(
            "give a plain text, Markdown or HTML file; for UTF-16 without a mark use --encoding utf-16le",
        ));
    }
    Ok(())
}

/// Documents that hold text but have to be converted.
fn known_document(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const OFFICE: &str = "convert it: soffice --headless --convert-to docx FILE";
    // Up to a kilobyte of junk before the mark is allowed by readers of PDF.
    if bytes.get(..1024).unwrap_or(bytes).windows(5).any(|window| window == b"%PDF-") {
        return Some(("a PDF", "extract its text first: pdftotext -layout FILE.pdf FILE.txt"));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(("an RTF document", OFFICE));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(("an old Word or Excel document", OFFICE));
    }
    if bytes.starts_with(b"AT&TFORM") {
        return Some(("a DjVu scan", "extract its text first: djvutxt FILE.djvu FILE.txt"));
    }
    if bytes.get(60..68) == Some(b"BOOKMOBI") {
        return Some(("a Kindle book", "convert it: ebook-convert FILE.mobi FILE.epub"));
    }
    None
}

fn known_binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const IMAGE: &str = "recognise its text first: tesseract FILE OUT hocr";
    const TEXT: &str = "give a file that holds text";
    const MAGIC: [(&[u8], &str, &str); 11] = [
        (b"BZh", "bzip2 data", "unpack it: bunzip2 -k FILE"),
        (b"\xFD7zXZ\0", "xz data", "unpack it: xz -dk FILE"),
        (b"\x28\xB5\x2F\xFD", "zstd data", "unpack it: zstd -dk FILE"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it: 7z x FILE"),
        (b"Rar!\x1A\x07", "a RAR archive", "unpack it: unrar x FILE"),
        (b"\x89PNG\r\n\x1A\n", "a PNG image", IMAGE),
        (b"\xFF\xD8\xFF", "a JPEG image", IMAGE),
        (b"GIF8", "a GIF image", IMAGE),
        (b"II*\0", "a TIFF image", IMAGE),
        (b"MM\0*", "a TIFF image", IMAGE),
        (b"\x7FELF", "a program", TEXT),
    ];
    MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, name, hint)| (*name, *hint))
}

/// The format of a zipped file; `None` if it is not zipped.
///
/// # Errors
/// [`ErrorKind::Unsupported`] for archives that are no text, [`ErrorKind::Syntax`] for damaged ones.
pub(crate) fn packed(bytes: &[u8], limit: u64) -> Result<Option<Format>> {
    if !is_zip(bytes) {
        return Ok(None);
    }
    let archive = Archive::new(bytes, limit)?;
    let mimetype = archive.find("mimetype").and_then(|at| archive.unpack(at).ok()).map(|file| file.bytes);
    let mimetype = String::from_utf8_lossy(mimetype.as_deref().unwrap_or_default()).into_owned();
    let has = |name: &str| archive.find(name).is_some();
    let any =
        |start: &str, end: &str| archive.names().any(|name| name.starts_with(start) && name.ends_with(end));
    let unsupported = |name: &str, hint: &str| {
        Err(Error::new(ErrorKind::Unsupported, format!("this is {name}, not text")).hint(hint))
    };
    if mimetype.starts_with("application/vnd.oasis.opendocument.text") {
        return Ok(Some(Format::Odt));
    }
    if mimetype.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return unsupported(
            "an OpenDocument spreadsheet",
            "save the sheet as CSV: soffice --headless --convert-to csv FILE",
        );
    }
    if mimetype.starts_with("application/vnd.oasis.opendocument") {
        return unsupported("an OpenDocument file without running text", "save its text as ODT");
    }
    if has("META-INF/container.xml") {
        return Ok(Some(Format::Epub));
    }
    if has("word/document.xml") || any("word/", ".xml") {
        return Ok(Some(Format::Docx));
    }
    if has("xl/workbook.xml") {
        return Ok(Some(Format::Xlsx));
    }
    if any("ppt/", ".xml") {
        return unsupported("a presentation", "save its text: soffice --headless --convert-to txt FILE");
    }
    if has("content.xml") && has("META-INF/manifest.xml") {
        return Ok(Some(Format::Odt));
    }
    unsupported("a ZIP archive", "unpack it and give the files in it: unzip FILE")
}

/// The format of a text.
///
/// # Errors
/// [`ErrorKind::Unsupported`] for what is recognised and not read, with the command that makes a
/// readable file of it.
pub(crate) fn format(text: &str, path: Option<&Path>) -> Result<Format> {
    let named = path.and_then(Format::from_path);
    let head = behind_prolog(text);
    if let Some(name) = first_tag(head) {
        if let Some(format) = markup(head, name, named)? {
            return Ok(format);
        }
    } else if head.starts_with("<?xml") || named == Some(Format::Html) && !has_tags(text) {
        // A page without a single tag is a plain text.
        if named == Some(Format::Html) {
            return Ok(Format::Text);
        }
    }
    if matches!(named, Some(Format::Html | Format::Markdown)) {
        return Ok(named.unwrap_or_default());
    }
    if subtitles::looks_like(text) {
        return Ok(Format::Subtitles);
    }
    if usfm::looks_like(text) {
        return Ok(Format::Usfm);
    }
    if po::looks_like(text) {
        return Ok(Format::Po);
    }
    if let Some((name, from)) = other_markup(text, path) {
        return Err(Error::new(ErrorKind::Unsupported, format!("this is {name}, which is not read"))
            .hint(format!("convert it: pandoc -f {from} -t html FILE -o FILE.html")));
    }
    if looks_json(text, named) {
        return json(text);
    }
    if named == Some(Format::Table) || table::looks_tabbed(text) {
        return Ok(Format::Table);
    }
    match named {
        // The name promises what the content is not.
        Some(format) if !matches!(format, Format::Text) => Err(Error::new(
            ErrorKind::Syntax,
            format!("the name promises {}, and that it is not", format.word()),
        )
        .hint("read it as it is with --input text, or check that the right file was saved")),
        _ => Ok(Format::Text),
    }
}

/// What stands behind declarations, comments and document types.
fn behind_prolog(text: &str) -> &str {
    let mut head = text.trim_start_matches('\u{feff}').trim_start();
    for _ in 0..16 {
        let close = if head.starts_with("<?") {
            "?>"
        } else if head.starts_with("<!--") {
            "-->"
        } else if head.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            let end = head.find('>').unwrap_or(head.len());
            // A document type may hold declarations in brackets.
            match head[..end].find('[') {
                Some(_) => "]>",
                None => ">",
            }
        } else {
            break;
        };
        match head.find(close) {
            Some(end) => head = head[end + close.len()..].trim_start(),
            None => break,
        }
    }
    head
}

/// The name in the first tag, if the text begins with one.
fn first_tag(head: &str) -> Option<&str> {
    let rest = head.strip_prefix('<')?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_:.-".contains(c)))?;
    let (name, after) = rest.split_at(end);
    let tagged = after.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/');
    (tagged && name.starts_with(|c: char| c.is_alphabetic() || c == '_')).then_some(name)
}

fn has_tags(text: &str) -> bool {
    let near = shape::prefix(text, HEAD);
    near.match_indices('<')
        .any(|(at, _)| near[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'))
}

/// The format of what begins with a tag; `None` where it is none that is known and may be plain text.
fn markup(head: &str, name: &str, named: Option<Format>) -> Result<Option<Format>> {
    let local = name.rsplit(':').next().unwrap_or(name);
    let tag = head.split('>').next().unwrap_or_default();
    let near = shape::prefix(head, HEAD);
    let format = match local {
        "TEI" | "TEI.2" | "teiCorpus" | "teiHeader" => Format::Tei,
        "FictionBook" => Format::Fb2,
        "akomaNtoso" => Format::AkomaNtoso,
        "osis" => Format::Osis,
        "usfx" => Format::Usfx,
        "alto" => Format::Alto,
        "PcGts" => Format::Page,
        "tmx" => Format::Tmx,
        "xliff" => Format::Xliff,
        _ if local.eq_ignore_ascii_case("xmlbible") => Format::Zefania,
        "document" if name.starts_with("office:") => Format::Odt,
        "book" | "chapter" | "section" | "part" | "sect1" | "preface" | "appendix" | "set"
            if tag.contains("docbook") || near.contains("<para") || near.contains("<title") =>
        {
            Format::DocBook
        }
        "article" if tag.contains("docbook") || near.contains("<para>") || near.contains("<articleinfo") => {
            Format::DocBook
        }
        "article"
            if tag.contains("dtd-version")
                || near.contains("<front>")
                || near.contains("<body>")
                || near.contains("<article-meta") =>
        {
            Format::Jats
        }
        _ if is_html(local) => {
            let scanned = near.contains("ocr_page") || near.contains("ocrx_word");
            return Ok(match named {
                _ if scanned => Some(Format::Hocr),
                // Markdown and plain text may begin with a tag.
                Some(Format::Markdown | Format::Text)
                    if !matches!(&*local.to_ascii_lowercase(), "html" | "head" | "body") =>
                {
                    named
                }
                _ => Some(Format::Html),
            });
        }
        _ if named == Some(Format::Markdown) || named == Some(Format::Html) => return Ok(named),
        _ if !near.contains("</") && !near.contains("/>") => return Ok(None),
        other => {
            return Err(Error::new(
                ErrorKind::Unsupported,
                format!("this is XML of a kind that is not read (its first element is <{other}>)"),
            )
            .hint("make TEI or HTML of it with a stylesheet (xsltproc STYLE.xsl FILE > FILE.html), or read its text with --input html"));
        }
    };
    Ok(Some(format))
}

/// Whether an element is one of HTML's.
fn is_html(name: &str) -> bool {
    const NAMES: [&str; 42] = [
        "html",
        "head",
        "body",
        "title",
        "meta",
        "p",
        "div",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "a",
        "b",
        "i",
        "em",
        "strong",
        "br",
        "hr",
        "img",
        "center",
        "font",
        "blockquote",
        "pre",
        "section",
        "nav",
        "header",
        "footer",
        "main",
        "ruby",
        "sup",
        "dl",
    ];
    NAMES.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn looks_json(text: &str, named: Option<Format>) -> bool {
    let head = text.trim_start();
    let opens = head.starts_with(['{', '[']);
    let second = head.get(1..).unwrap_or_default().trim_start();
    named == Some(Format::Json)
        || head.starts_with('{') && second.starts_with('"') && shape::prefix(second, 400).contains("\":")
        || opens
            && head.starts_with('[')
            && second.starts_with('{')
            && second[1..].trim_start().starts_with('"')
}

/// JSON that is a document of a kind of its own is not a table of texts.
fn json(text: &str) -> Result<Format> {
    let near = shape::prefix(text, HEAD);
    let refused = [
        ("\"pandoc-api-version\"", "a document of pandoc's", "json"),
        ("\"nbformat\"", "a notebook", "ipynb"),
    ];
    let tail = shape::tail(text);
    for (mark, name, from) in refused {
        if near.contains(mark) || tail.contains(mark) {
            return Err(Error::new(ErrorKind::Unsupported, format!("this is {name}, which is not read"))
                .hint(format!("convert it: pandoc -f {from} -t html FILE -o FILE.html")));
        }
    }
    Ok(Format::Json)
}

/// Markup languages that are recognised and not read: their name and pandoc's word for them.
fn other_markup(text: &str, path: Option<&Path>) -> Option<(&'static str, &'static str)> {
    let ending =
        path.and_then(Path::extension).and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let by_name = match ending.as_str() {
        "tex" | "latex" | "ltx" => Some(("LaTeX", "latex")),
        "rst" | "rest" => Some(("reStructuredText", "rst")),
        "org" => Some(("Org", "org")),
        "adoc" | "asciidoc" => Some(("AsciiDoc", "asciidoc")),
        "wiki" | "mediawiki" => Some(("MediaWiki markup", "mediawiki")),
        "dokuwiki" => Some(("DokuWiki markup", "dokuwiki")),
        "textile" => Some(("Textile", "textile")),
        "muse" => Some(("Muse", "muse")),
        "man" => Some(("a manual page", "man")),
        "typ" => Some(("Typst", "typst")),
        "ipynb" => Some(("a notebook", "ipynb")),
        _ => None,
    };
    if by_name.is_some() {
        return by_name;
    }
    let near = shape::prefix(text, HEAD);
    let lines = || near.lines().map(str::trim_end);
    let count = |test: &dyn Fn(&str) -> bool| lines().filter(|line| test(line)).count();
    let tex = count(&|line| {
        ["\\documentclass", "\\begin{", "\\section{", "\\chapter{", "\\usepackage"]
            .iter()
            .any(|c| line.trim_start().starts_with(c))
    });
    if near.contains("\\begin{document}") || tex >= 3 {
        return Some(("LaTeX", "latex"));
    }
    let wiki_head = count(&|line| {
        line.len() > 5
            && line.starts_with("==")
            && line.ends_with("==")
            && !line.trim_matches('=').trim().is_empty()
            && !line.starts_with("======")
    });
    let links = near.matches("[[").count().min(near.matches("]]").count());
    if near.trim_start().starts_with("#REDIRECT")
        || wiki_head + links >= 3 && (wiki_head > 0 || near.contains("'''") || near.contains("{{"))
    {
        return Some(("MediaWiki markup", "mediawiki"));
    }
    if count(&|line| line.starts_with("====== ") && line.ends_with(" ======")) > 0 {
        return Some(("DokuWiki markup", "dokuwiki"));
    }
    if count(&|line| {
        ["#+title:", "#+begin_", "#+author:"].iter().any(|c| line.to_ascii_lowercase().starts_with(c))
    }) > 0
    {
        return Some(("Org", "org"));
    }
    if count(&|line| line.starts_with(".. ") && line.contains("::")) > 1 {
        return Some(("reStructuredText", "rst"));
    }
    if near.starts_with(".TH ")
        || count(&|line| line == ".PP" || line == ".P" || line.starts_with(".SH ")) > 2
    {
        return Some(("a manual page", "man"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_refused_with_the_right_hint() {
        let refused = |bytes: &[u8]| refuse_binary(bytes).unwrap_err();
        assert!(refused(b"%PDF-1.7\n").shown_hint().unwrap().contains("pdftotext"));
        assert_eq!(refused(b"{\\rtf1 x}").kind(), ErrorKind::Unsupported);
        assert_eq!(refused(b"").kind(), ErrorKind::Empty);
        assert_eq!(refused(b"\x89PNG\r\n\x1A\n").kind(), ErrorKind::Binary);
        assert_eq!(refused(b"ab\0\0\x01\x02cd\0\0\0").kind(), ErrorKind::Binary);
        assert!(refuse_binary("ein Text\x0c\nmit Seiten".as_bytes()).is_ok());
        assert!(refuse_binary(b"h\0e\0l\0l\0o\0 \0w\0o\0").is_ok());
        assert!(
            packed(b"PK\x03\x04....word/document.xml", 1 << 20).unwrap_err().message().contains("cut off")
        );
    }

    #[test]
    fn formats_by_look_and_by_name() {
        let of = |text, name: &str| format(text, Some(Path::new(name))).unwrap();
        assert_eq!(of("x", "a.txt"), Format::Text);
        assert_eq!(of("x", "a.MD"), Format::Markdown);
        assert_eq!(of("<p>x</p>", "a.htm"), Format::Html);
        assert_eq!(of("no tag at all, a < b", "a.htm"), Format::Text);
        assert_eq!(of("<?xml version='1.0'?>\n<html>", "a"), Format::Html);
        assert_eq!(of("<!-- x -->\n<!DOCTYPE HTML PUBLIC>\n<html>", "a.txt"), Format::Html);
        assert_eq!(of("<TEI xmlns='...'></TEI>", "a.txt"), Format::Tei);
        assert_eq!(of("<xliff version=\"2.0\"><file></file></xliff>", "a"), Format::Xliff);
        assert_eq!(of("1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "a.txt"), Format::Subtitles);
        assert_eq!(of("\\id RUT\n\\c 1\n\\p\n\\v 1 In\n", "a.txt"), Format::Usfm);
        assert_eq!(of("{\"en\": \"So.\"}\n", "a.jsonl"), Format::Json);
        assert_eq!(of("a b\tc d\ne\tf\ng\th\n", "a.txt"), Format::Table);
        assert_eq!(of("<- an arrow", "a.txt"), Format::Text);
    }

    #[test]
    fn what_is_not_read_is_refused_with_a_command() {
        let hint = |text: &str, name: &str| {
            format(text, Some(Path::new(name))).unwrap_err().shown_hint().unwrap_or_default().to_owned()
        };
        assert!(hint("\\documentclass{article}\n\\begin{document}\nx", "a.txt").contains("pandoc -f latex"));
        assert!(hint("== A ==\n'''B''' is [[c]] and [[d]].\n", "a.txt").contains("mediawiki"));
        assert!(hint("x", "a.rst").contains("rst"));
        assert!(hint("<foo><bar/></foo>", "a.txt").contains("TEI"));
        assert!(hint("plain words", "a.srt").contains("--input text"));
    }
}
