//! The JSON of CollateX: witnesses in, an alignment table out.
//!
//! Input (<https://collatex.net/doc/#input>): `{"witnesses": [{"id": "A", "content": "..."}]}`, or
//! pre-tokenised with `"tokens": [{"t": "..."}]`; other members are ignored. Output: `witnesses`, their
//! sigla, and `table`, a row for each column of the collation with a cell for each witness: a list of its
//! tokens there. Lossy: no classes, no moves; a witness that is absent has an empty cell like one that
//! omits something.

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::model::Collated;
use crate::{Error, ErrorKind, Place, Result};

/// A witness of an input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its siglum.
    pub siglum: String,
    /// Its text; tokens are joined, with a space where none of both has one.
    pub text: String,
}

#[derive(Deserialize)]
struct Request {
    witnesses: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: String,
    content: Option<String>,
    #[serde(default)]
    tokens: Vec<GivenToken>,
}

#[derive(Deserialize)]
struct GivenToken {
    t: String,
}

/// Reads the witnesses of an input file; `path` is for messages only.
///
/// # Errors
/// `Syntax` with its place for what is not of the format, `Conflict` for a siglum given twice.
pub fn read(json: &str, path: &Path) -> Result<Vec<Input>> {
    let request: Request = serde_json::from_str(json).map_err(|error| {
        let place = Place { line: error.line().max(1), column: Some(error.column().max(1)) };
        Error::new(ErrorKind::Syntax, format!("not CollateX input: {error}"))
            .in_file(path)
            .at(place)
            .hint("expected {\"witnesses\": [{\"id\": \"A\", \"content\": \"...\"}, ...]}")
    })?;
    let mut inputs: Vec<Input> = Vec::new();
    for given in request.witnesses {
        if inputs.iter().any(|input| input.siglum == given.id) {
            return Err(Error::new(ErrorKind::Conflict, format!("the siglum `{}` is given twice", given.id))
                .in_file(path)
                .hint("each witness needs an id of its own"));
        }
        let text = given.content.unwrap_or_else(|| joined(&given.tokens));
        inputs.push(Input { siglum: given.id, text });
    }
    Ok(inputs)
}

fn joined(tokens: &[GivenToken]) -> String {
    let mut text = String::new();
    for token in tokens {
        let apart = text.is_empty() || text.ends_with(char::is_whitespace);
        if !apart && !token.t.starts_with(char::is_whitespace) {
            text.push(' ');
        }
        text.push_str(&token.t);
    }
    text
}

#[derive(Serialize)]
struct Table<'t> {
    witnesses: Vec<&'t str>,
    table: Vec<Vec<Vec<Token<'t>>>>,
}

#[derive(Serialize)]
struct Token<'t> {
    t: &'t str,
}

/// Writes the table. Each token has the white space that follows it in its witness, so that the
/// tokens of a witness joined are its text.
///
/// # Errors
/// Those of `out`.
pub fn write(collated: &Collated, out: &mut dyn Write) -> io::Result<()> {
    let witnesses = &collated.collation.witnesses;
    let empty = || witnesses.iter().map(|_| Vec::new()).collect::<Vec<Vec<Token<'_>>>>();
    let mut table: Vec<Vec<Vec<Token<'_>>>> = (0..collated.collation.columns).map(|_| empty()).collect();
    for (index, witness) in witnesses.iter().enumerate() {
        for (number, token) in witness.tokens.iter().enumerate() {
            let next = witness.tokens.get(number + 1);
            let end = next.map_or(witness.text.len(), |next| next.read.start as usize);
            let t = &witness.text[token.read.start as usize..end];
            table[token.column as usize][index].push(Token { t });
        }
    }
    let sigla = witnesses.iter().map(|witness| witness.siglum.as_str()).collect();
    serde_json::to_writer(&mut *out, &Table { witnesses: sigla, table })?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn a_table_with_a_cell_for_each_witness() {
        let case = Case::three();
        let mut out = Vec::new();
        write(&case.collated(), &mut out).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["witnesses"], serde_json::json!(["A", "B", "C"]));
        assert_eq!(
            value["table"][1],
            serde_json::json!([[{"t": "colour "}], [{"t": "color "}], [{"t": "color "}]])
        );
        assert_eq!(value["table"][2][2], serde_json::json!([]));
    }

    #[test]
    fn content_and_tokens_are_read_and_faults_named() {
        let json = r#"{"witnesses": [{"id": "A", "content": "a b"}, {"id": "B", "tokens": [{"t": "a ", "n": "a"}, {"t": "b"}, {"t": "c"}]}]}"#;
        let inputs = read(json, Path::new("x.json")).unwrap();
        assert_eq!((inputs[0].text.as_str(), inputs[1].text.as_str()), ("a b", "a b c"));
        let error = read("{\"witnesses\": [\n{}]}", Path::new("x.json")).unwrap_err();
        assert_eq!((error.kind(), error.place().unwrap().line), (ErrorKind::Syntax, 2));
        let twice = r#"{"witnesses": [{"id": "A", "content": ""}, {"id": "A", "content": ""}]}"#;
        assert_eq!(read(twice, Path::new("x")).unwrap_err().kind(), ErrorKind::Conflict);
    }
}
