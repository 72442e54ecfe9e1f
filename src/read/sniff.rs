//! What a file is before it is read: its format, or why it cannot be read at all.

use std::path::Path;

use super::{Format, encoding};
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
    if let Some(name) = known_binary(bytes) {
        return Err(Error::new(ErrorKind::Binary, format!("this is {name}, not text"))
            .hint("give a plain text, Markdown or HTML file"));
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
    const OFFICE: &str = "save it as plain text or HTML: soffice --headless --convert-to html FILE";
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
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    Some(if holds(b"application/epub+zip") {
        ("an EPUB", "unpack it and give its chapters: unzip FILE.epub '*.xhtml' '*.html'")
    } else if holds(b"application/vnd.oasis.opendocument") {
        ("an OpenDocument file", OFFICE)
    } else if holds(b"word/") {
        ("a Word document (DOCX)", OFFICE)
    } else if holds(b"xl/") {
        ("an Excel workbook", "save the sheet as CSV or text")
    } else {
        ("a ZIP archive", "unpack it and give the files in it")
    })
}

fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"\x1F\x8B", "gzip data"),
        (b"BZh", "bzip2 data"),
        (b"\xFD7zXZ\0", "xz data"),
        (b"\x28\xB5\x2F\xFD", "zstd data"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"\x89PNG\r\n\x1A\n", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"\x7FELF", "a program"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

/// The format of a text: by its name, and for names that say nothing by how it begins.
///
/// # Errors
/// [`ErrorKind::Unsupported`] for XML that is not a page.
pub(crate) fn format(text: &str, path: Option<&Path>) -> Result<Format> {
    let named = path.and_then(Format::from_path);
    if matches!(named, Some(Format::Markdown | Format::Html)) {
        return Ok(named.unwrap_or_default());
    }
    let mut head = text.trim_start();
    let mut xml = false;
    // Declarations and comments may stand before the first tag.
    for _ in 0..8 {
        let close = if head.starts_with("<?xml") {
            xml = true;
            "?>"
        } else if head.starts_with("<!--") {
            "-->"
        } else {
            break;
        };
        match head.find(close) {
            Some(end) => head = head[end + close.len()..].trim_start(),
            None => break,
        }
    }
    let begins = |tag: &str| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if begins("<!doctype html") || begins("<html") || begins("<head") || begins("<body") {
        return Ok(Format::Html);
    }
    if xml || begins("<TEI") || path.and_then(Path::extension).is_some_and(|e| e.eq_ignore_ascii_case("xml"))
    {
        return Err(Error::new(ErrorKind::Unsupported, "this is XML, which is not read yet")
            .hint("save it as HTML or plain text"));
    }
    Ok(Format::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_refused_with_the_right_hint() {
        let refused = |bytes: &[u8]| refuse_binary(bytes).unwrap_err();
        assert!(refused(b"%PDF-1.7\n").shown_hint().unwrap().contains("pdftotext"));
        assert!(refused(b"PK\x03\x04....word/document.xml").message().contains("DOCX"));
        assert!(refused(b"PK\x03\x04..mimetypeapplication/epub+zip").message().contains("EPUB"));
        assert!(
            refused(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text").message().contains("Open")
        );
        assert_eq!(refused(b"{\\rtf1 x}").kind(), ErrorKind::Unsupported);
        assert_eq!(refused(b"").kind(), ErrorKind::Empty);
        assert_eq!(refused(b"\x89PNG\r\n\x1A\n").kind(), ErrorKind::Binary);
        assert_eq!(refused(b"ab\0\0\x01\x02cd\0\0\0").kind(), ErrorKind::Binary);
        assert!(refuse_binary("ein Text\x0c\nmit Seiten".as_bytes()).is_ok());
        assert!(refuse_binary(b"h\0e\0l\0l\0o\0 \0w\0o\0").is_ok());
    }

    #[test]
    fn formats_by_name_and_by_look() {
        let of = |text, name: &str| format(text, Some(Path::new(name))).unwrap();
        assert_eq!(of("x", "a.txt"), Format::Text);
        assert_eq!(of("x", "a.MD"), Format::Markdown);
        assert_eq!(of("x", "a.htm"), Format::Html);
        assert_eq!(of("<?xml version='1.0'?>\n<html>", "a"), Format::Html);
        assert_eq!(of("<!-- x -->\n<!DOCTYPE HTML PUBLIC>", "a.txt"), Format::Html);
        assert!(format("<TEI xmlns='...'>", None).is_err());
    }
}
