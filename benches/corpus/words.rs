//! What the articles are made of.

/// Nouns, the most frequent first.
pub(super) const NOUNS: &[&str] = &[
    "government", "talks", "agreement", "ceasefire", "election", "minister", "border", "energy", "market", "police",
    "hospital", "budget", "troops", "court", "party", "bank", "school", "inflation", "water", "company", "bridge",
    "tariff", "vaccine", "harbour", "railway", "pipeline", "harvest", "vote", "protest", "strike", "reform", "treaty",
    "parliament", "prison", "university", "airport", "factory", "flood", "earthquake", "referendum", "pension", "wheat",
    "satellite", "embassy", "convoy", "inquiry", "refugee", "sanction", "deployment", "negotiation", "sovereignty",
    "coalition", "opposition", "currency", "investment", "unemployment", "drought", "reservoir", "turbine", "museum",
    "orchestra", "stadium", "championship", "transfer", "injury", "goalkeeper", "festival", "novel", "exhibition",
    "archive", "laboratory", "genome", "telescope", "glacier", "species", "emission", "forest", "fishery", "mine",
    "dockyard", "tunnel", "subsidy", "mortgage", "merger", "audit", "dividend", "bond", "tribunal", "verdict", "appeal",
    "witness", "prosecutor", "amnesty", "curfew", "checkpoint", "hostage", "militia", "ambassador", "communique",
];

/// Verbs in the past tense.
pub(super) const VERBS: &[&str] = &[
    "reached", "rejected", "approved", "announced", "delayed", "opened", "closed", "criticised", "welcomed", "blocked",
    "supported", "suspended", "extended", "signed", "denied", "confirmed", "postponed", "reviewed", "expanded",
    "cancelled", "threatened", "defended", "discussed", "halted", "resumed", "lifted", "imposed", "doubled", "cut",
    "raised", "lost", "won", "built", "sold", "bought", "sent", "withdrew", "joined", "left", "proposed",
];

/// Adjectives.
pub(super) const ADJECTIVES: &[&str] = &[
    "new", "regional", "national", "military", "public", "joint", "local", "foreign", "economic", "final", "northern",
    "southern", "eastern", "western", "urgent", "limited", "senior", "former", "federal", "independent", "domestic",
    "international", "rural", "digital", "temporary", "peaceful", "controversial", "annual", "criminal", "industrial",
    "historic", "diplomatic", "humanitarian", "nuclear", "renewable", "coastal", "medical", "legal", "fragile", "secret",
];

/// Main clauses without their stop.
pub(super) const CLAUSES: &[&str] = &[
    "the $a $n will not be $v before the $n",
    "we have $v the $n and we expect a $a $n",
    "there is no $n without a $a $n",
    "the $n of $C must be $v by the $n",
    "nobody in $L has $v the $a $n",
    "the $a $n has been $v for too long",
    "our $n and their $n are not the same $n",
    "it was a $a $n for the people of $L",
    "every $n in $M was $v within $k days",
    "the $n would be $v once the $n had been $v",
];

/// Sentences that state something.
pub(super) const STATEMENTS: &[&str] = &[
    "The $a $n $v the $n of $L on $w after a $a $n with the $n.",
    "$C $v its $a $n in $M, where the $n and the $n had been $v since $d.",
    "More than $k people were $v when the $n near $M was $v.",
    "The $n, which was $v in $M last year, has $v a $a $n and $k further $ns.",
    "A $a $n from $C said that $c.",
    "Officials in $M said on $w that $c.",
    "In $L the $n is $a, but the $n of the $n is not, and $c.",
    "The two sides $v the $n on $d and agreed on a $a $n.",
    "It was the first time since $d that a $a $n had $v the $n.",
    "The $n rose by $k per cent, the $n by less than that, after the $n had $v the $a $n.",
    "Because of the $n, the $a $n of $M was $v until $w.",
    "The $n of the $n and the $a $n of the $n were $v by the $n in $L.",
    "Some of the $ns were $v; others were $v in $M or taken to a $n.",
    "Next month the $n is to be $v by a $a $n from $M.",
    "A spokesman for the $n declined to say whether the $n had been $v.",
    "There were no reports of a $a $n, although the $n had been $v two weeks ago.",
];

/// Sentences in which somebody speaks.
pub(super) const QUOTED: &[&str] = &[
    "“$Q,” $p, the $r of $C, said on $w.",
    "“$Q,” $s said. “$Q.”",
    "$s told reporters in $L: “$Q.”",
    "The $r said that $c.",
    "“$Q,” $s added, “and $c.”",
    "According to $p, $c.",
    "$s denied that $c, and called the $n “$a”.",
    "Asked about the $n, $s said: “$Q. $Q.”",
];

/// Cities, the most frequent first.
pub(super) const PLACES: &[&str] = &[
    "Geneva", "London", "Paris", "Moscow", "Kyiv", "Brussels", "Berlin", "Washington", "Beijing", "Minsk", "Ankara",
    "Tehran", "Cairo", "Nairobi", "Lagos", "Delhi", "Tokyo", "Seoul", "Warsaw", "Vienna", "Rome", "Madrid", "Lisbon",
    "Athens", "Sofia", "Bucharest", "Budapest", "Prague", "Riga", "Vilnius", "Tallinn", "Helsinki", "Stockholm", "Oslo",
    "Copenhagen", "Dublin", "Edinburgh", "Manchester", "Marseille", "Lyon", "Hamburg", "Munich", "Milan", "Naples",
    "Barcelona", "Istanbul", "Tbilisi", "Yerevan", "Baku", "Tashkent", "Almaty", "Kabul", "Karachi", "Dhaka", "Bangkok",
    "Hanoi", "Manila", "Jakarta", "Sydney", "Auckland", "Toronto", "Montreal", "Chicago", "Houston", "Boston", "Denver",
    "Bogota", "Lima", "Santiago", "Quito", "Havana", "Khartoum", "Kampala", "Lusaka", "Harare", "Dakar", "Accra", "Tunis",
    "Algiers", "Rabat", "Beirut", "Amman", "Damascus", "Baghdad", "Riyadh", "Doha", "Muscat", "Aden", "Kharkiv", "Odesa",
];

/// Countries, the most frequent first.
pub(super) const COUNTRIES: &[&str] = &[
    "Russia", "Ukraine", "France", "Germany", "China", "Belarus", "Turkey", "Iran", "Egypt", "Kenya", "India", "Japan",
    "Poland", "Austria", "Italy", "Spain", "Portugal", "Greece", "Bulgaria", "Romania", "Hungary", "Latvia", "Lithuania",
    "Estonia", "Finland", "Sweden", "Norway", "Denmark", "Ireland", "Canada", "Mexico", "Brazil", "Argentina", "Chile",
    "Peru", "Colombia", "Sudan", "Uganda", "Zambia", "Ghana", "Nigeria", "Senegal", "Tunisia", "Morocco", "Lebanon",
    "Jordan", "Syria", "Iraq", "Qatar", "Oman", "Yemen", "Pakistan", "Bangladesh", "Thailand", "Vietnam", "Indonesia",
];

pub(super) const FORENAMES: &[&str] = &[
    "Anna", "Maria", "Elena", "Ruth", "Ingrid", "Sofia", "Amina", "Leila", "Grace", "Helen", "Irina", "Olga", "Clara",
    "Julia", "Nadia", "Peter", "Ivan", "Sergei", "Mark", "Paul", "Thomas", "Andrei", "Omar", "Karim", "Samuel", "David",
    "Martin", "Viktor", "Jan", "Erik",
];

pub(super) const SURNAMES: &[&str] =
    &["Walker", "Petrov", "Novak", "Schmidt", "Okafor", "Haddad", "Larsen", "Moreau", "Rossi", "Tanaka", "Mendes"];

pub(super) const ROLES: &[&str] = &[
    "foreign minister", "president", "mayor", "governor", "defence minister", "chief prosecutor", "trade secretary",
    "union leader", "central bank governor", "health minister", "head coach", "opposition leader",
];

pub(super) const OUTLETS: &[&str] = &[
    "Harbour Post", "Evening Ledger", "North Wire", "City Courier", "The Meridian", "Valley Herald", "Coast Tribune",
    "World Dispatch", "Daily Beacon", "Free Observer", "Lake Gazette", "Union Telegraph",
];

pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// What pages have around their articles.
pub(super) const FURNITURE: &[&str] = &[
    "Share this article\n\nRead more: What we know so far\n\nSign up for our newsletter",
    "Follow us on Twitter\n\nMost read\n\nComments are closed",
    "Advertisement\n\nRelated articles\n\nTerms of use | Privacy policy",
];
