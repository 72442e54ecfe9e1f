//! The frame of a page: head, controls, the places that the script fills, provenance.

use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::escape::{escaped, push, push_json};
use super::script::SCRIPT;
use super::{Known, Report, cut, data, rows, terms};
use crate::model::Layer;
use crate::view::renderings::Renderings;
use crate::view::rows::Table;
use crate::view::visible;

const STYLES: [&str; 4] = [
    include_str!("css/base.css"),
    include_str!("css/rows.css"),
    include_str!("css/views.css"),
    include_str!("css/print.css"),
];

/// All style, without the indentation of its files.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let lines = STYLES.iter().flat_map(|file| file.lines()).map(str::trim_start);
    lines.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
});

/// What the content security policy calls the script.
static SCRIPT_HASH: LazyLock<String> = LazyLock::new(|| base64(&Sha256::digest(SCRIPT.as_bytes())));

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, &byte| n << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for k in 0..4 {
            let letter = LETTERS[(n >> (18 - 6 * k) & 63) as usize];
            out.push(if k <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Everything before the body's content.
fn head(out: &mut String, title: &str, script: bool) {
    let policy =
        if script { format!("script-src 'sha256-{}'", *SCRIPT_HASH) } else { "script-src 'none'".to_owned() };
    out.push_str("<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n");
    out.push_str("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n");
    let _ = writeln!(
        out,
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; {policy}; base-uri 'none'; form-action 'none'\">"
    );
    out.push_str("<meta name=color-scheme content=\"light dark\">\n<title>");
    push(out, title);
    out.push_str("</title>\n<style>\n");
    out.push_str(&STYLE);
    out.push_str("</style>\n</head>\n");
}

/// A page over a table; `part` is its number and the number of parts, from 1.
pub(super) fn page(
    report: &Report,
    table: &Table,
    renderings: &[Renderings],
    part: Option<(usize, usize)>,
) -> serde_json::Result<String> {
    let mut out = String::new();
    let title = match part {
        Some((number, _)) => format!("{} – part {number}", report.title),
        None => report.title.clone(),
    };
    head(&mut out, &title, true);
    own_style(&mut out, &title, table);
    let pair = table.columns.iter().filter(|column| column.compared).count() == 2;
    let pair = if pair { "pair " } else { "" };
    let (count, many) = (table.columns.len(), if table.columns.len() > 4 { " many" } else { "" });
    // As the script has it for so many columns.
    let (narrowest, size) = match count {
        0..=3 => ("12rem", "1.0625rem"),
        4..=5 => ("9.2rem", ".95rem"),
        _ => ("9rem", ".9rem"),
    };
    let style = format!("--k:{count};--min:{narrowest};--fs:{size}");
    let _ = writeln!(out, "<body class=\"{pair}wide\" style=\"{style}\">");
    out.push_str(
        "<a class=skip href=\"#rows\">Skip to the text</a>\n<header class=top>\n<div class=name><h1>",
    );
    push(&mut out, &report.title);
    out.push_str("</h1>");
    if let Some(author) = &report.author {
        out.push_str(" <span class=author>");
        push(&mut out, author);
        out.push_str("</span>");
    }
    if let Some((number, of)) = part {
        let _ = write!(out, " <nav class=parts aria-label=Parts>");
        if number > 1 {
            let _ = write!(out, "<a href=\"{}\" rel=prev>‹ previous</a> ", cut::file_name(number - 1));
        }
        let _ = write!(out, "<a href=\"index.html\">part {number} of {of}</a>");
        if number < of {
            let _ = write!(out, " <a href=\"{}\" rel=next>next ›</a>", cut::file_name(number + 1));
        }
        out.push_str("</nav>");
    }
    out.push_str("</div>\n");
    out.push_str(include_str!("controls.html"));
    out.push_str("</header>\n<main>\n<section id=v-rows class=view aria-label=\"Parallel text\">\n");
    let _ = writeln!(
        out,
        "<div class=\"tb{many}\" id=rows role=table tabindex=-1 aria-label=\"Parallel text\" aria-rowcount={}>",
        table.rows.len() + 1
    );
    heads(&mut out, table);
    rows::write(&mut out, table);
    out.push_str("</div>\n<p class=none id=none hidden>No row passes the filters. <button type=button data-do=clear>Clear them</button></p>\n</section>\n");
    out.push_str(include_str!("panes.html"));
    out.push_str("</main>\n");
    provenance(&mut out, report);
    out.push_str("<script type=application/json id=data>");
    push_json(&mut out, &data::json(report, table, part)?);
    out.push_str("</script>\n<script type=application/json id=terms>");
    push_json(&mut out, &terms::json(renderings)?);
    out.push_str("</script>\n<script type=module>");
    out.push_str(&SCRIPT);
    out.push_str("</script>\n</body>\n</html>\n");
    Ok(out)
}

/// What of the style depends on the work. Where cells stand one below the other (narrow windows, many
/// columns on paper), each has its siglum before it; printed pages have the title at their foot.
fn own_style(out: &mut String, title: &str, table: &Table) {
    out.push_str("<style>@page{@bottom-left{content:");
    css_string(out, title);
    out.push_str("}}");
    for (c, column) in table.columns.iter().enumerate() {
        let _ = write!(out, ".g .k{c}::after{{content:");
        css_string(out, &column.siglum);
        out.push('}');
        // An edition is never divided otherwise than it is; in a narrow column a translation may be.
        if !column.compared {
            let _ = write!(out, ".many .k{c}{{hyphens:auto}}");
        }
    }
    out.push_str("</style>\n");
}

/// A string of CSS. Every letter is escaped: whatever the text holds, it stays a string.
fn css_string(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        let _ = write!(out, "\\{:x} ", u32::from(visible(letter)));
    }
    out.push('"');
}

fn heads(out: &mut String, table: &Table) {
    out.push_str(
        "<div class=hg role=rowgroup><div class=\"r hr\" role=row><div class=h role=columnheader>Place</div>",
    );
    for (c, column) in table.columns.iter().enumerate() {
        let dir = if column.right_to_left { " dir=rtl" } else { "" };
        let _ = write!(out, "<div class=\"c k{c}\" role=columnheader{dir}><b>");
        push(out, &column.siglum);
        out.push_str("</b> <span class=lg>");
        push(out, &column.lang);
        if let Some(remark) = &column.remark {
            out.push_str(" · ");
            push(out, remark);
        }
        out.push_str("</span>");
        if let Some(title) = &column.title {
            out.push_str("<span class=tt>");
            push(out, title);
            out.push_str("</span>");
        }
        out.push_str("</div>");
    }
    out.push_str("</div></div>\n");
}

/// The witnesses with their files, and how the report was made.
fn provenance(out: &mut String, report: &Report) {
    out.push_str("<footer class=prov><h2>Witnesses and provenance</h2>\n<dl>\n");
    for known in &report.witnesses {
        witness(out, known);
    }
    out.push_str("</dl>\n<p class=made>");
    let _ = write!(out, "Made by Hexapla {}", env!("CARGO_PKG_VERSION"));
    for (name, value) in &report.made {
        let _ = write!(out, "; {}: {}", escaped(name), escaped(value));
    }
    out.push_str(". The data stands in this file as JSON (<code>");
    out.push_str(data::SCHEMA);
    out.push_str("</code>), in the element <code>#data</code>; how words are rendered, in <code>#terms</code>.</p>\n</footer>\n");
}

fn witness(out: &mut String, known: &Known) {
    let w = &known.witness;
    out.push_str("<dt>");
    push(out, &w.siglum);
    out.push_str("</dt><dd>");
    let imprint = [&w.title, &w.publisher, &w.place, &w.date];
    let imprint: Vec<String> = imprint.into_iter().flatten().map(|s| escaped(s)).collect();
    out.push_str(&imprint.join(", "));
    if !imprint.is_empty() {
        out.push_str(". ");
    }
    let _ = write!(out, "<span class=q1>{}, {}", w.kind.word(), escaped(w.lang.tag()));
    if let Some(of) = &w.of {
        let _ = write!(out, ", of {}", escaped(of));
    }
    out.push_str("</span>");
    if let Some(note) = &w.note {
        let _ = write!(out, ". {}", escaped(note));
    }
    for source in &known.sources {
        let path = source.path.as_ref().map_or("standard input".to_owned(), |p| p.display().to_string());
        let _ = write!(
            out,
            "<br><span class=q1>{}, {} bytes, {}, {}, SHA-256 <code>{}</code></span>",
            escaped(&path),
            source.bytes,
            escaped(&source.format),
            escaped(&source.encoding.name),
            escaped(&source.sha256)
        );
    }
    out.push_str("</dd>\n");
}

/// The page that leads to the parts of a long work.
pub(super) fn index(report: &Report, parts: &[Range<usize>]) -> String {
    let mut out = String::new();
    head(&mut out, &report.title, false);
    out.push_str("<body>\n<header class=top><div class=name><h1>");
    push(&mut out, &report.title);
    out.push_str("</h1>");
    if let Some(author) = &report.author {
        let _ = write!(out, " <span class=author>{}</span>", escaped(author));
    }
    out.push_str("</div></header>\n<main class=index>\n<table class=num><caption>Parts</caption>\n<thead><tr><th scope=col>Part</th><th scope=col>From</th><th scope=col>Rows</th><th scope=col>Substantive variants</th><th scope=col>Accidental variants</th><th scope=col>Doubtful rows</th></tr></thead>\n<tbody>\n");
    for (index, part) in parts.iter().enumerate() {
        let table = &report.table;
        let here = &table.rows[part.clone()];
        let count = |layer: Layer| {
            let units = table.units.iter().filter(|unit| part.contains(&unit.row));
            let readings = units.flat_map(|unit| &unit.readings).filter_map(|r| r.judgement.as_ref());
            readings.filter(|judgement| judgement.class.layer() == layer).count()
        };
        let from = here.first().map(|row| row.locus()).unwrap_or_default();
        let _ = writeln!(
            out,
            "<tr><th scope=row><a href=\"{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            cut::file_name(index + 1),
            index + 1,
            escaped(from),
            here.len(),
            count(Layer::Substantive),
            count(Layer::Accidental),
            here.iter().filter(|row| row.confidence.is_doubtful()).count()
        );
    }
    out.push_str("</tbody></table>\n</main>\n");
    provenance(&mut out, report);
    out.push_str("</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads() {
        assert_eq!(
            ["", "f", "fo", "foo", "foobar"].map(|s| base64(s.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]
        );
    }

    #[test]
    fn the_script_cannot_end_its_own_element() {
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
        // No address of any kind: the page asks nobody for anything.
        assert!(!SCRIPT.contains("http") && !STYLE.contains("url("));
    }

    #[test]
    fn lines_of_style_are_such_as_one_reads() {
        let long = STYLES.iter().flat_map(|file| file.lines()).find(|line| line.chars().count() > 120);
        assert_eq!(long, None);
    }
}
