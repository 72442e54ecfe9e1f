//! How a pack is written into the binary.
//!
//! Columns, each a run of bytes, so that like stands beside like and compresses well: the words in
//! ascending order, each as the number of bytes that it shares with the one before and its own rest; how
//! often each occurs (half steps of the binary logarithm); how many concepts it has; the concepts as
//! variable-length numbers (the most frequent concept is 0); their shares in 255ths. All of it deflated.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// What a pack knows of a word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Word {
    /// As the aligner compares it.
    pub text: String,
    /// How often it occurs in its source, as a class: twice the binary logarithm.
    pub class: u8,
    /// The concepts it stands for, with the share of its occurrences in 255ths.
    pub concepts: Vec<(u16, u8)>,
}

/// No pack is larger when it is decoded: what claims to be is broken.
const MOST_BYTES: usize = 1 << 24;

/// The bytes of a pack; `words` ascend by their text.
pub fn encode(words: &[Word]) -> Vec<u8> {
    let mut columns: [Vec<u8>; 7] = Default::default();
    let [shared, rest, text, class, number, concepts, shares] = &mut columns;
    let mut previous: &[u8] = &[];
    for word in words {
        let bytes = &word.text.as_bytes()[..word.text.len().min(255)];
        let common = previous.iter().zip(bytes).take_while(|(x, y)| x == y).count();
        shared.push(common as u8);
        rest.push((bytes.len() - common) as u8);
        text.extend_from_slice(&bytes[common..]);
        class.push(word.class);
        number.push(word.concepts.len().min(255) as u8);
        for &(concept, share) in word.concepts.iter().take(255) {
            write_number(usize::from(concept), concepts);
            shares.push(share);
        }
        previous = bytes;
    }
    let mut out = Vec::new();
    write_number(words.len(), &mut out);
    for column in &columns {
        write_number(column.len(), &mut out);
    }
    columns.iter().for_each(|column| out.extend_from_slice(column));
    compress_to_vec(&out, 10)
}

/// Reads a pack. Broken bytes give no word.
pub(super) fn decode(bytes: &[u8]) -> Vec<Word> {
    decompress_to_vec_with_limit(bytes, MOST_BYTES).ok().and_then(|raw| words(&raw)).unwrap_or_default()
}

fn words(raw: &[u8]) -> Option<Vec<Word>> {
    let mut head = raw;
    let count = read_number(&mut head)?;
    let mut lengths = [0usize; 7];
    for length in &mut lengths {
        *length = read_number(&mut head)?;
    }
    let mut columns: [&[u8]; 7] = [&[]; 7];
    for (column, length) in columns.iter_mut().zip(lengths) {
        (*column, head) = head.split_at_checked(length)?;
    }
    let [shared, rest, mut text, class, number, mut concepts, mut shares] = columns;
    let mut out: Vec<Word> = Vec::with_capacity(count.min(shared.len()));
    let mut bytes: Vec<u8> = Vec::new();
    for k in 0..count {
        bytes.truncate(usize::from(*shared.get(k)?));
        let own;
        (own, text) = text.split_at_checked(usize::from(*rest.get(k)?))?;
        bytes.extend_from_slice(own);
        let many = usize::from(*number.get(k)?);
        let of_word;
        (of_word, shares) = shares.split_at_checked(many)?;
        let mut word = Word {
            text: String::from_utf8(bytes.clone()).ok()?,
            class: *class.get(k)?,
            concepts: Vec::with_capacity(many),
        };
        for &share in of_word {
            word.concepts.push((u16::try_from(read_number(&mut concepts)?).ok()?, share));
        }
        out.push(word);
    }
    Some(out)
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn write_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0usize, 0);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            return Some(number);
        }
        if shift > 28 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, class: u8, concepts: &[(u16, u8)]) -> Word {
        Word { text: text.to_owned(), class, concepts: concepts.to_vec() }
    }

    #[test]
    fn what_is_written_is_read() {
        let words = [
            word("haus", 9, &[(3, 200), (1000, 12)]),
            word("hause", 4, &[(3, 255)]),
            word("häuser", 0, &[]),
            word("在天", 2, &[(65_535, 1)]),
        ];
        assert_eq!(decode(&encode(&words)), words);
        assert_eq!(decode(&encode(&[])), []);
    }

    #[test]
    fn broken_bytes_give_nothing() {
        let whole = encode(&[word("haus", 9, &[(3, 200)])]);
        for end in 0..whole.len() {
            let _ = decode(&whole[..end]);
        }
        assert_eq!(decode(b"no pack"), []);
        assert_eq!(decode(&compress_to_vec(&[200, 1, 1, 1], 1)), []);
    }
}
