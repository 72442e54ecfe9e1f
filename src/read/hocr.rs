//! hOCR: pages that were recognised by a machine, as HTML with classes of their own.

use super::Options;
use super::draft::Drafted;
use super::encoding::Decoded;
use super::flow::Context;
use super::html;
use crate::model::LocusUnit;
use crate::{Result, Warning};

/// The paragraphs of the pages; the lines of the print are line ends.
///
/// # Errors
/// Those of HTML.
pub(crate) fn drafts(decoded: &Decoded, options: &Options, warnings: &mut Vec<Warning>) -> Result<Drafted> {
    html::drafts(decoded, options, warnings)
}

/// What an element of a scanned page means: what holds in it, whether it is a block, whether a line
/// ends with it, and the page that it is.
pub(crate) struct Scanned {
    /// What holds in it.
    pub(crate) context: Context,
    /// Whether a line of the print begins with it.
    pub(crate) line: bool,
    /// The number of the page that begins with it.
    pub(crate) page: Option<(LocusUnit, String)>,
}

/// Reads the class of an element; `None` where it is not of a scanned page.
pub(crate) fn element(class: &str, title: &str) -> Option<Scanned> {
    let plain = Scanned { context: Context::default(), line: false, page: None };
    Some(match class {
        "ocr_page" => {
            let number = title.split(';').find_map(|part| part.trim().strip_prefix("ppageno "));
            let number = number.and_then(|n| n.trim().parse::<usize>().ok()).map(|n| (n + 1).to_string());
            Scanned { page: number.map(|number| (LocusUnit::Page, number)), ..plain }
        }
        "ocr_par" | "ocr_carea" | "ocrx_block" => {
            Scanned { context: Context { prose: class == "ocr_par", ..Context::default() }, ..plain }
        }
        "ocr_line" | "ocr_textfloat" | "ocr_caption" | "ocrx_line" => Scanned { line: true, ..plain },
        "ocr_header" | "ocr_footer" | "ocr_pageno" => {
            Scanned { context: Context { furniture: true, ..Context::default() }, line: true, page: None }
        }
        _ => return None,
    })
}
