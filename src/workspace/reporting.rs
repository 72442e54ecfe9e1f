//! Everything that a report shows of some witnesses, from texts to the data of a page.

use rayon::prelude::*;

use super::renderings::renderings;
use super::words::differ;
use super::{AlignedPairs, PairOptions, align_pair, aligned_tree, collate, side_by_side};
use crate::align::words::WordLexicon;
use crate::align::{Link, Method, explain_beads};
use crate::collate::distance::{self, Weights};
use crate::model::{Alignment, Collation, Confidence, Explanation, Pair, Parallel, Segmented, WitnessKind};
use crate::project::{Dictionaries, Project};
use crate::view::renderings::Renderings;
use crate::view::rows::Table;
use crate::view::{self, html};
use crate::{Outcome, Result, follows};

/// Everything that a report shows of some witnesses: rows over all of them, the editions among them
/// collated, and of the translations what is known of their words and why a place is doubtful. Those
/// count as editions of one text that are in the language of the base; the base is the project's, if it
/// is among them, or else the first.
///
/// # Errors
/// Those of [`super::parallel`].
pub fn report(
    project: Option<&Project>,
    texts: &[Segmented],
    options: &PairOptions,
) -> Result<Outcome<html::Report>> {
    let mut warnings = Vec::new();
    let pairs = aligned_tree(project, texts, options)?.unpack(&mut warnings);
    let rows = side_by_side(texts, &pairs);
    let manifest = project.map(|p| &p.manifest);
    let base = manifest.and_then(|m| texts.iter().find(|t| Some(t.siglum()) == m.work.base.as_deref()));
    let base = base.or_else(|| texts.first());
    let (mut table, collation) = compared(project, texts, &rows, base)?.unpack(&mut warnings);
    if let Some(collation) = &collation {
        mark_follows(project, texts, (&rows, collation), &pairs, options, &mut table)?.unpack(&mut warnings);
    }
    let renderings = translated(&mut table, texts, &pairs, options);
    let value = html::Report {
        title: manifest.and_then(|m| m.work.title.clone()).unwrap_or_else(|| rows.sigla.join(", ")),
        author: manifest.and_then(|m| m.work.author.clone()),
        table,
        witnesses: texts.iter().map(html::Known::of).collect(),
        distances: collation.as_ref().map(|collation| distances(texts, collation)),
        renderings,
        made: made(project, base, options),
    };
    Ok(Outcome { value, warnings })
}

/// The rows, with the editions collated if there are several.
fn compared(
    project: Option<&Project>,
    texts: &[Segmented],
    rows: &Parallel,
    base: Option<&Segmented>,
) -> Result<Outcome<(Table, Option<Collation>)>> {
    let mut warnings = Vec::new();
    let collation = base.map(|base| {
        let of_one_text = |text: &&Segmented| {
            let (a, b) = (&text.document.witness, &base.document.witness);
            a.siglum == b.siglum || a.lang.same_language(&b.lang) && a.kind != WitnessKind::Translation
        };
        let editions: Vec<&Segmented> = texts.iter().filter(of_one_text).collect();
        collate(project, &editions, Some(base.siglum().to_owned()))
    });
    let collation = collation.transpose()?.map(|found| found.unpack(&mut warnings));
    let collation = collation.filter(|collation| collation.witnesses.len() > 1);
    let collation = collation.map(|collation| view::apart(rows, collation));
    let all: Vec<&Segmented> = texts.iter().collect();
    let joined = collation.as_ref().map(|collation| view::joined(rows, collation));
    let rows = joined.as_ref().unwrap_or(rows);
    let table = view::of_parallel(&all, rows, collation.as_ref());
    Ok(Outcome { value: (table, collation), warnings })
}

/// Notes in the table which readings the translations follow. Editions with sentences of their own inside
/// of rows are aligned with the translations for it: nothing else tells whether those have them.
fn mark_follows(
    project: Option<&Project>,
    texts: &[Segmented],
    (rows, collation): (&Parallel, &Collation),
    pairs: &AlignedPairs,
    options: &PairOptions,
    table: &mut Table,
) -> Result<Outcome<()>> {
    let all: Vec<&Segmented> = texts.iter().collect();
    let joined = view::joined(rows, collation);
    let is_translation = |text: &Segmented| collation.witnesses.iter().all(|w| w.siglum != text.siglum());
    let translations: Vec<usize> = (0..texts.len()).filter(|&k| is_translation(&texts[k])).collect();
    let editions = follows::with_sentences_inside(&all, &joined, collation);
    let missing: Vec<(usize, usize)> = editions
        .into_iter()
        .flat_map(|edition| translations.iter().map(move |&translation| (edition, translation)))
        .filter(|wanted| pairs.iter().all(|(a, b, _)| (*a, *b) != *wanted))
        .collect();
    let more: Vec<Result<Outcome<Alignment>>> =
        missing.par_iter().map(|&(a, b)| align_pair(project, &texts[a], &texts[b], options)).collect();
    let mut warnings = Vec::new();
    let more = more.into_iter().map(|found| Ok(found?.unpack(&mut warnings))).collect::<Result<Vec<_>>>()?;
    let more = missing.iter().zip(&more).map(|(&(a, b), alignment)| Link { a, b, alignment });
    let links = pairs.iter().map(|(a, b, alignment)| Link { a: *a, b: *b, alignment });
    let links: Vec<Link<'_>> = links.chain(more).collect();
    let of_units = follows::follows_of_units(&all, &joined, collation, &links);
    view::mark_follows(table, &of_units, &follows::follows_of_moves(&all, collation, &links));
    Ok(Outcome { value: (), warnings })
}

fn distances(texts: &[Segmented], collation: &Collation) -> html::Distances {
    let of = |accidental| distance::distances(collation, &Weights::of_layers(1.0, accidental));
    let column = |siglum: &str| texts.iter().position(|text| text.siglum() == siglum);
    let columns = collation.witnesses.iter().filter_map(|witness| column(&witness.siglum)).collect();
    html::Distances { columns, all: of(1.0), substantive: of(0.0) }
}

/// Learns the words of each translation, which become the pages' renderings, and says in the table why
/// beads that are not sure stand as they do.
fn translated(
    table: &mut Table,
    texts: &[Segmented],
    pairs: &AlignedPairs,
    options: &PairOptions,
) -> Vec<Renderings> {
    let translations: Vec<_> = pairs.iter().filter(|pair| differ(texts, pair)).collect();
    type Learned = (Renderings, Vec<usize>, Vec<Explanation>);
    let shown = &*table;
    let learned: Vec<Learned> = translations
        .par_iter()
        .map(|(a, b, alignment)| {
            let pair = Pair { a: &texts[*a], b: &texts[*b], alignment };
            let lexicon = WordLexicon::learn(&[pair]);
            let unsure: Vec<usize> = (0..pair.beads().len())
                .filter(|&k| pair.beads()[k].confidence.value() < Confidence::SURE)
                .collect();
            let explained = explain_beads(pair, &options.align, &lexicon, &unsure);
            (renderings(shown, (*a, *b), pair, &lexicon), unsure, explained)
        })
        .collect();
    let mut out = Vec::new();
    for ((a, b, alignment), (renderings, unsure, explained)) in translations.into_iter().zip(learned) {
        let pair = Pair { a: &texts[*a], b: &texts[*b], alignment };
        view::explanations::explain_cells(table, (*a, *b), pair, &unsure, &explained);
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
