//! Pages without what no reader sees: most bytes of a page are scripts, styles, drawings and comments, and a tree need not
//! be built of them.

use std::borrow::Cow;

use memchr::memmem;

/// `page` without scripts (those that hold linked data stay), styles, drawings and comments.
///
/// One linear pass. What is never closed stays as it is: what it means is for the parser to say.
pub fn light(page: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    let mut unclosed: Vec<&str> = Vec::new();
    while let Some(found) = page.get(at..).and_then(|rest| memchr::memchr(b'<', rest.as_bytes())) {
        let start = at + found;
        let rest = page.get(start..).unwrap_or_default();
        let (skips, end) = match element(rest, &mut unclosed) {
            Part::Kept(length) => (false, start + length),
            Part::Dropped(length) => (true, start + length),
        };
        if skips {
            out.push_str(page.get(kept..start).unwrap_or_default());
            kept = end;
        }
        at = end;
    }
    if kept == 0 {
        return Cow::Borrowed(page);
    }
    out.push_str(page.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// What begins at a `<`, and its bytes.
enum Part {
    Kept(usize),
    Dropped(usize),
}

/// Elements that go with all that is in them.
const HIDDEN: [&str; 3] = ["script", "style", "svg"];

fn element(rest: &str, unclosed: &mut Vec<&str>) -> Part {
    if let Some(comment) = rest.strip_prefix("<!--") {
        // `<!-->` is a whole comment.
        let is_whole = comment.starts_with('>') || comment.starts_with("->");
        let end = if is_whole || unclosed.contains(&"!--") { None } else { memmem::find(comment.as_bytes(), b"-->") };
        if end.is_none() && !is_whole {
            unclosed.push("!--");
        }
        return end.map_or(Part::Kept(4), |end| Part::Dropped(4 + end + 3));
    }
    if !rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
        return Part::Kept(1);
    }
    let end = tag_end(rest);
    let Some(name) = HIDDEN.into_iter().find(|name| begins_with_name(rest.get(1..).unwrap_or_default(), name)) else {
        return Part::Kept(end);
    };
    let tag = rest.get(..end).unwrap_or_default();
    if tag.ends_with("/>") && name == "svg" {
        return Part::Dropped(end);
    }
    if unclosed.contains(&name) {
        return Part::Kept(end);
    }
    let inside = rest.get(end..).unwrap_or_default();
    match closing(inside, name) {
        Some((length, _)) if name == "script" && is_wanted(tag, inside.get(..length).unwrap_or_default()) => {
            Part::Kept(end + length)
        }
        Some((length, closer)) => Part::Dropped(end + length + closer),
        None => {
            unclosed.push(name);
            Part::Kept(end)
        }
    }
}

/// Whether a script must reach the parser: linked data, and what may hold scripts of its own within comments.
fn is_wanted(tag: &str, inside: &str) -> bool {
    memmem::find(tag.as_bytes(), b"json").is_some() || memmem::find(inside.as_bytes(), b"<!--").is_some()
}

/// Whether `text` begins with the name of an element, in whatever case.
fn begins_with_name(text: &str, name: &str) -> bool {
    let behind = text.as_bytes().get(name.len());
    text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
        && behind.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

/// Where the closing tag of `name` begins, and how long it is.
fn closing(inside: &str, name: &str) -> Option<(usize, usize)> {
    memmem::find_iter(inside.as_bytes(), b"</").find_map(|at| {
        let rest = inside.get(at..)?;
        let closes = begins_with_name(rest.get(2..)?, name);
        closes.then(|| (at, memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1)))
    })
}

/// Behind the `>` of the tag that `rest` begins with; a `>` in quotation marks does not end it.
fn tag_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'>', b'"', b'\'', rest)) {
        at += found;
        let mark = bytes.get(at).copied().unwrap_or(b'>');
        // Quotation marks count only where a value begins: elsewhere they are stray.
        let opens = mark != b'>' && bytes.get(..at).is_some_and(|head| head.trim_ascii_end().ends_with(b"="));
        at += 1;
        match mark {
            b'>' => return at,
            _ if opens => match bytes.get(at..).and_then(|rest| memchr::memchr(mark, rest)) {
                Some(end) => at += end + 1,
                None => return bytes.len(),
            },
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_goes_and_all_else_stays() {
        for (page, want) in [
            ("<p>One</p>", "<p>One</p>"),
            ("a<script>if (a < b) { '</p>' }</script>b", "ab"),
            ("a<SCRIPT src=x>1</Script >b", "ab"),
            ("<script type=\"application/ld+json\">{}</script>x", "<script type=\"application/ld+json\">{}</script>x"),
            ("<style>p > b {}</style><scripture>x", "<scripture>x"),
            ("a<svg><path d=\"M1\"/></svg>b<svg/>c", "abc"),
            ("a<!-- <p>no --> b <!--> c <!-- d", "a b <!--> c <!-- d"),
            ("<a title=\"<script>\">x</a><script>y</script>", "<a title=\"<script>\">x</a>"),
            ("<a title='1 > 0' it's>x<svg></svg></a>", "<a title='1 > 0' it's>x</a>"),
            ("x<script>never closed <b>", "x<script>never closed <b>"),
            ("<script><!--<script></script>--></script>", "<script><!--<script></script>--></script>"),
            ("a < b <3 é<", "a < b <3 é<"),
            ("<p title=\"never closed>x", "<p title=\"never closed>x"),
            ("", ""),
        ] {
            assert_eq!(light(page), want, "{page}");
        }
    }

    #[test]
    fn takes_time_in_proportion_to_the_page() {
        // Thousands of elements that are never closed are looked for once.
        for opened in ["<script>", "<svg>", "<!-- ", "<p a=\"", "<"] {
            let page = opened.repeat(200_000);
            assert_eq!(light(&page).len(), page.len());
        }
    }
}
