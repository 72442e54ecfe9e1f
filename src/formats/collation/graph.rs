//! The variant graph as DOT (Graphviz) and GraphML.
//!
//! A node is what one or several witnesses have in one column or unit; an edge leads from a node to the
//! next one of a witness and carries the sigla of those that go this way. Columns in which all agree are
//! drawn together. Moved passages are tied by dashed edges without direction.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::model::{Attestation, Collated, MovedRun};

/// A node: its words and where they stand.
struct Node {
    words: String,
    witnesses: Vec<usize>,
    columns: std::ops::Range<u32>,
}

struct Graph<'t> {
    collated: &'t Collated,
    nodes: Vec<Node>,
    /// From node, to node: the witnesses that go this way.
    edges: BTreeMap<(usize, usize), Vec<usize>>,
    /// Nodes of moved passages that correspond.
    moved: Vec<(usize, usize)>,
}

/// The first and the last node, which hold no words.
const START: usize = 0;
const END: usize = 1;

impl<'t> Graph<'t> {
    fn new(collated: &'t Collated) -> Self {
        let collation = &*collated.collation;
        let mut graph = Self {
            collated,
            nodes: vec![empty(0), empty(collation.columns)],
            edges: BTreeMap::new(),
            moved: Vec::new(),
        };
        let mut at: Vec<usize> = vec![START; collation.witnesses.len()];
        let mut column = 0;
        for unit in &collation.entries {
            graph.agreement(column..unit.columns.start, &mut at);
            for reading in unit.readings.iter().filter(|reading| !reading.text.is_empty()) {
                // A reading of a moved passage may stand elsewhere in some of its witnesses.
                let here = |place: &&Attestation| {
                    collated.tokens(place).first().is_some_and(|t| unit.columns.contains(&t.column))
                };
                let places: Vec<usize> = reading.witnesses.iter().filter(here).map(|p| p.witness).collect();
                graph.step(&reading.text, &places, unit.columns.clone(), &mut at);
            }
            column = unit.columns.end.max(column);
        }
        graph.agreement(column..collation.columns, &mut at);
        for (witness, last) in at.into_iter().enumerate() {
            graph.edges.entry((last, END)).or_default().push(witness);
        }
        graph.tie_moves();
        graph
    }

    /// Columns without variation: witnesses that have the same words there share a node.
    fn agreement(&mut self, columns: std::ops::Range<u32>, at: &mut [usize]) {
        if columns.is_empty() {
            return;
        }
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, witness) in self.collated.collation.witnesses.iter().enumerate() {
            let words = witness.reading(witness.tokens_in(columns.clone()));
            if !words.is_empty() {
                groups.entry(words).or_default().push(index);
            }
        }
        for (words, witnesses) in groups {
            self.step(words, &witnesses, columns.clone(), at);
        }
    }

    fn step(&mut self, words: &str, witnesses: &[usize], columns: std::ops::Range<u32>, at: &mut [usize]) {
        if witnesses.is_empty() {
            return;
        }
        let node = self.nodes.len();
        self.nodes.push(Node { words: words.to_owned(), witnesses: witnesses.to_vec(), columns });
        for &witness in witnesses {
            self.edges.entry((at[witness], node)).or_default().push(witness);
            at[witness] = node;
        }
    }

    fn tie_moves(&mut self) {
        for passage in &self.collated.collation.moves {
            let of = |run: &MovedRun| {
                let holds = |node: &Node| {
                    node.columns.contains(&run.columns.start)
                        && run.witnesses.iter().any(|place| node.witnesses.contains(&place.witness))
                };
                self.nodes.iter().position(holds)
            };
            if let (Some(home), Some(away)) = (of(&passage.home), of(&passage.away)) {
                self.moved.push((home, away));
            }
        }
    }

    fn sigla(&self, witnesses: &[usize]) -> String {
        let mut witnesses = witnesses.to_vec();
        witnesses.sort_unstable();
        witnesses.iter().map(|&w| self.collated.siglum(w)).collect::<Vec<_>>().join(", ")
    }

    fn label(&self, node: usize) -> &str {
        match node {
            START => "start",
            END => "end",
            _ => &self.nodes[node].words,
        }
    }
}

fn empty(column: u32) -> Node {
    Node { words: String::new(), witnesses: Vec::new(), columns: column..column }
}

/// Writes the graph in Graphviz's DOT language, from left to right.
///
/// # Errors
/// Those of `out`.
pub fn write_dot(collated: &Collated, out: &mut dyn Write) -> io::Result<()> {
    let graph = Graph::new(collated);
    writeln!(out, "digraph collation {{\n  rankdir=LR;\n  node [shape=box, fontname=\"serif\"];")?;
    for node in 0..graph.nodes.len() {
        let shape = if node <= END { ", shape=circle" } else { "" };
        writeln!(out, "  n{node} [label={}{shape}];", quoted(graph.label(node)))?;
    }
    for (&(from, to), witnesses) in &graph.edges {
        writeln!(out, "  n{from} -> n{to} [label={}];", quoted(&graph.sigla(witnesses)))?;
    }
    for &(home, away) in &graph.moved {
        writeln!(out, "  n{home} -> n{away} [style=dashed, dir=none, constraint=false];")?;
    }
    writeln!(out, "}}")
}

/// A DOT string. Inside it only quotation marks and backslashes need care.
fn quoted(text: &str) -> String {
    let clean = text.chars().filter(|c| !c.is_control()).collect::<String>();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes the graph as GraphML, with the words and sigla of nodes and edges as data.
///
/// # Errors
/// Those of `out`.
pub fn write_graphml(collated: &Collated, out: &mut dyn Write) -> io::Result<()> {
    let graph = Graph::new(collated);
    let escape = |text: &str| quick_xml::escape::escape(super::super::tei::legal(text)).into_owned();
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         \x20 <key id=\"text\" for=\"node\" attr.name=\"text\" attr.type=\"string\"/>\n\
         \x20 <key id=\"rank\" for=\"node\" attr.name=\"rank\" attr.type=\"int\"/>\n\
         \x20 <key id=\"witnesses\" for=\"all\" attr.name=\"witnesses\" attr.type=\"string\"/>\n\
         \x20 <key id=\"type\" for=\"edge\" attr.name=\"type\" attr.type=\"string\"/>\n\
         \x20 <graph id=\"collation\" edgedefault=\"directed\">"
    )?;
    for (number, node) in graph.nodes.iter().enumerate() {
        writeln!(
            out,
            "    <node id=\"n{number}\"><data key=\"text\">{}</data><data key=\"rank\">{}</data><data key=\"witnesses\">{}</data></node>",
            escape(&node.words),
            node.columns.start,
            escape(&graph.sigla(&node.witnesses))
        )?;
    }
    for (&(from, to), witnesses) in &graph.edges {
        writeln!(
            out,
            "    <edge source=\"n{from}\" target=\"n{to}\"><data key=\"witnesses\">{}</data><data key=\"type\">path</data></edge>",
            escape(&graph.sigla(witnesses))
        )?;
    }
    for &(home, away) in &graph.moved {
        writeln!(
            out,
            "    <edge source=\"n{home}\" target=\"n{away}\" directed=\"false\"><data key=\"type\">moved</data></edge>"
        )?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn paths_carry_their_sigla() {
        let case = Case::three();
        let mut out = Vec::new();
        write_dot(&case.collated(), &mut out).unwrap();
        let dot = String::from_utf8(out).unwrap();
        assert!(dot.contains("n2 [label=\"the\"]"), "{dot}");
        assert!(dot.contains("n0 -> n2 [label=\"A, B, C\"]"), "{dot}");
        // `colour`, `color`, `of`, `war`: C goes from `color` to `war`.
        assert!(dot.contains("n4 -> n6 [label=\"C\"]"), "{dot}");
        assert!(dot.contains("n6 -> n1 [label=\"A, B, C\"]"), "{dot}");
        assert_eq!(quoted("a \"b\" \\ \u{1}"), "\"a \\\"b\\\" \\\\ \"");
    }

    #[test]
    fn graphml_is_well_formed_and_holds_every_node() {
        let case = Case::three();
        let mut out = Vec::new();
        write_graphml(&case.collated(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut nodes = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(e) if e.name().as_ref() == "node" => nodes += 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(nodes, 7);
    }
}
