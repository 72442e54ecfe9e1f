//! What the scanner says about each place where a sentence might end, and why.

use serde::{Deserialize, Serialize};

use crate::model::Span;

/// One place where a sentence might end, decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The bytes of the mark (`.`, `?!`, `. . .`) that made the place a candidate; empty where there is none.
    pub mark: Span,
    /// The byte at which the sentence would end: after the mark, closing quotation marks and note marks.
    pub at: usize,
    /// Whether it ends.
    pub boundary: bool,
    /// Why, or why not.
    pub reason: Reason,
}

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $sentence:literal;)+) => {
        /// Why a place is a boundary or is none. The words are stable; the sentences are for people.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Reason { $($(#[doc = $doc])+ $name,)+ }

        impl Reason {
            /// All reasons.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word used in data.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The reason in a sentence, without a final stop.
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)+ }
            }
        }
    };
}

reasons! {
    /// Boundary: a full stop and nothing against it.
    FullStop = "full-stop", "a full stop ends the sentence";
    /// Boundary: a question or exclamation mark.
    StrongMark = "strong-mark", "a question or exclamation mark ends the sentence";
    /// Boundary: three dots before a new start.
    EllipsisEnds = "ellipsis-ends", "an ellipsis is followed by a new start";
    /// Boundary: the next word opens sentences in this language.
    Starter = "starter", "the next word opens sentences, so the stop of the abbreviation, initial or number ends one";
    /// Boundary: the document writes the next word in lower case elsewhere.
    KnownLower = "known-lower", "the next word is written in lower case elsewhere in the document, so its capital opens a sentence";
    /// Boundary: an abbreviation that may end a sentence.
    AbbreviationEnds = "abbreviation-ends", "an abbreviation that may end a sentence is followed by a new start";
    /// Boundary: no white space after the stop.
    MissingSpace = "missing-space", "a new sentence follows the mark although the space after it is missing";
    /// Boundary: no capital after the stop.
    MissingCapital = "missing-capital", "the document knows the word before the stop without one, so a sentence ends although no capital follows";
    /// Boundary: the next item of a list inside the block.
    ListItem = "list-item", "the next item of an enumeration begins";
    /// Boundary: a colon before a speech.
    ColonSpeech = "colon-speech", "a colon is followed by a speech (policy colon = speech)";
    /// Boundary: the project says so.
    PinnedSplit = "pinned-split", "the project sets a boundary here";
    /// None: lower case follows.
    LowerFollows = "lower-follows", "the text goes on in lower case";
    /// None: punctuation follows.
    PunctuationFollows = "punctuation-follows", "punctuation follows that continues the sentence";
    /// None: the mark stands inside a word, number or address.
    InsideToken = "inside-token", "the mark stands inside a word, number or address";
    /// None: an abbreviation.
    Abbreviation = "abbreviation", "the stop belongs to an abbreviation";
    /// None: a title before a name.
    Title = "title", "the stop belongs to a title before a name";
    /// None: an abbreviation before a number.
    BeforeNumber = "before-number", "the stop belongs to an abbreviation before a number";
    /// None: learned from the document.
    LearnedAbbreviation = "learned-abbreviation", "the document uses the word as an abbreviation elsewhere";
    /// None: an abbreviation that goes on.
    InsideAbbreviation = "inside-abbreviation", "the abbreviation goes on";
    /// None: an initial.
    Initial = "initial", "the stop belongs to an initial";
    /// None: an ordinal number.
    Ordinal = "ordinal", "the stop makes the number an ordinal";
    /// None: the number of an item or a label at the start of the sentence.
    Enumerator = "enumerator", "the stop belongs to a number or letter that opens the sentence";
    /// None: the sentence's opening adverbial ends in an abbreviation.
    OpeningPhrase = "opening-phrase", "the abbreviation closes the sentence's opening phrase (At 5 a.m. Mr. Smith …)";
    /// None: nothing stands before the mark.
    Leading = "leading", "the mark opens the sentence";
    /// None: an ellipsis inside the sentence.
    EllipsisInside = "ellipsis-inside", "the ellipsis stands inside the sentence";
    /// None: words left out.
    Omission = "omission", "the dots in brackets mark words left out";
    /// None: who speaks follows.
    Reporting = "reporting", "the words that report the speech follow";
    /// None: the quotation is part of a longer sentence.
    Embedded = "embedded", "the quotation is part of a sentence that goes on";
    /// None: quotations are kept whole.
    InsideQuotation = "inside-quotation", "the mark stands inside a quotation (policy quotes = keep)";
    /// None: dialogue is kept whole.
    DialogueDash = "dialogue-dash", "a dialogue dash follows (policy dashes = keep)";
    /// None: the project says so.
    PinnedJoin = "pinned-join", "the project forbids a boundary here";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_data_and_distinct() {
        let mut words: Vec<&str> = Vec::new();
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_string(reason).unwrap(), format!("\"{}\"", reason.word()));
            assert!(!reason.sentence().ends_with('.'));
            assert!(!words.contains(&reason.word()));
            words.push(reason.word());
        }
    }
}
