//! From bytes to characters: which encoding a file is in, and where each character came from.
//!
//! The order of evidence is: what the user forces, a byte order mark, the file's own declaration,
//! valid UTF-8, and at last statistics over the bytes (chardetng). Whatever is chosen, the map
//! leads from each character back to its bytes in the file.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::codepages::{self, CodePage};
use crate::model::{EncodingChosenBy, Lang, OffsetMap, SourceEncoding, Span};
use crate::{Error, ErrorKind, Result, Warning};

/// A file's text and how it was understood.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// From offsets in `text` to bytes of the file.
    pub(crate) map: OffsetMap,
    /// Where the text begins in the file, if it stands there byte for byte.
    pub(crate) verbatim_from: Option<usize>,
    /// What was chosen.
    pub(crate) encoding: SourceEncoding,
}

/// Decodes `bytes`; `declared` is the label that the file itself gives, if any.
///
/// # Errors
/// A forced label that is no encoding, UTF-32, and a forced encoding in which the file makes no sense.
pub(crate) fn decode(
    bytes: &[u8],
    forced: Option<&str>,
    declared: Option<&str>,
    lang: &Lang,
    warnings: &mut Vec<Warning>,
) -> Result<Decoded> {
    let mark = Encoding::for_bom(bytes);
    if forced.is_none() && bytes.starts_with(&[0xFF, 0xFE, 0, 0]) && bytes.len().is_multiple_of(4) {
        return Err(Error::new(ErrorKind::Unsupported, "the file is in UTF-32")
            .hint("convert it: iconv -f UTF-32 -t UTF-8 FILE > NEW"));
    }
    if let Some(page) = forced.and_then(CodePage::of_label) {
        let mut out = Output::default();
        out.page(page, bytes);
        return Ok(out.decoded(page.name, EncodingChosenBy::Forced, None));
    }
    if forced.is_none() && mark.is_none() && declared.is_none() {
        if let Some(decoded) = mixed(bytes, lang, warnings) {
            return Ok(decoded);
        }
    }
    let (encoding, chosen_by) = match (forced, mark) {
        (Some(label), _) => (forced_encoding(label)?, EncodingChosenBy::Forced),
        (None, Some((encoding, _))) => (encoding, EncodingChosenBy::Bom),
        (None, None) => choose(bytes, declared, lang, warnings),
    };
    let start = mark.filter(|(of_mark, _)| *of_mark == encoding).map_or(0, |(_, length)| length);
    let mut out = Output::default();
    out.run(encoding, bytes, start);
    if chosen_by == EncodingChosenBy::Detected
        && encoding.is_single_byte()
        && let Some(decoded) = older(&out.text, bytes, warnings)
    {
        return Ok(decoded);
    }
    if out.replacements > 0 {
        report_replacements(&out, encoding, chosen_by, warnings)?;
    }
    let verbatim = encoding == UTF_8 && out.replacements == 0;
    Ok(out.decoded(encoding.name(), chosen_by, verbatim.then_some(start)))
}

/// Two files joined: lines of UTF-8 and lines of an older encoding, each read as what it is. `None`
/// where the file is of one encoding.
fn mixed(bytes: &[u8], lang: &Lang, warnings: &mut Vec<Warning>) -> Option<Decoded> {
    /// Fewer characters of several bytes than this may be there by chance.
    const FEW: usize = 12;
    let shape = Utf8Shape::of(bytes);
    if shape.is_plausible() || shape.multibyte < FEW || utf16_without_mark(bytes).is_some() {
        return None;
    }
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let is_old = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let of_utf8: Vec<&[u8]> = lines.iter().copied().filter(|line| !is_old(line)).collect();
    let good: usize = of_utf8.iter().map(|line| Utf8Shape::of(line).multibyte).sum();
    if good < FEW || good * 4 < shape.multibyte {
        return None;
    }
    let old: Vec<u8> = lines.iter().copied().filter(is_old).flatten().copied().collect();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&old, true);
    let encoding = detector.guess(likely_domain(lang).map(str::as_bytes), Utf8Detection::Deny);
    let mut out = Output::default();
    let mut at = 0;
    let mut first = None;
    for (number, line) in lines.iter().enumerate() {
        let end = at + line.len();
        if is_old(line) {
            first = first.or(Some(number + 1));
            out.run(encoding, &bytes[..end], at);
        } else {
            out.run(UTF_8, &bytes[..end], at);
        }
        at = end;
    }
    let place = crate::Place { line: first.unwrap_or(1), column: None };
    let message =
        format!("the file is in two encodings: UTF-8, and {} from here on or in places", encoding.name());
    warnings.push(
        Warning::new("encoding-mixed", message)
            .at(place)
            .hint("each line was read as what it is; two files may have been joined"),
    );
    Some(out.decoded("UTF-8", EncodingChosenBy::Detected, None))
}

/// Looks whether a text that was guessed to be of Windows is of an older system: letters stand where
/// no language has them. `None` where all is well.
fn older(text: &str, bytes: &[u8], warnings: &mut Vec<Warning>) -> Option<Decoded> {
    let (strange, all) = strangeness(text);
    if strange < 3 || strange * 4 < all {
        return None;
    }
    let mut readings: Vec<(usize, &'static str, Output)> = Vec::new();
    for encoding in [encoding_rs::MACINTOSH, encoding_rs::X_MAC_CYRILLIC, encoding_rs::IBM866] {
        let mut out = Output::default();
        out.run(encoding, bytes, 0);
        readings.push((strangeness(&out.text).0, encoding.name(), out));
    }
    for page in &codepages::ALL {
        let mut out = Output::default();
        out.page(page, bytes);
        readings.push((strangeness(&out.text).0, page.name, out));
    }
    readings.sort_by_key(|(strange, ..)| *strange);
    let best = readings.first()?.0;
    let close: Vec<&str> =
        readings.iter().filter(|r| r.0 <= best + strange / 8).map(|r| r.1).take(4).collect();
    let (best, name, out) = readings.into_iter().next()?;
    if best * 3 > strange {
        return None;
    }
    warnings.push(
        Warning::new(
            "encoding-doubtful",
            format!(
                "as a text of Windows it has {strange} letters where no word has them; it was read as {name}"
            ),
        )
        .hint(format!("look at its accents; candidates: {} (--encoding NAME)", close.join(", "))),
    );
    Some(out.decoded(name, EncodingChosenBy::Detected, None))
}

/// Letters and signs where no word has them: a capital between small letters, a sign inside a word.
/// Also how many characters beyond ASCII there are.
fn strangeness(text: &str) -> (usize, usize) {
    let (mut strange, mut all) = (0, 0);
    let mut before = ' ';
    let mut chars = super::shape::prefix(text, 200_000).chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            all += 1;
            let letter = c.is_alphabetic() && !matches!(c, 'ª' | 'º' | 'ˆ' | 'µ' | 'ƒ');
            let apostrophe = matches!(c, '’' | '‘' | '\u{ad}' | '·' | '–' | '—' | '‐' | '‑' | 'ʼ');
            let within = before.is_alphabetic() || next.is_alphabetic();
            let odd = match letter {
                true => {
                    // Capitals behind small letters, and letters of two scripts in one word.
                    let latin = |c: char| ('a'..='z').contains(&c) || ('à'..='ÿ').contains(&c);
                    let cyrillic = |c: char| ('а'..='я').contains(&c) || ('А'..='Я').contains(&c);
                    c.is_uppercase() && (before.is_lowercase() || before == '\'')
                        || latin(before) && cyrillic(c)
                        || cyrillic(before) && latin(c)
                }
                false if apostrophe => false,
                false if matches!(c, '«' | '»' | '“' | '”' | '„' | '‚' | '‹' | '›' | '…' | '\u{a0}') => {
                    before.is_alphabetic() && next.is_alphabetic()
                }
                false => {
                    within && before.is_alphabetic()
                        || c == 'ˆ'
                        || ('\u{2500}'..='\u{25ff}').contains(&c)
                        || ('\u{80}'..'\u{a0}').contains(&c)
                }
            };
            strange += usize::from(odd);
        }
        before = c;
    }
    (strange, all)
}

/// The encoding label that an HTML page declares in its head, or an XML declaration before it.
pub(crate) fn declared_label(bytes: &[u8]) -> Option<String> {
    /// Longer heads than this are not searched; the HTML standard stops at 1024 bytes already.
    const HEAD: usize = 8192;
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    let label_after = |tag: &str, key: &str| {
        let rest = &tag[tag.find(key)? + key.len()..];
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        let label = &rest[..end.unwrap_or(rest.len())];
        (!label.is_empty()).then(|| label.to_owned())
    };
    if let Some(rest) = head.trim_start().strip_prefix("<?xml") {
        let end = rest.find("?>").unwrap_or(rest.len());
        if let Some(label) = label_after(&rest[..end], "encoding") {
            return Some(label);
        }
    }
    if head.contains("msgid \"\"") {
        let at = head.find("charset=")? + "charset=".len();
        let end = head[at..].find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        let label = &head[at..at + end.unwrap_or(head.len() - at)];
        return (!label.is_empty() && label != "charset").then(|| label.to_owned());
    }
    head.match_indices("<meta").find_map(|(at, _)| {
        let tag = &head[at..];
        label_after(&tag[..tag.find('>').unwrap_or(tag.len())], "charset")
    })
}

fn forced_encoding(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim().as_bytes()).ok_or_else(|| {
        Error::new(ErrorKind::Encoding, format!("`{label}` is not the name of an encoding")).hint(
            "use a name such as utf-8, windows-1252, iso-8859-2, koi8-r, gb18030, shift_jis or utf-16le",
        )
    })
}

fn choose(
    bytes: &[u8],
    declared: Option<&str>,
    lang: &Lang,
    warnings: &mut Vec<Warning>,
) -> (&'static Encoding, EncodingChosenBy) {
    if let Some(encoding) = utf16_without_mark(bytes) {
        warnings.push(detected(encoding));
        return (encoding, EncodingChosenBy::Detected);
    }
    let shape = Utf8Shape::of(bytes);
    if let Some(label) = declared {
        match Encoding::for_label_no_replacement(label.as_bytes()) {
            None => warnings.push(
                Warning::new(
                    "encoding-unknown",
                    format!("the page declares `{label}`, which is no encoding"),
                )
                .hint("it was ignored; force one with --encoding if the text looks wrong"),
            ),
            // A declaration in ASCII letters cannot be true of UTF-16.
            Some(declared) if declared == UTF_8 || declared == UTF_16LE || declared == UTF_16BE => {
                if shape.is_plausible() {
                    return (UTF_8, EncodingChosenBy::Declared);
                }
            }
            Some(declared) if shape.malformed == 0 && shape.multibyte > 0 => {
                warnings.push(
                    Warning::new(
                        "encoding-misdeclared",
                        format!("the page declares {} but is valid UTF-8; read as UTF-8", declared.name()),
                    )
                    .hint("force the declared one with --encoding if the text looks wrong"),
                );
                return (UTF_8, EncodingChosenBy::Valid);
            }
            Some(declared) => return (declared, EncodingChosenBy::Declared),
        }
    }
    let escapes = bytes.windows(2).any(|pair| pair == b"\x1b$");
    if shape.is_plausible() && !escapes {
        return (UTF_8, EncodingChosenBy::Valid);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let domain = likely_domain(lang);
    let encoding = detector.guess(domain.map(str::as_bytes), Utf8Detection::Allow);
    if encoding != UTF_8 || shape.malformed > 0 {
        warnings.push(detected(encoding));
    }
    (encoding, EncodingChosenBy::Detected)
}

fn detected(encoding: &'static Encoding) -> Warning {
    Warning::new(
        "encoding-detected",
        format!("the encoding was guessed from the bytes to be {}", encoding.name()),
    )
    .hint("force another with --encoding if letters look wrong")
}

/// The top-level domain under which chardetng expects texts in a language: it prefers the
/// encodings that were usual there.
fn likely_domain(lang: &Lang) -> Option<&'static str> {
    Some(match lang.primary().as_str() {
        "ru" => "ru",
        "uk" => "ua",
        "bg" => "bg",
        "sr" => "rs",
        "pl" => "pl",
        "cs" => "cz",
        "sk" => "sk",
        "hu" => "hu",
        "ro" => "ro",
        "hr" => "hr",
        "sl" => "si",
        "el" => "gr",
        "tr" => "tr",
        "he" => "il",
        "ar" => "eg",
        "fa" => "ir",
        "ja" => "jp",
        "ko" => "kr",
        "zh" => "cn",
        "th" => "th",
        "vi" => "vn",
        "lt" => "lt",
        "lv" => "lv",
        "et" => "ee",
        "de" => "de",
        "fr" => "fr",
        "es" => "es",
        "it" => "it",
        "pt" => "pt",
        _ => return None,
    })
}

/// UTF-16 without a mark shows as bytes that are zero at every other place.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 4 {
        return None;
    }
    if let Some(encoding) = han_without_mark(head) {
        return Some(encoding);
    }
    // Most letters of a European text, and at least its spaces and line ends, have a zero byte.
    if odd * 10 > half && even * 50 <= half {
        Some(UTF_16LE)
    } else if even * 10 > half && odd * 50 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Chinese or Japanese in UTF-16: nearly all units are of these scripts, with their full stops among
/// them, and the bytes are no UTF-8.
fn han_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    /// Less text than this proves nothing.
    const FEW: usize = 16;
    if std::str::from_utf8(head).is_ok() || head.len() < 2 * FEW {
        return None;
    }
    let fits = |unit: fn([u8; 2]) -> u16| {
        let units = head.as_chunks::<2>().0;
        let good = |unit: u16| matches!(unit, 0x4E00..=0x9FFF | 0x3000..=0x30FF | 0xFF00..=0xFFEF | 0x20 | 0x0A | 0x0D | 0x30..=0x39);
        let count = units.iter().filter(|pair| good(unit(**pair))).count();
        let stops = units.iter().filter(|pair| matches!(unit(**pair), 0x3001 | 0x3002 | 0xFF0C)).count();
        count * 20 >= units.len() * 19 && stops * 200 > units.len()
    };
    if fits(u16::from_le_bytes) {
        Some(UTF_16LE)
    } else if fits(u16::from_be_bytes) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How well bytes fit UTF-8.
struct Utf8Shape {
    /// Well-formed characters of two bytes or more.
    multibyte: usize,
    /// Malformed sequences.
    malformed: usize,
}

impl Utf8Shape {
    fn of(bytes: &[u8]) -> Self {
        // Lead bytes of multi-byte characters are 0xC2 and above.
        let leads = |valid: &[u8]| valid.iter().filter(|&&byte| byte >= 0xC2).count();
        if std::str::from_utf8(bytes).is_ok() {
            return Self { multibyte: leads(bytes), malformed: 0 };
        }
        let mut shape = Self { multibyte: 0, malformed: 0 };
        for chunk in bytes.utf8_chunks() {
            shape.multibyte += leads(chunk.valid().as_bytes());
            shape.malformed += usize::from(!chunk.invalid().is_empty());
        }
        shape
    }

    /// Text in another encoding is almost never well-formed by chance, so a few broken characters
    /// among many good ones are damage.
    fn is_plausible(&self) -> bool {
        self.malformed == 0 || self.malformed * 20 <= self.multibyte
    }
}

fn report_replacements(
    out: &Output,
    encoding: &'static Encoding,
    chosen_by: EncodingChosenBy,
    warnings: &mut Vec<Warning>,
) -> Result<()> {
    let place = crate::Place::of_offset(&out.text, out.first_replacement);
    let count = out.replacements;
    let sequences = if count == 1 { "byte sequence is" } else { "byte sequences are" };
    let message = format!("{count} {sequences} malformed in {}", encoding.name());
    let hopeless = count * 20 > out.text.chars().count();
    if chosen_by == EncodingChosenBy::Forced && hopeless {
        return Err(Error::new(ErrorKind::Encoding, message)
            .at(place)
            .hint("the file is in another encoding: leave --encoding out to have it detected"));
    }
    warnings.push(
        Warning::new("malformed-characters", format!("{message}; each was replaced by U+FFFD"))
            .at(place)
            .hint("look at the place, or force another encoding with --encoding"),
    );
    Ok(())
}

/// Text under construction, with its map.
#[derive(Debug, Default)]
struct Output {
    text: String,
    map: OffsetMap,
    replacements: usize,
    first_replacement: usize,
}

impl Output {
    fn decoded(self, name: &str, chosen_by: EncodingChosenBy, verbatim_from: Option<usize>) -> Decoded {
        let encoding = SourceEncoding { name: name.to_owned(), chosen_by, replacements: self.replacements };
        Decoded { text: self.text, map: self.map, verbatim_from, encoding }
    }

    /// A code page of DOS: a character a byte.
    fn page(&mut self, page: &CodePage, bytes: &[u8]) {
        let characters = page.characters();
        for (at, byte) in bytes.iter().enumerate() {
            let c = characters.get(usize::from(*byte)).copied().unwrap_or(char::REPLACEMENT_CHARACTER);
            self.character(c, Span::new(at, at + 1));
        }
    }

    fn run(&mut self, encoding: &'static Encoding, bytes: &[u8], start: usize) {
        if encoding == UTF_8 {
            self.utf8(bytes, start);
        } else if encoding == UTF_16LE {
            self.utf16(bytes, start, u16::from_le_bytes);
        } else if encoding == UTF_16BE {
            self.utf16(bytes, start, u16::from_be_bytes);
        } else {
            self.legacy(encoding, bytes, start);
        }
    }

    fn verbatim(&mut self, piece: &str, at: usize) {
        self.text.push_str(piece);
        self.map.push(piece.len(), Span::new(at, at + piece.len()));
    }

    fn character(&mut self, c: char, source: Span) {
        self.text.push(c);
        self.map.push(c.len_utf8(), source);
    }

    fn replacement(&mut self, source: Span) {
        if self.replacements == 0 {
            self.first_replacement = self.text.len();
        }
        self.replacements += 1;
        self.character(char::REPLACEMENT_CHARACTER, source);
    }

    fn utf8(&mut self, bytes: &[u8], start: usize) {
        let mut at = start;
        if let Some(Ok(valid)) = bytes.get(start..).map(std::str::from_utf8) {
            return self.verbatim(valid, at);
        }
        for chunk in bytes.get(start..).unwrap_or_default().utf8_chunks() {
            self.verbatim(chunk.valid(), at);
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.replacement(Span::new(at, at + chunk.invalid().len()));
                at += chunk.invalid().len();
            }
        }
    }

    fn utf16(&mut self, bytes: &[u8], start: usize, unit: fn([u8; 2]) -> u16) {
        let bytes = bytes.get(start..).unwrap_or_default();
        let (mut pairs, rest) = bytes.as_chunks::<2>();
        let mut cut_off = rest.len();
        if let ([whole @ .., last], [_]) = (pairs, rest)
            && matches!(unit(*last), 0xD800..0xDC00)
        {
            // The file ends inside a character of four bytes: that is one error, not two.
            pairs = whole;
            cut_off += last.len();
        }
        let mut at = start;
        for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
            match decoded {
                Ok(c) => {
                    self.character(c, Span::new(at, at + 2 * c.len_utf16()));
                    at += 2 * c.len_utf16();
                }
                Err(_) => {
                    self.replacement(Span::new(at, at + 2));
                    at += 2;
                }
            }
        }
        if cut_off > 0 {
            self.replacement(Span::new(at, at + cut_off));
        }
    }

    /// All other encodings: the decoder is fed byte by byte, so that each character is known to
    /// come from the bytes fed since the last one. Runs of ASCII are copied at once.
    fn legacy(&mut self, encoding: &'static Encoding, bytes: &[u8], start: usize) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut buffer = [0u8; 32];
        let (mut at, mut pending) = (start.min(bytes.len()), start);
        // After a malformed sequence the decoder may still hold a character.
        let mut settled = encoding.is_ascii_compatible();
        loop {
            if settled && at == pending {
                let run = Encoding::ascii_valid_up_to(&bytes[at..]);
                self.verbatim(std::str::from_utf8(&bytes[at..at + run]).unwrap_or_default(), at);
                at += run;
                pending = at;
            }
            let next = &bytes[at..bytes.len().min(at + 1)];
            let last = at + next.len() == bytes.len();
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(next, &mut buffer, last);
            at += read;
            self.emit(&buffer[..written], pending, at);
            if written > 0 {
                pending = at;
            }
            match result {
                DecoderResult::Malformed(_, _) => {
                    self.replacement(Span::new(pending, at));
                    pending = at;
                    settled = false;
                }
                DecoderResult::InputEmpty if last => break,
                DecoderResult::InputEmpty => {
                    settled = encoding.is_ascii_compatible() && (settled || written > 0)
                }
                DecoderResult::OutputFull => {}
            }
        }
    }

    /// Characters that the decoder gave out at once share their bytes: the first one takes them.
    fn emit(&mut self, utf8: &[u8], from: usize, to: usize) {
        let mut source = Span::new(from, to);
        for c in std::str::from_utf8(utf8).unwrap_or_default().chars() {
            self.character(c, source);
            source = Span::new(to, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8], forced: Option<&str>) -> (Decoded, Vec<Warning>) {
        let mut warnings = Vec::new();
        let decoded = decode(bytes, forced, None, &Lang::und(), &mut warnings).unwrap();
        (decoded, warnings)
    }

    #[test]
    fn marks_win_and_are_dropped() {
        let (decoded, warnings) = read(b"\xEF\xBB\xBFabc", None);
        assert_eq!((decoded.text.as_str(), decoded.verbatim_from), ("abc", Some(3)));
        assert_eq!(decoded.encoding.chosen_by, EncodingChosenBy::Bom);
        assert!(warnings.is_empty());
        let (decoded, _) = read(b"\xFF\xFEa\0\xE9\0", None);
        assert_eq!(decoded.text, "aé");
        assert_eq!(decoded.map.source_of(Span::new(1, 3)), Span::new(4, 6));
        let (decoded, _) = read(b"\xFE\xFF\0a\xD8\x3D\xDE\x00", None);
        assert_eq!(decoded.text, "a😀");
        assert_eq!(decoded.map.source_of(Span::new(1, 5)), Span::new(4, 8));
    }

    #[test]
    fn latin_letters_are_detected_with_a_warning_and_map_back() {
        let bytes = "Der Kreml hat seine Gründe; die Bürokratie führt Krieg für sich."
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>();
        let (decoded, warnings) = read(&bytes, None);
        assert_eq!(decoded.encoding.name, "windows-1252");
        assert_eq!(warnings[0].code, "encoding-detected");
        let at = decoded.text.find("führt").unwrap();
        let source = decoded.map.source_of(Span::new(at, at + "führt".len()));
        assert_eq!(&bytes[source.range()], b"f\xFChrt");
    }

    #[test]
    fn utf16_without_a_mark_is_recognised() {
        let bytes = "Война и мир. Tom I.".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let (decoded, warnings) = read(&bytes, None);
        assert_eq!(decoded.text, "Война и мир. Tom I.");
        assert_eq!(warnings[0].code, "encoding-detected");
    }

    #[test]
    fn a_file_that_ends_inside_a_character_has_one_error() {
        let mut bytes = "The end is near.".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        bytes.extend_from_slice(b"\x3D\xD8\0");
        let mut out = Output::default();
        out.run(UTF_16LE, &bytes, 0);
        assert_eq!((out.text.as_str(), out.replacements), ("The end is near.\u{FFFD}", 1));
        assert_eq!(out.map.source_of(Span::new(16, 19)), Span::new(32, 35));
    }

    #[test]
    fn one_broken_character_among_many_good_ones_is_damage() {
        let mut bytes = "Фраза за фразой, слово за словом.".as_bytes().to_vec();
        bytes.extend_from_slice(b" \xFF!");
        let (decoded, warnings) = read(&bytes, None);
        assert_eq!((decoded.encoding.name.as_str(), decoded.encoding.replacements), ("UTF-8", 1));
        assert_eq!(warnings[0].code, "malformed-characters");
        assert_eq!(warnings[0].place.unwrap().line, 1);
    }

    #[test]
    fn what_is_forced_is_checked() {
        let fail = |bytes: &[u8], label| {
            decode(bytes, Some(label), None, &Lang::und(), &mut Vec::new()).unwrap_err()
        };
        assert!(fail(b"abc", "klingon").shown_hint().unwrap().contains("windows-1252"));
        let error = fail(b"\xE9\xE8\xE0 et\n", "utf-8");
        assert_eq!((error.kind(), error.place().unwrap().line), (ErrorKind::Encoding, 1));
        let (decoded, _) = read("Привет".as_bytes(), Some("koi8-r"));
        assert_eq!(decoded.encoding.name, "KOI8-R");
    }

    #[test]
    fn labels_are_found_in_heads_only() {
        let meta = b"<html><head><meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>";
        assert_eq!(declared_label(meta).as_deref(), Some("iso-8859-1"));
        assert_eq!(declared_label(b"<?xml version='1.0' encoding='utf-8'?>").as_deref(), Some("utf-8"));
        assert_eq!(declared_label(b"<meta charset=\"koi8-r\">").as_deref(), Some("koi8-r"));
        assert_eq!(declared_label(b"<p>charset=utf-8</p>"), None);
    }

    #[test]
    fn a_misdeclared_page_is_read_as_what_it_is() {
        let mut warnings = Vec::new();
        let decoded =
            decode("«né»".as_bytes(), None, Some("iso-8859-1"), &Lang::und(), &mut warnings).unwrap();
        assert_eq!(decoded.text, "«né»");
        assert_eq!(warnings[0].code, "encoding-misdeclared");
    }

    const LABELS: [&str; 8] =
        ["windows-1252", "koi8-r", "gb18030", "big5", "shift_jis", "euc-kr", "iso-2022-jp", "utf-16be"];

    proptest! {
        #[test]
        fn the_map_covers_the_text_in_every_encoding(bytes: Vec<u8>, which in 0..LABELS.len()) {
            let encoding = Encoding::for_label(LABELS[which].as_bytes()).unwrap();
            let mut out = Output::default();
            out.run(encoding, &bytes, 0);
            prop_assert_eq!(out.map.text_len(), out.text.len());
            let (expected, _) = encoding.decode_without_bom_handling(&bytes);
            prop_assert_eq!(&out.text, expected.as_ref());
            prop_assert!(out.map.source_of(Span::new(0, out.text.len())).end <= bytes.len());
        }

        #[test]
        fn every_character_maps_to_its_own_bytes(text in "[a-zé 中文ж\n]{0,40}", which in 0..2usize) {
            let encoding = [encoding_rs::GB18030, UTF_16LE][which];
            let bytes = if which == 0 {
                encoding.encode(&text).0.into_owned()
            } else {
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            };
            let mut out = Output::default();
            out.run(encoding, &bytes, 0);
            for (at, c) in text.char_indices() {
                let source = out.map.source_of(Span::new(at, at + c.len_utf8()));
                let back = encoding.decode_without_bom_handling(&bytes[source.range()]).0;
                prop_assert_eq!(back.as_ref(), c.to_string());
            }
        }
    }
}
