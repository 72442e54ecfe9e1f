//! The data of a page as JSON, for the page's own script and for other programs
//! (`hexapla.report/2`, see `docs/report.md`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::facts::{ClassData, TrustData, classes, layers, trust};
use super::{Distances, Report};
use crate::collate::token::count_words_of;
use crate::model::{
    BlockKind, Confidence, EntryKind, Judgement, Layer, MoveScale, Source, Status, VariantClass, Witness,
    rule_in_words,
};
use crate::view::rows::{Cell, Mark, Place, Reason, Row, Table, TextSpan, Unit, UnitFollow, UnitReading};

/// The name and version of the format.
pub const SCHEMA: &str = "hexapla.report/2";

#[derive(Serialize)]
struct Data<'r> {
    schema: &'static str,
    generator: &'static str,
    title: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'r str>,
    /// How the report was made, by name.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    made: &'r [(String, String)],
    base: usize,
    witnesses: Vec<WitnessData<'r>>,
    layers: [Layer; 2],
    classes: Vec<ClassData>,
    trust: Vec<TrustData>,
    rows: Vec<RowData<'r>>,
    rules: Rules<'r>,
    units: Vec<UnitData<'r>>,
    moves: Vec<MoveData<'r>>,
    /// Of the whole work, also on the page of a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    distances: Option<&'r Distances>,
    /// Rows, units and moves are those of one part of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartData>,
}

#[derive(Serialize)]
struct PartData {
    number: usize,
    of: usize,
}

#[derive(Serialize)]
struct WitnessData<'r> {
    #[serde(flatten)]
    witness: &'r Witness,
    dir: &'static str,
    compared: bool,
    unspaced: bool,
    segments: usize,
    words: usize,
    sources: &'r [Source],
}

#[derive(Serialize)]
struct RowData<'r> {
    id: String,
    confidence: Confidence,
    #[serde(skip_serializing_if = "is_auto")]
    status: Status,
    cells: Vec<CellData<'r>>,
}

#[derive(Serialize)]
struct CellData<'r> {
    /// The locus without the siglum.
    #[serde(skip_serializing_if = "str::is_empty")]
    at: &'r str,
    /// Index of its first segment in the witness.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<usize>,
    #[serde(skip_serializing_if = "is_one")]
    segments: usize,
    #[serde(skip_serializing_if = "is_certain")]
    confidence: Confidence,
    #[serde(skip_serializing_if = "is_false")]
    moved: bool,
    #[serde(skip_serializing_if = "is_false")]
    absent: bool,
    /// Why it is not sure.
    #[serde(skip_serializing_if = "<[Reason]>::is_empty")]
    why: &'r [Reason],
    /// What one sees of a translation beside the base.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    seen: &'r [String],
    #[serde(skip_serializing_if = "is_false")]
    continued: bool,
    #[serde(skip_serializing_if = "is_false")]
    goes_on: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    text: Vec<Piece<'r>>,
}

/// A run of words: a plain string where nothing is to be said of it.
#[derive(Serialize)]
#[serde(untagged)]
enum Piece<'r> {
    Plain(String),
    Marked {
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        opens: Option<BlockKind>,
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<&'r str>,
    },
}

#[derive(Serialize)]
struct UnitData<'r> {
    /// Absent: words.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// Index of the move that it is about.
    #[serde(rename = "move", skip_serializing_if = "Option::is_none")]
    of_move: Option<usize>,
    row: usize,
    /// The locus in the base, without its siglum.
    at: &'r str,
    /// The last word of the base before it, where it is cited by that.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'r str>,
    readings: Vec<ReadingData<'r>>,
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    absent: &'r [usize],
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    between: Vec<BetweenData<'r>>,
    #[serde(skip_serializing_if = "<[UnitFollow]>::is_empty")]
    follows: &'r [UnitFollow],
}

#[derive(Serialize)]
struct ReadingData<'r> {
    text: &'r str,
    witnesses: &'r [usize],
    /// Those of them that have it elsewhere.
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    elsewhere: &'r [usize],
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    judgement: Option<JudgementData<'r>>,
}

#[derive(Serialize)]
struct BetweenData<'r> {
    of: [usize; 2],
    #[serde(flatten)]
    judgement: JudgementData<'r>,
}

/// What each rule says, in words: so that it need not be said of every reading.
type Rules<'r> = BTreeMap<&'r str, String>;

/// The words of each rule that is used.
fn rules(table: &Table) -> Rules<'_> {
    let mut out = Rules::new();
    for unit in &table.units {
        let of_lemma = unit.readings.iter().filter_map(|reading| reading.judgement.as_ref());
        for judgement in of_lemma.chain(unit.between.iter().map(|between| &between.judgement)) {
            out.entry(&judgement.rule).or_insert_with(|| rule_in_words(&judgement.rule));
        }
    }
    out
}

/// A judgement without what goes without saying: there are many.
#[derive(Serialize)]
struct JudgementData<'r> {
    class: VariantClass,
    rule: &'r str,
    #[serde(skip_serializing_if = "is_certain")]
    confidence: Confidence,
    /// Where it says something else than its rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lemma_is_suspect: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project_rule: Option<&'r str>,
}

impl<'r> JudgementData<'r> {
    fn of(judgement: &'r Judgement, rules: &Rules<'_>) -> Self {
        let usual = rules.get(judgement.rule.as_str());
        let said = Some(judgement.explanation.as_str()).filter(|said| !said.is_empty());
        Self {
            class: judgement.class,
            rule: &judgement.rule,
            confidence: judgement.confidence,
            explanation: said.filter(|said| usual.is_none_or(|usual| usual != said)),
            lemma_is_suspect: judgement.lemma_is_suspect,
            project_rule: judgement.project_rule.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct MoveData<'r> {
    scale: MoveScale,
    home: PlaceData<'r>,
    away: PlaceData<'r>,
    /// Translations, and whether they have it at its home.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    followed: &'r [(usize, bool)],
}

#[derive(Serialize)]
struct PlaceData<'r> {
    /// Absent if it is on another page.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<usize>,
    /// The `id` of its row.
    at: String,
    witnesses: &'r [usize],
    text: &'r str,
}

fn is_auto(status: &Status) -> bool {
    *status == Status::Auto
}

fn is_one(n: &usize) -> bool {
    *n == 1
}

fn is_certain(confidence: &Confidence) -> bool {
    confidence.value() >= 1.0
}

fn is_false(b: &bool) -> bool {
    !*b
}

/// The data of one page, as JSON in one line.
pub(super) fn json(
    report: &Report,
    table: &Table,
    part: Option<(usize, usize)>,
) -> serde_json::Result<String> {
    let rules = rules(table);
    let data = Data {
        schema: SCHEMA,
        generator: concat!("hexapla ", env!("CARGO_PKG_VERSION")),
        title: &report.title,
        author: report.author.as_deref(),
        made: &report.made,
        base: table.base,
        witnesses: witnesses(report, table),
        layers: layers(),
        classes: classes(),
        trust: trust(),
        rows: table.rows.iter().map(row).collect(),
        units: units(table, &rules),
        rules,
        moves: moves(table),
        distances: report.distances.as_ref(),
        part: part.map(|(number, of)| PartData { number, of }),
    };
    serde_json::to_string(&data)
}

fn witnesses<'r>(report: &'r Report, table: &Table) -> Vec<WitnessData<'r>> {
    let with_column = report.witnesses.iter().zip(&table.columns).enumerate();
    with_column
        .map(|(c, (known, column))| WitnessData {
            witness: &known.witness,
            dir: if column.right_to_left { "rtl" } else { "ltr" },
            compared: column.compared,
            unspaced: column.unspaced,
            segments: table.rows.iter().map(|row| row.cells[c].segments.len()).sum(),
            words: table.rows.iter().map(|row| count_words_of(&row.cells[c].plain())).sum(),
            sources: &known.sources,
        })
        .collect()
}

fn row(row: &Row) -> RowData<'_> {
    RowData {
        id: super::rows::id(row),
        confidence: row.confidence,
        status: row.status,
        cells: row.cells.iter().map(cell).collect(),
    }
}

fn cell(cell: &Cell) -> CellData<'_> {
    CellData {
        at: super::rows::bare_locus(&cell.locus),
        first: (!cell.segments.is_empty()).then_some(cell.segments.start),
        segments: cell.segments.len(),
        confidence: cell.confidence,
        moved: cell.moved,
        absent: cell.absent,
        why: &cell.reasons,
        seen: &cell.remarks,
        continued: cell.continued,
        goes_on: cell.goes_on,
        text: pieces(&cell.spans),
    }
}

fn pieces(spans: &[TextSpan]) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        let space = if span.spaced && index > 0 { " " } else { "" };
        let text = format!("{space}{}", span.text);
        let kind = match span.mark {
            Mark::Label => Some("label"),
            Mark::Note => Some("note"),
            Mark::Furniture => Some("furniture"),
            _ => None,
        };
        if let (None, None, None, None) = (span.variant, span.moved, span.opens, kind) {
            match out.last_mut() {
                Some(Piece::Plain(last)) => last.push_str(&text),
                _ => out.push(Piece::Plain(text)),
            }
            continue;
        }
        out.push(Piece::Marked { text, unit: span.variant, moved: span.moved, opens: span.opens, kind });
    }
    out
}

fn units<'r>(table: &'r Table, rules: &Rules<'r>) -> Vec<UnitData<'r>> {
    let judged = |judgement: &'r Judgement| JudgementData::of(judgement, rules);
    let reading = |r: &'r UnitReading| ReadingData {
        text: &r.text,
        witnesses: &r.columns,
        elsewhere: &r.elsewhere,
        judgement: r.judgement.as_ref().map(judged),
    };
    table
        .units
        .iter()
        .map(|unit| UnitData {
            kind: kind(unit),
            of_move: of_move(unit),
            row: unit.row,
            at: super::rows::bare_locus(&unit.locus),
            after: unit.after.as_deref(),
            readings: unit.readings.iter().map(reading).collect(),
            absent: &unit.absent,
            moved: unit.moved,
            between: unit
                .between
                .iter()
                .map(|b| BetweenData { of: b.readings, judgement: judged(&b.judgement) })
                .collect(),
            follows: &unit.follows,
        })
        .collect()
}

fn kind(unit: &Unit) -> Option<&'static str> {
    match unit.kind {
        EntryKind::Words => None,
        EntryKind::Move(_) => Some("move"),
        EntryKind::Passage => Some("passage"),
        EntryKind::Layout => Some("layout"),
    }
}

fn of_move(unit: &Unit) -> Option<usize> {
    match unit.kind {
        EntryKind::Move(number) => Some(number),
        EntryKind::Words | EntryKind::Passage | EntryKind::Layout => None,
    }
}

fn moves(table: &Table) -> Vec<MoveData<'_>> {
    fn place(place: &Place) -> PlaceData<'_> {
        let at = super::rows::id_of(&place.locus);
        PlaceData { row: place.row, at, witnesses: &place.columns, text: &place.text }
    }
    let moves = table.moves.iter();
    moves
        .map(|m| MoveData {
            scale: m.scale,
            home: place(&m.home),
            away: place(&m.away),
            followed: &m.followed,
        })
        .collect()
}
