//! EPUB: the chapters of the spine in order, each read as a page; what the package says of the book
//! goes before them as front matter.

use super::{Package, resolve_path};
use crate::model::FrontRole;
use crate::read::Options;
use crate::read::draft::{Drafted, Shape};
use crate::read::flow::{Context, Flow};
use crate::read::html;
use crate::read::xml::Xml;
use crate::{Error, ErrorKind, Result, Warning};

/// Pages of a book that are not its text, by EPUB's vocabulary and by the names of their files.
const FURNITURE: [&str; 12] = [
    "cover",
    "titlepage",
    "imprint",
    "colophon",
    "uncopyright",
    "copyright-page",
    "copyright",
    "toc",
    "landmarks",
    "loi",
    "halftitlepage",
    "halftitle",
];

/// A chapter: the name of its file, and whether it is not the text.
struct Item {
    name: String,
    furniture: bool,
}

pub(super) fn read(
    package: &mut Package<'_>,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Drafted> {
    let container = package.need("META-INF/container.xml", warnings)?;
    let opf = {
        let xml = Xml::new(&container.decoded.text).map_err(|e| e.inside("META-INF/container.xml"))?;
        let root = xml.root().unwrap_or_default();
        let file = xml.find(root, "rootfile").and_then(|at| xml.attribute(at, "full-path"));
        file.map(|path| resolve_path("", &path))
            .ok_or_else(|| Error::new(ErrorKind::Syntax, "`META-INF/container.xml` names no package"))?
    };
    if package.has("META-INF/encryption.xml") {
        let encryption = package.need("META-INF/encryption.xml", warnings)?;
        let covers =
            ["xhtml", "html"].iter().any(|ending| encryption.decoded.text.contains(&format!(".{ending}\"")));
        if covers {
            return Err(Error::new(ErrorKind::Unsupported, "the text of this EPUB is encrypted (DRM)")
                .hint("get an edition without protection"));
        }
    }
    let entry = package.need(&opf, warnings)?;
    let xml = Xml::new(&entry.decoded.text).map_err(|e| e.inside(&opf))?;
    let mut out = Drafted::default();
    out.append(metadata(&xml, &entry.decoded), entry.base);
    let items = spine(&xml, &opf);
    if items.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "the book has no chapters").hint("the EPUB is damaged"));
    }
    let mut missing = Vec::new();
    for item in items {
        let Some(chapter) = package.open(&item.name, warnings)? else {
            missing.push(item.name);
            continue;
        };
        let mut drafted = html::drafts(&chapter.decoded, options, warnings)?;
        let furniture = item.furniture || is_furniture_page(&chapter.decoded.text);
        for draft in drafted.drafts.iter_mut().filter(|_| furniture) {
            draft.shape = Shape::Furniture;
            draft.label = None;
        }
        // Marks lead to a place in a file; the same name stands in several.
        let folder = |target: &str| format!("{}#{target}", item.name);
        drafted.anchors.iter_mut().for_each(|anchor| anchor.name = folder(&anchor.name));
        for reference in &mut drafted.refs {
            reference.target = match reference.target.split_once('#') {
                Some((file, place)) if !file.is_empty() => {
                    format!("{}#{place}", resolve_path(&item.name, file))
                }
                Some((_, place)) => folder(place),
                None => folder(&reference.target),
            };
        }
        out.append(drafted, chapter.base);
    }
    if !missing.is_empty() {
        let message = format!("the book names chapters that are not in it: {}", missing.join(", "));
        warnings.push(Warning::new("chapters-missing", message));
    }
    Ok(out)
}

/// Title, author and date of the package.
fn metadata(xml: &Xml<'_>, decoded: &crate::read::encoding::Decoded) -> Drafted {
    let mut flow = Flow::new(decoded, true);
    let Some(at) = xml.root().and_then(|root| xml.find(root, "metadata")) else { return flow.finish() };
    let roles = [("title", FrontRole::Title), ("creator", FrontRole::Author), ("date", FrontRole::Date)];
    for (name, role) in roles {
        let mut found = xml.children(at).filter(|&child| xml.name(child) == name);
        if let Some(first) = found.next() {
            let context = Context { front: Some(role), ..Context::default() };
            for text in xml.children(first) {
                flow.text(xml.span(text), true, &context);
            }
            flow.flush();
        }
    }
    flow.finish()
}

/// The files of the book in order.
fn spine(xml: &Xml<'_>, opf: &str) -> Vec<Item> {
    let root = xml.root().unwrap_or_default();
    let manifest: Vec<usize> = xml.all(root, "item").collect();
    let mut guide: Vec<String> = Vec::new();
    for at in xml.all(root, "reference") {
        let kind = xml.attribute(at, "type").unwrap_or_default();
        if FURNITURE.contains(&&*kind) || kind == "title-page" {
            guide.push(resolve_path(opf, &xml.attribute(at, "href").unwrap_or_default()));
        }
    }
    let mut out = Vec::new();
    for at in xml.all(root, "itemref") {
        let id = xml.attribute(at, "idref").unwrap_or_default();
        let Some(&item) =
            manifest.iter().find(|&&item| xml.attribute(item, "id").is_some_and(|own| own == id))
        else {
            continue;
        };
        let kind = xml.attribute(item, "media-type").unwrap_or_default();
        if !(kind.contains("html") || kind.contains("xml")) || kind.contains("svg") {
            continue;
        }
        let name = resolve_path(opf, &xml.attribute(item, "href").unwrap_or_default());
        let properties = xml.attribute(item, "properties").unwrap_or_default();
        let stem = name.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        let stem = stem.to_lowercase().replace(['_', '-'], "");
        let by_name = FURNITURE.iter().any(|word| stem == word.replace('-', ""));
        let furniture = xml.attribute(at, "linear").as_deref() == Some("no")
            || properties.split_whitespace().any(|p| p == "nav")
            || guide.contains(&name)
            || by_name
            || matches!(stem.as_str(), "nav" | "titlepage" | "title");
        // Notes are often set apart so; they are text of the book.
        let notes = stem.contains("note");
        out.push(Item { name, furniture: furniture && !notes });
    }
    out
}

/// Whether a page says by `epub:type` that it is not the text.
fn is_furniture_page(text: &str) -> bool {
    let head = crate::read::shape::prefix(text, 4096);
    let body = head.find("<body").map_or("", |at| &head[at..]);
    let tags: Vec<&str> = body
        .split('<')
        .filter(|tag| tag.starts_with("section") || tag.starts_with("body") || tag.starts_with("nav"))
        .take(2)
        .collect();
    tags.iter().any(|tag| {
        let at = tag.find("epub:type=\"").map(|at| &tag[at + 11..]);
        let words = at.and_then(|rest| rest.split('"').next()).unwrap_or_default();
        words.split_whitespace().any(|word| FURNITURE.contains(&word) && word != "copyright")
    })
}
