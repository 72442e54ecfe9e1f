//! Quotations in scripts without capitals: whether the sentence goes on after the closing mark.
//!
//! Where a European language shows it by a small letter (`“…?” he asked`), Japanese has a particle
//! (`「…。」と言った`) and Chinese the words that report the speech (`“……！”他说。`).

use super::Reason;
use super::marks::is_word;
use super::site::Site;

/// How many characters after the closing mark are searched for the words that report a speech.
const REPORT: usize = 10;

/// Why the sentence goes on after a closed quotation or bracket, if it does.
pub(super) fn continues(text: &str, site: &Site, primary: &str) -> Option<Reason> {
    if !site.quote && !site.bracket {
        return None;
    }
    // A line end between wide characters is no space.
    let rest = text.get(site.next..)?;
    match primary {
        "ja" => rest.chars().next().is_some_and(is_particle).then_some(Reason::Embedded),
        "zh" if site.quote => {
            if is_introduced(text, site) {
                return None;
            }
            let report = rest.chars().filter(|c| !c.is_whitespace()).take_while(|&c| is_word(c)).take(REPORT);
            report
                .into_iter()
                .any(|c| matches!(c, '说' | '說' | '道' | '问' | '問' | '喊' | '叫' | '答' | '嚷' | '吼'))
                .then_some(Reason::Reporting)
        }
        _ => None,
    }
}

/// Whether a colon or comma leads up to the quotation: then its end is the sentence's end.
fn is_introduced(text: &str, site: &Site) -> bool {
    let before = text.get(..site.start).unwrap_or_default();
    let mut chars = before.chars().rev().take(400);
    while let Some(c) = chars.next() {
        if matches!(c, '“' | '「' | '『' | '‘' | '«') {
            return matches!(chars.next(), Some('：' | ':' | '，' | ','));
        }
    }
    false
}

/// Japanese particles that join what stands before them to what follows.
fn is_particle(c: char) -> bool {
    matches!(c, 'と' | 'っ' | 'な' | 'の' | 'に' | 'を' | 'が' | 'は' | 'も' | 'で' | 'や' | 'へ' | 'か')
}
