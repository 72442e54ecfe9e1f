//! Model2Vec: a vector for each word piece; a text is their mean.
//!
//! `model.safetensors` holds the tensor `embeddings` (in folders of sentence-transformers
//! `embedding.weight`) as F16, BF16, F32, F64 or I8, and where the vocabulary was quantised also
//! `mapping` (the row of each piece) and `weights` (what each piece counts). `config.json` says
//! `max_length` (512). Pieces that are not known are left out; whether the vectors are normalised
//! (`normalize`) does not matter here, since only their directions are compared.

use std::ops::Range;
use std::path::{Path, PathBuf};

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use super::Encoder;
use super::pieces::{Pieces, settings};
use crate::model::Vectors;
use crate::par::prelude::*;
use crate::{Error, ErrorKind, Result};

/// Pieces of a text that are read, if the model does not say.
const MAX_LENGTH: usize = 512;

/// A static model.
#[derive(Debug)]
pub(super) struct Model2Vec {
    path: PathBuf,
    pieces: Pieces,
    bytes: Vec<u8>,
    /// Where the table stands in the bytes.
    table: Range<usize>,
    dtype: Dtype,
    dimension: usize,
    mapping: Option<Vec<usize>>,
    weights: Option<Vec<f32>>,
}

impl Model2Vec {
    /// Opens the model in a folder.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("model.safetensors");
        let error = |kind, message: String| Error::new(kind, message).in_file(&path);
        let most = settings(&folder.join("config.json"))?["max_length"].as_u64();
        let most = most.map_or(MAX_LENGTH, |n| usize::try_from(n).unwrap_or(MAX_LENGTH).max(1));
        let pieces = Pieces::open(&folder.join("tokenizer.json"), most, false)?;
        let bytes = std::fs::read(&path).map_err(|cause| Error::io(&path, cause))?;
        let (table, dtype, rows, dimension, mapping, weights) = {
            let tensors = SafeTensors::deserialize(&bytes)
                .map_err(|e| error(ErrorKind::Syntax, format!("no tensors can be read: {e}")))?;
            let table = tensors.tensor("embeddings").or_else(|_| tensors.tensor("embedding.weight"));
            let table = table.map_err(|_| {
                error(ErrorKind::Unsupported, "no tensor is named `embeddings`".into())
                    .hint("this is no Model2Vec model; another sentence encoder is read as model.onnx")
            })?;
            let [rows, dimension] = *table.shape() else {
                let shape = table.shape();
                return Err(error(ErrorKind::Unsupported, format!("`embeddings` has the shape {shape:?}")));
            };
            if width(table.dtype()).is_none() || dimension == 0 {
                let message = format!("`embeddings` holds {dimension} × {:?}", table.dtype());
                return Err(
                    error(ErrorKind::Unsupported, message).hint("F16, BF16, F32, F64 and I8 are read")
                );
            }
            let unread = |name: &str| error(ErrorKind::Unsupported, format!("`{name}` cannot be read"));
            let mapping = tensors.tensor("mapping").ok();
            let mapping = mapping.map(|t| integers(&t).ok_or_else(|| unread("mapping"))).transpose()?;
            let weights = tensors.tensor("weights").ok();
            let weights = weights
                .map(|t| {
                    width(t.dtype()).map(|_| floats(t.data(), t.dtype())).ok_or_else(|| unread("weights"))
                })
                .transpose()?;
            let start = table.data().as_ptr() as usize - bytes.as_ptr() as usize;
            (start..start + table.data().len(), table.dtype(), rows, dimension, mapping, weights)
        };
        let count = pieces.count();
        let short = |name: &str, has: usize| {
            let message = format!("`{name}` has {has} rows, the tokenizer {count} pieces");
            error(ErrorKind::Conflict, message).hint("model and tokenizer belong together")
        };
        match &mapping {
            Some(mapping) if mapping.len() < count => return Err(short("mapping", mapping.len())),
            Some(mapping) if mapping.iter().any(|&row| row >= rows) => return Err(short("mapping", rows)),
            None if rows < count => return Err(short("embeddings", rows)),
            _ => {}
        }
        if let Some(weights) = weights.as_ref().filter(|weights| weights.len() < count) {
            return Err(short("weights", weights.len()));
        }
        Ok(Self { path, pieces, bytes, table, dtype, dimension, mapping, weights })
    }

    /// The vector of one text.
    fn vector(&self, text: &str) -> Result<Vec<f32>> {
        let mut sum = vec![0f32; self.dimension];
        let known = |piece: &u32| Some(*piece) != self.pieces.unknown;
        let row_width = self.dimension * width(self.dtype).unwrap_or(1);
        let mut count = 0f32;
        for piece in self.pieces.of(text)?.into_iter().filter(known) {
            let piece = piece as usize;
            let row = self.mapping.as_ref().map_or(piece, |mapping| mapping[piece]);
            let weight = self.weights.as_ref().map_or(1.0, |weights| weights[piece]);
            let bytes = &self.bytes[self.table.clone()][row * row_width..][..row_width];
            sum.iter_mut().zip(floats(bytes, self.dtype)).for_each(|(s, x)| *s += weight * x);
            count += 1.0;
        }
        sum.iter_mut().for_each(|x| *x /= count.max(1.0));
        Ok(sum)
    }
}

impl Encoder for Model2Vec {
    fn encode(&self, texts: &[String]) -> Result<Vectors> {
        let rows = texts.par_iter().map(|text| self.vector(text)).collect::<Result<Vec<_>>>()?;
        Vectors::new(self.dimension, rows.concat())
            .map_err(|fault| Error::new(ErrorKind::Unsupported, fault).in_file(&self.path))
    }
}

/// Bytes of a number.
fn width(dtype: Dtype) -> Option<usize> {
    match dtype {
        Dtype::I8 => Some(1),
        Dtype::F16 | Dtype::BF16 => Some(2),
        Dtype::F32 => Some(4),
        Dtype::F64 => Some(8),
        _ => None,
    }
}

fn floats(bytes: &[u8], dtype: Dtype) -> Vec<f32> {
    match dtype {
        Dtype::I8 => bytes.iter().map(|&b| f32::from(b as i8)).collect(),
        Dtype::F16 => chunks(bytes).map(|b| half::f16::from_le_bytes(b).to_f32()).collect(),
        Dtype::BF16 => chunks(bytes).map(|b| half::bf16::from_le_bytes(b).to_f32()).collect(),
        Dtype::F64 => chunks(bytes).map(|b| f64::from_le_bytes(b) as f32).collect(),
        _ => chunks(bytes).map(f32::from_le_bytes).collect(),
    }
}

/// Numbers that are rows: none is negative.
fn integers(tensor: &TensorView<'_>) -> Option<Vec<usize>> {
    let bytes = tensor.data();
    match tensor.dtype() {
        Dtype::I64 => chunks(bytes).map(|b| usize::try_from(i64::from_le_bytes(b)).ok()).collect(),
        Dtype::I32 => chunks(bytes).map(|b| usize::try_from(i32::from_le_bytes(b)).ok()).collect(),
        Dtype::U32 => chunks(bytes).map(|b| usize::try_from(u32::from_le_bytes(b)).ok()).collect(),
        Dtype::U16 => chunks(bytes).map(|b| Some(usize::from(u16::from_le_bytes(b)))).collect(),
        _ => None,
    }
}

fn chunks<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> {
    bytes.as_chunks::<N>().0.iter().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const TOKENIZER: &str = r#"{
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": null, "decoder": null,
        "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "war": 1, "peace": 2, "and": 3}}
    }"#;

    /// A tensor to be written: type, shape, bytes.
    type Made = (Dtype, Vec<usize>, Vec<u8>);

    fn tensor(dtype: Dtype, shape: &[usize], bytes: Vec<u8>) -> Made {
        (dtype, shape.to_vec(), bytes)
    }

    fn folder(tensors: &[(&str, Made)], tokenizer: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let views: BTreeMap<&str, TensorView<'_>> = tensors
            .iter()
            .map(|(name, (dtype, shape, bytes))| {
                (*name, TensorView::new(*dtype, shape.clone(), bytes).unwrap())
            })
            .collect();
        let bytes = safetensors::serialize(views, None).unwrap();
        std::fs::write(folder.path().join("model.safetensors"), bytes).unwrap();
        std::fs::write(folder.path().join("tokenizer.json"), tokenizer).unwrap();
        std::fs::write(folder.path().join("config.json"), r#"{"normalize": true, "max_length": 4}"#).unwrap();
        folder
    }

    fn single(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    fn encoded(folder: &Path, texts: &[&str]) -> Vectors {
        let texts: Vec<String> = texts.iter().map(|&t| t.to_owned()).collect();
        super::super::open(folder).unwrap().encode(&texts).unwrap()
    }

    #[test]
    fn a_text_is_the_mean_of_its_known_pieces() {
        let table = [9.0, 9.0, 1.0, 0.0, 0.0, 1.0, 0.5, 0.5];
        let half = |x: &f32| half::f16::from_f32(*x).to_le_bytes();
        for table in [
            tensor(Dtype::F32, &[4, 2], single(&table)),
            tensor(Dtype::F16, &[4, 2], table.iter().flat_map(half).collect()),
            tensor(Dtype::F64, &[4, 2], table.iter().flat_map(|&x| f64::from(x).to_le_bytes()).collect()),
        ] {
            let folder = folder(&[("embeddings", table)], TOKENIZER);
            let vectors = encoded(folder.path(), &["War and peace", "unheard war", "nothing", ""]);
            assert_eq!(vectors.row(0), [0.5, 0.5]);
            assert_eq!(
                (vectors.row(1), vectors.row(2), vectors.row(3)),
                (&[1.0, 0.0][..], &[0.0, 0.0][..], &[0.0, 0.0][..])
            );
            let long = encoded(folder.path(), &["war war war war peace peace"]);
            assert_eq!(long.row(0), [1.0, 0.0], "a text ends after max_length pieces");
        }
    }

    #[test]
    fn quantised_vocabularies_have_mapping_and_weights() {
        let mapping: Vec<u8> = [0i64, 1, 0, 1].iter().flat_map(|x| x.to_le_bytes()).collect();
        let folder = folder(
            &[
                ("embeddings", tensor(Dtype::I8, &[2, 2], vec![4, 0, 0, 254])),
                ("mapping", tensor(Dtype::I64, &[4], mapping)),
                ("weights", tensor(Dtype::F32, &[4], single(&[1.0, 0.5, 2.0, 1.0]))),
            ],
            TOKENIZER,
        );
        assert_eq!(encoded(folder.path(), &["war", "peace"]).values(), [0.0, -1.0, 8.0, 0.0]);
        assert_eq!(encoded(folder.path(), &["war peace"]).values(), [4.0, -0.5]);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let good = || tensor(Dtype::F32, &[4, 2], single(&[0.0; 8]));
        let error = |tensors: &[(&str, Made)], tokenizer: &str| {
            super::super::open(folder(tensors, tokenizer).path()).unwrap_err()
        };
        for (tensors, tokenizer, kind, message) in [
            (vec![("pooler", good())], TOKENIZER, ErrorKind::Unsupported, "`embeddings`"),
            (vec![("embeddings", good())], "{}", ErrorKind::Syntax, "not a tokenizer"),
            (
                vec![("embeddings", tensor(Dtype::F32, &[3, 2], single(&[0.0; 6])))],
                TOKENIZER,
                ErrorKind::Conflict,
                "3 rows, the tokenizer 4 pieces",
            ),
            (
                vec![("embeddings", tensor(Dtype::F32, &[8], single(&[0.0; 8])))],
                TOKENIZER,
                ErrorKind::Unsupported,
                "the shape [8]",
            ),
            (
                vec![("embeddings", tensor(Dtype::U8, &[4, 2], vec![0; 8]))],
                TOKENIZER,
                ErrorKind::Unsupported,
                "U8",
            ),
            (
                vec![("embeddings", good()), ("weights", tensor(Dtype::F32, &[1], single(&[0.0])))],
                TOKENIZER,
                ErrorKind::Conflict,
                "`weights` has 1 rows",
            ),
        ] {
            let error = error(&tensors, tokenizer);
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.message().contains(message), "{error}");
        }
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(super::super::open(empty.path()).unwrap_err().kind(), ErrorKind::Unsupported);
        let missing = empty.path().join("none");
        assert_eq!(super::super::open(&missing).unwrap_err().kind(), ErrorKind::NotFound);
        std::fs::write(empty.path().join("model.safetensors"), [255; 20]).unwrap();
        std::fs::write(empty.path().join("tokenizer.json"), TOKENIZER).unwrap();
        assert_eq!(super::super::open(empty.path()).unwrap_err().kind(), ErrorKind::Syntax);
    }

    #[test]
    fn fingerprints_follow_the_files() {
        let one = folder(&[("embeddings", tensor(Dtype::F32, &[4, 2], single(&[0.0; 8])))], TOKENIZER);
        let before = super::super::fingerprint(one.path()).unwrap();
        assert_eq!(before, super::super::fingerprint(one.path()).unwrap());
        std::fs::write(one.path().join("config.json"), "{}").unwrap();
        assert_ne!(before, super::super::fingerprint(one.path()).unwrap());
    }
}
