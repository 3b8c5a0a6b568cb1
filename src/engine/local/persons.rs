//! One person once: full names as articles give them, put together across the spellings in which they are written.
//!
//! Only on full evidence: the surnames are spellings of one name, and so are the forenames (or one is the initial of the
//! other, and of nobody else's). What stands between must not speak against it: George W. Bush is not George H. W. Bush.
//! A surname alone stays alone: whom an article means by it, the article says, and extraction has read that.

use rustc_hash::FxHashMap;

use crate::names::aliases::{self, Aliases};
use crate::names::taught::{Taught, normal};
use crate::names::{key, words};

/// Names with how often each occurs, joined to persons.
#[derive(Default)]
pub(super) struct Persons {
    /// The person of each name, by its number.
    of: FxHashMap<String, usize>,
    /// The names of each person, the most frequent first.
    names: Vec<Vec<String>>,
}

/// A full name taken apart.
struct Name<'n> {
    written: &'n str,
    normal: String,
    count: u64,
    forename: String,
    between: Vec<String>,
    surname: String,
}

impl Persons {
    /// Joins `names`. What the user `taught` goes before all rules.
    pub(super) fn new<'n>(names: impl Iterator<Item = (&'n str, u64)>, taught: &Taught) -> Persons {
        let mut all: Vec<(&str, u64)> = names.collect();
        all.sort_unstable();
        let (full, single): (Vec<_>, Vec<_>) =
            all.into_iter().map(|(name, count)| taken_apart(name, count)).partition(|name| !name.forename.is_empty());
        let mut joining = Joining::new(&full, taught);
        joining.run();
        let mut groups: Vec<Vec<&Name>> = joining
            .groups
            .iter()
            .filter(|group| !group.is_empty())
            .map(|group| group.iter().map(|i| &full[*i]).collect())
            .collect();
        groups.extend(single.iter().map(|name| vec![name]));
        let groups = joined_by_hand(groups, taught);
        let mut persons = Persons::default();
        for mut group in groups {
            group.sort_by(|a, b| (b.count, b.written.len(), a.written).cmp(&(a.count, a.written.len(), b.written)));
            let person = persons.names.len();
            persons.of.extend(group.iter().map(|name| (name.written.to_owned(), person)));
            persons.names.push(group.iter().map(|name| name.written.to_owned()).collect());
        }
        persons
    }

    /// The most frequent name of the person who is called `name`; itself if nobody is known by it.
    pub(super) fn name_of<'a>(&'a self, name: &'a str) -> &'a str {
        self.names_of(name).first().map_or(name, String::as_str)
    }

    /// All names of the person who is called `name`, the most frequent first.
    pub(super) fn names_of(&self, name: &str) -> &[String] {
        self.of.get(name).and_then(|person| self.names.get(*person)).map_or(&[], Vec::as_slice)
    }

    /// All persons, each with all names.
    pub(super) fn all(&self) -> impl Iterator<Item = &[String]> {
        self.names.iter().map(Vec::as_slice)
    }
}

/// The first and the last word of a name; both empty for one word. Of what is no person's name they are no more alike
/// than those of other names, so that nothing is lost by taking it apart.
fn taken_apart(written: &str, count: u64) -> Name<'_> {
    let mut parts = words(written);
    let suffix = |word: &String| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
    while parts.len() > 2 && parts.last().is_some_and(suffix) {
        parts.pop();
    }
    let normal = parts.join(" ");
    let (mut forename, mut surname) = (String::new(), String::new());
    if parts.len() > 1 {
        forename = parts.remove(0);
        surname = parts.pop().unwrap_or_default();
    } else {
        parts.clear();
    }
    Name { written, normal, count, forename, between: parts, surname }
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Brings names together.
struct Joining<'a> {
    all: &'a [Name<'a>],
    taught: &'a Taught,
    groups: Vec<Vec<usize>>,
    /// The groups that have a surname.
    by_surname: FxHashMap<&'a str, Vec<usize>>,
    /// The surnames of the archive that are spellings of each.
    surnames: FxHashMap<&'a str, Vec<&'a str>>,
    forenames: FxHashMap<&'a str, Aliases>,
}

impl<'a> Joining<'a> {
    fn new(all: &'a [Name<'a>], taught: &'a Taught) -> Joining<'a> {
        let mut forenames: FxHashMap<&str, Aliases> = FxHashMap::default();
        // In their order, so that every block of the table is unpacked once.
        let mut distinct: Vec<&str> = all.iter().map(|name| name.forename.as_str()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        for forename in distinct {
            forenames.insert(forename, aliases::of(forename));
        }
        let surnames = spellings(all.iter().map(|name| name.surname.as_str()).collect());
        Joining { all, taught, groups: Vec::new(), by_surname: FxHashMap::default(), surnames, forenames }
    }

    fn run(&mut self) {
        // What says most comes first; what could be several people's comes last.
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|i| (is_initial(&self.all[*i].forename), self.all[*i].between.is_empty()));
        for i in order {
            let found = self.groups_of(i);
            let target = match found.as_slice() {
                [] => None,
                [one] => Some(*one),
                [first, rest @ ..] if !is_initial(&self.all[i].forename) && self.are_one(&found) => {
                    for other in rest {
                        let moved = std::mem::take(&mut self.groups[*other]);
                        self.groups[*first].extend(moved);
                    }
                    Some(*first)
                }
                _ => None, // it could be either: it stays by itself
            };
            let target = target.unwrap_or_else(|| {
                self.groups.push(Vec::new());
                self.groups.len() - 1
            });
            self.groups[target].push(i);
            let all = self.all;
            for member in &self.groups[target] {
                let list = self.by_surname.entry(&all[*member].surname).or_default();
                if !list.contains(&target) {
                    list.push(target);
                }
            }
        }
    }

    /// The groups that name `i` may belong to.
    fn groups_of(&self, i: usize) -> Vec<usize> {
        let name = &self.all[i];
        let surnames = self.surnames.get(name.surname.as_str()).map(Vec::as_slice).unwrap_or_default();
        let near = surnames.iter().copied().chain([name.surname.as_str()]);
        let mut groups: Vec<usize> =
            near.filter_map(|surname| self.by_surname.get(surname)).flatten().copied().collect();
        groups.sort_unstable();
        groups.dedup();
        groups.retain(|group| {
            let members = &self.groups[*group];
            let split = members.iter().any(|j| self.taught.are_split(&name.normal, &self.all[*j].normal));
            let against = members.iter().any(|j| differ_between(name, &self.all[*j]));
            !split && !against && members.iter().any(|j| self.forenames_fit(name, &self.all[*j]))
        });
        groups
    }

    fn forenames_fit(&self, a: &Name, b: &Name) -> bool {
        let (x, y) = (a.forename.as_str(), b.forename.as_str());
        if x == y {
            return true;
        }
        if is_initial(x) || is_initial(y) {
            return x.chars().next() == y.chars().next();
        }
        let known = self.forenames.get(x).map(|aliases| aliases.names.as_slice()).unwrap_or_default();
        let keys = key::all(y);
        let shared = |key: &String| key::decides(key, x, y) && keys.contains(key);
        let linked = |key: &String| key::links(key) && keys.contains(key);
        known.iter().any(|name| name == y)
            || key::all(x).iter().any(shared)
            || known.iter().any(|name| key::all(name).iter().any(linked))
    }

    /// Whether nothing speaks against several groups being one person.
    fn are_one(&self, groups: &[usize]) -> bool {
        let members: Vec<&Name> = groups.iter().flat_map(|group| &self.groups[*group]).map(|i| &self.all[*i]).collect();
        let mut pairs = members.iter().enumerate().flat_map(|(i, a)| members[i + 1..].iter().map(move |b| (*a, *b)));
        !pairs.any(|(a, b)| differ_between(a, b) || self.taught.are_split(&a.normal, &b.normal))
    }
}

/// Whether the words between forename and surname speak against one person.
fn differ_between(a: &Name, b: &Name) -> bool {
    let (Some(x), Some(y)) = (a.between.first(), b.between.first()) else { return false };
    key::is_cyrillic(x) == key::is_cyrillic(y) && x.chars().next() != y.chars().next()
}

/// For each of some surnames those among them that are its spellings.
fn spellings(mut surnames: Vec<&str>) -> FxHashMap<&str, Vec<&str>> {
    surnames.sort_unstable();
    surnames.dedup();
    let mut by_key: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for surname in &surnames {
        key::all(surname).into_iter().for_each(|key| by_key.entry(key).or_default().push(surname));
    }
    let mut found: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for surname in &surnames {
        let known = aliases::of(surname);
        let in_archive = |name: &String| surnames.binary_search(&name.as_str()).ok().map(|at| surnames[at]);
        let mut others: Vec<&str> = known.names.iter().filter_map(in_archive).collect();
        for key in key::all(surname) {
            let near = by_key.get(&key).into_iter().flatten().copied();
            others.extend(near.filter(|other| other != surname && key::decides(&key, surname, other)));
        }
        for key in known.names.iter().flat_map(|name| key::all(name)).filter(|key| key::links(key)) {
            others.extend(by_key.get(&key).into_iter().flatten().copied().filter(|other| other != surname));
        }
        others.sort_unstable();
        others.dedup();
        for other in others {
            for (one, another) in [(*surname, other), (other, *surname)] {
                let list = found.entry(one).or_default();
                if !list.contains(&another) {
                    list.push(another);
                }
            }
        }
    }
    found
}

/// Puts together what was taught to be one.
fn joined_by_hand<'n>(groups: Vec<Vec<&'n Name<'n>>>, taught: &Taught) -> Vec<Vec<&'n Name<'n>>> {
    if taught.is_empty() {
        return groups;
    }
    let mut joined: Vec<Vec<&Name>> = Vec::with_capacity(groups.len());
    for group in groups {
        let is_one = |other: &Vec<&Name>| {
            other.iter().any(|a| group.iter().any(|b| taught.are_one(&a.normal, &normal(&b.normal))))
        };
        match joined.iter_mut().find(|other| is_one(other)) {
            Some(other) => other.extend(group),
            None => joined.push(group),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn persons(names: &[&str], taught: &str) -> Vec<String> {
        let counted = names.iter().enumerate().map(|(i, name)| (*name, 100 - i as u64));
        let persons = Persons::new(counted, &Taught::parse(taught));
        let mut groups: Vec<String> = persons.all().map(|names| names.join(" = ")).collect();
        groups.sort();
        groups
    }

    #[test]
    fn one_person_once_and_two_people_twice() {
        let names = [
            "Volodymyr Zelensky",
            "Volodymyr Zelenskiy",
            "Wolodymyr Selenskyj",
            "Владимир Зеленский",
            "Dmitri Peskov",
            "Dmitry S. Peskov",
            "George Bush",
            "Laura Bush",
            "White House",
            "Peskov",
            "Alexander Lukashenko",
            "Aleksandr Lukashenka",
        ];
        let expected = [
            "Alexander Lukashenko = Aleksandr Lukashenka",
            "Dmitri Peskov = Dmitry S. Peskov",
            "George Bush",
            "Laura Bush",
            "Peskov",
            "Volodymyr Zelensky = Volodymyr Zelenskiy = Wolodymyr Selenskyj = Владимир Зеленский",
            "White House",
        ];
        assert_eq!(persons(&names, ""), expected);
    }

    #[test]
    fn initials_and_what_stands_between() {
        assert_eq!(persons(&["Vladimir Putin", "V. Putin"], ""), ["Vladimir Putin = V. Putin"]);
        assert_eq!(persons(&["Anna Lee", "Albert Lee", "A. Lee"], ""), ["A. Lee", "Albert Lee", "Anna Lee"]);
        let bushes = ["George W. Bush", "George H. W. Bush", "George Bush"];
        assert_eq!(persons(&bushes, ""), ["George Bush", "George H. W. Bush", "George W. Bush"]);
        assert_eq!(persons(&bushes[1..], ""), ["George H. W. Bush = George Bush"]);
    }

    #[test]
    fn what_was_taught_goes_first() {
        let names = ["Boris Johnson", "BoJo", "Boris Jonson"];
        assert_eq!(persons(&names, "Boris Johnson, BoJo, Boris Jonson"), ["Boris Johnson = BoJo = Boris Jonson"]);
        let two = ["Sergei Ivanov", "Sergey Ivanov"];
        assert_eq!(persons(&two, ""), ["Sergei Ivanov = Sergey Ivanov"]);
        assert_eq!(persons(&two, "Sergei Ivanov != Sergey Ivanov"), ["Sergei Ivanov", "Sergey Ivanov"]);
    }
}
