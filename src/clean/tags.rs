//! Tags: HTML to plain text in one linear pass, without building a tree.
//!
//! For HTML inside the fields of records, and for pages that are too hostile to parse. Lines of the result are
//! blocks of the page; which of them are the article is for `page` to say.

use std::borrow::Cow;

/// Whether `text` holds markup: tags, or the entities that stand for characters.
pub fn is_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    let tag = memchr::memchr_iter(b'<', bytes).take(2_000).any(|at| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let name: &str = rest.strip_prefix('/').unwrap_or(rest);
        let end = name.bytes().take(12).position(|b| !b.is_ascii_alphanumeric());
        rest.starts_with("!--") || end.and_then(|end| name.get(..end)).is_some_and(|n| kind(n) != Tag::Unknown)
    });
    tag || memchr::memchr_iter(b'&', bytes).take(2_000).any(|at| entity(text.get(at..).unwrap_or_default()).is_some())
}

/// The text of `html`: a blank line for each block, scripts and the furniture of pages (navigation, forms,
/// footers) left out, entities decoded.
pub fn strip(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    let mut unclosed = Unclosed::default();
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        push_text(rest.get(..at).unwrap_or_default(), &mut out);
        rest = rest.get(at..).unwrap_or_default();
        rest = tag(rest, &mut unclosed, &mut out);
    }
    push_text(rest, &mut out);
    out
}

/// Decodes the entities of a text without tags.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push_decoded(text, &mut out);
    Cow::Owned(out)
}

/// What a tag does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    /// Begins a new paragraph.
    Block,
    /// Ends the line.
    Break,
    /// Goes, and its text stays.
    Inline,
    /// Goes with all that is in it.
    Hidden,
    /// No tag of HTML.
    Unknown,
}

fn kind(name: &str) -> Tag {
    let mut low = [0u8; 12];
    let Some(low) = low.get_mut(..name.len()) else { return Tag::Unknown };
    low.copy_from_slice(name.as_bytes());
    low.make_ascii_lowercase();
    match &*low {
        b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"article" | b"section" | b"blockquote"
        | b"ul" | b"ol" | b"table" | b"pre" | b"dl" | b"main" | b"body" | b"html" | b"head" | b"header" | b"figure"
        | b"center" | b"address" | b"hr" | b"caption" | b"tbody" | b"thead" | b"tfoot" | b"hl1" | b"hedline"
        | b"block" => Tag::Block,
        b"br" | b"li" | b"tr" | b"dt" | b"dd" => Tag::Break,
        b"script" | b"style" | b"noscript" | b"template" | b"nav" | b"footer" | b"aside" | b"form" | b"iframe"
        | b"svg" | b"select" | b"button" | b"title" | b"figcaption" | b"object" | b"video" | b"audio" | b"textarea" => {
            Tag::Hidden
        }
        b"a" | b"abbr" | b"acronym" | b"area" | b"b" | b"base" | b"bdi" | b"bdo" | b"big" | b"cite" | b"code"
        | b"col" | b"colgroup" | b"del" | b"details" | b"dfn" | b"em" | b"embed" | b"fieldset" | b"font" | b"i"
        | b"img" | b"input" | b"ins" | b"kbd" | b"label" | b"legend" | b"link" | b"map" | b"mark" | b"meta"
        | b"option" | b"param" | b"picture" | b"q" | b"s" | b"samp" | b"small" | b"source" | b"span" | b"strike"
        | b"strong" | b"sub" | b"summary" | b"sup" | b"td" | b"th" | b"time" | b"tt" | b"u" | b"var" | b"wbr" => {
            Tag::Inline
        }
        _ => Tag::Unknown,
    }
}

/// Reads the tag or comment that `rest` begins with; gives what follows it.
fn tag<'a>(rest: &'a str, unclosed: &mut Unclosed, out: &mut String) -> &'a str {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let closes = rest.starts_with("</");
    let name_at = if closes { 2 } else { 1 };
    let body = rest.get(name_at..).unwrap_or_default();
    if !body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        out.push('<');
        return rest.get(1..).unwrap_or_default();
    }
    let end = tag_end(rest);
    let after = rest.get(end..).unwrap_or_default();
    let name_len = body.bytes().take(13).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(body.len().min(13));
    let name = body.get(..name_len).unwrap_or_default();
    match kind(name) {
        Tag::Block => out.push_str("\n\n"),
        Tag::Break => out.push('\n'),
        Tag::Hidden if !closes && !rest.get(..end).unwrap_or_default().ends_with("/>") => {
            return unclosed.skip(after, name);
        }
        Tag::Inline if matches!(name.as_bytes(), b"td" | b"th" | b"TD" | b"TH") => out.push(' '),
        Tag::Hidden | Tag::Inline | Tag::Unknown => {}
    }
    after
}

/// Behind the `>` of a tag, quoted attribute values skipped; an unclosed quotation mark ends with the first `>`.
fn tag_end(rest: &str) -> usize {
    const LONGEST: usize = 1 << 16;
    let mut quote = None;
    let mut first_close = None;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (Some(_), b'>') => _ = first_close.get_or_insert(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    first_close.or_else(|| memchr::memchr(b'>', rest.as_bytes()).map(|at| at + 1)).unwrap_or(rest.len())
}

/// Names of hidden elements that are closed nowhere in the rest of the page: looked for once, or a page that opens
/// thousands would be searched thousands of times.
#[derive(Default)]
struct Unclosed(Vec<String>);

impl Unclosed {
    /// What follows the closing tag of `name`; all of `after` if there is none.
    fn skip<'a>(&mut self, after: &'a str, name: &str) -> &'a str {
        if self.0.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return after;
        }
        for at in memchr::memchr_iter(b'<', after.as_bytes()) {
            let rest = after.get(at..).unwrap_or_default();
            let closes =
                rest.starts_with("</") && rest.get(2..2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
            if closes {
                return rest.split_once('>').map_or("", |(_, after)| after);
            }
        }
        self.0.push(name.to_owned());
        after
    }
}

/// Appends text between tags; its own line ends mean nothing in HTML.
fn push_text(text: &str, out: &mut String) {
    if !text.contains(['\n', '\r']) {
        return push_decoded(text, out);
    }
    for (index, line) in text.split(['\n', '\r']).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        push_decoded(line, out);
    }
}

fn push_decoded(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        match entity(rest) {
            Some((c, len)) => {
                out.push(c);
                rest = rest.get(len..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
}

/// The character that the entity at the start of `rest` stands for, and its length.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Pages made on Windows number its code page.
        let c = match code {
            0x80..=0x9F => encoding_rs::WINDOWS_1252.decode(&[code as u8]).0.chars().next()?,
            _ => char::from_u32(code)?,
        };
        return Some((c, end + 1));
    }
    let found = ENTITIES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    ENTITIES.get(found).map(|(_, c)| (*c, end + 1))
}

/// Entities seen in news; sorted.
const ENTITIES: &[(&str, char)] = &[
    ("AElig", 'Æ'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Agrave", 'À'),
    ("Aring", 'Å'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Egrave", 'È'),
    ("Euml", 'Ë'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Oslash", 'Ø'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("Scaron", 'Š'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("acute", '´'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("copy", '©'),
    ("deg", '°'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("emsp", ' '),
    ("ensp", ' '),
    ("euml", 'ë'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("igrave", 'ì'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ograve", 'ò'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("scaron", 'š'),
    ("sect", '§'),
    ("shy", '\u{AD}'),
    ("szlig", 'ß'),
    ("thinsp", ' '),
    ("times", '×'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("zwnj", '\u{200C}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        strip(html).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn strips_tags_and_what_is_hidden() {
        for (html, want) in [
            ("<p>One</p><p>two</p>", "One two"),
            ("a<b>b</b>c", "abc"),
            ("<script>if (a < b) {}</script>x", "x"),
            ("<SCRIPT>x</SCRIPT >y", "y"),
            ("<nav>Menu</nav>Text<footer>Foot</footer>", "Text"),
            ("x <!-- hidden --> y", "x y"),
            ("x <!-- never closed", "x"),
            ("<nav>x <nav>y", "x y"),
            ("2 < 3 and 4 > 3", "2 < 3 and 4 > 3"),
            ("<a title=\"a > b\">x</a>", "x"),
            ("<a title=\"unclosed>x", "x"),
            ("AT&amp;T &#8220;hi&#x201D; &#147;old&#148; &bogus; &", "AT&T “hi” “old” &bogus; &"),
            ("<p", ""),
            ("<", "<"),
            ("", ""),
        ] {
            assert_eq!(text(html), want, "{html}");
        }
    }

    #[test]
    fn the_entity_table_is_sorted() {
        assert!(ENTITIES.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn tells_markup_from_text() {
        for (text, want) in [
            ("<p>x</p>", true),
            ("a<br/>b", true),
            ("Tom &amp; Co", true),
            ("2 < 3", false),
            ("write to <jane@example.com>", false),
            ("AT&T", false),
        ] {
            assert_eq!(is_markup(text), want, "{text}");
        }
    }
}
