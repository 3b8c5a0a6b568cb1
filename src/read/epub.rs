//! EPUB: each document of the spine is an article of the publication.

use std::io::{Read, Seek};

use super::containers::Zip;
use super::fields::{Field, Record};
use super::html;
use super::xml::{Element, tree};
use super::{Out, complete, member_path};
use crate::article::{Article, Origin};

/// Documents with less text than this are covers and title pages.
const LITTLE: usize = 200;

pub(super) fn read<R: Read + Seek>(zip: &mut Zip<R>, out: &mut Out<'_, '_, '_>) -> bool {
    let (base, package) = match package(zip, out) {
        Ok(found) => found,
        Err(reason) => return out.refuse(None, reason),
    };
    let book = Book::new(&package);
    let mut any = false;
    for (number, href) in (1u32..).zip(&book.spine) {
        let name = joined(&base, href);
        let goes_on = out.unharmed(Some(number), |out| match zip.text(&name, out) {
            Ok(page) => {
                let article = book.article(member_path(out.path, &name), &page);
                article.body.len() < LITTLE || {
                    any = true;
                    out.accept(article)
                }
            }
            Err(reason) => out.refuse(Some(number), reason),
        });
        if !goes_on {
            return false;
        }
    }
    any || out.refuse(None, "no article text")
}

/// The folder of the package document, and that document.
fn package<R: Read + Seek>(zip: &mut Zip<R>, out: &Out<'_, '_, '_>) -> Result<(String, Element), String> {
    let (container, _) = tree(&zip.text("META-INF/container.xml", out)?);
    let path = container.find("rootfile").and_then(|file| file.attribute("full-path")).map(str::to_owned);
    let path = path.ok_or("META-INF/container.xml names no package")?;
    let (package, _) = tree(&zip.text(&path, out)?);
    let base = path.rsplit_once('/').map_or("", |(base, _)| base);
    Ok((base.to_owned(), package))
}

/// What the package says.
struct Book {
    title: Option<String>,
    publisher: Option<String>,
    creator: Option<String>,
    date: Option<String>,
    language: Option<String>,
    /// Addresses of the documents, in order.
    spine: Vec<String>,
}

impl Book {
    fn new(package: &Element) -> Book {
        const MOST: usize = 100_000;
        let metadata = package.child("metadata");
        let text = |name: &str| metadata?.find(name).map(Element::text).filter(|text| !text.is_empty());
        let items: Vec<&Element> = package.child("manifest").map(|m| m.all("item")).unwrap_or_default();
        let by_id = |id: &str| items.iter().find(|item| item.attribute("id") == Some(id));
        let refs = package.child("spine").map(|spine| spine.all("itemref")).unwrap_or_default();
        let spine = refs.into_iter().take(MOST).filter_map(|itemref| {
            let item = by_id(itemref.attribute("idref")?)?;
            let is_nav = item.attribute("properties").is_some_and(|p| p.split(' ').any(|p| p == "nav"));
            let is_page = item.attribute("media-type").is_none_or(|kind| kind.contains("html"));
            (is_page && !is_nav).then(|| item.attribute("href").map(unescaped)).flatten()
        });
        Book {
            title: text("title"),
            publisher: text("publisher"),
            creator: text("creator"),
            date: text("date"),
            language: text("language"),
            spine: spine.collect(),
        }
    }

    /// The article of one of its documents.
    fn article(&self, path: String, page: &str) -> Article {
        let mut article = Article { path, record: None, ..Article::default() };
        let mut known = self.known();
        // The title of a page is often that of the book.
        if let Some(heading) = heading(page) {
            known.offer(Field::Title, 0, heading, Origin::Metadata);
        }
        html::fill(&mut article, page, known);
        complete(&mut article);
        article
    }

    /// What the articles have in common. A periodical's own title is their source.
    fn known(&self) -> Record {
        let mut record = Record::default();
        let fields = [
            (Field::Source, 100, self.title.as_ref()),
            (Field::Source, 99, self.publisher.as_ref()),
            (Field::Author, 200, self.creator.as_ref()),
            (Field::Date, 200, self.date.as_ref()),
            (Field::Language, 200, self.language.as_ref()),
        ];
        for (field, rank, value) in fields {
            if let Some(value) = value {
                record.offer(field, rank, value.clone(), Origin::Metadata);
            }
        }
        record
    }
}

fn joined(base: &str, href: &str) -> String {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('#').next().unwrap_or(href).split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// An address with its `%20` undone.
fn unescaped(href: &str) -> String {
    let mut out = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match code.filter(|_| *byte == b'%') {
            Some(code) => {
                out.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The first heading of a page.
fn heading(page: &str) -> Option<String> {
    let (root, _) = tree(page);
    let body = root.child("body")?;
    ["h1", "h2", "h3"].iter().find_map(|name| body.find(name)).map(Element::text).filter(|text| !text.is_empty())
}
