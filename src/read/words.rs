//! The words by which editions of many languages mark their parts: data, and the tests that
//! need nothing else.
//!
//! All lists are in lower case; texts are lowered before they are compared.

/// Who speaks in a printed interview, as whole labels.
#[rustfmt::skip]
pub(crate) const SPEAKERS: &[&str] = &[
    "question", "answer", "q", "a", "interviewer", "interviewee", "moderator", "journalist", "reporter",
    "correspondent", "chairman", "the president", "the court", "voice", "voices", "frage", "antwort",
    "interviewerin", "journalistin", "vorsitzender", "réponse", "reponse", "q.", "r.", "journaliste",
    "le président", "pregunta", "respuesta", "periodista", "domanda", "risposta", "giornalista",
    "pergunta", "resposta", "vraag", "antwoord", "fråga", "svar", "spørgsmål", "spørsmål", "вопрос",
    "ответ", "корреспондент", "журналист", "ведущий", "голос", "питання", "запитання", "відповідь",
    "pytanie", "odpowiedź", "otázka", "odpověď", "odpoveď", "kérdés", "válasz", "întrebare", "răspuns",
    "ερώτηση", "απάντηση", "soru", "cevap", "հարց", "պատասխան", "سؤال", "جواب", "پرسش", "پاسخ", "שאלה",
    "תשובה", "问", "答", "問", "问题", "回答", "記者", "记者", "主持人", "質問", "答え", "질문", "답변",
];

/// What looks like a speaker's label and is none.
#[rustfmt::skip]
pub(crate) const NO_SPEAKERS: &[&str] = &[
    "note", "notes", "nb", "n.b", "remark", "source", "sources", "written", "first published",
    "published", "publisher", "translated", "translator", "translation", "transcribed", "transcription",
    "markup", "proofread", "online version", "html", "title", "author", "date", "copyright", "copyleft",
    "public domain", "edited", "editor", "subject", "from", "to", "re", "chapter", "part", "section",
    "table", "figure", "example", "for example", "first", "second", "third", "firstly", "secondly",
    "finally", "thus", "hence", "moreover", "ps", "p.s", "url", "isbn", "language", "contents", "see",
    "see also", "cf", "anmerkung", "anmerkungen", "hinweis", "bemerkung", "quelle", "titel", "autor",
    "datum", "kapitel", "beispiel", "remarque", "auteur", "titre", "chapitre", "exemple", "примечание",
    "примечания", "источник", "автор", "перевод", "дата", "глава", "например", "注", "注释", "来源", "译者",
    "作者", "例如", "nota", "fuente", "ejemplo", "fonte", "esempio",
];

/// Titles that stand before a name with a full stop.
#[rustfmt::skip]
pub(crate) const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "ste", "m", "mm", "mme", "mlle", "hr", "fr", "frl", "sr", "sra", "srta",
    "prof", "rev", "capt", "col", "gen", "lt", "sgt", "maj", "gov", "hon", "don", "sig", "dom",
];

/// Abbreviations in capitals that no name ends with.
#[rustfmt::skip]
pub(crate) const ABBREVIATIONS: &[&str] = &[
    "chap", "ch", "cap", "kap", "no", "nos", "nr", "vol", "fig", "pt", "pl", "bk", "sc", "sec", "art", "par",
    "app", "ed", "pp", "etc", "jr", "sen", "aet", "ob", "cf", "viz",
];

/// How an editor's or translator's note begins.
#[rustfmt::skip]
pub(crate) const EDITORS: &[&str] = &[
    "editors note", "editor's note", "editors' note", "editorial note", "note by the editor",
    "note by the ed", "note of the editor", "translator's note", "translators note", "translators' note",
    "transcriber's note", "transcribers note", "transcriber's notes", "publisher's note",
    "introductory note", "note to the reader", "anmerkung der redaktion", "anm. d. red", "vorbemerkung",
    "redaktionelle", "anmerkung des herausgebers", "anmerkung der herausgeber",
    "anmerkung des übersetzers", "anmerkung der übersetzerin", "note de la rédaction",
    "note de la redaction", "note de l'éditeur", "note des éditeurs", "ndlr", "n.d.l.r",
    "note du traducteur", "note de la traductrice", "avertissement de l'éditeur", "nota de la redacción",
    "nota del editor", "nota de los editores", "nota del traductor", "nota della redazione",
    "nota del redattore", "nota dell'editore", "nota da redação", "nota do editor", "nota do tradutor",
    "noot van de redactie", "redactionele", "redaktionens", "примечание редакции", "от редакции",
    "редакция:", "примечание редактора", "примечание переводчика", "от переводчика", "від редакції",
    "примітка редакції", "od redakcji", "przypis redakcji", "poznámka redakce", "poznámka redakcie",
    "a szerkesztő", "nota redacției", "σημείωση της σύνταξης", "editörün notu", "编者按", "編者按", "编者注",
    "編者註", "编辑部", "译者注", "譯者註", "译者按", "編集部注", "編者注", "訳者注", "편집자 주", "ملاحظة المحرر", "הערת המערכת",
];

/// How a line on printing, source, transcription or translation begins.
#[rustfmt::skip]
pub(crate) const PUBLICATIONS: &[&str] = &[
    "first published", "first publication", "first printed", "originally published", "published:",
    "published in", "source:", "source :", "source;", "sources:", "written:", "written in", "delivered:",
    "written by", "spoken:", "transcribed", "transcription", "translated", "translation:", "html markup",
    "markup:", "proofread", "online version", "copyright", "copyleft", "public domain", "produced by",
    "authorized", "authorised", "reprinted", "from the english edition", "edited by", "edited and",
    "printed in", "erstveröffentlich", "zuerst veröffentlicht", "zuerst erschienen", "erschienen in",
    "quelle:", "geschrieben", "übersetz", "veröffentlicht", "transkription", "aus dem englischen",
    "première publication", "première parution", "publié pour la première fois", "publié", "paru dans",
    "source du texte", "écrit", "traduit", "traduction", "édition électronique", "primera publicación",
    "primera edición", "publicado", "escrito:", "fuente:", "traducido", "traducción", "transcripción",
    "prima pubblicazione", "pubblicato", "fonte:", "scritto:", "tradotto", "traduzione", "trascrizione",
    "primeira edição", "primeira publicação", "fonte :", "tradução", "transcrição", "eerste publicatie",
    "bron:", "vertaald", "först publicerad", "källa:", "översatt", "впервые опубликовано",
    "впервые напечатано", "первая публикация", "опубликовано", "напечатано", "источник", "написано",
    "перевод", "переведено", "вперше опубліковано", "джерело", "переклад", "źródło", "pierwodruk",
    "przekład", "tłumaczenie", "zdroj", "překlad", "首次发表", "首次發表", "最初发表", "原载", "原載", "首次刊载", "首次出版",
    "来源", "來源", "译自", "譯自", "本文译", "翻译", "翻譯", "初出", "出典", "翻訳", "πρώτη δημοσίευση", "πηγή", "ilk yayın",
    "kaynak:", "첫 발표", "출처",
];

/// What may stand alone as a furniture block: links to other pages, dates of the last change.
#[rustfmt::skip]
pub(crate) const FURNITURE: &[&str] = &[
    "last updated", "last modified", "page last", "this page was last", "top of page", "top of the page",
    "back to", "return to", "go to top", "previous page", "next page", "previous chapter",
    "next chapter", "zuletzt aktualisiert", "zuletzt geändert", "letzte aktualisierung",
    "letzte änderung", "zum seitenanfang", "seitenanfang", "nach oben", "zurück zu", "zurück zum",
    "zurück zur", "dernière mise à jour", "dernière modification", "mis à jour le", "haut de page",
    "haut de la page", "retour au", "retour à", "última actualización", "última modificación",
    "volver a", "volver al", "ultima modifica", "ultimo aggiornamento", "torna a", "torna al",
    "última atualização", "laatst bijgewerkt", "terug naar", "senast uppdaterad", "последнее обновление",
    "последнее изменение", "обновлено", "в начало страницы", "наверх", "к началу", "вернуться",
    "на главную", "останнє оновлення", "ostatnia aktualizacja", "poslední změna", "最后更新", "最後更新", "更新日期",
    "返回", "回到", "页首", "最終更新", "ページの先頭", "목록으로",
];

/// Single words of navigation; a short line of nothing else is furniture.
#[rustfmt::skip]
pub(crate) const NAVIGATION: &[&str] = &[
    "return", "back", "next", "previous", "prev", "home", "index", "contents", "top", "up", "menu",
    "first", "last", "chapter", "page", "archive", "zurück", "weiter", "vor", "inhalt", "start",
    "startseite", "oben", "retour", "suivant", "précédent", "précédente", "suivante", "accueil",
    "sommaire", "haut", "volver", "siguiente", "anterior", "inicio", "índice", "indietro", "avanti",
    "indice", "voltar", "próximo", "terug", "volgende", "tillbaka", "nästa", "назад", "вперёд", "вперед",
    "далее", "наверх", "содержание", "оглавление", "главная", "возврат", "powrót", "dalej", "wstecz",
    "zpět", "další", "返回", "上一页", "下一页", "目录", "首页", "上一章", "下一章", "戻る", "次へ", "前へ", "目次",
];

/// What a division of the text is called.
#[rustfmt::skip]
pub(crate) const DIVISIONS: &[&str] = &[
    "chapter", "part", "book", "section", "preface", "foreword", "introduction", "preliminary",
    "conclusion", "appendix", "epilogue", "prologue", "postscript", "afterword", "contents",
    "table of contents", "notes", "footnotes", "endnotes", "kapitel", "teil", "buch", "abschnitt",
    "vorwort", "einleitung", "vorrede", "schluss", "schluß", "anhang", "nachwort", "inhalt",
    "inhaltsverzeichnis", "anmerkungen", "chapitre", "partie", "livre", "préface", "avant-propos",
    "annexe", "épilogue", "postface", "sommaire", "table des matières", "capítulo", "parte", "libro",
    "prefacio", "prólogo", "introducción", "conclusión", "índice", "capitolo", "prefazione",
    "introduzione", "conclusione", "indice", "prefácio", "introdução", "hoofdstuk", "voorwoord",
    "inleiding", "förord", "inledning", "глава", "часть", "книга", "раздел", "предисловие", "введение",
    "заключение", "приложение", "эпилог", "послесловие", "содержание", "оглавление", "розділ", "частина",
    "передмова", "вступ", "rozdział", "część", "wstęp", "przedmowa", "kapitola", "předmluva", "úvod",
    "fejezet", "előszó", "κεφάλαιο", "πρόλογος", "bölüm", "önsöz", "序", "序言", "前言", "导言", "導言", "引言",
    "目录", "目錄", "结语", "附录", "后记", "跋", "はじめに", "序文", "目次", "あとがき",
];

/// Words that stand in titles and never in a person's name, at its beginning above all.
#[rustfmt::skip]
pub(crate) const NO_NAMES: &[&str] = &[
    "the", "a", "an", "by", "par", "of", "on", "in", "to", "for", "with", "about", "first", "second",
    "third", "last", "new", "war", "party", "notes", "letter", "letters", "manifesto", "interview",
    "world", "history", "complete", "works", "question", "what", "why", "how", "part", "der", "die",
    "das", "des", "dem", "den", "ein", "eine", "über", "zur", "zum", "le", "la", "les", "l'", "un",
    "une", "sur", "du", "au", "aux", "el", "los", "las", "una", "sobre", "il", "lo", "gli", "della",
    "dello", "delle", "o", "os", "as", "uma", "het", "een", "о", "об", "на", "в", "к", "из", "про",
];

/// How a byline begins.
#[rustfmt::skip]
pub(crate) const BYLINES: &[&str] = &[
    "by ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "author:", "author :", "autor:",
    "auteur:", "auteur :", "autore:", "автор:", "作者：", "作者:", "著者：",
];

/// Names of months and seasons, shortened to what all their forms share.
#[rustfmt::skip]
pub(crate) const MONTHS: &[&str] = &[
    "januar", "februar", "march", "april", "may", "june", "july", "august", "septem", "octob", "novem",
    "decem", "spring", "summer", "autumn", "winter", "märz", "jänner", "mai", "juni", "juli", "oktob",
    "dezem", "janvier", "février", "mars", "avril", "juin", "juillet", "août", "octobre", "décem",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiem", "setiem",
    "octub", "diciem", "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settem", "ottob",
    "dicem", "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setem", "outub", "maart", "mei",
    "augustus", "maj", "янв", "феврал", "март", "апрел", "май", "мая", "июн", "июл", "август", "сентяб",
    "октяб", "нояб", "декаб", "січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес",
    "жовт", "листопад", "груд", "stycz", "lut", "kwie", "czerw", "lip", "sierp", "wrze", "paźdz",
    "listopad", "grud", "leden", "únor", "břez", "dub", "květ", "červ", "srp", "září", "říj", "prosin",
    "年", "月",
];

/// Instalments of a newspaper: "First of three instalments", "To be continued".
#[rustfmt::skip]
pub(crate) const INSTALMENTS: &[&str] = &[
    "instalment", "installment", "to be continued", "continued from", "fortsetzung", "à suivre",
    "suite du", "continuará", "continua", "продолжение", "окончание", "未完", "待续", "連載",
];

/// Whether a lowered word is the name of a month.
pub(crate) fn is_month(lowered: &str) -> bool {
    const CUT: [&str; 9] =
        ["januar", "februar", "septem", "octob", "novem", "decem", "oktob", "dezem", "décem"];
    MONTHS.contains(&lowered)
        || CUT.iter().any(|month| lowered.strip_prefix(month).is_some_and(|rest| rest.len() <= 4))
}

/// Whether a lowered text begins with one of `phrases`.
pub(crate) fn begins_with(lowered: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        lowered.strip_prefix(phrase).is_some_and(|rest| {
            // A phrase ends where a word ends, unless it is cut short on purpose or has no letters
            // that could go on (a script without spaces).
            let last = phrase.chars().next_back().unwrap_or(' ');
            let next = rest.chars().next().unwrap_or(' ');
            !last.is_alphanumeric()
                || !next.is_alphanumeric()
                || crate::model::Script::is_wide_context(last)
                || phrase.len() >= 7
        })
    })
}

/// Whether a lowered title names a division: `preface`, `chapter iv. the …`, `part one`; but not
/// `notes on the situation`.
pub(crate) fn is_division(lowered: &str) -> bool {
    DIVISIONS.iter().any(|word| {
        lowered.strip_prefix(word).is_some_and(|rest| {
            let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let number = next.bytes().next().is_some_and(|b| b.is_ascii_digit())
                || (!next.is_empty() && next.bytes().all(|b| b"ivxlc".contains(&b)));
            let parted = !rest.starts_with(char::is_alphanumeric);
            parted && (next.is_empty() || number || lowered.split(' ').count() <= 2)
        })
    })
}

/// The beginning of a text, lowered, with typographic apostrophes made plain and spaces made one,
/// opening brackets and marks of emphasis dropped.
pub(crate) fn lowered(text: &str) -> String {
    let head =
        super::shape::head(text).trim_start_matches(|c: char| c.is_whitespace() || "([{*_«„“\"".contains(c));
    let mut out = String::with_capacity(head.len());
    for c in head.chars() {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{ad}' => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Whether a line begins as an item of a list with a bullet.
pub(crate) fn is_bullet(line: &str) -> bool {
    line.strip_prefix(['*', '•', '·', '◦', '▪', '‣', '●']).is_some_and(|rest| {
        rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '"')
    })
}

/// Whether a line begins with a number or letter of a list: `1.`, `2)`, `(a)`, `IV.`.
pub(crate) fn is_numbered(line: &str) -> bool {
    let line = line.strip_prefix('(').unwrap_or(line);
    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    let (number, rest) = line.split_at(end);
    let short = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    let roman = number.len() <= 5 && number.bytes().all(|b| b"IVXLC".contains(&b));
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic());
    !number.is_empty() && (short || roman || letter) && rest.starts_with(['.', ')', '、'])
}

/// The number of a note that opens its body: `[12] See …`, `(3) …` is not one.
pub(crate) fn note_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('[').or_else(|| text.strip_prefix("{")) else { return false };
    let Some(end) = rest.find([']', '}']) else { return false };
    let label = rest[..end].trim_start_matches("Footnote ").trim_end_matches(['.', ':']);
    (1..=4).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit() || b == b'*')
}

/// Whether a paragraph is a note that a transcriber put into the text: `[Footnote 3: …]`,
/// `[Sidenote: …]`.
pub(crate) fn is_bracketed_note(text: &str) -> bool {
    const WORDS: [&str; 6] = ["footnote", "sidenote", "fußnote", "note", "endnote", "transcriber"];
    let Some(rest) = text.strip_prefix(['[', '{']) else { return false };
    let lowered = lowered(rest);
    let told = WORDS
        .iter()
        .any(|word| lowered.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', ' ', '\'', '.'])));
    told && lowered.get(..40.min(lowered.len())).is_none_or(|head| head.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_end_where_words_end() {
        assert!(begins_with(&lowered("Source: Marx"), PUBLICATIONS));
        assert!(!begins_with(&lowered("Backward peoples"), NAVIGATION));
        assert!(begins_with(&lowered("EDITOR’S  NOTE: x"), EDITORS));
        assert!(begins_with(&lowered("编者按：托洛茨基"), EDITORS));
        assert!(begins_with(&lowered("Übersetzt für das Projekt"), PUBLICATIONS));
    }

    #[test]
    fn list_items_and_notes() {
        assert!(
            is_bullet("* one") && !is_bullet("*one*") && !is_bullet("* * *") && is_numbered("IV. Position")
        );
        assert!(is_numbered("2) Trades") && is_numbered("(a) x") && !is_numbered("1917 was"));
        assert!(note_number("[1] See") && note_number("[Footnote 12: x]") || note_number("[12] x"));
        assert!(!note_number("[Constructed witness]") && !note_number("(1) x"));
    }
}
