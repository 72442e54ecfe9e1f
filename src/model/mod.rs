//! The vocabulary of the house as plain data: witnesses, their text, their alignment.
//!
//! Nothing here reads, decides or prints; every other module depends on this one and this one on
//! none. Offsets are bytes into UTF-8 text, 0-based and half-open ([`Span`]), unless a name says
//! otherwise; what people see ([`Locus`]) counts from 1.

mod alignment;
mod collation;
mod comparison;
mod document;
mod explanation;
mod follow;
mod lang;
mod map;
mod pair;
mod parallel;
mod publications;
mod reading;
mod rule;
mod segmented;
mod span;
mod tree;
mod variant;
mod vectors;
mod witness;

pub use alignment::{Alignment, Bead, BeadType, Confidence, IndexBead, Status};
pub use collation::{
    Attestation, Between, Collated, CollatedToken, CollatedWitness, Collation, Judgement, Move, MoveScale,
    MovedRun, TokenId, UnitReading, VariationUnit,
};
pub use comparison::{ComparedBead, Comparison, Piece};
pub use document::{
    Block, BlockKind, Cut, Document, EncodingChosenBy, FrontRole, LineBreak, LineBreakKind, LocusUnit,
    Milestone, NoteTie, Part, Source, SourceEncoding, SourceEntry,
};
pub use explanation::{Astray, Evidences, Explanation, Rival, WordPair};
pub use follow::{Evidence, EvidenceKind, Follow, MoveFollow};
pub use lang::{Lang, Script};
pub use map::OffsetMap;
pub use pair::Pair;
pub use parallel::{Parallel, ParallelCell, ParallelRow};
pub use publications::{Alternation, ClassCount, Passage, Publications, ScanError, Sizes};
pub use reading::MappedText;
pub use rule::{is_rule_name, rule_in_words};
pub use segmented::{Locus, Segment, Segmented};
pub use span::Span;
pub use tree::Tree;
pub use variant::{Layer, Reading, Variant, VariantClass};
pub use vectors::Vectors;
pub use witness::{Witness, WitnessKind};
