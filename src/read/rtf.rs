//! RTF: the running text of a document, group by group, without building a tree.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::document::Document;
use super::fields::{Field, Record};
use super::limits::RTF_DEPTH;
use super::source::Source;
use super::{Note, Out};
use crate::article::Origin;

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let bytes = match source.bytes(out.options.max_file_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return out.refuse(None, reason),
    };
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes).trim_ascii_start();
    if !start.starts_with(b"{\\rtf") {
        return out.refuse(None, "not an RTF file, as its name says");
    }
    let mut reader = Reader::new(start);
    let cut_short = reader.run();
    let encoding = reader.encoding.name();
    out.note(|| Note::Encoding(encoding));
    let goes_on = reader.into_document().hand_over(out);
    match cut_short {
        Some(reason) if goes_on => out.refuse(None, format!("{reason}; what came before it was read")),
        _ => goes_on,
    }
}

/// What a group inherits from the one around it.
#[derive(Clone, Copy)]
struct State {
    /// Where its text goes.
    into: Into,
    /// Bytes that stand for a `\u` character where it is not understood.
    fallback: u8,
    encoding: &'static Encoding,
    hidden: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Text,
    Title,
    Fonts,
    Nothing,
}

struct Reader<'r> {
    rest: &'r [u8],
    encoding: &'static Encoding,
    state: State,
    outer: Vec<State>,
    /// Bytes of the document's character set that wait to be decoded.
    bytes: Vec<u8>,
    open: String,
    paragraphs: Vec<String>,
    title: String,
    /// Characters still to be skipped behind a `\u`.
    skip: u8,
    /// Encodings of the fonts by number, and the number of the one being defined.
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
    /// Whether a group has just begun: a `\*` there makes it one that may be ignored.
    at_start: bool,
    ignorable: bool,
    high: Option<u16>,
}

impl<'r> Reader<'r> {
    fn new(bytes: &'r [u8]) -> Reader<'r> {
        let state = State { into: Into::Text, fallback: 1, encoding: WINDOWS_1252, hidden: false };
        Reader {
            rest: bytes,
            encoding: WINDOWS_1252,
            state,
            outer: Vec::new(),
            bytes: Vec::new(),
            open: String::new(),
            paragraphs: Vec::new(),
            title: String::new(),
            skip: 0,
            fonts: Vec::new(),
            font: 0,
            at_start: false,
            ignorable: false,
            high: None,
        }
    }

    /// Reads to the end; gives what is wrong, if something is.
    fn run(&mut self) -> Option<&'static str> {
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'{' => {
                    if self.outer.len() >= RTF_DEPTH {
                        return Some("groups nested too deep");
                    }
                    self.flush();
                    self.outer.push(self.state);
                    (self.at_start, self.ignorable, self.skip) = (true, false, 0);
                    continue;
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    match self.outer.pop() {
                        Some(state) => self.state = state,
                        None => return None,
                    }
                    if self.outer.is_empty() {
                        return None;
                    }
                }
                b'\\' => {
                    self.control();
                    continue;
                }
                b'\r' | b'\n' => continue,
                byte => self.byte(*byte),
            }
            self.at_start = false;
        }
        self.flush();
        Some("the file ends too early")
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.bytes.push(byte);
    }

    /// Decodes what waits.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if self.state.hidden {
            return;
        }
        match self.state.into {
            Into::Text => self.open.push_str(&self.state.encoding.decode_without_bom_handling(&bytes).0),
            Into::Title => self.title.push_str(&self.state.encoding.decode_without_bom_handling(&bytes).0),
            Into::Fonts | Into::Nothing => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match self.state.into {
            _ if self.state.hidden => {}
            Into::Text => self.open.push_str(text),
            Into::Title => self.title.push_str(text),
            Into::Fonts | Into::Nothing => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.state.into == Into::Text {
            self.paragraphs.push(std::mem::take(&mut self.open));
        }
    }

    /// Reads what a backslash begins.
    fn control(&mut self) {
        let Some((first, rest)) = self.rest.split_first() else { return };
        if first.is_ascii_alphabetic() {
            return self.word();
        }
        self.rest = rest;
        match first {
            b'\'' => {
                let code = rest.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
                if let Some(code) = code {
                    self.rest = rest.get(2..).unwrap_or_default();
                    self.byte(code);
                }
            }
            b'*' => {
                self.ignorable = self.at_start;
                return;
            }
            b'~' => self.push("\u{A0}"),
            b'_' => self.push("-"),
            b'-' => {}
            b'\r' | b'\n' => self.end_paragraph(),
            b'{' | b'}' | b'\\' => self.byte(*first),
            _ => {}
        }
        self.at_start = false;
    }

    /// Reads a control word and what its number is.
    fn word(&mut self) {
        const LONGEST: usize = 32;
        let letters = self.rest.iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(letters);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.iter().skip(sign).take(10).take_while(|b| b.is_ascii_digit()).count();
        let (number, mut rest) = if digits > 0 { rest.split_at(sign + digits) } else { (&[][..], rest) };
        let number: Option<i32> = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        if rest.first() == Some(&b' ') {
            rest = rest.get(1..).unwrap_or_default();
        }
        self.rest = rest;
        let (at_start, ignorable) = (self.at_start, self.ignorable);
        (self.at_start, self.ignorable) = (false, false);
        if at_start && self.destination(word, ignorable) {
            return;
        }
        self.apply(word, number);
    }

    /// Whether a word at the start of a group says that its text goes elsewhere.
    fn destination(&mut self, word: &[u8], ignorable: bool) -> bool {
        let into = match word {
            b"fonttbl" => Into::Fonts,
            b"title" if self.state.into == Into::Nothing => Into::Title,
            b"colortbl"
            | b"stylesheet"
            | b"info"
            | b"pict"
            | b"object"
            | b"header"
            | b"headerl"
            | b"headerr"
            | b"headerf"
            | b"footer"
            | b"footerl"
            | b"footerr"
            | b"footerf"
            | b"footnote"
            | b"annotation"
            | b"fldinst"
            | b"nonshppict"
            | b"listtable"
            | b"listoverridetable"
            | b"rsidtbl"
            | b"generator"
            | b"themedata"
            | b"colorschememapping"
            | b"latentstyles"
            | b"datastore"
            | b"xmlnstbl"
            | b"filetbl"
            | b"revtbl"
            | b"author"
            | b"operator"
            | b"subject"
            | b"keywords"
            | b"company"
            | b"doccomm"
            | b"comment"
            | b"bkmkstart"
            | b"bkmkend"
            | b"xe"
            | b"tc"
            | b"txe"
            | b"atnid"
            | b"atnauthor"
            | b"atrfstart"
            | b"atrfend"
            | b"pntext"
            | b"listtext"
            | b"mmathPr"
            | b"wgrffmtfilter" => Into::Nothing,
            // The text of shapes and fields stays.
            b"shp" | b"shpinst" | b"shptxt" | b"shppict" | b"fldrslt" | b"field" => return false,
            _ if ignorable => Into::Nothing,
            _ => return false,
        };
        self.state.into = into;
        true
    }

    fn apply(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"par" | b"page" | b"sect" | b"row" | b"pagebb" => self.end_paragraph(),
            b"line" | b"lbr" => self.push(" "),
            b"tab" | b"cell" | b"nestcell" => self.push("\t"),
            b"emdash" => self.push("—"),
            b"endash" => self.push("–"),
            b"lquote" => self.push("‘"),
            b"rquote" => self.push("’"),
            b"ldblquote" => self.push("“"),
            b"rdblquote" => self.push("”"),
            b"bullet" => self.push("•"),
            b"emspace" | b"enspace" | b"qmspace" => self.push(" "),
            b"v" => {
                self.flush();
                self.state.hidden = number != Some(0);
            }
            b"plain" => {
                self.flush();
                (self.state.hidden, self.state.encoding) = (false, self.encoding);
            }
            b"uc" => self.state.fallback = number.unwrap_or(1).clamp(0, 20) as u8,
            b"u" => self.unicode(number.unwrap_or(0)),
            b"ansicpg" => {
                if let Some(encoding) = number.and_then(codepage) {
                    self.encoding = encoding;
                    self.state.encoding = encoding;
                }
            }
            b"mac" => {
                self.encoding = encoding_rs::MACINTOSH;
                self.state.encoding = self.encoding;
            }
            b"f" if self.state.into == Into::Fonts => self.font = number.unwrap_or(0),
            b"fcharset" if self.state.into == Into::Fonts => self.define_font(number),
            b"f" => self.use_font(number.unwrap_or(0)),
            b"bin" => {
                let count = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.rest = self.rest.get(count..).unwrap_or_default();
            }
            _ => {}
        }
    }

    fn define_font(&mut self, charset: Option<i32>) {
        const MOST: usize = 10_000;
        if let Some(encoding) = charset.and_then(of_charset)
            && self.fonts.len() < MOST
        {
            self.fonts.push((self.font, encoding));
        }
    }

    fn use_font(&mut self, number: i32) {
        self.flush();
        let known = self.fonts.iter().find(|(font, _)| *font == number).map(|(_, encoding)| *encoding);
        self.state.encoding = known.unwrap_or(self.encoding);
    }

    /// A character by its number; those beyond the first plane come as two.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = 0;
        let unit = (number & 0xFFFF) as u16;
        let text = match (self.high.take(), unit) {
            (_, 0xD800..=0xDBFF) => {
                self.high = Some(unit);
                String::new()
            }
            (Some(high), 0xDC00..=0xDFFF) => String::from_utf16_lossy(&[high, unit]),
            _ => String::from_utf16_lossy(&[unit]),
        };
        self.push(&text);
        self.skip = self.state.fallback;
    }

    fn into_document(mut self) -> Document {
        if !self.open.trim().is_empty() {
            self.paragraphs.push(std::mem::take(&mut self.open));
        }
        let mut record = Record::default();
        // The title is what somebody typed into a form: believed where the text has it too.
        let title = self.title.trim();
        if !title.is_empty() && self.paragraphs.iter().take(20).any(|text| text.trim() == title) {
            record.offer(Field::Title, 0, title.to_owned(), Origin::Metadata);
        }
        Document { record, paragraphs: self.paragraphs }
    }
}

fn codepage(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 => "windows-874".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        866 => "ibm866".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set.
fn of_charset(number: i32) -> Option<&'static Encoding> {
    codepage(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(rtf: &str) -> Vec<String> {
        let mut reader = Reader::new(rtf.as_bytes());
        reader.run();
        reader.into_document().paragraphs
    }

    #[test]
    fn text_of_groups_and_controls() {
        for (rtf, want) in [
            (r"{\rtf1\ansi Talks \b go\b0  on.\par They did.}", vec!["Talks go on.", "They did."]),
            (r"{\rtf1{\fonttbl{\f0 Times;}}{\info{\title X}}{\*\generator Y;}\f0 Talks\par}", vec!["Talks"]),
            (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2\par}", vec!["Привет"]),
            (r"{\rtf1\ansi{\fonttbl{\f1\fcharset204 A;}}{\f1 \'cf\'f0}\'e9\par}", vec!["Прé"]),
            (r"{\rtf1\uc1 \u1055?\u1088?\u-10179?\u-8704?\par}", vec!["Пр😀"]),
            (r"{\rtf1 a\ldblquote b\rdblquote  \{c\} d\~e\tab f\par}", vec!["a“b” {c} d\u{A0}e\tf"]),
            (r"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par}", vec!["link"]),
            (r"{\rtf1 {\v hidden}seen{\footnote note}\par}", vec!["seen"]),
            (r"{\rtf1 {\pict\bin3 }}}x}y\par}", vec!["y"]),
            (r"{\rtf1 cut", vec!["cut"]),
            (r"{\rtf1 {\*\unknown no}yes\par}", vec!["yes"]),
        ] {
            assert_eq!(paragraphs(rtf), want, "{rtf}");
        }
    }

    #[test]
    fn deep_groups_end() {
        let deep = [b"{\\rtf1 ".as_slice(), &b"{".repeat(100_000)].concat();
        let mut reader = Reader::new(&deep);
        assert_eq!(reader.run(), Some("groups nested too deep"));
    }
}
