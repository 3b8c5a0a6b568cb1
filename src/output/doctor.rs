//! How files are read and split: for people and as JSON Lines. A file, or member of an archive, is printed once the next
//! one begins, so that nothing is kept of a long archive but its last member.

use std::io::{self, Write};

use serde::Serialize;

use super::paint::{Paint, Role};
use super::plain;
use super::text::grouped;
use crate::article::{Article, Removed};
use crate::read::{Note, Recognised, RecordError};

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// As JSON Lines.
    pub json: bool,
    /// All records of each file.
    pub all: bool,
    /// With the text that was cut.
    pub cut: bool,
    /// Colours and width.
    pub paint: Paint,
}

/// Records shown of a file unless all are asked for.
const SHOWN: usize = 10;

/// Takes notes, records and refusals as they come, and prints them.
pub struct Report<'o, W> {
    style: Style,
    out: &'o mut W,
    open: Option<FileLine>,
    lines: Vec<Vec<u8>>,
    hidden: u64,
    files: u64,
    records: u64,
    refused: u64,
}

/// What is known of one file, or member.
#[derive(Debug, Default, Serialize)]
struct FileLine {
    r#type: &'static str,
    path: String,
    format: Option<&'static str>,
    recognised: Option<&'static str>,
    packing: Vec<&'static str>,
    encoding: Option<&'static str>,
    export: Option<String>,
    fields: Vec<String>,
    remarks: Vec<String>,
    passed: u32,
    records: u64,
    refused: u64,
}

#[derive(Serialize)]
struct RecordLine<'a> {
    r#type: &'static str,
    path: &'a str,
    record: Option<u32>,
    title: Option<&'a str>,
    date: Option<String>,
    date_from: Option<&'static str>,
    source: Option<&'a str>,
    byline: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    words: usize,
    stated_words: Option<u32>,
    cut: Vec<Cut<'a>>,
}

#[derive(Serialize)]
struct Cut<'a> {
    line: u32,
    reason: &'a str,
    text: &'a str,
}

impl<'a> From<&'a Removed> for Cut<'a> {
    fn from(removed: &'a Removed) -> Cut<'a> {
        Cut { line: removed.line, reason: &removed.reason, text: &removed.text }
    }
}

#[derive(Serialize)]
struct RefusedLine<'a> {
    r#type: &'static str,
    path: &'a str,
    record: Option<u32>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Summary {
    r#type: &'static str,
    files: u64,
    records: u64,
    refused: u64,
}

impl<'o, W: Write> Report<'o, W> {
    /// A report without files yet.
    pub fn new(style: Style, out: &'o mut W) -> Self {
        Report { style, out, open: None, lines: Vec::new(), hidden: 0, files: 0, records: 0, refused: 0 }
    }

    /// Takes a note on the file `path`.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn note(&mut self, path: &str, note: Note) -> io::Result<()> {
        let file = self.file(path)?;
        match note {
            Note::Format { name, by, packing } => {
                file.format = Some(name);
                file.recognised = Some(match by {
                    Recognised::ByName => "name",
                    Recognised::ByContent => "content",
                });
                file.packing = packing;
            }
            Note::Encoding(name) => file.encoding = Some(name),
            Note::Export(name) => file.export = Some(name),
            Note::Fields(fields) => file.fields = fields,
            Note::Passed(count) => file.passed = count,
            Note::Remark(text) => file.remarks.push(text),
        }
        Ok(())
    }

    /// Takes an article.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn record(&mut self, article: &Article) -> io::Result<()> {
        self.file(&article.path)?.records += 1;
        self.records += 1;
        if self.style.json {
            return self.json(&record_line(article));
        }
        if !self.style.all && self.lines.len() >= SHOWN {
            self.hidden += 1;
            return Ok(());
        }
        let mut line = Vec::new();
        print_record(article, &self.style, &mut line)?;
        self.lines.push(line);
        Ok(())
    }

    /// Takes a refusal.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn refused(&mut self, error: &RecordError) -> io::Result<()> {
        self.file(&error.path)?.refused += 1;
        self.refused += 1;
        if self.style.json {
            let RecordError { path, record, reason } = error;
            return self.json(&RefusedLine { r#type: "refused", path, record: *record, reason });
        }
        let mut line = Vec::new();
        let record = error.record.map_or(String::new(), |record| format!("{record}: "));
        write!(line, "  ")?;
        self.style.paint.put(&mut line, Role::Match, "refused")?;
        writeln!(line, "   {record}{}", plain(&error.reason))?;
        self.lines.push(line);
        Ok(())
    }

    /// Prints what is left; gives how many records there were, and how many were refused.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn finish(mut self) -> io::Result<(u64, u64)> {
        self.close()?;
        let (files, records, refused) = (self.files, self.records, self.refused);
        if self.style.json {
            self.json(&Summary { r#type: "read", files, records, refused })?;
        } else {
            let (files, records) = (grouped(files), grouped(records));
            writeln!(
                self.out,
                "{records} articles in {files} files, {} refused; nothing was written",
                grouped(refused)
            )?;
        }
        Ok((records, refused))
    }

    /// The file of that path; another one that is open is printed first.
    fn file(&mut self, path: &str) -> io::Result<&mut FileLine> {
        if self.open.as_ref().is_none_or(|open| open.path != path) {
            self.close()?;
        }
        Ok(self.open.get_or_insert_with(|| FileLine { r#type: "file", path: path.to_owned(), ..FileLine::default() }))
    }

    fn close(&mut self) -> io::Result<()> {
        let Some(file) = self.open.take() else { return Ok(()) };
        self.files += u64::from(file.format.is_some());
        if self.style.json {
            return self.json(&file);
        }
        print_file(&file, &self.style.paint, self.out)?;
        for line in self.lines.drain(..) {
            self.out.write_all(&line)?;
        }
        if self.hidden > 0 {
            writeln!(self.out, "  ... and {} more; --all lists them", grouped(self.hidden))?;
        }
        self.hidden = 0;
        writeln!(self.out)
    }

    fn json(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, line)?;
        self.out.write_all(b"\n")
    }
}

fn print_file(file: &FileLine, paint: &Paint, out: &mut impl Write) -> io::Result<()> {
    paint.put(out, Role::Path, &file.path)?;
    writeln!(out)?;
    if let Some(format) = file.format {
        let by = file.recognised.map_or(String::new(), |by| format!(", told by its {by}"));
        let packing: Vec<String> = file.packing.iter().map(|packing| format!(", in {packing}")).collect();
        let encoding = file.encoding.map_or(String::new(), |encoding| format!(", {encoding}"));
        writeln!(out, "  format    {format}{encoding}{}{by}", packing.concat())?;
    }
    if let Some(export) = &file.export {
        writeln!(out, "  export    of {}", plain(export))?;
    }
    if !file.fields.is_empty() {
        writeln!(out, "  fields    {}", plain(&file.fields.join(", ")))?;
    }
    for remark in &file.remarks {
        writeln!(out, "  holds     {}", plain(remark))?;
    }
    if file.passed > 0 {
        writeln!(out, "  passed    {} members or records of other formats", grouped(u64::from(file.passed)))?;
    }
    match (file.records, file.refused) {
        (0, _) => Ok(()),
        (records, 0) => writeln!(out, "  articles  {}", grouped(records)),
        (records, refused) => writeln!(out, "  articles  {}, and {} refused", grouped(records), grouped(refused)),
    }
}

fn words(article: &Article) -> usize {
    article.body.split_whitespace().count()
}

fn record_line(article: &Article) -> RecordLine<'_> {
    RecordLine {
        r#type: "reading",
        path: &article.path,
        record: article.record,
        title: article.title.as_deref(),
        date: article.date.as_ref().map(|date| date.when.to_string()),
        date_from: article.date.as_ref().map(|date| date.origin.as_str()),
        source: article.source.as_deref(),
        byline: article.byline.as_deref(),
        section: article.section.as_deref(),
        language: article.language.as_deref(),
        words: words(article),
        stated_words: article.words,
        cut: article.removed.iter().map(Cut::from).collect(),
    }
}

fn print_record(article: &Article, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let paint = &style.paint;
    let record = article.record.map_or(String::new(), |record| format!("{record} "));
    write!(out, "  {record}")?;
    paint.put(out, Role::Title, article.title.as_deref().unwrap_or("(no title)"))?;
    writeln!(out)?;
    let mut facts: Vec<String> = vec![match &article.date {
        Some(date) => format!("{} (from {})", date.when, date.origin.as_str()),
        None => "no date".to_owned(),
    }];
    facts.push(article.source.clone().unwrap_or_else(|| "no outlet".to_owned()));
    facts.extend(article.byline.as_ref().map(|byline| format!("by {byline}")));
    facts.extend(article.section.clone());
    facts.extend(article.language.clone());
    let count = words(article);
    let differs = article.words.filter(|stated| (*stated as usize).abs_diff(count) * 4 > count.max(*stated as usize));
    facts.push(match differs {
        Some(stated) => format!("{count} words where the export says {stated}"),
        None => format!("{count} words"),
    });
    writeln!(out, "    {}", plain(&facts.join(" · ")))?;
    if article.removed.is_empty() {
        return Ok(());
    }
    if style.cut {
        for cut in &article.removed {
            write!(out, "    ")?;
            paint.put(out, Role::Faint, &format!("cut {}: {}: ", cut.line, cut.reason))?;
            writeln!(out, "{}", plain(&cut.text))?;
        }
        return Ok(());
    }
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for cut in &article.removed {
        match counts.iter_mut().find(|(reason, _)| *reason == cut.reason) {
            Some((_, count)) => *count += 1,
            None => counts.push((&cut.reason, 1)),
        }
    }
    let list: Vec<String> = counts.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    write!(out, "    ")?;
    paint.put(out, Role::Faint, &format!("lines cut: {}", list.join(", ")))?;
    writeln!(out)
}
