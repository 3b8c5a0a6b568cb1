//! Makes news archives of any size for measurements: articles of which everything is known that a search could be asked
//! for. The same number always gives the same article, so that a small archive is the beginning of a large one.
//!
//! Words follow Zipf's law over some 90,000 of them; sentences come from frames of our own; about one article in eight is a
//! copy that another outlet printed, with another headline and a cut end. Of 1,000 words there are about as many quotations,
//! places and dates as in English Wikinews: 14, 30 and 11 there, 14, 32 and 13 here (`newsidx inspect --json`).

#![allow(dead_code)] // each user of this module needs only parts of it

mod words;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use words::{
    ADJECTIVES, CLAUSES, COUNTRIES, FORENAMES, FURNITURE, MONTHS, NOUNS, OUTLETS, PLACES, QUOTED, ROLES, STATEMENTS,
    SURNAMES, VERBS, WEEKDAYS,
};

/// An article and what is true of it.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// The headline.
    pub title: String,
    /// Paragraphs, between blank lines.
    pub body: String,
    /// The outlet.
    pub source: &'static str,
    /// Day of publication, `YYYY-MM-DD`.
    pub date: String,
    /// A word that stands in this article and its copies only.
    pub mark: String,
    /// Who is quoted.
    pub speaker: String,
    /// The place that it tells of.
    pub place: &'static str,
    /// The article that it is a copy of.
    pub copy_of: Option<u64>,
}

/// How many articles one JSON Lines file holds.
pub(crate) const BATCH: u64 = 50;
/// One article of so many is a text file of its own; the others are in JSON Lines files.
const LOOSE: u64 = 5;
/// One article of so many is a copy of an earlier one.
const COPIES: u64 = 8;

/// Article `number`.
pub(crate) fn article(number: u64) -> Made {
    let mut random = Random::new(number);
    if number == 0 || !number.is_multiple_of(COPIES) {
        return original_article(number);
    }
    let original = number - 1 - random.below(COPIES as usize - 1) as u64;
    let mut made = original_article(original);
    made.title = sentence("$C: $a $n after $n", &mut random, &mut Scene::new(&mut Random::new(original)));
    made.source = OUTLETS[random.below(OUTLETS.len())];
    let end = made.body.rfind("\n\n").unwrap_or(made.body.len());
    made.body.truncate(end);
    made.copy_of = Some(original);
    made
}

fn original_article(number: u64) -> Made {
    let mut random = Random::new(number ^ 0x5eed);
    let mut scene = Scene::new(&mut random);
    let (year, month, day) = (2012 + random.below(12), 1 + random.below(12), 1 + random.below(28));
    let mark = format!("zq{}", base26(number));
    let paragraphs = 5 + random.below(7) + random.below(7);
    let mut body = format!("{} — ", scene.place.to_uppercase());
    for paragraph in 0..paragraphs {
        if paragraph > 0 {
            body.push_str("\n\n");
        }
        for _ in 0..1 + random.below(3) {
            let frames = if random.below(10) < 2 { QUOTED } else { STATEMENTS };
            let text = sentence(frames[random.below(frames.len())], &mut random, &mut scene);
            body.push_str(&text);
            body.push(' ');
        }
        if paragraph == 1 {
            body.push_str("The case is filed under ");
            body.push_str(&mark);
            body.push('.');
        }
        body.truncate(body.trim_end().len());
    }
    Made {
        title: sentence("$a $n $v $n in $L", &mut random, &mut scene),
        body,
        source: OUTLETS[random.below(OUTLETS.len())],
        date: format!("{year}-{month:02}-{day:02}"),
        mark,
        speaker: scene.person(),
        place: scene.place,
        copy_of: None,
    }
}

/// Whom and what an article is about.
struct Scene {
    forename: &'static str,
    surname: String,
    role: &'static str,
    place: &'static str,
    country: &'static str,
}

impl Scene {
    fn new(random: &mut Random) -> Scene {
        let place = random.zipf(PLACES.len());
        Scene {
            forename: FORENAMES[random.below(FORENAMES.len())],
            surname: surname(random.zipf(20_000)),
            role: ROLES[random.below(ROLES.len())],
            place: PLACES[place],
            country: COUNTRIES[random.zipf(COUNTRIES.len())],
        }
    }

    fn person(&self) -> String {
        format!("{} {}", self.forename, self.surname)
    }
}

/// Fills the slots of a frame: `$n` noun, `$v` verb, `$a` adjective, `$c` clause, `$Q` words that are spoken, `$p` the person
/// in full, `$s` the surname, `$r` the office, `$L` the place, `$M` another place, `$C` the country, `$w` weekday, `$d` day of a
/// month, `$k` a number.
fn sentence(frame: &str, random: &mut Random, scene: &mut Scene) -> String {
    let mut out = String::with_capacity(frame.len() * 2);
    fill(frame, random, scene, &mut out);
    let first = out.chars().find(|c| c.is_alphabetic());
    if let (Some(first), true) = (first, frame.starts_with('$')) {
        let at = out.find(first).unwrap_or(0);
        out.replace_range(at..at + first.len_utf8(), &first.to_uppercase().to_string());
    }
    out
}

fn fill(frame: &str, random: &mut Random, scene: &mut Scene, out: &mut String) {
    let mut rest = frame;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let slot = rest.as_bytes().get(at + 1).copied().unwrap_or_default();
        rest = rest.get(at + 2..).unwrap_or_default();
        match slot {
            b'n' => word(NOUNS, "ation er ment ity ship ance", random.zipf(60_000), out),
            b'v' => word(VERBS, "ated ished ened ered", random.zipf(10_000), out),
            b'a' => word(ADJECTIVES, "al ous ive able", random.zipf(20_000), out),
            b'c' => fill(CLAUSES[random.below(CLAUSES.len())], random, scene, out),
            b'Q' => {
                let start = out.len();
                fill(CLAUSES[random.below(CLAUSES.len())], random, scene, out);
                out[start..start + 1].make_ascii_uppercase();
            }
            b'p' => out.push_str(&scene.person()),
            b's' => out.push_str(&scene.surname),
            b'r' => out.push_str(scene.role),
            b'L' => out.push_str(scene.place),
            b'M' => out.push_str(PLACES[random.zipf(PLACES.len())]),
            b'C' => out.push_str(scene.country),
            b'w' => out.push_str(WEEKDAYS[random.below(7)]),
            b'd' => out.push_str(&format!("{} {}", MONTHS[random.below(12)], 1 + random.below(28))),
            b'k' => out.push_str(&random.zipf(5_000).to_string()),
            _ => {}
        }
    }
    out.push_str(rest);
}

/// The word of a rank: common ones from a list, rare ones put together.
fn word(list: &[&str], endings: &str, rank: usize, out: &mut String) {
    match list.get(rank) {
        Some(word) => out.push_str(word),
        None => {
            syllables(rank, out);
            let count = endings.split(' ').count();
            out.push_str(endings.split(' ').nth(rank % count).unwrap_or_default());
        }
    }
}

fn surname(rank: usize) -> String {
    let mut out = String::new();
    word(SURNAMES, "ov enko sen ez ski mann", rank, &mut out);
    out[..1].make_ascii_uppercase();
    out
}

/// A word for a number that no other number has.
fn syllables(mut number: usize, out: &mut String) {
    const ONSETS: [&str; 16] = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    loop {
        out.push_str(ONSETS[number % 16]);
        out.push_str(VOWELS[number / 16 % 5]);
        number /= 80;
        if number == 0 {
            return out.push('r');
        }
    }
}

/// Digits that are letters, so that the number is an ordinary word.
fn base26(mut number: u64) -> String {
    let mut out = String::new();
    loop {
        out.push((b'a' + (number % 26) as u8) as char);
        number /= 26;
        if number == 0 {
            return out;
        }
    }
}

/// Words whose number of articles grows with the archive, from frequent to rare: for queries.
pub(crate) fn query_words() -> Vec<String> {
    let ranks = [3, 8, 15, 30, 45, 60, 75, 90, 200, 500, 1_000, 3_000, 8_000, 20_000];
    let of = |rank: &usize| {
        let mut out = String::new();
        word(NOUNS, "ation er ment ity ship ance", *rank, &mut out);
        out
    };
    ranks.iter().map(of).collect()
}

/// Phrases that many articles have.
pub(crate) fn query_phrases() -> Vec<String> {
    let pairs = ADJECTIVES.iter().take(12).zip(NOUNS.iter().take(12));
    pairs.map(|(adjective, noun)| format!("{adjective} {noun}")).collect()
}

/// Changes one file in `share` below `dir`, where [`write`] wrote the first `count` articles. Gives how many articles are
/// in those files.
///
/// # Errors
/// Those of the disk.
pub(crate) fn change(dir: &Path, count: u64, share: usize) -> io::Result<u64> {
    let mut changed = 0;
    let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().flatten();
    for entry in files.filter(|entry| entry.file_type().is_file()).skip(share / 2).step_by(share) {
        let text = fs::read_to_string(entry.path())?;
        let is_batch = entry.path().extension().is_some_and(|extension| extension == "jsonl");
        changed += if is_batch { text.lines().count() as u64 } else { 1 };
        fs::write(
            entry.path(),
            text.replacen("government", "administration", 1) + if is_batch { "" } else { "\nEnd.\n" },
        )?;
    }
    debug_assert!(changed <= count);
    Ok(changed)
}

/// Bytes of text that were written.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Written {
    /// Articles.
    pub articles: u64,
    /// Files.
    pub files: u64,
    /// Bytes of headlines and bodies.
    pub text: u64,
}

/// Writes the first `count` articles below `dir`: most in JSON Lines files of [`BATCH`] articles, every fifth as a text
/// file with the furniture of its page, in folders by outlet and month.
///
/// # Errors
/// Those of the disk.
pub(crate) fn write(dir: &Path, count: u64) -> io::Result<Written> {
    let mut written = Written::default();
    for first in (0..count).step_by(BATCH as usize) {
        let folder = dir.join(format!("exports/{:03}", first / BATCH / 1000));
        fs::create_dir_all(&folder)?;
        let mut batch = BufWriter::new(File::create(folder.join(format!("{:08}.jsonl", first)))?);
        written.files += 1;
        for number in first..count.min(first + BATCH) {
            let made = article(number);
            written.articles += 1;
            written.text += (made.title.len() + made.body.len()) as u64;
            if number % LOOSE == 1 {
                written.files += 1;
                write_loose(dir, number, &made)?;
            } else {
                let url = format!(
                    "https://{}.example/{}/{number}",
                    made.source.to_lowercase().replace(' ', "-"),
                    &made.date[..4]
                );
                let line = serde_json::json!({
                    "title": made.title, "text": made.body, "date": made.date, "source": made.source, "url": url,
                });
                writeln!(batch, "{line}")?;
            }
        }
        batch.flush()?;
    }
    Ok(written)
}

fn write_loose(dir: &Path, number: u64, made: &Made) -> io::Result<()> {
    let outlet = made.source.to_lowercase().replace(' ', "-");
    let folder = dir.join(format!("pages/{outlet}/{}", made.date[..7].replace('-', "/")));
    fs::create_dir_all(&folder)?;
    let mut file = BufWriter::new(File::create(folder.join(format!("{number}.txt")))?);
    writeln!(file, "{}\n\nBy {}\n{}\n", made.title, made.speaker, made.date)?;
    let furniture = FURNITURE[(number / LOOSE) as usize % FURNITURE.len()];
    writeln!(file, "{}\n\n{furniture}\n\n© {}", made.body, made.source)?;
    file.flush()
}

/// Random numbers that are the same on every machine (SplitMix64, Steele, Lea and Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The sequence of a number.
    pub(crate) fn new(number: u64) -> Random {
        let mut random = Random(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Below `below`, all alike.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    /// A rank below `count`, by Zipf's law with exponent 1.
    pub(crate) fn zipf(&mut self, count: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((((count + 1) as f64).ln() * unit).exp() as usize).saturating_sub(1).min(count - 1)
    }
}
