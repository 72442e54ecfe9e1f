//! Everything that a report shows of some witnesses, from texts to the data of a page.

use crate::par::prelude::*;

use super::renderings::renderings;
use super::words::links;
use super::{PairOptions, collate, tree};
use crate::align::words::WordLexicon;
use crate::align::{self, Method, explain_beads};
use crate::collate::distance::{self, Weights};
use crate::collate::rows;
use crate::model::{Collated, Confidence, Explanation, Link, Parallel, Segmented, Text, WitnessKind};
use crate::project::{Dictionaries, Project};
use crate::study::follows;
use crate::view::renderings::Renderings;
use crate::view::rows::Table;
use crate::view::{self, html};
use crate::{Outcome, Result};

/// Everything that a report shows of some witnesses: rows by the division of the base over all of them, the
/// editions among them collated, and of the translations what is known of their words and why a place is
/// doubtful. Those count as editions of one text that are in the language of the base; the base is the
/// project's, if it is among them, or else the first.
///
/// # Errors
/// Those of [`super::parallel`] and [`collate`].
pub fn report(
    project: Option<&Project>,
    texts: &[Text],
    options: &PairOptions,
) -> Result<Outcome<html::Report>> {
    let mut warnings = Vec::new();
    let side_by_side = side_by_side(project, texts, options)?.unpack(&mut warnings);
    let SideBySide { mut table, rows, collated, links } = side_by_side;
    let manifest = project.map(|p| &p.manifest);
    let base = base_of(project, texts);
    if let Some(collated) = &collated {
        let found = (&rows, collated, links.as_slice());
        mark_follows(project, texts, found, options, &mut table)?.unpack(&mut warnings);
    }
    let renderings = translated(&mut table, texts, &links, options);
    let sigla = || rows.sigla.join(", ");
    let value = html::Report {
        title: manifest.and_then(|m| m.work.title.clone()).unwrap_or_else(sigla),
        author: manifest.and_then(|m| m.work.author.clone()),
        table,
        witnesses: texts.iter().map(|text| html::Known::of(text)).collect(),
        distances: collated.as_ref().map(|collated| distances(texts, collated)),
        renderings,
        made: made(project, base.map(|base| &*texts[base] as &Segmented), options),
    };
    Ok(Outcome { value, warnings })
}

/// Texts in common rows, the editions among them collated.
#[derive(Debug, Clone)]
pub struct SideBySide {
    /// What is shown.
    pub table: Table,
    /// The same as segments and tokens; a column is a text.
    pub rows: Parallel,
    /// The editions; `None` if there is but one.
    pub collated: Option<Collated>,
    /// The pairs that were aligned.
    pub links: Vec<Link>,
}

/// Puts any number of texts side by side: editions by their collation, in rows that follow the base's
/// division, and the others by their alignment with the base, or with the edition that they translate.
///
/// # Errors
/// Those of [`super::parallel`] and [`collate`].
pub fn side_by_side(
    project: Option<&Project>,
    texts: &[Text],
    options: &PairOptions,
) -> Result<Outcome<SideBySide>> {
    let mut warnings = Vec::new();
    let Some(base) = base_of(project, texts) else {
        let rows = Parallel::default();
        let table = view::of_parallel(texts, &rows, None);
        return Ok(Outcome::clean(SideBySide { table, rows, collated: None, links: Vec::new() }));
    };
    let editions: Vec<Text> = texts.iter().filter(|text| is_edition(text, &texts[base])).cloned().collect();
    let collated = if editions.len() > 1 {
        Some(collate(project, &editions, Some(texts[base].siglum().to_owned()))?.unpack(&mut warnings))
    } else {
        None
    };
    // The texts that are not collated, with what they hang on: all else follows from the columns.
    let tree = tree(project.map(|p| &p.manifest), texts);
    let is_collated = |text: usize| collated.is_some() && is_edition(&texts[text], &texts[base]);
    let mut needed = vec![base];
    for &(_, leaf) in tree.iter().filter(|&&(_, leaf)| !is_collated(leaf)) {
        let mut at = leaf;
        while !needed.contains(&at) {
            needed.push(at);
            at = tree.iter().find(|&&(_, b)| b == at).map_or(base, |&(a, _)| a);
        }
    }
    let pairs: Vec<(usize, usize)> = tree.into_iter().filter(|(_, b)| needed.contains(b)).collect();
    let links = links(project, texts, &pairs, options)?.unpack(&mut warnings);
    let beside = parallel_of(texts, &needed, &links);
    let sigla: Vec<String> = texts.iter().map(|text| text.siglum().to_owned()).collect();
    let rows = match &collated {
        Some(collated) => rows::rows(collated, (needed.len() > 1).then_some(&beside), &sigla),
        None => in_order(beside, &sigla),
    };
    let table = view::of_parallel(texts, &rows, collated.as_ref());
    Ok(Outcome { value: SideBySide { table, rows, collated, links }, warnings })
}

/// The base of the project, if it is among the texts, or else the first one.
fn base_of(project: Option<&Project>, texts: &[Text]) -> Option<usize> {
    let base = project.and_then(|p| p.manifest.work.base.as_deref());
    let known = texts.iter().position(|text| Some(text.siglum()) == base);
    known.or((!texts.is_empty()).then_some(0))
}

fn is_edition(text: &Text, base: &Text) -> bool {
    let (a, b) = (&text.document.witness, &base.document.witness);
    a.siglum == b.siglum || a.lang.same_language(&b.lang) && a.kind != WitnessKind::Translation
}

/// The rows of some of the texts, the first of them leading.
fn parallel_of(texts: &[Text], chosen: &[usize], links: &[Link]) -> Parallel {
    let place = |text: usize| chosen.iter().position(|&other| other == text);
    let own: Vec<Text> = chosen.iter().map(|&text| texts[text].clone()).collect();
    let inner = |link: &Link| Some(Link { a: place(link.a)?, b: place(link.b)?, ..link.clone() });
    align::parallel(&own, &links.iter().filter_map(inner).collect::<Vec<_>>())
}

/// The same rows with the columns in another order.
fn in_order(parallel: Parallel, sigla: &[String]) -> Parallel {
    let order: Vec<usize> = sigla.iter().filter_map(|siglum| parallel.column(siglum)).collect();
    let mut rows = parallel.rows;
    for row in &mut rows {
        row.cells = order.iter().map(|&column| row.cells[column].clone()).collect();
    }
    Parallel { sigla: sigla.to_vec(), rows }
}

/// Notes in the table which readings the translations follow. Editions with sentences of their own inside
/// of rows are aligned with the translations for it: nothing else tells whether those have them.
fn mark_follows(
    project: Option<&Project>,
    texts: &[Text],
    (rows, collated, known): (&Parallel, &Collated, &[Link]),
    options: &PairOptions,
    table: &mut Table,
) -> Result<Outcome<()>> {
    let translations: Vec<usize> =
        (0..texts.len()).filter(|&k| collated.witness(texts[k].siglum()).is_none()).collect();
    let editions = follows::with_sentences_of_their_own(texts, rows, collated);
    let missing: Vec<(usize, usize)> = editions
        .into_iter()
        .flat_map(|edition| translations.iter().map(move |&translation| (edition, translation)))
        .filter(|wanted| known.iter().all(|link| (link.a, link.b) != *wanted))
        .collect();
    let more = links(project, texts, &missing, options)?;
    Ok(more.map(|more| {
        let links: Vec<Link> = known.iter().cloned().chain(more).collect();
        let of_units = follows::follows_of_units(texts, rows, collated, &links);
        view::mark_follows(table, &of_units, &follows::follows_of_moves(texts, collated, &links));
    }))
}

fn distances(texts: &[Text], collated: &Collated) -> html::Distances {
    let of = |accidental| distance::distances(&collated.collation, &Weights::of_layers(1.0, accidental));
    let column = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
    let columns = collated.texts.iter().filter_map(|witness| column(witness.siglum())).collect();
    html::Distances { columns, all: of(1.0), substantive: of(0.0) }
}

/// Learns the words of each translation, which become the pages' renderings, and says in the table why
/// beads that are not sure stand as they do.
fn translated(table: &mut Table, texts: &[Text], links: &[Link], options: &PairOptions) -> Vec<Renderings> {
    let translations: Vec<&Link> = links.iter().filter(|link| link.is_translation(texts)).collect();
    type Learned = (Renderings, Vec<usize>, Vec<Explanation>);
    let shown = &*table;
    let learned: Vec<Learned> = translations
        .par_iter()
        .map(|link| {
            let pair = link.aligned(texts);
            let lexicon = WordLexicon::learn(std::slice::from_ref(&pair));
            let unsure: Vec<usize> = (0..pair.beads().len())
                .filter(|&k| pair.beads()[k].confidence.value() < Confidence::SURE)
                .collect();
            let explained = explain_beads(&pair, &options.align, &lexicon, &unsure);
            (renderings(shown, (link.a, link.b), &pair, &lexicon), unsure, explained)
        })
        .collect();
    let mut out = Vec::new();
    for (link, (renderings, unsure, explained)) in translations.into_iter().zip(learned) {
        let pair = link.aligned(texts);
        view::explanations::explain_cells(table, (link.a, link.b), &pair, &unsure, &explained);
        out.push(renderings);
    }
    out
}

/// What bears on the result besides the texts, as names and values.
fn made(project: Option<&Project>, base: Option<&Segmented>, options: &PairOptions) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut say = |name: &str, value: String| out.push((name.to_owned(), value));
    if let Some(base) = base {
        say("base", base.siglum().to_owned());
    }
    say(
        "alignment",
        match options.align.method {
            Method::Auto => "by words between editions, by a trained model between languages".to_owned(),
            method => method.word().to_owned(),
        },
    );
    let Some(manifest) = project.map(|p| &p.manifest) else { return out };
    let with_packs = options.align.translation.packs && manifest.align.dictionaries == Dictionaries::Packs;
    say("built-in lexica", if with_packs { "between languages that have one" } else { "none" }.to_owned());
    // In the manifest's own words, as they are plain data.
    let json = |value: serde_json::Result<String>| value.unwrap_or_default();
    for (lang, rules) in &manifest.segment {
        say(&format!("sentences in {lang}"), json(serde_json::to_string(rules)));
    }
    if manifest.compare != crate::project::Compare::default() {
        say("comparison", json(serde_json::to_string(&manifest.compare)));
    }
    for dictionary in &manifest.dictionaries {
        let file = dictionary.file.display();
        say("dictionary", format!("{file} ({}, {})", dictionary.from, dictionary.to));
    }
    out
}
