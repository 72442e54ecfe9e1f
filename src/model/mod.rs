//! The vocabulary of the house as plain data: witnesses, their text, their alignment.
//!
//! Nothing here reads, decides or prints; every other module depends on this one and this one on
//! none. Offsets are bytes into UTF-8 text, 0-based and half-open ([`Span`]), unless a name says
//! otherwise; what people see ([`Locus`]) counts from 1.

mod aligned;
mod alignment;
mod between;
mod collation;
mod coverage;
mod document;
mod explanation;
mod follow;
mod lang;
mod link;
mod map;
mod parallel;
mod publications;
mod reading;
mod rule;
mod segmented;
mod span;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod tree;
mod variant;
mod vectors;
mod witness;

pub use aligned::Aligned;
pub use alignment::{Alignment, Bead, BeadType, Confidence, IndexBead, Status};
pub use collation::{
    Attestation, Between, Collated, CollatedToken, CollatedWitness, Collation, Entry, EntryKind,
    EntryReading, Judgement, Move, MoveScale, MovedRun, TokenId,
};
pub use coverage::Coverage;
pub use document::{
    Block, BlockKind, Cut, Document, EncodingChosenBy, FrontRole, LineBreak, LineBreakKind, LocusUnit,
    Milestone, NoteTie, Part, Source, SourceEncoding, SourceEntry,
};
pub use explanation::{Astray, Evidences, Explanation, Rival, WordPair};
pub use follow::{Evidence, EvidenceKind, Follow, MoveFollow};
pub use lang::{Lang, Script};
pub use link::Link;
pub use map::OffsetMap;
pub use parallel::{Parallel, ParallelCell, ParallelRow};
pub use publications::{Alternation, ClassCount, Passage, Publications, ScanError, Sizes};
pub use reading::MappedText;
pub use rule::{is_rule_name, rule_in_words};
pub use segmented::{Locus, Segment, Segmented};
pub use span::Span;
pub use text::Text;
pub use tree::Tree;
pub use variant::{Layer, Reading, Variant, VariantClass};
pub use vectors::Vectors;
pub use witness::{Witness, WitnessKind};
