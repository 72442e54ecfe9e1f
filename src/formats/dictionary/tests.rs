use std::path::Path;

use miniz_oxide::deflate::compress_to_vec;

use super::*;

fn entries(text: &str) -> Vec<DictionaryEntry> {
    read(text, Path::new("d.tsv")).unwrap().value
}

fn words(entries: &[DictionaryEntry]) -> Vec<(&str, &str)> {
    entries.iter().map(|entry| (entry.0.as_str(), entry.1.as_str())).collect()
}

#[test]
fn our_own_and_hunaligns_are_read() {
    let found = entries("\u{feff}# words\nwar\tguerre\t0.75\n\nthe east \t l’est\tn.\n");
    assert_eq!(found[0], ("war".into(), "guerre".into(), Some(0.75)));
    assert_eq!(found[1], ("the east".into(), "l’est".into(), None));
    assert_eq!(entries("guerre @ war\n"), [("war".into(), "guerre".into(), None)]);
}

#[test]
fn dirt_is_skipped_with_one_warning_that_counts_it() {
    for bad in ["war", "war\t", "\tguerre", "war  guerre", "@ war"] {
        let outcome = read(&format!("a\tb\n{bad}\nc\td\n{bad}\ne\tf\n"), Path::new("d.tsv")).unwrap();
        assert_eq!(outcome.value.len(), 3);
        let [warning] = outcome.warnings.as_slice() else { panic!("one warning") };
        assert_eq!(warning.code, "dictionary-dirt");
        assert!(warning.message.starts_with("2 of 5 lines") && warning.message.contains("line 2"), "{bad:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("d.tsv");
    std::fs::write(&file, b"a\tb\n\xff\xfe\tb\nc\td\n").unwrap();
    let outcome = load(&file).unwrap();
    assert_eq!((outcome.value.len(), outcome.warnings.len()), (2, 1));
}

#[test]
fn what_is_mostly_no_dictionary_is_refused_with_its_line() {
    let error = read("a\tb\nThis is\na novel.\n", Path::new("d.tsv")).unwrap_err();
    assert_eq!((error.kind(), error.place().map(|p| p.line)), (ErrorKind::Syntax, Some(2)));
    assert_eq!(read("# nothing\n", Path::new("d.tsv")).unwrap_err().kind(), ErrorKind::Empty);
}

#[test]
fn cedict_gives_both_ways_of_writing() {
    let text = "# CC-CEDICT\n戰爭 战争 [zhan4 zheng1] /war/conflict/CL:場|场[chang3]/\n\
        人 人 [ren2] /person/people/\n伊 伊 [Yi1] /surname Yi/see 伊人[yi1 ren2]/\n";
    let found = entries(text);
    let expected = [
        ("戰爭", "war"),
        ("战争", "war"),
        ("戰爭", "conflict"),
        ("战争", "conflict"),
        ("人", "person"),
        ("人", "people"),
        ("伊", "Yi"),
    ];
    assert_eq!(words(&found), expected);
}

#[test]
fn lists_and_tables_of_wiktionary() {
    let list = "Haus {n} | Häuser {pl} :: house; building | houses\ngehen {vi} (zu Fuß) :: to walk, to go\n";
    let expected =
        [("Haus", "house"), ("Haus", "building"), ("Häuser", "houses"), ("gehen", "walk"), ("gehen", "go")];
    assert_eq!(words(&entries(list)), expected);
    let table = "lang\tWord\tpos\tTranslation\nde\tKrieg\tnoun\tguerre (f); conflit\nde\t\tnoun\tx\nde\tFrieden\tnoun\tpaix\n";
    let outcome = read(table, Path::new("w.tsv")).unwrap();
    assert_eq!(words(&outcome.value), [("Krieg", "guerre"), ("Krieg", "conflit"), ("Frieden", "paix")]);
    assert_eq!(outcome.warnings.len(), 1);
}

/// A file as gzip and dictzip pack it: with an extra field and a name.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 4 | 8, 0, 0, 0, 0, 0, 3, 4, 0, b'R', b'A', 0, 0];
    out.extend_from_slice(b"name.dict\0");
    out.extend(compress_to_vec(bytes, 6));
    out.extend_from_slice(&[0; 8]);
    out
}

#[test]
fn dictd_is_read_packed_or_not() {
    let articles = "Haus /haʊs/ <n, neut>\nmaison\nein Gebäude\nKrieg <n>\n1. guerre\n";
    let at = articles.find("Krieg").unwrap();
    let letter =
        |n: usize| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[n]);
    let number = |n: usize| format!("{}{}", letter(n / 64), letter(n % 64));
    let index = format!(
        "00databaseinfo\tA\tB\nhaus\tA\t{}\nhauses\tA\t{}\nkrieg\t{}\t{}\nlost\t//\t//\n",
        number(at),
        number(at),
        number(at),
        number(articles.len() - at)
    );
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("freedict-deu-fra.index"), index).unwrap();
    std::fs::write(file("freedict-deu-fra.dict.dz"), packed(articles.as_bytes())).unwrap();
    for name in ["freedict-deu-fra.index", "freedict-deu-fra.dict.dz"] {
        let outcome = load(&file(name)).unwrap();
        assert_eq!(words(&outcome.value), [("Haus", "maison"), ("Krieg", "guerre")], "{name}");
        assert_eq!(outcome.warnings.len(), 1);
    }
    std::fs::write(file("freedict-deu-fra.dict.dz"), &packed(articles.as_bytes())[..30]).unwrap();
    assert_eq!(load(&file("freedict-deu-fra.index")).unwrap_err().kind(), ErrorKind::Syntax);
}

#[test]
fn stardict_is_read() {
    let articles = ["1. maison<br>2. bâtiment", "<b>Krieg</b> {n}<br>guerre", "paix"];
    let (mut index, mut dict) = (Vec::new(), Vec::new());
    for (word, article) in ["Haus", "Krieg", "Frieden"].iter().zip(articles) {
        index.extend_from_slice(word.as_bytes());
        index.push(0);
        index.extend_from_slice(&(dict.len() as u32).to_be_bytes());
        index.extend_from_slice(&(article.len() as u32).to_be_bytes());
        dict.extend_from_slice(article.as_bytes());
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let info = "StarDict's dict ifo file\nversion=2.4.2\nwordcount=3\nbookname=x\nsametypesequence=h\n";
    std::fs::write(file("de-fr.ifo"), info).unwrap();
    std::fs::write(file("de-fr.idx"), index).unwrap();
    std::fs::write(file("de-fr.dict.dz"), packed(&dict)).unwrap();
    let expected = [("Haus", "maison"), ("Haus", "bâtiment"), ("Krieg", "guerre"), ("Frieden", "paix")];
    for name in ["de-fr.ifo", "de-fr.idx", "de-fr.dict.dz"] {
        assert_eq!(words(&load(&file(name)).unwrap().value), expected, "{name}");
    }
}
