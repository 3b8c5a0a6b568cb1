//! PDF: the text of a file page by page, without what repeats at the edges of its pages.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pdf_extract::{Document, ObjectId, PlainTextOutput, output_doc_page};
use rustc_hash::FxHashMap;

use super::fields::Record;
use super::source::Source;
use super::{Note, Out, document, limits};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let bytes = match source.bytes(out.options.max_file_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return out.refuse(None, reason),
    };
    let pages = match in_time(bytes) {
        Ok(pages) => pages,
        Err(reason) => return out.refuse(None, reason),
    };
    let bad = pages.iter().filter(|page| page.is_none()).count();
    let count = pages.len();
    out.note(|| Note::Remark(format!("{count} pages")));
    let texts: Vec<String> = pages.into_iter().flatten().collect();
    let text = running_text(&texts);
    let goes_on = if bad == count {
        out.refuse(None, format!("none of its {count} pages could be read"))
    } else if !text.contains(char::is_alphabetic) {
        out.refuse(None, format!("no text on its {count} pages: pictures of text, perhaps"))
    } else {
        document::text(&text, Record::default(), out)
    };
    if goes_on && bad > 0 && bad < count {
        return out.refuse(None, format!("{bad} of its {count} pages could not be read"));
    }
    goes_on
}

/// The text of each page, nothing where it cannot be read. Taken on a thread of its own: a file that is made to run
/// forever, or deep, is given up.
fn in_time(bytes: Vec<u8>) -> Result<Vec<Option<String>>, String> {
    const STACK: usize = 256 << 20;
    let (give, take) = mpsc::channel();
    let work = move || {
        // Whoever waited may be gone.
        let _ = give.send(catch_quietly(|| pages(&bytes)).unwrap_or_else(|| Err("a damaged PDF".to_owned())));
    };
    thread::Builder::new().stack_size(STACK).spawn(work).map_err(|error| error.to_string())?;
    take.recv_timeout(Duration::from_secs(limits::PDF_SECONDS))
        .unwrap_or_else(|_| Err(format!("took longer than {} s to read; given up", limits::PDF_SECONDS)))
}

fn pages(bytes: &[u8]) -> Result<Vec<Option<String>>, String> {
    let mut document = Document::load_mem(bytes).map_err(|error| format!("a damaged PDF: {error}"))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err("an encrypted PDF: it needs a password".to_owned());
    }
    let numbers: Vec<(u32, ObjectId)> = document.get_pages().into_iter().take(limits::PDF_PAGES).collect();
    if numbers.is_empty() {
        return Err("a PDF without pages".to_owned());
    }
    let page = |(number, id): (u32, ObjectId)| {
        if !has_a_root(&document, id) {
            return None;
        }
        catch_quietly(|| {
            let mut text = String::new();
            output_doc_page(&document, &mut PlainTextOutput::new(&mut text), number).is_ok().then_some(text)
        })
        .flatten()
    };
    Ok(numbers.into_iter().map(page).collect())
}

/// Whether the nodes above a page come to an end: what a page inherits is looked for in them one above the other, for ever where
/// they form a ring.
fn has_a_root(document: &Document, page: ObjectId) -> bool {
    const HIGHEST: usize = 100;
    let above = |id: &ObjectId| document.get_dictionary(*id).ok()?.get(b"Parent").ok()?.as_reference().ok();
    std::iter::successors(Some(page), above).nth(HIGHEST).is_none()
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it is nothing, and nothing is printed about it.
fn catch_quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.with(Cell::get) {
                before(info);
            }
        }));
    });
    let before = QUIET.with(|quiet| quiet.replace(true));
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.with(|quiet| quiet.set(before));
    done
}

/// The pages as one text: without page numbers and running heads, words joined that the end of a line cut.
fn running_text(pages: &[String]) -> String {
    let edges = repeated_edges(pages);
    let mut out = String::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).collect();
        let filled: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].is_empty()).collect();
        let (first, last) = (filled.get(EDGE - 1).copied(), filled.iter().rev().nth(EDGE - 1).copied());
        for (at, line) in lines.iter().enumerate() {
            let at_edge = first.is_none_or(|first| at <= first) || last.is_none_or(|last| at >= last);
            if at_edge && (is_page_number(line) || edges.contains(&key(line))) {
                continue;
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    joined(&out)
}

/// Lines at the top and bottom of a page that may be a running head.
const EDGE: usize = 2;

/// Keys of the lines that stand at the edges of many pages.
fn repeated_edges(pages: &[String]) -> Vec<String> {
    const FEWEST: usize = 3;
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let edges = lines.iter().take(EDGE).chain(lines.iter().rev().take(EDGE));
        // A sentence is no running head, however often it stands there.
        let mut keys: Vec<String> =
            edges.filter(|line| !line.ends_with(['.', '?', '!'])).map(|line| key(line)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let enough = FEWEST.max(pages.len() / 3);
    counts.into_iter().filter(|(_, count)| *count >= enough).map(|(key, _)| key).collect()
}

fn key(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

fn is_page_number(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '.' | ' '));
    let rest = bare.strip_prefix("Page ").or(bare.strip_prefix("Seite ")).or(bare.strip_prefix("p. ")).unwrap_or(bare);
    let number = rest.split([' ', '/']).next().unwrap_or_default();
    let is_count = rest.split([' ', '/']).all(|w| w.bytes().all(|b| b.is_ascii_digit()) || matches!(w, "of" | "von"));
    !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit()) && is_count
}

/// Joins words that the end of a line cut in two. The hyphen stays where the text has the word with it elsewhere.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        let cut = line.strip_suffix('-').or(line.strip_suffix('\u{AD}')).or(line.strip_suffix('‐'));
        let (Some(start), true) = (cut, next.starts_with(char::is_lowercase)) else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let head = start.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let tail = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        out.push_str(start);
        if !head.is_empty() && text.contains(&format!("{head}-{tail}")) {
            out.push('-');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_at_line_ends_are_joined() {
        for (text, want) in [
            ("The minis-\nter spoke.\n", "The minister spoke.\n"),
            ("A well-\nknown man, a well-known one.\n", "A well-known man, a well-known one.\n"),
            ("From 2010-\n2020.\n", "From 2010-\n2020.\n"),
        ] {
            assert_eq!(joined(text), want);
        }
    }

    #[test]
    fn running_heads_and_page_numbers_go() {
        let pages: Vec<String> = (1..=4)
            .map(|n| format!("The Daily Example\n\nText of page {n} goes here.\nMore of it.\n\nPage {n} of 4\n"))
            .collect();
        let text = running_text(&pages);
        assert!(!text.contains("Daily Example") && !text.contains("of 4"), "{text}");
        assert!(text.contains("Text of page 3 goes here."));
        for (line, want) in [("12", true), ("- 3 -", true), ("Page 2 of 9", true), ("2022 was dry", false), ("", false)]
        {
            assert_eq!(is_page_number(line), want, "{line}");
        }
    }
}
