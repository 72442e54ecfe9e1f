//! Bytes of a known encoding to text, with the place that each character comes from.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::codepages::CodePage;
use super::encoding::Decoded;
use crate::model::{EncodingChosenBy, OffsetMap, SourceEncoding, Span};

/// Text under construction, with its map.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) text: String,
    pub(super) map: OffsetMap,
    pub(super) replacements: usize,
    pub(super) first_replacement: usize,
}

impl Output {
    pub(super) fn decoded(
        self,
        name: &str,
        chosen_by: EncodingChosenBy,
        verbatim_from: Option<usize>,
    ) -> Decoded {
        let encoding = SourceEncoding { name: name.to_owned(), chosen_by, replacements: self.replacements };
        Decoded { text: self.text, map: self.map, verbatim_from, encoding }
    }

    /// A code page of DOS: a character a byte.
    pub(super) fn page(&mut self, page: &CodePage, bytes: &[u8]) {
        let characters = page.characters();
        for (at, byte) in bytes.iter().enumerate() {
            let c = characters.get(usize::from(*byte)).copied().unwrap_or(char::REPLACEMENT_CHARACTER);
            self.character(c, Span::new(at, at + 1));
        }
    }

    pub(super) fn run(&mut self, encoding: &'static Encoding, bytes: &[u8], start: usize) {
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

    pub(super) fn verbatim(&mut self, piece: &str, at: usize) {
        self.text.push_str(piece);
        self.map.push(piece.len(), Span::new(at, at + piece.len()));
    }

    pub(super) fn character(&mut self, c: char, source: Span) {
        self.text.push(c);
        self.map.push(c.len_utf8(), source);
    }

    pub(super) fn replacement(&mut self, source: Span) {
        if self.replacements == 0 {
            self.first_replacement = self.text.len();
        }
        self.replacements += 1;
        self.character(char::REPLACEMENT_CHARACTER, source);
    }

    pub(super) fn utf8(&mut self, bytes: &[u8], start: usize) {
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

    pub(super) fn utf16(&mut self, bytes: &[u8], start: usize, unit: fn([u8; 2]) -> u16) {
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
    pub(super) fn legacy(&mut self, encoding: &'static Encoding, bytes: &[u8], start: usize) {
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
