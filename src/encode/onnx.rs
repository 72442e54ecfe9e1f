//! A sentence encoder in ONNX, as sentence-transformers exports them, run by `tract`.
//!
//! Inputs: `input_ids`, `attention_mask` and, where the model asks for it, `token_type_ids`. The output
//! `sentence_embedding` is taken as it is; else the first one, a vector for each piece of the text, is
//! pooled as `1_Pooling/config.json` says: their mean (also without that file), the first, or the
//! largest numbers. `sentence_bert_config.json` says how long texts may be (`max_seq_length`, 512). The
//! last digits of the vectors depend on the processor.

use std::path::{Path, PathBuf};

use tract_onnx::prelude::*;

use super::Encoder;
use super::pieces::{Pieces, settings};
use crate::model::Vectors;
use crate::par::prelude::*;
use crate::{Error, ErrorKind, Result};

/// Pieces of a text that are read, if the model does not say.
const MAX_LENGTH: usize = 512;

type Runnable = TypedRunnableModel<TypedModel>;

/// How the vectors of pieces become that of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pooling {
    Mean,
    First,
    Largest,
}

/// What an input of the model wants.
#[derive(Debug, Clone, Copy)]
enum Input {
    Pieces,
    Mask,
    Types,
}

/// An encoder with its tokenizer.
#[derive(Debug)]
pub(super) struct Onnx {
    path: PathBuf,
    pieces: Pieces,
    model: Runnable,
    inputs: Vec<Input>,
    pooling: Pooling,
}

impl Onnx {
    /// Opens the model `path` with what lies beside it in `folder`.
    pub(super) fn open(path: &Path, folder: &Path) -> Result<Self> {
        let most = settings(&folder.join("sentence_bert_config.json"))?["max_seq_length"].as_u64();
        let most = most.map_or(MAX_LENGTH, |n| usize::try_from(n).unwrap_or(MAX_LENGTH).max(1));
        let pieces = Pieces::open(&folder.join("tokenizer.json"), most, true)?;
        let pooling = pooling(&settings(&folder.join("1_Pooling/config.json"))?).ok_or_else(|| {
            Error::new(ErrorKind::Unsupported, "this way of pooling is not known")
                .in_file(folder.join("1_Pooling/config.json"))
                .hint("mean, first piece (cls) and max are")
        })?;
        let (model, inputs) = load(path).map_err(|fault| fault.in_file(path))?;
        Ok(Self { path: path.to_owned(), pieces, model, inputs, pooling })
    }

    fn vector(&self, text: &str) -> Result<Vec<f32>> {
        let ids: Vec<i64> = self.pieces.of(text)?.into_iter().map(i64::from).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let length = ids.len();
        let run = || -> TractResult<Vec<f32>> {
            let tensor =
                |values: Vec<i64>| Tensor::from_shape(&[1, length], &values).map(|t| t.into_tvalue());
            let inputs = self.inputs.iter().map(|input| match input {
                Input::Pieces => tensor(ids.clone()),
                Input::Mask => tensor(vec![1; length]),
                Input::Types => tensor(vec![0; length]),
            });
            let outputs = self.model.run(inputs.collect::<TractResult<TVec<_>>>()?)?;
            let output = outputs[0].cast_to::<f32>()?;
            let values = output.as_slice::<f32>()?;
            Ok(match *output.shape() {
                [1, pieces, width] if width > 0 => pool(&values[..pieces * width], width, self.pooling),
                _ => values.to_vec(),
            })
        };
        run().map_err(|fault| {
            let shown: String = text.chars().take(40).collect();
            let message = format!("the model fails on `{shown}`: {fault:#}");
            Error::new(ErrorKind::Unsupported, message).in_file(&self.path)
        })
    }
}

impl Encoder for Onnx {
    fn encode(&self, texts: &[String]) -> Result<Vectors> {
        let mut rows = texts.par_iter().map(|text| self.vector(text)).collect::<Result<Vec<_>>>()?;
        let dimension = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        rows.iter_mut().filter(|row| row.is_empty()).for_each(|row| row.resize(dimension, 0.0));
        let error = |fault: String| Error::new(ErrorKind::Unsupported, fault).in_file(&self.path);
        if rows.iter().any(|row| row.len() != dimension) {
            return Err(error("the model gives vectors of different lengths".into()));
        }
        Vectors::new(dimension, rows.concat()).map_err(error)
    }
}

/// Reads the model and says what its inputs want.
fn load(path: &Path) -> Result<(Runnable, Vec<Input>)> {
    let fault = |what: &str, fault: &TractError| {
        Error::new(ErrorKind::Unsupported, format!("{what}: {fault:#}"))
            .hint("an encoder exported by sentence-transformers or optimum, for plain CPU, is expected")
    };
    let mut model =
        tract_onnx::onnx().model_for_path(path).map_err(|e| fault("no ONNX model can be read", &e))?;
    let outlets = model.inputs.clone();
    let mut inputs = Vec::new();
    let length = model.symbols.sym("length");
    for (k, outlet) in outlets.iter().enumerate() {
        let name = model.node(outlet.node).name.clone();
        inputs.push(match name.as_str() {
            "input_ids" => Input::Pieces,
            "attention_mask" => Input::Mask,
            "token_type_ids" => Input::Types,
            _ => {
                let error = Error::new(ErrorKind::Unsupported, format!("the model asks for `{name}`"));
                return Err(error.hint("input_ids, attention_mask and token_type_ids can be given"));
            }
        });
        let fact = InferenceFact::dt_shape(i64::datum_type(), tvec!(1.to_dim(), length.to_dim()));
        model.set_input_fact(k, fact).map_err(|e| fault("the model's inputs are not understood", &e))?;
    }
    let labels = model.outputs.clone();
    let whole = labels.iter().find(|o| model.outlet_label(**o) == Some("sentence_embedding"));
    let first = whole.or_else(|| labels.first()).copied();
    let output = first.ok_or_else(|| Error::new(ErrorKind::Unsupported, "the model has no output"))?;
    model.set_output_outlets(&[output]).map_err(|e| fault("the model's outputs are not understood", &e))?;
    let runnable = model.into_optimized().and_then(|model| model.into_runnable());
    Ok((runnable.map_err(|e| fault("the model cannot be run", &e))?, inputs))
}

fn pooling(settings: &serde_json::Value) -> Option<Pooling> {
    let is = |key: &str| settings[key].as_bool() == Some(true);
    let modes = [
        ("pooling_mode_mean_tokens", Pooling::Mean),
        ("pooling_mode_cls_token", Pooling::First),
        ("pooling_mode_max_tokens", Pooling::Largest),
    ];
    let chosen: Vec<Pooling> = modes.iter().filter(|mode| is(mode.0)).map(|mode| mode.1).collect();
    match chosen[..] {
        [one] => Some(one),
        [] if settings.is_null() => Some(Pooling::Mean),
        _ => None,
    }
}

fn pool(values: &[f32], width: usize, pooling: Pooling) -> Vec<f32> {
    let mut rows = values.chunks_exact(width);
    let mut out = rows.next().map_or_else(Vec::new, <[f32]>::to_vec);
    match pooling {
        Pooling::First => {}
        Pooling::Mean => {
            rows.for_each(|row| out.iter_mut().zip(row).for_each(|(o, x)| *o += x));
            let count = (values.len() / width) as f32;
            out.iter_mut().for_each(|x| *x /= count);
        }
        Pooling::Largest => rows.for_each(|row| out.iter_mut().zip(row).for_each(|(o, x)| *o = o.max(*x))),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_pooled_as_the_settings_say() {
        let settings = |json: &str| pooling(&serde_json::from_str(json).unwrap());
        assert_eq!(settings("null"), Some(Pooling::Mean));
        assert_eq!(
            settings(r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#),
            Some(Pooling::First)
        );
        assert_eq!(settings(r#"{"pooling_mode_weightedmean_tokens": true}"#), None);
        let values = [1.0, 4.0, 3.0, -2.0];
        assert_eq!(pool(&values, 2, Pooling::Mean), [2.0, 1.0]);
        assert_eq!(pool(&values, 2, Pooling::First), [1.0, 4.0]);
        assert_eq!(pool(&values, 2, Pooling::Largest), [3.0, 4.0]);
    }
}
