//! JSON with a text in each record: one record a line, or an array of records. Strings are found with
//! their places, by the path of names that leads to them (`translation.en`).

use super::{Column, choose};
use crate::model::Span;
use crate::read::Options;
use crate::read::draft::Drafted;
use crate::read::encoding::Decoded;
use crate::read::flow::{Context, Flow};
use crate::{Error, ErrorKind, Place, Result, Warning};

/// Values nested more deeply than this are refused.
const DEEPEST: usize = 60;
/// More different paths than this are no columns.
const MOST_COLUMNS: usize = 1000;

/// Reads JSON or JSON Lines.
///
/// # Errors
/// What is no JSON, with its place; several fields of text without a choice.
pub(crate) fn read(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    let text = decoded.text.as_str();
    let mut scanner = Scanner { text, at: 0, path: Vec::new(), found: Vec::new(), columns: Vec::new() };
    scanner.space();
    while scanner.at < text.len() {
        scanner.value(0)?;
        scanner.space();
    }
    let Scanner { found, mut columns, .. } = scanner;
    for (column, span) in &found {
        columns[*column].add(&text[span.range()]);
    }
    if columns.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "there is no text in this JSON")
            .hint("check that the right file was saved"));
    }
    let chosen = choose(&columns, options, warnings)?;
    let mut flow = Flow::new(decoded, true);
    for (_, span) in found.into_iter().filter(|(column, _)| *column == chosen) {
        flow.escaped(span, &Context { prose: true, ..Context::default() });
        flow.flush_whole();
    }
    Ok(flow.finish())
}

struct Scanner<'s> {
    text: &'s str,
    at: usize,
    path: Vec<&'s str>,
    /// Strings: their column, and what stands between their quotation marks.
    found: Vec<(usize, Span)>,
    columns: Vec<Column>,
}

impl<'s> Scanner<'s> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.byte().is_some_and(|b| b.is_ascii_whitespace() || b == 0xEF) {
            self.at += 1;
        }
    }

    fn fail<T>(&self, message: &str) -> Result<T> {
        Err(Error::new(ErrorKind::Syntax, message)
            .at(Place::of_offset(self.text, self.at))
            .hint("one record a line, or an array of records, is read"))
    }

    fn value(&mut self, depth: usize) -> Result<()> {
        if depth > DEEPEST {
            return self.fail("values are nested too deeply");
        }
        match self.byte() {
            Some(b'{') => self.items(b'}', depth, true),
            Some(b'[') => self.items(b']', depth, false),
            Some(b'"') => {
                let span = self.string()?;
                self.keep(span);
                Ok(())
            }
            Some(b) if b.is_ascii_alphanumeric() || b == b'-' => {
                while self.byte().is_some_and(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) {
                    self.at += 1;
                }
                Ok(())
            }
            _ => self.fail("this is no JSON"),
        }
    }

    fn items(&mut self, close: u8, depth: usize, named: bool) -> Result<()> {
        self.at += 1;
        self.space();
        while self.byte() != Some(close) {
            if named {
                let Some(b'"') = self.byte() else {
                    return self.fail("a name in quotation marks is missing");
                };
                let name = self.string()?;
                self.space();
                let Some(b':') = self.byte() else { return self.fail("a colon is missing") };
                self.at += 1;
                self.space();
                self.path.push(&self.text[name.range()]);
            }
            self.value(depth + 1)?;
            if named {
                self.path.pop();
            }
            self.space();
            match self.byte() {
                Some(b',') => {
                    self.at += 1;
                    self.space();
                }
                Some(b) if b == close => {}
                _ => return self.fail("a comma or a closing bracket is missing"),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// What stands between quotation marks.
    fn string(&mut self) -> Result<Span> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        loop {
            match bytes.get(end) {
                None => return self.fail("a string is not closed"),
                Some(b'\\') => end += 2,
                Some(b'"') => break,
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        Ok(Span::new(start, end.min(bytes.len())))
    }

    fn keep(&mut self, span: Span) {
        let name = self.path.join(".");
        let column = match self.columns.iter().position(|column| column.name == name) {
            Some(at) => at,
            None if self.columns.len() >= MOST_COLUMNS => return,
            None => {
                let lang = self.path.last().map(|last| (*last).to_owned());
                self.columns.push(Column::named(name, lang));
                self.columns.len() - 1
            }
        };
        self.found.push((column, span));
    }
}
