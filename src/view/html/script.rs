//! The page's script, made of its modules: one script without imports, which the content security policy names
//! by its hash.
//!
//! The modules are plain ES modules, read and tested as such. All their names are of one scope in the end, so
//! that putting them together is leaving out `import` and `export`; each module imports only from those before
//! it.

use std::sync::LazyLock;

macro_rules! modules {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("js/", $name)))),*] };
}

/// The modules, each behind those that it imports from.
const MODULES: [(&str, &str); 23] = modules![
    "text.js",
    "loci.js",
    "judge.js",
    "address.js",
    "lexicon.js",
    "page.js",
    "state.js",
    "units.js",
    "hits.js",
    "columns.js",
    "filters.js",
    "rows.js",
    "map.js",
    "search.js",
    "entries.js",
    "apparatus.js",
    "words.js",
    "detail.js",
    "reading.js",
    "publications.js",
    "summary.js",
    "keys.js",
    "start.js",
];

/// All of it.
pub(super) static SCRIPT: LazyLock<String> = LazyLock::new(|| bundle(&MODULES));

/// Modules in one scope. Lines of comment and indentation stay behind.
fn bundle(modules: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (_, source) in modules {
        let mut importing = false;
        for line in source.lines().map(str::trim_start) {
            importing |= line.starts_with("import ");
            if importing {
                importing = !line.ends_with(';');
            } else if !line.is_empty() && !line.starts_with("//") {
                out.push_str(line.strip_prefix("export ").unwrap_or(line));
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::process::Command;

    use super::*;

    /// The names between braces behind a word at the beginning of statements, with what follows.
    fn imports(source: &str) -> Vec<(Vec<&str>, &str)> {
        let statements = source.split("import {").skip(1).filter_map(|rest| rest.split_once(';'));
        let parsed = statements.map(|(statement, _)| {
            let (names, from) = statement.split_once('}').unwrap();
            let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            (names, from.trim().trim_start_matches("from ").trim_matches('"').trim_start_matches("./"))
        });
        parsed.collect()
    }

    /// What a module declares for all the file to see, and whether others may.
    fn names(source: &str) -> Vec<(&str, bool)> {
        let mut out = Vec::new();
        for line in source.lines() {
            let exported = line.strip_prefix("export ");
            let words: Vec<&str> = exported.unwrap_or(line).split_whitespace().collect();
            let (["const" | "let" | "function" | "class", name, ..] | ["async", "function", name, ..]) =
                words.as_slice()
            else {
                continue;
            };
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(name.len());
            out.push((&name[..end], exported.is_some()));
        }
        out
    }

    #[test]
    fn modules_import_what_stands_before_them_and_share_no_name() {
        let mut known: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut all: Vec<&str> = Vec::new();
        for (file, source) in MODULES {
            for (wanted, from) in imports(source) {
                let exported = known.get(from).unwrap_or_else(|| panic!("{file} imports {from} too early"));
                for name in wanted {
                    assert!(exported.contains(&name), "{file}: {from} has no {name}");
                }
            }
            let own = names(source);
            for (name, _) in &own {
                assert!(!all.contains(name), "{file} declares {name} again");
                all.push(name);
            }
            known.insert(file, own.iter().filter(|(_, exported)| *exported).map(|(name, _)| *name).collect());
        }
    }

    #[test]
    fn lines_are_such_as_one_reads() {
        for (file, source) in MODULES {
            let long = source.lines().enumerate().find(|(_, line)| line.chars().count() > 120);
            assert_eq!(long.map(|(number, _)| number + 1), None, "{file}");
            assert!(source.lines().count() <= 330, "{file} is a hall, not a room");
        }
    }

    #[test]
    fn putting_together_leaves_imports_out() {
        let a = "// What it is.\nexport const x = 1;\nexport function f() {\n  return x;\n}\n";
        let b = "import {\n  f,\n  x,\n} from \"./a.js\";\nimport { y } from \"./b.js\";\n\nf(x);\n";
        assert_eq!(
            bundle(&[("a.js", a), ("b.js", b)]),
            "const x = 1;\nfunction f() {\nreturn x;\n}\nf(x);\n"
        );
        assert!(!SCRIPT.lines().any(|line| line.starts_with("import ") || line.starts_with("export ")));
    }

    /// The tests of the modules that need no page, by node's own runner.
    #[test]
    fn node_runs_the_tests_of_the_modules() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/view/html/js");
        let run = Command::new("node").arg("--test").arg("tests/").current_dir(folder).output();
        let Ok(output) = run else {
            println!("skipped: no node");
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains("pass ") && !said.contains("pass 0"), "{said}");
    }

    /// The script as a whole is one that a browser would take.
    #[test]
    fn node_reads_the_script() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("script.mjs");
        std::fs::write(&file, SCRIPT.as_bytes()).unwrap();
        let Ok(output) = Command::new("node").arg("--check").arg(&file).output() else {
            println!("skipped: no node");
            return;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
