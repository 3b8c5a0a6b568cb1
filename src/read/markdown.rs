//! Markdown: front matter, then text whose marks are taken off.

use super::fields::{Field, Record};
use super::source::Source;
use super::{Out, complete, front_matter};
use crate::article::{Article, Origin};
use crate::clean::{clean, layout, tags};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    match source.whole(out.options.max_file_bytes, false) {
        Ok(text) => {
            let article = article(out.path, &text);
            out.accept(article)
        }
        Err(reason) => out.refuse(None, reason),
    }
}

fn article(path: &str, text: &str) -> Article {
    let mut article = Article { path: path.to_owned(), ..Article::default() };
    let (mut record, start) = match front_matter::take(text) {
        Some((fields, end)) => (Record::from_object(&fields, Origin::FrontMatter), end),
        None => (Record::default(), 0),
    };
    // A description is not the text here.
    record.take(Field::Body);
    record.fill(&mut article);
    let skipped = text.get(..start).unwrap_or_default().matches('\n').count() as u32;
    let text = plain(text.get(start..).unwrap_or_default());
    let mut paragraphs = layout::paragraphs(&text);
    paragraphs.iter_mut().for_each(|p| p.line = p.line.saturating_add(skipped));
    clean(&mut article, paragraphs);
    complete(&mut article);
    article
}

/// The text without its marks, line by line, so that line numbers stay.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for (index, line) in markdown.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") || is_rule(bare) {
            continue;
        }
        let block = without_block_marks(bare);
        // A heading is a paragraph of its own, whatever lies below it.
        let text = without_inline_marks(block);
        if tags::is_markup(&text) {
            out.push_str(&layout::one_line(&tags::strip(&text)));
        } else {
            out.push_str(&text);
        }
    }
    out
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | ' ' | '|' | ':'))
}

fn without_block_marks(line: &str) -> &str {
    let line = line.trim_start_matches(['>', ' ']);
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && (heading.starts_with(' ') || heading.is_empty()) {
        return heading.trim().trim_end_matches('#').trim_end();
    }
    ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line)
}

/// Takes off emphasis and backslashes, and leaves of a link its text.
fn without_inline_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut looked_for_link = 0;
    while let Some(at) = rest.find(['[', '!', '*', '`', '\\', '_']) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let next = mark.get(1..).unwrap_or_default();
        let word_before = out.ends_with(char::is_alphanumeric);
        let word_after = next.starts_with(char::is_alphanumeric);
        rest = match mark.as_bytes().first() {
            Some(b'!') if next.starts_with('[') && looked_for_link < MOST_LINKS => {
                looked_for_link += 1;
                match link(next) {
                    Some((_, after)) => after,
                    None => keep(&mut out, '!', next),
                }
            }
            Some(b'[') if looked_for_link < MOST_LINKS => {
                looked_for_link += 1;
                match link(mark) {
                    Some((text, after)) => {
                        out.push_str(text);
                        after
                    }
                    None => keep(&mut out, '[', next),
                }
            }
            Some(b'*') if next.starts_with(' ') && (out.ends_with(' ') || out.is_empty()) => keep(&mut out, '*', next),
            Some(b'*' | b'`') => next,
            Some(b'_') if word_before && word_after => keep(&mut out, '_', next),
            Some(b'_') => next,
            Some(b'\\') if next.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.extend(next.chars().next());
                next.get(1..).unwrap_or_default()
            }
            Some(byte) => keep(&mut out, char::from(*byte), next),
            None => "",
        };
    }
    out.push_str(rest);
    out
}

/// Looking for links ends after so many brackets on one line.
const MOST_LINKS: usize = 1_000;

fn keep<'a>(out: &mut String, mark: char, rest: &'a str) -> &'a str {
    out.push(mark);
    rest
}

/// The text of the link that `rest` begins with, and what follows it.
fn link(rest: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 2_000;
    let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let middle = near.find("](")?;
    let text = rest.get(1..middle)?;
    let end = near.get(middle..)?.find(')')? + middle;
    (!text.contains('[')).then(|| (text, rest.get(end + 1..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_off_marks() {
        for (markdown, want) in [
            ("# Title #", "Title"),
            ("> quoted", "quoted"),
            ("**bold** and *it* and `code`", "bold and it and code"),
            ("a [link](http://example.com) here", "a link here"),
            ("![picture](x.png)", ""),
            ("snake_case _em_", "snake_case em"),
            ("1 \\* 2", "1 * 2"),
            ("hey! [sic]", "hey! [sic]"),
            ("- item", "item"),
            ("a <b>b</b>", "a b"),
            ("***", ""),
            ("#hashtag", "#hashtag"),
        ] {
            assert_eq!(plain(markdown).trim(), want, "{markdown}");
        }
    }
}
