//! Every number of the translation model in one place.

use crate::align::dictionary::Dictionary;

/// Parameters of the translation engine. The defaults are one configuration for all languages,
/// lengths and genres; weights of zero switch a piece of evidence off (ablation).
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Most segments in a bead, both sides together.
    pub max_sum: usize,
    /// The same in the first round, when little is known.
    pub first_max_sum: usize,
    /// Most segments on one side of a bead.
    pub max_side: usize,
    /// Most segments on the smaller side of a bead.
    pub max_smaller: usize,
    /// Most segments against a single one, where their lengths ask for so many.
    pub max_many: usize,
    /// Weight of 1:2 and 2:1 against 1:1 before anything is learned.
    pub one_to_two: f64,
    /// Factor for each further segment on the longer side.
    pub growth: f64,
    /// Factor for a second segment on the shorter side, and for each further one.
    pub two_to_two: f64,
    /// Pseudo-counts that hold the shapes' probabilities to their start.
    pub shape_count: f64,
    /// Probability that a gap opens.
    pub gap_open: f64,
    /// Probability that a gap goes on.
    pub gap_extend: f64,
    /// Pseudo-counts of the latter.
    pub gap_extend_count: f64,
    /// Probability that a long gap opens (missing pages). So small, because in a short or free translation
    /// the evidence for each true bead may be little, and no text must be lost for many of them.
    pub long_open: f64,
    /// The same between joined sentences, which have more to show, and of which a gap has fewer.
    pub coarse_long_open: f64,
    /// Probability that a long gap goes on.
    pub long_extend: f64,
    /// Variance of a length given the other: `v1·x + v2·x²`.
    pub length_v1: f64,
    /// See [`Self::length_v1`].
    pub length_v2: f64,
    /// Degrees of freedom of the residual's Student t.
    pub length_freedom: f64,
    /// Weight of the length.
    pub length_weight: f64,
    /// Weight of the lexicon from the second round on.
    pub lexicon_weight: f64,
    /// Weight of the lexicon in the first round, when it holds prior knowledge only.
    pub first_lexicon_weight: f64,
    /// Share λ of the background in p(t | bead).
    pub background: f32,
    /// Additive prior α of a translation row.
    pub alpha: f32,
    /// The same where packs serve the pair: they know more than resemblance does.
    pub pack_alpha: f32,
    /// Packs count from this share on that two words have in each other ...
    pub pack_share: f32,
    /// ... and in a short text from this one on.
    pub pack_short_share: f32,
    /// A text of fewer units on its longer side is short.
    pub pack_short: usize,
    /// Iterations of the lexicon in each round of a short text. With more it comes to believe the beads of
    /// the round before, right or wrong.
    pub lexicon_rounds: usize,
    /// From so many beads on there is one iteration more, and another from four times as many on: much text
    /// bears it.
    pub lexicon_beads: usize,
    /// Training ends when a round changes less than this share of the path.
    pub settled_path: f64,
    /// The same for clauses.
    pub clause_settled_path: f64,
    /// Joined sentences are settled when the band has so few nodes a unit.
    pub settled_width: f64,
    /// Most translations kept for a word.
    pub max_row: usize,
    /// Letters after which a word is cut for the lexicon.
    pub stem: usize,
    /// Pseudo-counts that hold the precision of prior knowledge to its start.
    pub knowledge_count: f32,
    /// Weight of final marks.
    pub end_weight: f32,
    /// Weight of how a segment opens (capital, dash, digit).
    pub start_weight: f32,
    /// Weight of paragraph starts.
    pub block_weight: f32,
    /// Weight of being inside a quotation.
    pub quote_weight: f32,
    /// Weight of the kinds of blocks (heading with heading).
    pub kind_weight: f32,
    /// Weight of who speaks and of where a turn begins.
    pub speaker_weight: f32,
    /// Weight of the boundaries inside and at the end of beads.
    pub boundary_weight: f32,
    /// Weight of the kinds of units that have no partner, over the weight of each kind of evidence.
    pub alone_weight: f32,
    /// Pseudo-counts that hold them to the kinds of the whole text.
    pub alone_count: f64,
    /// Weight of the counted marks inside beads.
    pub marks_weight: f32,
    /// Weight of vectors of meaning, where they are given, in a text so short that the lexicon learns
    /// nothing; it falls with the length of the text.
    pub vector_weight: f32,
    /// The same over clauses, which have the vectors of their sentences.
    pub clause_vector_weight: f32,
    /// Pseudo-counts of all tables of marks and boundaries.
    pub table_count: f64,
    /// Most rounds.
    pub rounds: usize,
    /// Stop when the log-likelihood gains less than this share.
    pub tolerance: f64,
    /// The same for joined sentences, which only have to find the corridor.
    pub coarse_tolerance: f64,
    /// Temperature of the posteriors in the first round.
    pub first_temperature: f64,
    /// Temperature in training and at the end.
    pub temperature: f64,
    /// A bead is kept when its posterior exceeds this by enough: the loss of a wrong bead.
    pub threshold: f64,
    /// Most nodes of a full lattice; beyond it a coarse pass finds the corridor.
    pub max_nodes: usize,
    /// Nodes of the coarse lattice.
    pub coarse_nodes: usize,
    /// Padding of the corridor in segments.
    pub corridor_pad: usize,
    /// Padding of the corridor that the beads of the sentences give, in clauses.
    pub clause_pad: usize,
    /// Nodes less likely than this are left out of the next round ...
    pub narrow_below: f32,
    /// ... unless they lie within so many segments of a likelier one.
    pub narrow_pad: usize,
    /// Whether other starts are tried where the first pass looks lost.
    pub several_starts: bool,
    /// A first pass that covers less of the shorter text, weighted by confidence, is doubted.
    pub doubtful_cover: f64,
    /// A coarse pass that needs more rounds is doubted.
    pub slow_rounds: usize,
    /// Fewest segments of a block that may have changed place.
    pub moved_run: usize,
    /// Most nodes of two such blocks that are searched whole; longer ones are searched in a corridor.
    pub full_run_nodes: usize,
    /// Whether clauses are aligned after the sentences.
    pub clauses: bool,
    /// Shortest clause in letters (a third of it in scripts without spaces).
    pub clause_letters: usize,
    /// Weight of the lexicon over clauses.
    pub clause_lexicon_weight: f64,
    /// Temperature over clauses.
    pub clause_temperature: f64,
    /// Share of the clauses in the posterior of a sentence node; the rest is the sentences'.
    pub clause_share: f64,
    /// From this mean confidence of the two-sided beads over sentences on the shares are exchanged.
    pub sure_sentences: f64,
    /// A sentence node is visited when its posterior exceeds this by enough.
    pub node_threshold: f64,
    /// What a user knows of the words of both languages.
    pub dictionary: Dictionary,
    /// Whether the built-in lexica of the texts' languages are used.
    pub packs: bool,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            max_sum: 6,
            first_max_sum: 4,
            max_side: 5,
            max_smaller: 3,
            max_many: 12,
            one_to_two: 0.06,
            growth: 0.25,
            two_to_two: 0.3,
            shape_count: 100.0,
            gap_open: 0.02,
            gap_extend: 0.6,
            gap_extend_count: 5.0,
            long_open: 1e-20,
            coarse_long_open: 1e-4,
            long_extend: 0.99,
            length_v1: 3.0,
            length_v2: 0.03,
            length_freedom: 8.0,
            length_weight: 1.0,
            lexicon_weight: 0.6,
            first_lexicon_weight: 0.4,
            background: 0.02,
            alpha: 1.0,
            pack_alpha: 4.0,
            pack_share: 0.06,
            pack_short_share: 0.03,
            pack_short: 140,
            lexicon_rounds: 2,
            lexicon_beads: 2000,
            settled_path: 0.01,
            clause_settled_path: 0.02,
            settled_width: 6.0,
            max_row: 200,
            stem: 4,
            knowledge_count: 20.0,
            end_weight: 0.6,
            start_weight: 0.8,
            block_weight: 0.7,
            quote_weight: 0.5,
            kind_weight: 0.8,
            speaker_weight: 0.5,
            boundary_weight: 1.0,
            alone_weight: 1.0,
            alone_count: 200.0,
            marks_weight: 0.25,
            vector_weight: 0.8,
            clause_vector_weight: 0.4,
            table_count: 20.0,
            rounds: 20,
            tolerance: 0.005,
            coarse_tolerance: 0.02,
            first_temperature: 1.0,
            temperature: 0.7,
            threshold: 0.4,
            max_nodes: 3_000_000,
            coarse_nodes: 300_000,
            corridor_pad: 12,
            clause_pad: 6,
            narrow_below: 1e-6,
            narrow_pad: 1,
            several_starts: true,
            doubtful_cover: 0.7,
            slow_rounds: 7,
            moved_run: 6,
            full_run_nodes: 500_000,
            clauses: true,
            clause_letters: 12,
            clause_lexicon_weight: 0.8,
            clause_temperature: 0.85,
            clause_share: 0.55,
            sure_sentences: 0.985,
            node_threshold: 0.5,
            dictionary: Dictionary::default(),
            packs: true,
        }
    }
}

/// Numbers of how other starts are made.
pub(crate) mod starts {
    /// Rounds of a fit over a window: enough to see whether it takes off.
    pub(crate) const WINDOW_ROUNDS: usize = 5;

    /// How much longer than its counterpart the searched part of the longer text is.
    pub(crate) const WINDOW_SLACK: f64 = 1.3;

    /// How far the next window on the longer text is, in lengths of the shorter.
    pub(crate) const WINDOW_STEP: f64 = 0.25;

    /// Most windows tried along the longer text.
    pub(crate) const MAX_WINDOWS: usize = 24;

    /// Most windows from which the whole texts are aligned.
    pub(crate) const MAX_FOLLOWED: usize = 2;

    /// Texts with fewer units have no windows.
    pub(crate) const LEAST_WINDOW: usize = 12;

    /// Rounds without long gaps when they are held back.
    pub(crate) const HELD_ROUNDS: usize = 6;

    /// Width of the band near the diagonal, as a share of the longer text.
    pub(crate) const DIAGONAL: f64 = 0.12;

    /// Sentences joined for a coarser start of a short text.
    pub(crate) const COARSER: usize = 3;
}

/// Numbers of shapes.
pub(crate) mod shapes {
    /// A unit so many times as long as the average of the other text may need more than the usual shapes.
    pub(crate) const MANY_FROM: f64 = 4.0;

    /// The most units against one where a text is cut so much finer throughout.
    pub(crate) const MANY_AT_MOST: usize = 24;

    /// How many more units than its length says it may need.
    pub(crate) const MANY_SLACK: f64 = 1.5;

    /// From this ratio of their units on one text is cut finer than the other.
    pub(crate) const UNEVEN: f64 = 1.5;
}

/// Numbers of when a whole fit is doubted.
pub(crate) mod doubt {
    /// A fit that covers less of the shorter text is not believed.
    pub(crate) const LEAST_COVER: f64 = 0.2;

    /// One that covers so much needs no comparison with chance.
    pub(crate) const SURE_COVER: f64 = 0.75;

    /// The evidence is to be so many times that of the shuffled texts.
    pub(crate) const OVER_CHANCE: f64 = 3.0;

    /// Texts with fewer units say nothing when they are shuffled.
    pub(crate) const FEWEST_UNITS: usize = 8;

    /// Of longer texts a part is shuffled.
    pub(crate) const LONGEST_SAMPLE: usize = 500;

    /// Where the shuffling begins: any number.
    pub(crate) const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
}

/// Numbers of the starts that compete with a first fit that looks lost.
pub(crate) mod rivals {
    /// Padding, in segments, of the corridor that paired paragraphs give.
    pub(crate) const BLOCK_PAD: usize = 2;

    /// Fewer paragraphs are not paired.
    pub(crate) const FEWEST_BLOCKS: usize = 6;

    /// Least share of the paragraphs of one text in those of the other for them to be paired.
    pub(crate) const BLOCK_RATIO: f64 = 0.8;

    /// Width of the band near the diagonal, as a share of the longer text.
    pub(crate) const DIAGONAL: f64 = 0.06;

    /// Sentences joined.
    pub(crate) const SIZES: [usize; 2] = [3, 8];

    /// So many segments of both texts without a partner at one place are worth another start ...
    pub(crate) const LARGE_HOLE: usize = 20;

    /// ... if they are such a share of the shorter text.
    pub(crate) const HOLE_SHARE: f64 = 0.03;
}

/// Numbers of what is searched a second time.
pub(crate) mod second_pass {
    /// Beads on both sides whose confidence is averaged.
    pub(crate) const NEIGHBOURS: usize = 6;

    /// Mean confidence of a bead and its neighbours that makes it trusted.
    pub(crate) const TRUSTED: f64 = 0.75;

    /// Fewest segments of both sides between two trusted beads that are worth a second look.
    pub(crate) const LEAST: usize = 16;
}

/// Numbers of clauses.
pub(crate) mod clauses {
    /// How far back a chain of sentence nodes may reach for its predecessor, in nodes.
    pub(crate) const REACH: usize = 300;

    /// How many times finer one side may be cut than the other.
    pub(crate) const MAX_IMBALANCE: f64 = 1.5;
}

/// Numbers of transpositions.
pub(crate) mod moved {
    /// Most pairs of runs that are tried.
    pub(crate) const MAX_PAIRS: usize = 64;

    /// Most pairs of runs so long that they need a corridor of their own.
    pub(crate) const MAX_LONG_PAIRS: usize = 12;

    /// Most rounds: what one leaves over of a block, the next sees on its own and with a better lexicon.
    pub(crate) const ROUNDS: usize = 3;
}

/// Numbers of the training of the lexicon.
pub(crate) mod training {
    /// Links with less weight and no prior knowledge are dropped at the end.
    pub(crate) const MIN_LINK: f32 = 0.02;

    /// The same between the iterations. Agreement makes nine links in ten negligible at once.
    pub(crate) const MIN_LINK_BETWEEN: f32 = 0.005;

    /// A word stays without a partner at most so many times as often as the average: the words of an inserted
    /// passage must not make it cheap to join it to a neighbour.
    pub(crate) const MAX_NULL: f32 = 1.5;
}

/// Numbers of what is known of words beforehand.
pub(crate) mod knowledge {
    /// Start precision of each kind of resemblance: long and short numbers; equal words of six letters,
    /// four, three and fewer; close and far cognates, a common prefix; names by their sound.
    pub(crate) const START_ALIKE: [f32; 10] = [0.8, 0.5, 0.7, 0.5, 0.25, 0.1, 0.5, 0.3, 0.15, 0.3];

    /// Kinds of what a source says.
    pub(crate) const OF_SOURCE: usize = 4;

    /// Start precision of what a dictionary gives, gives often, seldom, and as a part of an expression ...
    pub(crate) const START_GIVEN: [f32; OF_SOURCE] = [0.4, 0.6, 0.2, 0.15];

    /// ... and of what a pack gives, by the share it names.
    pub(crate) const START_PACK: [f32; OF_SOURCE] = [0.5, 0.3, 0.15, 0.07];

    /// The least share of each of these but the last, which takes the rest.
    pub(crate) const PACK_SHARES: [f64; OF_SOURCE - 1] = [0.4, 0.2, 0.1];

    /// More sources are believed like the last of so many.
    pub(crate) const MOST_SOURCES: usize = 50;

    /// So much of a word's occurrences the dictionary may claim for its renderings together: a free translation
    /// takes others, and a text must not seem unrelated for it before anything is learned.
    pub(crate) const GIVEN_MOST: f32 = 0.35;

    /// The same of packs, which know how often each rendering is to be expected.
    pub(crate) const PACK_MOST: f32 = 0.9;

    /// From this share on a learned rendering is frequent.
    pub(crate) const OFTEN: f64 = 0.3;

    /// Most pairs of words that an expression of a dictionary gives.
    pub(crate) const PHRASE_PAIRS: usize = 9;

    /// Names across scripts resemble each other at least so much.
    pub(crate) const LEAST_SOUND: f32 = 0.6;

    /// Letters that two cognates share at their head, at least.
    pub(crate) const PREFIX: usize = 3;
}

/// Numbers of the sound of names.
pub(crate) mod sound {
    /// Consonants of a key, at most: inflected forms differ behind them.
    pub(crate) const KEY: usize = 4;

    /// Least similarity of two forms of one name.
    pub(crate) const ALIKE: f32 = 0.75;
}

/// Numbers of vectors of meaning.
pub(crate) mod similarity {
    /// Pairs drawn for the distribution of the unrelated.
    pub(crate) const DRAWN: usize = 2000;

    /// Degrees of freedom.
    pub(crate) const FREEDOM: f64 = 8.0;

    /// Pseudo-counts that hold the pairs of 1:1 to what stands beside, and that to the drawn ones ...
    pub(crate) const DOUBT: f64 = 10.0;

    /// ... and those of larger beads to those of 1:1.
    pub(crate) const LIKE_CLOSE: f64 = 20.0;

    /// Pseudo-counts that hold the variance of those to that of what stands beside.
    pub(crate) const FEW: f64 = 3.0;

    /// From so many sentences the lexicon learns as much as the vectors know.
    pub(crate) const ENOUGH: f32 = 150.0;

    /// How far from a bead its neighbours are looked for.
    pub(crate) const BESIDE: usize = 8;

    /// The most that the vectors may say of a sentence, in nats.
    pub(crate) const MOST: f64 = 12.0;
}

/// Numbers of the rounds of training.
pub(crate) mod model {
    /// When a round gains less than this share of the likelihood, the next keeps to the links found.
    pub(crate) const CALM: f64 = 0.02;
}

/// Numbers of what is read of a text.
pub(crate) mod text {
    /// Most speakers that are told apart.
    pub(crate) const MAX_SPEAKERS: u8 = 6;
}
