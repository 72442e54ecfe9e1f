//! The one model of what is shown: a row for each bead or place, a cell for each witness.

use crate::model::{
    Bead, BlockKind, Comparison, Confidence, Pair, Parallel, Piece, Segmented, Status, VariantClass,
};

/// Rows over two or more witnesses.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The witnesses, in the order of the cells.
    pub columns: Vec<Column>,
    /// A row a bead.
    pub rows: Vec<Row>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The siglum.
    pub siglum: String,
    /// The language tag.
    pub lang: String,
    /// A remark that must be seen wherever the witness is (`constructed`).
    pub remark: Option<String>,
}

/// What is shown of one bead.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Number of the bead or row, from 1.
    pub number: usize,
    /// How many segments stand in each cell.
    pub counts: Vec<usize>,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
    /// Whether it stands at another place in the second witness.
    pub moved: bool,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// The classes of the variants in it, without repetition.
    pub classes: Vec<VariantClass>,
}

impl Row {
    /// The numbers of segments in the form `1:2`.
    pub fn shape(&self) -> String {
        self.counts.iter().map(usize::to_string).collect::<Vec<_>>().join(":")
    }

    /// Whether a person should look at it: the correspondence is not sure, or a witness lacks
    /// something.
    pub fn is_doubtful(&self) -> bool {
        self.confidence.value() < Confidence::SURE || self.counts.contains(&0)
    }

    /// Whether the witnesses differ here.
    pub fn differs(&self) -> bool {
        self.moved || !self.classes.is_empty()
    }
}

/// What one witness has in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Where it stands, for people; empty where the witness has nothing.
    pub locus: String,
    /// The kind of its first block.
    pub kind: BlockKind,
    /// Its words.
    pub spans: Vec<TextSpan>,
}

impl Cell {
    /// The words without their marks.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for span in &self.spans {
            if span.spaced {
                out.push(' ');
            }
            out.push_str(&span.text);
        }
        out
    }
}

/// Words of one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSpan {
    /// The words.
    pub text: String,
    /// Whether a space stands before them.
    pub spaced: bool,
    /// How they relate to the other witness.
    pub mark: Mark,
    /// Index of their variant, if they are part of one.
    pub variant: Option<usize>,
}

/// How words relate to the other witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Both have them, or nothing is compared.
    Equal,
    /// Only the first witness has them.
    Deleted,
    /// Only the second witness has them.
    Inserted,
    /// The other witness has other words here.
    Changed,
    /// The other witness has them elsewhere.
    Moved,
    /// The label of a speaker.
    Label,
    /// What was looked for.
    Found,
}

fn column(text: &Segmented) -> Column {
    let witness = &text.document.witness;
    let constructed = witness.kind == crate::model::WitnessKind::Constructed;
    Column {
        siglum: witness.siglum.clone(),
        lang: witness.lang.tag().to_owned(),
        remark: constructed.then(|| witness.kind.word().to_owned()),
    }
}

/// Rows of an alignment, nothing compared: for translations.
pub fn of_alignment(pair: Pair<'_>) -> Table {
    let rows = pair.beads().iter().enumerate().map(|(index, bead)| {
        let cells = vec![aligned_cell(pair.a, &bead.a), aligned_cell(pair.b, &bead.b)];
        row(index, bead, cells, Vec::new())
    });
    Table { columns: vec![column(pair.a), column(pair.b)], rows: rows.collect() }
}

/// Rows over any number of witnesses, nothing compared. `texts` are the witnesses of the rows, in
/// their order. The confidence of a row is that of its least sure cell.
pub fn of_parallel(texts: &[&Segmented], parallel: &Parallel) -> Table {
    let rows = parallel.rows.iter().enumerate().map(|(index, row)| {
        let least = row.cells.iter().map(|cell| cell.confidence).reduce(|x, y| if y < x { y } else { x });
        let status = row.cells.iter().map(|cell| cell.status).find(|status| *status != Status::Auto);
        Row {
            number: index + 1,
            counts: row.cells.iter().map(|cell| cell.segments.len()).collect(),
            confidence: least.unwrap_or_default(),
            status: status.unwrap_or_default(),
            moved: row.cells.iter().any(|cell| cell.moved),
            cells: texts
                .iter()
                .zip(&row.cells)
                .map(|(text, cell)| aligned_cell(text, &cell.segments))
                .collect(),
            classes: Vec::new(),
        }
    });
    Table { columns: texts.iter().map(|text| column(text)).collect(), rows: rows.collect() }
}

fn row(index: usize, bead: &Bead, cells: Vec<Cell>, classes: Vec<VariantClass>) -> Row {
    Row {
        number: index + 1,
        counts: vec![bead.a.len(), bead.b.len()],
        confidence: bead.confidence,
        status: bead.status,
        moved: bead.moved,
        cells,
        classes,
    }
}

fn aligned_cell(text: &Segmented, segments: &std::ops::Range<usize>) -> Cell {
    let mut cell = empty_cell(text, segments);
    for segment in segments.clone() {
        if let Some(label) = text.label(segment) {
            cell.spans.push(span(label.to_owned(), !cell.spans.is_empty(), Mark::Label));
        }
        let spaced = !cell.spans.is_empty() && !text.document.witness.lang.is_unspaced();
        cell.spans.push(span(text.text(segment), spaced, Mark::Equal));
    }
    cell
}

fn span(text: String, spaced: bool, mark: Mark) -> TextSpan {
    TextSpan { text, spaced, mark, variant: None }
}

fn empty_cell(text: &Segmented, segments: &std::ops::Range<usize>) -> Cell {
    Cell {
        locus: text.locus_range(segments),
        kind: segments.clone().next().map(|s| text.kind(s)).unwrap_or_default(),
        spans: Vec::new(),
    }
}

/// Rows of a comparison, with the words of each variant marked.
pub fn of_comparison(pair: Pair<'_>, comparison: &Comparison) -> Table {
    let rows = comparison.rows.iter().map(|compared| {
        let bead = &pair.beads()[compared.bead];
        let mut a = empty_cell(pair.a, &bead.a);
        let mut b = empty_cell(pair.b, &bead.b);
        a.spans = compared.a.iter().map(|piece| marked(piece, comparison, Mark::Deleted, true)).collect();
        b.spans = compared.b.iter().map(|piece| marked(piece, comparison, Mark::Inserted, false)).collect();
        let mut classes: Vec<VariantClass> = compared
            .a
            .iter()
            .chain(&compared.b)
            .filter_map(|piece| Some(comparison.variants.get(piece.variant?)?.class))
            .collect();
        classes.sort_unstable();
        classes.dedup();
        row(compared.bead, bead, vec![a, b], classes)
    });
    Table { columns: vec![column(pair.a), column(pair.b)], rows: rows.collect() }
}

/// `alone` is the mark of words that the other witness lacks.
fn marked(piece: &Piece, comparison: &Comparison, alone: Mark, first: bool) -> TextSpan {
    let variant = piece.variant.and_then(|v| comparison.variants.get(v));
    let mark = match variant {
        None => Mark::Equal,
        Some(v) if v.class == VariantClass::Transposition => Mark::Moved,
        Some(v) if (if first { &v.b } else { &v.a }).text.is_empty() => alone,
        Some(_) => Mark::Changed,
    };
    TextSpan { text: piece.text.clone(), spaced: piece.spaced, mark, variant: piece.variant }
}
