//! Places: every one named in an article, told apart and placed on the map.
//!
//! Candidates come from the gazetteer (`spot`), what is no place is thrown out (`reject`), each name is given one
//! sense (`resolve`), and mentions of one place are gathered here.

mod context;
pub mod gazetteer;
mod government;
mod key;
mod known;
mod memory;
mod reject;
mod resolve;
mod sort;
mod spot;
#[cfg(test)]
mod tests;
mod words;

use self::context::Context;
use self::gazetteer::How;
use self::known::{Known, Sense};
use self::reject::Verdict;
use self::resolve::{Evidence, Hint, Mention};
use self::sort::{Sort, THOUSANDS_200};
use self::spot::Spot;
use self::words::Classes;
use super::names::Names;
use crate::annotations::{Place, PlaceKind, Span};
use crate::article::Article;
use crate::text::{Kind, Tokens};

/// A name of the gazetteer in the text, and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Candidate<'m> {
    spot: Spot,
    known: &'m Known,
    sort: Sort,
    /// The region or country that follows it and holds it: "Paris, Texas".
    holder: Option<Sense>,
    /// Whether "in", "near", "the village of" and the like lead to it, over others of a list where it stands in one.
    located: bool,
    /// Whether "from", "to", "visited" and the like do.
    aimed: bool,
    /// Whether "in" and the like lead to it itself.
    led: bool,
}

/// Finds the places in the body of `article`, most often named first.
pub fn find(article: &Article, tokens: &Tokens, names: &Names) -> Vec<Place> {
    memory::with(tokens.numbering(), |memory| {
        let spots = spot::find(&article.body, tokens, memory);
        if spots.is_empty() {
            return Vec::new();
        }
        let dateline = article.dateline.as_ref().map_or(0, |d| d.end);
        memory.expect(tokens.numbers());
        let context = Context::new(&article.body, tokens, memory, dateline);
        let candidates = candidates(&context, &spots);
        let verdicts = verdicts(&context, names, &candidates);
        let evidence = evidence(&context, &candidates, &verdicts);
        let mentions = mentions(&context, &candidates, &verdicts);
        gather(&context, &mentions, &evidence)
    })
}

fn candidates<'m>(context: &Context<'m>, spots: &[Spot]) -> Vec<Candidate<'m>> {
    let mut out: Vec<Candidate> = Vec::with_capacity(spots.len());
    for spot in spots {
        let Some(known) = context.memory.known(spot.name) else { continue };
        let before = out.last().filter(|before| context.goes_on(&before.spot, spot));
        // "Toronto's Scarborough": of a place that was just named.
        let owner = out.last().filter(|owner| !owner.sort.demonym && context.is_owned_by(&owner.spot, spot));
        let lead = context.lead(spot);
        let led = context.is_located(spot, lead);
        let located = led
            || owner.is_some()
            || before.is_some_and(|before| before.located && !before.sort.demonym)
            // "tours to Galway and Cork"
            || before.is_some_and(|before| before.aimed && !before.sort.demonym && !reject::is_common(context, &before.spot));
        let aimed = context.is_aimed_at(lead) || before.is_some_and(|before| before.aimed && !before.sort.demonym);
        out.push(Candidate { spot: *spot, known, sort: known.sort, holder: None, located, aimed, led });
    }
    // From the last on, so that "Austin, in Scott County, Indiana" begins with the one county of that state.
    for at in (0..out.len().saturating_sub(1)).rev() {
        let (Some(this), Some(next)) = (out.get(at), out.get(at + 1)) else { continue };
        let holder = holder(context, this, next);
        // "Rome and Dalton in northwest Georgia": one of the two leads to the other.
        let leads = next.holder.is_some() && is_listed_with_held(context, this, next);
        if let Some(this) = out.get_mut(at) {
            this.holder = holder;
            this.located |= leads;
        }
    }
    // A list goes on behind a place with its state: "in Manchester, New Hampshire, and Nashua".
    for at in 2..out.len() {
        let (Some(first), Some(outer), Some(this)) = (out.get(at - 2), out.get(at - 1), out.get(at)) else { continue };
        let goes_on = first.holder.is_some() && context.goes_on(&outer.spot, &this.spot);
        if let Some(this) = out.get_mut(at).filter(|_| goes_on) {
            this.located = true;
        }
    }
    out
}

/// Whether `this` stands in a list before `next`, behind which "in" and its region come.
fn is_listed_with_held(context: &Context, this: &Candidate, next: &Candidate) -> bool {
    context.goes_on(&this.spot, &next.spot) && context.word(next.spot.end) == "in" && !this.sort.demonym
}

/// `Dalton in northwest Georgia`: nothing but "in" and a direction between the two.
fn is_in(context: &Context, this: &Candidate, next: &Candidate) -> bool {
    let (end, first) = (this.spot.end, next.spot.first);
    let side = |at: usize| !context.is_capital(at) && context.is(at, Classes::SIDE);
    let town = !(this.sort.country || this.sort.large || this.sort.capital);
    town && context.word(end) == "in" && first > end && first - end <= 3 && (end + 1..first).all(side)
}

/// The region or country that `next` means if it holds `this`: "Austin, Texas", "Austin (Texas)", "Austin, in Texas".
fn holder(context: &Context, this: &Candidate, next: &Candidate) -> Option<Sense> {
    let joined = context.token(this.spot.end).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Open));
    let first = next.spot.first;
    let near = first == this.spot.end + 1 || (first == this.spot.end + 2 && context.word(this.spot.end + 1) == "in");
    if !(joined && near || is_in(context, this, next)) || this.sort.demonym {
        return None;
    }
    // A country in a list of states is no town: "Georgia, Florida and Alabama".
    if this.sort.country
        && !context.token(next.spot.end).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Stop | Kind::Close))
    {
        return None;
    }
    let following = |at: usize| context.token(at).is_some_and(|t| t.is_upper() && !t.starts_sentence());
    if this.sort.country && following(next.spot.end + 1) {
        return None;
    }
    resolve::holder(this, next)
}

fn verdicts(context: &Context, names: &Names, candidates: &[Candidate]) -> Vec<Verdict> {
    let told = reject::by_names(context, names, candidates);
    let mut bodies = vec![false; context.memory.numbers()];
    let mut people = bodies.clone();
    let mut verdicts = Vec::with_capacity(candidates.len());
    let mut holds = false;
    for (candidate, told) in candidates.iter().zip(told) {
        let Candidate { spot, sort, .. } = candidate;
        let chained = candidate.holder.is_some();
        let alone = spot.end == spot.first + 1 && !sort.demonym && !chained && !holds;
        let (person, named_after) = (reject::is_person(context, candidate), reject::is_named_after(context, spot));
        if alone && (person || !sort.is_known() && reject::part_of_longer(context, candidate)) {
            mark(&mut people, spot);
        }
        // "West Nile virus", and later "the first West Nile case".
        if named_after && !sort.country && !sort.capital {
            mark(&mut people, spot);
        }
        // What holds the place before it needs no more proof: "Portland, OR".
        let verdict = match () {
            () if holds => Verdict::Mention,
            () if spot::is_degree(context, spot) => Verdict::Nothing,
            () => reject::judge(context, candidate, person || named_after),
        };
        // "Arden Pharmaceuticals", and later "Arden said".
        if verdict == Verdict::Nothing && reject::names_company(context, spot) {
            mark(&mut bodies, spot);
        }
        let body = verdict == Verdict::Mention && reject::is_of_body(context, spot);
        holds = chained;
        verdicts.push(match told {
            Some(Verdict::Nothing) if !sort.demonym => Verdict::Nothing,
            Some(Verdict::Evidence) if verdict == Verdict::Mention && !sort.demonym && !body => Verdict::Evidence,
            _ => verdict,
        });
    }
    // A family name stands alone later on: "Jordan said". A country that is also somewhere in the text stays one.
    let somewhere = |c: &Candidate| c.located || c.holder.is_some() || context.in_dateline(&c.spot);
    let mut sure = vec![false; people.len()];
    candidates.iter().filter(|c| c.sort.is_known() && somewhere(c)).for_each(|c| mark(&mut sure, &c.spot));
    for (candidate, verdict) in candidates.iter().zip(&mut verdicts) {
        let spot = &candidate.spot;
        if is_marked(&people, spot) && !is_marked(&sure, spot) && !somewhere(candidate) {
            *verdict = Verdict::Nothing;
        }
        if is_marked(&bodies, spot)
            && candidate.sort.weight < THOUSANDS_200
            && candidate.holder.is_none()
            && !context.is_inside(spot)
        {
            *verdict = Verdict::Nothing;
        }
    }
    verdicts
}

/// Marks the name of `spot`.
fn mark(names: &mut [bool], spot: &Spot) {
    if let Some(name) = names.get_mut(spot.number) {
        *name = true;
    }
}

fn is_marked(names: &[bool], spot: &Spot) -> bool {
    names.get(spot.number).is_some_and(|name| *name)
}

fn evidence(context: &Context, candidates: &[Candidate], verdicts: &[Verdict]) -> Evidence {
    let mut evidence = Evidence::of(context.memory.numbers());
    for (candidate, verdict) in candidates.iter().zip(verdicts) {
        if *verdict == Verdict::Nothing {
            continue;
        }
        match &candidate.holder {
            Some(holder) => evidence.add_sense(candidate.spot.number, holder, 1.0),
            None => evidence.add(candidate),
        }
    }
    evidence
}

fn mentions<'m>(context: &Context, candidates: &[Candidate<'m>], verdicts: &[Verdict]) -> Vec<Mention<'m>> {
    let mut mentions = Vec::with_capacity(candidates.len());
    let mut outer = None;
    for (candidate, verdict) in candidates.iter().zip(verdicts) {
        let Candidate { spot, known, led, .. } = *candidate;
        if *verdict == Verdict::Mention {
            let follows = spot.behind.is_some_and(|at| context.is(at, Classes::REGIONAL));
            let resident = candidate.sort.country && context.has_residents(&spot);
            let hint = Hint { inside: candidate.holder, outer, region: follows, town: resident };
            let proof = spot.end > spot.first + 1
                || candidate.located
                || candidate.aimed
                || context.in_dateline(&spot)
                || context.has_residents(&spot)
                || matches!(context.word(spot.end), "MP" | "MPs" | "MSP" | "Mayor")
                || reject::is_of_body(context, &spot);
            mentions.push(Mention { spot, known, hint, proof, led });
        }
        outer = candidate.holder;
    }
    mentions
}

/// What the article says of one name, in all its mentions.
#[derive(Clone, Default)]
struct Told {
    /// What holds it, as told last.
    inside: Option<Sense>,
    /// What it is where it holds another one, as told last.
    outer: Option<Sense>,
    /// Whether something speaks for it.
    spoken_for: bool,
    /// What was chosen last, and where it stands among the places found.
    chosen: Option<(Hint, Option<Sense>)>,
    slot: Option<(Sense, usize)>,
}

/// One [`Place`] for each place meant, with its mentions.
fn gather(context: &Context, mentions: &[Mention], evidence: &Evidence) -> Vec<Place> {
    // One sense per article: what is told of a name once holds for all of it.
    let mut told = told(context, mentions);
    let mut rows: Vec<gazetteer::Row> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for mention in mentions {
        let Mention { spot, known, .. } = mention;
        let name = spot.number;
        let Some(told) = told.get_mut(name) else { continue };
        let mut hint = mention.hint;
        if !hint.region && hint.outer.is_none() {
            hint.inside = hint.inside.or(told.inside);
            // "Atlanta, Georgia", then "Georgia"; but not "Buffalo, New York", then "New York".
            hint.outer = told.outer.filter(|_| known.sort.country);
        }
        let sense = match &told.chosen {
            Some((known, sense)) if *known == hint => *sense,
            _ => resolve::choose(name, known, &hint, evidence),
        };
        told.chosen = Some((hint, sense));
        let Some(sense) = sense else { continue };
        // The other spelling of a small town is as often another thing: the Iskander is a missile.
        let small = sense.facts.weight < THOUSANDS_200 && sense.is_town() && sense.how == How::Alternate;
        if small && hint.inside.is_none() && hint.outer.is_none() && !evidence.knows_beside(name, &sense) {
            continue;
        }
        // "the North West" is one of a country that the article speaks of.
        if is_direction(context, spot) && (sense.is_town() || !evidence.knows_beside(name, &sense)) {
            continue;
        }
        if !told.spoken_for && !reject::is_credible(&sense.facts, evidence.knows(&sense)) {
            continue;
        }
        let slot = match told.slot {
            Some((known, slot)) if known == sense => slot,
            _ => rows.iter().position(|row| *row == sense.row).unwrap_or(rows.len()),
        };
        told.slot = Some((sense, slot));
        if slot == places.len() {
            places.push(context.memory.place(&sense));
            rows.push(sense.row);
        }
        if let Some(place) = places.get_mut(slot) {
            add(place, context, mention, &sense);
        }
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.mentions.len()));
    places
}

/// What the mentions say of each name, by its number.
fn told(context: &Context, mentions: &[Mention]) -> Vec<Told> {
    let mut all = vec![Told::default(); context.memory.numbers()];
    for Mention { spot, hint, proof, .. } in mentions {
        let Some(told) = all.get_mut(spot.number) else { continue };
        told.inside = hint.inside.or(told.inside);
        told.outer = hint.outer.or(told.outer);
        told.spoken_for |= hint.inside.is_some() || hint.outer.is_some() || *proof;
    }
    all
}

/// Whether the name is nothing but directions: "North-West", "South East".
fn is_direction(context: &Context, spot: &Spot) -> bool {
    let word = |at: usize| context.token(at).is_some_and(|t| t.kind == Kind::Word);
    (spot.first..spot.end).filter(|at| word(*at)).all(|at| context.is(at, Classes::SIDE))
}

fn add(place: &mut Place, context: &Context, mention: &Mention, sense: &Sense) {
    let spot = &mention.spot;
    let (Some(first), Some(last)) = (context.tokens.get(spot.first), context.tokens.get(spot.end - 1)) else { return };
    // "Kursk Oblast": what says in capitals that it is a region is part of its name.
    let kind = spot.behind.filter(|at| context.is_capital(*at) && context.is(*at, Classes::REGIONAL));
    let kind = kind.filter(|at| {
        let body = context.behind(at + 1).is_some_and(|next| context.is_capital(next));
        let body = body || matches!(context.word(at + 1), "of" | "for");
        sense.facts.kind == PlaceKind::Region && !body
    });
    let kind = kind.and_then(|at| context.token(at));
    let first = context.article_before(spot.first).unwrap_or(first);
    let span = Span { start: first.start, end: kind.map_or(last.end, |t| t.end) };
    if sense.how == How::Demonym {
        place.demonyms.push(span);
        return;
    }
    place.mentions.push(span);
    place.in_dateline |= span.start < context.dateline;
    place.as_government |= !mention.led && government::is_meant(context, spot, &sense.facts);
}
