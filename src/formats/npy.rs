//! NumPy's format for one array (`.npy`, versions 1 to 3), as far as it holds a table of real numbers.
//!
//! The format: the magic bytes `93 4E 55 4D 50 59`, a version (two bytes), the length of the header (two
//! bytes little-endian in version 1, four from 2 on), the header (a Python dictionary with `descr`,
//! `fortran_order` and `shape`), then the numbers (NumPy Enhancement Proposal 1). Read are `f2`, `f4` and
//! `f8` of either byte order, in C or Fortran order, with two dimensions: a row for each text.

use std::path::Path;

use crate::model::Vectors;
use crate::{Error, ErrorKind, Result};

const MAGIC: &[u8] = b"\x93NUMPY";
/// The longest header that NumPy itself takes from strangers.
const LONGEST_HEADER: usize = 10_000;

/// Whether the bytes begin like an array of NumPy's.
pub fn is_npy(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a table of numbers; `path` is for messages only.
///
/// # Errors
/// `Syntax` for bytes that are no such file or end too early or late, `TooLarge` for a header beyond
/// reason, `Unsupported` for other kinds of arrays, and for numbers that are not finite.
pub fn read(bytes: &[u8], path: &Path) -> Result<Vectors> {
    let error = |kind, message: String| Error::new(kind, message).in_file(path);
    let syntax = |message: String| error(ErrorKind::Syntax, message);
    if !is_npy(bytes) {
        return Err(syntax("this is no array of NumPy's".into())
            .hint("numpy.save(\"vectors.npy\", vectors) writes one; raw numbers need --overlaps"));
    }
    let cut = || syntax("the file ends inside its header".into()).hint("it was not copied whole");
    let (&major, rest) = bytes[MAGIC.len()..].split_first().ok_or_else(cut)?;
    let (_, rest) = rest.split_first().ok_or_else(cut)?;
    let (length, rest) = match major {
        1 => rest.split_first_chunk::<2>().map(|(x, rest)| (usize::from(u16::from_le_bytes(*x)), rest)),
        2 | 3 => rest.split_first_chunk::<4>().map(|(x, rest)| (u32::from_le_bytes(*x) as usize, rest)),
        _ => {
            let message = format!("version {major} of NumPy's format is not known");
            return Err(error(ErrorKind::Unsupported, message).hint("versions 1 to 3 are read"));
        }
    }
    .ok_or_else(cut)?;
    if length > LONGEST_HEADER {
        let message = format!("a header of {length} bytes is longer than {LONGEST_HEADER}");
        return Err(error(ErrorKind::TooLarge, message).hint("save the vectors as a plain table"));
    }
    let (header, data) = rest.split_at_checked(length).ok_or_else(cut)?;
    let header = std::str::from_utf8(header).ok().and_then(Header::parse);
    let header = header.ok_or_else(|| syntax("the header of the array cannot be read".into()))?;
    let [rows, columns] = header.shape[..] else {
        let message = format!("the array has {} dimensions, not 2", header.shape.len());
        return Err(error(ErrorKind::Unsupported, message).hint("a row for each sentence is needed"));
    };
    let Some((width, big)) = float(&header.descr) else {
        let message = format!("the array holds `{}`, no floating-point numbers", header.descr);
        return Err(error(ErrorKind::Unsupported, message).hint("save it as float32"));
    };
    let wanted = rows.checked_mul(columns).and_then(|n| n.checked_mul(width));
    if wanted != Some(data.len()) {
        let wanted = wanted.map_or_else(|| "more than any file has".to_owned(), |n| n.to_string());
        let message = format!("{rows} × {columns} numbers need {wanted} bytes, but {} follow", data.len());
        return Err(syntax(message).hint("the file was not copied whole, or holds several arrays"));
    }
    let mut values = numbers(data, width, big);
    if header.fortran {
        values = (0..rows * columns).map(|k| values[k % columns * rows + k / columns]).collect();
    }
    Vectors::new(columns, values).map_err(|fault| error(ErrorKind::Unsupported, fault))
}

/// Bytes of a number and whether the first is the highest; `None` for other types.
fn float(descr: &str) -> Option<(usize, bool)> {
    let (order, kind) = descr.split_at_checked(1)?;
    let big = match order {
        "<" | "=" => false,
        ">" => true,
        _ => return None,
    };
    let width = match kind {
        "f2" => 2,
        "f4" => 4,
        "f8" => 8,
        _ => return None,
    };
    Some((width, big))
}

/// Numbers of 2, 4 or 8 bytes, in single precision.
fn numbers(data: &[u8], width: usize, big: bool) -> Vec<f32> {
    let chunks = data.chunks_exact(width);
    let one = |bytes: &[u8]| -> f32 {
        let mut ordered = [0u8; 8];
        ordered[..width].copy_from_slice(bytes);
        if big {
            ordered[..width].reverse();
        }
        let [a, b, c, d, ..] = ordered;
        match width {
            2 => half::f16::from_le_bytes([a, b]).to_f32(),
            4 => f32::from_le_bytes([a, b, c, d]),
            _ => f64::from_le_bytes(ordered) as f32,
        }
    };
    chunks.map(one).collect()
}

/// Raw little-endian numbers in single precision, as vecalign's embedding files hold them.
pub(crate) fn raw(data: &[u8]) -> Vec<f32> {
    numbers(data, 4, false)
}

/// Writes vectors as a `.npy` of version 1 in single precision.
pub fn bytes_of(vectors: &Vectors) -> Vec<u8> {
    let (rows, columns) = (vectors.len(), vectors.dimension());
    let mut header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    // The numbers begin at a multiple of 64.
    let whole = (MAGIC.len() + 4 + header.len() + 1).next_multiple_of(64);
    header.push_str(&" ".repeat(whole - MAGIC.len() - 4 - header.len() - 1));
    header.push('\n');
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&[1, 0]);
    out.extend_from_slice(&(header.len() as u16).to_le_bytes());
    out.extend_from_slice(header.as_bytes());
    vectors.values().iter().for_each(|x| out.extend_from_slice(&x.to_le_bytes()));
    out
}

/// What the header says.
#[derive(Debug, PartialEq)]
struct Header {
    descr: String,
    fortran: bool,
    shape: Vec<usize>,
}

impl Header {
    /// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, in any order.
    fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        let (mut descr, mut fortran, mut shape) = (None, None, None);
        while !rest.is_empty() {
            let (key, after) = quoted(rest)?;
            let value = after.trim_start().strip_prefix(':')?.trim_start();
            rest = match key {
                "descr" => {
                    let (word, after) = quoted(value)?;
                    descr = Some(word.to_owned());
                    after
                }
                "fortran_order" => {
                    let (word, after) = value.split_at(value.find(|c: char| !c.is_alphabetic())?);
                    fortran = Some(match word {
                        "True" => true,
                        "False" => false,
                        _ => return None,
                    });
                    after
                }
                "shape" => {
                    let (inside, after) = value.strip_prefix('(')?.split_once(')')?;
                    let sizes = inside.split(',').map(str::trim).filter(|size| !size.is_empty());
                    // Python 2 wrote long integers with an L.
                    let size = |size: &str| size.trim_end_matches('L').parse::<usize>().ok();
                    shape = Some(sizes.map(size).collect::<Option<Vec<_>>>()?);
                    after
                }
                _ => return None,
            };
            rest = rest.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        Some(Self { descr: descr?, fortran: fortran?, shape: shape? })
    }
}

/// A string in quotes and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn npy(major: u8, header: &str, data: &[u8]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&[major, 0]);
        match major {
            1 => out.extend_from_slice(&(header.len() as u16).to_le_bytes()),
            _ => out.extend_from_slice(&(header.len() as u32).to_le_bytes()),
        }
        [out.as_slice(), header.as_bytes(), data].concat()
    }

    fn header(descr: &str, fortran: &str, shape: &str) -> String {
        format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}          \n")
    }

    fn read(bytes: &[u8]) -> Result<Vectors> {
        super::read(bytes, Path::new("v.npy"))
    }

    #[test]
    fn every_version_width_and_order_is_read() {
        let expected = Vectors::new(3, vec![1.0, -2.0, 0.5, 4.0, 5.0, -6.0]).unwrap();
        let c_order: Vec<f32> = expected.values().to_vec();
        let fortran_order = [1.0, 4.0, -2.0, 5.0, 0.5, -6.0];
        let bytes = |values: &[f32], f: &dyn Fn(f32) -> Vec<u8>| -> Vec<u8> {
            values.iter().flat_map(|&x| f(x)).collect()
        };
        let single = |x: f32| x.to_le_bytes().to_vec();
        for major in 1..=3 {
            let file = npy(major, &header("<f4", "False", "(2, 3)"), &bytes(&c_order, &single));
            assert_eq!(read(&file).unwrap(), expected);
        }
        let file = npy(1, &header("<f4", "True", "(2, 3)"), &bytes(&fortran_order, &single));
        assert_eq!(read(&file).unwrap(), expected);
        for (descr, number) in [
            ("<f2", (&|x| half::f16::from_f32(x).to_le_bytes().to_vec()) as &dyn Fn(f32) -> Vec<u8>),
            (">f4", &|x| x.to_be_bytes().to_vec()),
            ("<f8", &|x| f64::from(x).to_le_bytes().to_vec()),
            (">f8", &|x| f64::from(x).to_be_bytes().to_vec()),
        ] {
            let file = npy(2, &header(descr, "False", "(2L, 3L)"), &bytes(&c_order, number));
            assert_eq!(read(&file).unwrap(), expected, "{descr}");
        }
        assert!(read(&npy(1, &header("<f4", "False", "(0, 3)"), b"")).unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_said() {
        let good = npy(1, &header("<f4", "False", "(1, 2)"), &[0; 8]);
        assert!(read(&good).is_ok());
        let many = "9".repeat(18);
        for (bytes, kind, message) in [
            (b"PK\x03\x04".to_vec(), ErrorKind::Syntax, "no array of NumPy's"),
            (good[..7].to_vec(), ErrorKind::Syntax, "ends inside its header"),
            (good[..30].to_vec(), ErrorKind::Syntax, "ends inside its header"),
            (good[..good.len() - 1].to_vec(), ErrorKind::Syntax, "need 8 bytes, but 7 follow"),
            ([good.as_slice(), b"x"].concat(), ErrorKind::Syntax, "need 8 bytes, but 9 follow"),
            (npy(4, "{}", b""), ErrorKind::Unsupported, "version 4"),
            (npy(2, &" ".repeat(10_001), b""), ErrorKind::TooLarge, "a header of 10001 bytes"),
            (npy(1, "{'descr': ", b""), ErrorKind::Syntax, "cannot be read"),
            (npy(1, "{'descr': '<f4', 'shape': (1, 2)}", b""), ErrorKind::Syntax, "cannot be read"),
            (npy(1, &header("<i4", "False", "(1, 2)"), &[0; 8]), ErrorKind::Unsupported, "`<i4`"),
            (npy(1, &header("<f4", "False", "(2,)"), &[0; 8]), ErrorKind::Unsupported, "1 dimensions"),
            (npy(1, &header("<f4", "False", "(2, 0)"), b""), ErrorKind::Unsupported, "dimension is 0"),
            (
                npy(1, &header("<f4", "False", &format!("({many}, {many})")), b""),
                ErrorKind::Syntax,
                "more than any file has",
            ),
            (
                npy(1, &header("<f4", "False", "(1, 2)"), &[0, 0, 0, 0, 0, 0, 0x80, 0x7f]),
                ErrorKind::Unsupported,
                "row 0, column 1 (from 0) is inf",
            ),
        ] {
            let error = read(&bytes).unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.message().contains(message), "{error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(dimension in 1usize..9, values in prop::collection::vec(-1e9f32..1e9, 0..60)) {
            let whole = values.len() / dimension * dimension;
            let vectors = Vectors::new(dimension, values[..whole].to_vec()).unwrap();
            let bytes = bytes_of(&vectors);
            prop_assert_eq!((bytes.len() - 4 * whole) % 64, 0);
            prop_assert_eq!(read(&bytes).unwrap(), vectors);
        }

        #[test]
        fn no_bytes_make_it_panic(header in "[ -~]{0,60}", data in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&data);
            let _ = read(&npy(1, &header, &data));
        }
    }
}
