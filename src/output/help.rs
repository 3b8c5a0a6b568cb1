//! The topics of `newsidx help`: the query language, the output for programs, exit codes, settings. Fields come from
//! [`crate::field`], settings from [`crate::config`].

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::json;
use super::paint::{Paint, Piece, Role};
use crate::config::SETTINGS;
use crate::field::FIELDS;

/// What is typed, and what it finds: the operators of the query language.
pub const OPERATORS: &[(&str, &str)] = &[
    ("lavrov geneva", "articles with both words, in any form: talks finds talk"),
    ("AND OR NOT ( ) -word", "Boolean; a OR b c is a OR (b c)"),
    ("\"geneva talk*\"", "the phrase as written; wildcards and (a|b) inside it"),
    ("\"geneva talks\"~3", "the words in that order with up to 3 others between"),
    ("a w/5 b, a pre/3 b", "within so many words; in that order"),
    ("a w/s b, a w/p b", "in one sentence; in one paragraph"),
    ("a NOT w/5 b", "the one where the other is not near"),
    ("deploy* organi?ation deploy!", "any letters; one letter; the root"),
    ("zelensky~ zelensky~1", "spelt nearly so, within two or one edits"),
    ("/lukashenk[ao]/", "a regular expression for one word"),
    ("=Kiev", "as written: no other form, no other spelling"),
    ("caps(Turkey) allcaps(AID)", "with letters as written; also nocaps(polish)"),
    ("atleast3(belarus)", "so many times"),
    ("sentence{a b c}", "all of it inside one; also para{ } and lead{ }"),
    ("quote{ceasefire speaker:lavrov}", "all of it inside one quotation, by that person"),
    ("word^2", "counts twice in the ranking"),
];

/// Exit codes and when they come.
pub const EXITS: &[(&str, &str)] = &[
    ("0", "found something, or done"),
    ("1", "nothing found; for `replay`: something differs"),
    ("2", "usage, query or input/output error"),
    ("3", "finished, but files were skipped"),
    ("4", "no archive, or one that is damaged or of another version; `newsidx check` tells, `newsidx repair` mends"),
    ("5", "another build holds the archive"),
    ("20", "--format-version asks for a layout older than any this version writes"),
    ("21", "--format-version asks for a layout newer than any this version writes"),
    ("130", "interrupted; what was done is kept, no file is half written"),
];

/// Kinds of lines, and which commands print them.
const LINES: &[(&str, &str)] = &[
    ("begin", "before the hits of a query: how it was read, which archive, the version of the layout"),
    ("article", "an article with its passages; highlights are bytes of the text beside them"),
    ("quote", "a quotation: the words, who said them, how that was found and how surely"),
    ("summary", "behind the hits; where it is missing, the output was cut short"),
    ("count, pair", "a row of `count --by` one thing, or two, and of `timeline`"),
    ("story", "a story of `dupes`: its copies"),
    ("same, gone, new", "a stretch of words of `diff`"),
    ("batch", "a query of `batch`"),
    ("term", "a word of `terms` or `compare`"),
    ("saved", "a query of `saved list`"),
    ("info, setting", "`info`, `info --config`"),
    ("record, replay", "what --record writes, `replay`"),
];

/// The query language.
///
/// # Errors
/// When `out` fails; so for all of this file.
pub fn query(out: &mut impl Write, paint: &Paint) -> io::Result<()> {
    example(out, paint, "newsidx query '\"Geneva talks\" OR (Belarus w/10 (troop* OR deploy*))' --since 2022-01")?;
    heading(out, paint, "What is typed, and what it finds")?;
    table(out, paint, OPERATORS.iter().map(|(typed, finds)| ((*typed).to_owned(), (*finds).to_owned())))?;
    heading(out, paint, "Fields, alone or with brackets: speaker:(peskov OR zakharova)")?;
    let rows = FIELDS.iter().map(|spec| {
        let also = match spec.aliases {
            [] => String::new(),
            names => format!(" (also {})", names.iter().map(|name| format!("{name}:")).collect::<Vec<_>>().join(" ")),
        };
        (spec.example.to_owned(), format!("{}{also}", spec.help))
    });
    table(out, paint, rows)?;
    heading(out, paint, "Dates")?;
    para(
        out,
        paint,
        "2022, 2022-01, 2022-01-19, 2022-01-10..2022-01-21, ..2021, >=2022-01, \"last 30 days\", yesterday, none. What looks \
         like an operator but is none is read as words, and a note says so; --strict makes notes errors. `newsidx query \
         --help` has the flags.",
    )
}

/// The output for programs.
#[allow(clippy::missing_errors_doc)]
pub fn json(out: &mut impl Write, paint: &Paint) -> io::Result<()> {
    example(
        out,
        paint,
        "newsidx query geneva --json | jq -r 'select(.type==\"article\") | [.date.value,.title] | @tsv'",
    )?;
    heading(out, paint, "Lines, by their `type`")?;
    table(out, paint, LINES.iter().map(|(name, what)| ((*name).to_owned(), (*what).to_owned())))?;
    heading(out, paint, "The contract")?;
    let text = format!(
        "The layout has version {}, named in the begin line. Keys may be added; the version counts up when one changes its \
         meaning or goes. --format-version N ends with exit code 20 or 21 where N is none that this version writes. `newsidx \
         help schema` prints the JSON Schema of every line. --format json gives the same lines as one array; --fields \
         chooses keys. Control characters and direction overrides in strings are escaped.",
        json::SCHEMA
    );
    para(out, paint, &text)
}

/// The JSON Schema.
#[allow(clippy::missing_errors_doc)]
pub fn schema(out: &mut impl Write) -> io::Result<()> {
    out.write_all(json::JSON_SCHEMA.as_bytes())
}

/// Exit codes.
#[allow(clippy::missing_errors_doc)]
pub fn exit(out: &mut impl Write, paint: &Paint) -> io::Result<()> {
    example(out, paint, "newsidx query -q 'Lavrov Geneva' && echo found")?;
    heading(out, paint, "Exit codes")?;
    table(out, paint, EXITS.iter().map(|(code, when)| ((*code).to_owned(), (*when).to_owned())))?;
    para(out, paint, "A closed pipe is no error. Results go to stdout, progress and messages to stderr.")
}

/// Settings.
#[allow(clippy::missing_errors_doc)]
pub fn config(out: &mut impl Write, paint: &Paint) -> io::Result<()> {
    example(out, paint, "newsidx info --config        every setting, its value, and where that comes from")?;
    heading(out, paint, "Settings in newsidx.toml")?;
    let rows = SETTINGS.iter().map(|spec| {
        let own = if spec.own_only { "; only in your own file" } else { "" };
        (spec.example.to_owned(), format!("{} (${}; else {}){own}", spec.help, spec.variable, spec.default))
    });
    table(out, paint, rows)?;
    heading(out, paint, "Where they come from, first one wins")?;
    para(
        out,
        paint,
        "A flag; the environment; newsidx.toml here or in a folder above; newsidx/newsidx.toml in your own folder of settings \
         (~/.config). --no-config reads no file. NO_COLOR and CLICOLOR_FORCE are obeyed.",
    )
}

fn example(out: &mut impl Write, paint: &Paint, text: &str) -> io::Result<()> {
    paint.put(out, Role::Speaker, &format!("  {text}"))?;
    out.write_all(b"\n")
}

fn heading(out: &mut impl Write, paint: &Paint, text: &str) -> io::Result<()> {
    out.write_all(b"\n")?;
    paint.put(out, Role::Title, text)?;
    out.write_all(b"\n")
}

fn para(out: &mut impl Write, paint: &Paint, text: &str) -> io::Result<()> {
    paint.wrapped(out, 2, Role::Text, &[Piece { text: text.to_owned(), marked: false }])
}

/// Two columns, the second wrapped.
fn table(out: &mut impl Write, paint: &Paint, rows: impl Iterator<Item = (String, String)>) -> io::Result<()> {
    let rows: Vec<(String, String)> = rows.collect();
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(32);
    for (name, what) in rows {
        out.write_all(b"  ")?;
        paint.put(out, Role::Source, &name)?;
        if name.width() > widest {
            write!(out, "\n{:gap$}", "", gap = widest + 4)?;
        } else {
            write!(out, "{:gap$}", "", gap = widest + 2 - name.width())?;
        }
        paint.wrapped_behind(out, widest + 4, Role::Text, &[Piece { text: what, marked: false }])?;
    }
    Ok(())
}
