//! A session: each text is loaded, each pair aligned, each collation and lexicon made once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{PairOptions, SideBySide, align_pair, collate, load_witness, side_by_side};
use crate::align::words::WordLexicon;
use crate::model::{Aligned, Collated, Text};
use crate::project::Project;
use crate::{Error, ErrorKind, Result, Warning};

/// A project or loose texts at work.
///
/// What is asked for is made when it is first asked for and kept by the content of the texts that it is made
/// of ([`Text::hash`]); a text that was replaced makes new results, and nobody else's are lost. Warnings are
/// gathered ([`Session::take_warnings`]). A session can be shared between threads.
#[derive(Debug, Default)]
pub struct Session {
    project: Option<Project>,
    options: PairOptions,
    known: Mutex<Known>,
}

/// By the hashes of the texts, in the order of the question.
type Key = Vec<String>;

#[derive(Debug, Default)]
struct Known {
    texts: BTreeMap<String, Text>,
    aligned: BTreeMap<Key, Aligned>,
    collated: BTreeMap<Key, Collated>,
    lexica: BTreeMap<Key, Arc<WordLexicon>>,
    warnings: Vec<Warning>,
}

impl Session {
    /// A session over a project.
    pub fn of_project(project: Project) -> Self {
        Self { project: Some(project), ..Self::default() }
    }

    /// A session over loose texts.
    pub fn of_texts(texts: impl IntoIterator<Item = Text>) -> Self {
        let session = Self::default();
        texts.into_iter().for_each(|text| session.put(text));
        session
    }

    /// With other options of aligning.
    #[must_use]
    pub fn with_options(self, options: PairOptions) -> Self {
        Self { options, ..self }
    }

    /// The project, if there is one.
    pub fn project(&self) -> Option<&Project> {
        self.project.as_ref()
    }

    /// Adds a text, or replaces the one of its siglum.
    pub fn put(&self, text: Text) {
        self.known().texts.insert(text.siglum().to_owned(), text);
    }

    /// The text of a siglum: one that was put in, or the project's.
    ///
    /// # Errors
    /// An unknown siglum, and all that reading may find.
    pub fn text(&self, siglum: &str) -> Result<Text> {
        if let Some(text) = self.known().texts.get(siglum) {
            return Ok(text.clone());
        }
        let Some(project) = &self.project else {
            return Err(Error::new(ErrorKind::Unknown, format!("there is no witness `{siglum}`")));
        };
        let loaded = load_witness(project, siglum)?;
        let mut known = self.known();
        known.warnings.extend(loaded.warnings);
        Ok(known.texts.entry(siglum.to_owned()).or_insert(loaded.value).clone())
    }

    /// Several texts, in the order of their sigla as they are given.
    ///
    /// # Errors
    /// Those of [`Self::text`].
    pub fn texts<S: AsRef<str>>(&self, sigla: &[S]) -> Result<Vec<Text>> {
        sigla.iter().map(|siglum| self.text(siglum.as_ref())).collect()
    }

    /// Two texts aligned.
    ///
    /// # Errors
    /// Those of [`align_pair`].
    pub fn aligned(&self, a: &str, b: &str) -> Result<Aligned> {
        let (a, b) = (self.text(a)?, self.text(b)?);
        let key = vec![a.hash().to_owned(), b.hash().to_owned()];
        if let Some(found) = self.known().aligned.get(&key) {
            return Ok(found.clone());
        }
        let made = align_pair(self.project.as_ref(), &a, &b, &self.options)?;
        let mut known = self.known();
        known.warnings.extend(made.warnings);
        Ok(known.aligned.entry(key).or_insert(made.value).clone())
    }

    /// Editions collated, with a base or without one.
    ///
    /// # Errors
    /// Those of [`collate`].
    pub fn collated<S: AsRef<str>>(&self, sigla: &[S], base: Option<&str>) -> Result<Collated> {
        let texts = self.texts(sigla)?;
        let mut key: Key = texts.iter().map(|text| text.hash().to_owned()).collect();
        // The order of the witnesses is nothing to a collation.
        key.sort();
        key.push(base.unwrap_or_default().to_owned());
        if let Some(found) = self.known().collated.get(&key) {
            return Ok(found.clone());
        }
        let made = collate(self.project.as_ref(), &texts, base.map(str::to_owned))?;
        let mut known = self.known();
        known.warnings.extend(made.warnings);
        Ok(known.collated.entry(key).or_insert(made.value).clone())
    }

    /// How the words of one text are rendered in another, learned from the pair.
    ///
    /// # Errors
    /// Those of [`Self::aligned`].
    pub fn lexicon(&self, a: &str, b: &str) -> Result<Arc<WordLexicon>> {
        let pair = self.aligned(a, b)?;
        let key = vec![pair.a.hash().to_owned(), pair.b.hash().to_owned()];
        if let Some(found) = self.known().lexica.get(&key) {
            return Ok(found.clone());
        }
        let learned = Arc::new(WordLexicon::learn(std::slice::from_ref(&pair)));
        Ok(self.known().lexica.entry(key).or_insert(learned).clone())
    }

    /// Any number of texts in common rows, with the entries of the editions among them.
    ///
    /// # Errors
    /// Those of [`side_by_side`].
    pub fn rows<S: AsRef<str>>(&self, sigla: &[S]) -> Result<SideBySide> {
        let made = side_by_side(self.project.as_ref(), &self.texts(sigla)?, &self.options)?;
        self.known().warnings.extend(made.warnings);
        Ok(made.value)
    }

    /// What a person should know of all that was made since this was last asked.
    pub fn take_warnings(&self) -> Vec<Warning> {
        std::mem::take(&mut self.known().warnings)
    }

    /// What is known; a thread that panicked has left nothing half-made in it.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::text;

    #[test]
    fn what_was_made_is_made_once_and_by_content() {
        let session = Session::of_texts([
            text("A", &["The colour of war.", "Nobody came."]),
            text("B", &["The color of war.", "Nobody came."]),
        ]);
        let first = session.collated(&["A", "B"], Some("A")).unwrap();
        let again = session.collated(&["B", "A"], Some("A")).unwrap();
        assert!(Arc::ptr_eq(&first.collation, &again.collation), "the order of the witnesses is nothing");
        assert_eq!(first.entries().len(), 1);
        assert!(Arc::ptr_eq(
            &session.aligned("A", "B").unwrap().alignment,
            &session.aligned("A", "B").unwrap().alignment
        ));
        session.put(text("B", &["The colour of war.", "Nobody came."]));
        assert_eq!(session.collated(&["A", "B"], Some("A")).unwrap().entries().len(), 0, "another text");
        assert_eq!(session.rows(&["A", "B"]).unwrap().table.rows.len(), 2);
        assert_eq!(session.text("C").unwrap_err().kind(), ErrorKind::Unknown);
        assert!(session.take_warnings().is_empty());
    }
}
