//! From the tree to what the matcher and the engines work on: numbered words, numbered conditions on other fields,
//! and an expression over both.

use std::ops::Range;

use super::ast::{DateRange, Node, NodeKind, Numbers, Reach, Unit, Word};
use super::pattern::Pattern;
use super::spans::{Expr, NearExpr};
use crate::field::{Field, Kind, VALUE_GAP};
use crate::names::Tier;

/// A query ready to be run and to be shown.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What must hold.
    pub expr: Expr,
    /// The words, by their number in [`Expr::Leaf`].
    pub leaves: Vec<Leaf>,
    /// The conditions on other fields, by their number in [`Expr::Field`].
    pub conditions: Vec<Condition>,
}

/// One word of a query: the one place where it becomes the set of forms that it stands for, in an index and in a text.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// As in the query.
    pub word: Word,
    /// A word of a text is meant if it fits any of them. The first is the word of the query itself.
    pub forms: Vec<Form>,
}

/// One form that a leaf stands for.
#[derive(Debug, Clone)]
pub enum Form {
    /// Words with the same stem as this folded word, in the language of the text.
    Stem(String),
    /// Folded words that fit a pattern.
    Fits(Pattern),
    /// This folded word, which is another spelling of a name.
    Spelling(String, Tier),
}

/// What must hold of a field that is not running text.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Which field.
    pub field: Field,
    /// What of it.
    pub test: Test,
}

/// What a field must hold.
#[derive(Debug, Clone)]
pub enum Test {
    /// Words of names, or whole values: a plan of its own over the words (the values) of the field.
    Words(Plan),
    /// Any of these places, by their gazetteer ids.
    Places(Vec<u32>),
    /// A time in this range.
    Days(DateRange),
    /// A number in this range.
    Numbers(Numbers),
}

/// What of a query cannot be run, and where it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError {
    /// Bytes of the query.
    pub span: Range<usize>,
    /// One line.
    pub message: String,
}

/// Makes the plan of `node`. Words without a field are looked for in headline and body.
///
/// # Errors
/// A pattern that cannot be compiled, or a condition on the article where only words of its text can stand.
pub fn plan(node: &Node) -> Result<Plan, PlanError> {
    Plan::of(node, Of::Text)
}

impl Form {
    /// The form that `word` is by itself.
    ///
    /// # Errors
    /// A regular expression that is not valid, or too large to compile.
    pub fn of(word: &Word) -> Result<Form, String> {
        Ok(match word {
            Word::Stem(text) => Form::Stem(text.clone()),
            _ => Form::Fits(Pattern::new(word)?),
        })
    }
}

impl Plan {
    /// Calls `visit` with every leaf: of the text (field `None`), and of the conditions on other fields.
    pub fn each_leaf_mut(&mut self, visit: &mut dyn FnMut(Option<Field>, &mut Leaf)) {
        self.leaves.iter_mut().for_each(|leaf| visit(None, leaf));
        for condition in &mut self.conditions {
            if let Test::Words(plan) = &mut condition.test {
                plan.leaves.iter_mut().for_each(|leaf| visit(Some(condition.field), leaf));
            }
        }
    }

    fn of(node: &Node, of: Of) -> Result<Plan, PlanError> {
        let mut planner = Planner { plan: Plan { expr: Expr::All, leaves: Vec::new(), conditions: Vec::new() }, of };
        planner.plan.expr = planner.expr(node)?;
        Ok(planner.plan)
    }
}

/// What the words of a plan are words of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Running text.
    Text,
    /// The names in a field, which have no stems.
    Names(Field),
    /// The values of a field, each compared whole.
    Values(Field),
}

struct Planner {
    plan: Plan,
    of: Of,
}

impl Planner {
    fn expr(&mut self, node: &Node) -> Result<Expr, PlanError> {
        Ok(match &node.kind {
            NodeKind::All => Expr::All,
            _ if self.of != Of::Text && !stands_in_names(node) => {
                let message = "only words, phrases, AND, OR, NOT and w/n can stand in a field".to_owned();
                return Err(PlanError { span: node.span.clone(), message });
            }
            NodeKind::Phrase(phrase) if matches!(self.of, Of::Values(_)) => {
                let value: Vec<&str> = phrase.slots.iter().filter_map(|slot| slot.first().map(Word::text)).collect();
                Expr::Leaf(self.leaf(&Word::Exact(value.join(" ")), node)?)
            }
            NodeKind::Word(word) => Expr::Leaf(self.leaf(word, node)?),
            NodeKind::Phrase(phrase) => {
                let slots = phrase.slots.iter().map(|slot| slot.iter().map(|word| self.leaf(word, node)).collect());
                Expr::Phrase(slots.collect::<Result<_, PlanError>>()?, self.in_one_value(phrase.slop))
            }
            NodeKind::Near(near) => Expr::Near(Box::new(NearExpr {
                left: self.words_only(&near.left)?,
                right: self.words_only(&near.right)?,
                reach: match near.reach {
                    Reach::Words(n) => Reach::Words(self.in_one_value(n)),
                    unit => unit,
                },
                ordered: near.ordered,
                negated: near.negated,
            })),
            NodeKind::And(nodes) => Expr::And(self.all(nodes)?),
            NodeKind::Or(nodes) => Expr::Or(self.all(nodes)?),
            NodeKind::Not(inner) => Expr::Not(Box::new(self.expr(inner)?)),
            NodeKind::In(field, inner) => self.in_field(*field, inner)?,
            NodeKind::Places(ids) => self.condition(Field::Place, Test::Places(ids.clone())),
            NodeKind::Date(field, range) => self.condition(*field, Test::Days(*range)),
            NodeKind::Number(field, range) => self.condition(*field, Test::Numbers(*range)),
            NodeKind::Within(unit @ (Unit::Quote | Unit::Article), inner) => {
                Expr::Within(*unit, Box::new(self.expr(inner)?))
            }
            NodeKind::Within(unit, inner) => Expr::Within(*unit, Box::new(self.words_only(inner)?)),
            NodeKind::AtLeast(count, inner) => Expr::AtLeast(*count, Box::new(self.words_only(inner)?)),
            NodeKind::Case(case, inner) => Expr::Case(*case, Box::new(self.words_only(inner)?)),
            NodeKind::Boost(boost, inner) => Expr::Boost(*boost, Box::new(self.expr(inner)?)),
        })
    }

    /// A distance that does not lead from one name of a field to the next.
    fn in_one_value(&self, words: u32) -> u32 {
        if self.of == Of::Text { words } else { words.min(VALUE_GAP - 1) }
    }

    /// The expression of a node in which only words can stand.
    fn words_only(&mut self, node: &Node) -> Result<Expr, PlanError> {
        let expr = self.expr(node)?;
        if is_of_words(&expr) {
            return Ok(expr);
        }
        let message =
            "only words can stand here: a condition on the article, or a quotation, has no place inside".into();
        Err(PlanError { span: node.span.clone(), message })
    }

    fn all(&mut self, nodes: &[Node]) -> Result<Vec<Expr>, PlanError> {
        nodes.iter().map(|node| self.expr(node)).collect()
    }

    fn in_field(&mut self, field: Field, inner: &Node) -> Result<Expr, PlanError> {
        if self.of == Of::Names(field) || self.of == Of::Values(field) {
            return self.expr(inner); // the field named twice: place:(place:minsk)
        }
        if self.of != Of::Text {
            let message = format!("`{}:` cannot stand inside another field", field.name());
            return Err(PlanError { span: inner.span.clone(), message });
        }
        if field == Field::Said {
            return Ok(Expr::Within(Unit::Quote, Box::new(self.expr(inner)?)));
        }
        if let (Kind::Text, Some(region)) = (field.kind(), field.region()) {
            return Ok(Expr::Region(region, Box::new(self.words_only(inner)?)));
        }
        let values = field.kind() == Kind::Keyword || field == Field::Country;
        let plan = Plan::of(inner, if values { Of::Values(field) } else { Of::Names(field) })?;
        Ok(self.condition(field, Test::Words(plan)))
    }

    fn condition(&mut self, field: Field, test: Test) -> Expr {
        self.plan.conditions.push(Condition { field, test });
        Expr::Field(self.plan.conditions.len() - 1)
    }

    fn leaf(&mut self, word: &Word, node: &Node) -> Result<usize, PlanError> {
        let leaves = &mut self.plan.leaves;
        if let Some(known) = leaves.iter().position(|leaf| leaf.word == *word) {
            return Ok(known);
        }
        let form = match (self.of, word) {
            (Of::Values(Field::Id | Field::Cluster), word) => {
                let digits = word.text().trim_end_matches('*');
                Form::of(&Word::Wildcard(format!("{digits}*")))
            }
            (Of::Names(_) | Of::Values(_), Word::Stem(text)) => Form::of(&Word::Exact(text.clone())),
            _ => Form::of(word),
        };
        let form = form.map_err(|message| PlanError { span: node.span.clone(), message })?;
        leaves.push(Leaf { word: word.clone(), forms: vec![form] });
        Ok(leaves.len() - 1)
    }
}

/// Whether a node makes sense among names or values.
fn stands_in_names(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Near(near) => matches!(near.reach, Reach::Words(_)),
        NodeKind::Within(..) | NodeKind::AtLeast(..) | NodeKind::Case(..) => false,
        _ => true,
    }
}

/// Whether positions alone decide an expression.
fn is_of_words(expr: &Expr) -> bool {
    match expr {
        Expr::All | Expr::Field(_) | Expr::Within(Unit::Quote | Unit::Article, _) => false,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_of_words),
        Expr::Not(inner)
        | Expr::Within(_, inner)
        | Expr::AtLeast(_, inner)
        | Expr::Region(_, inner)
        | Expr::Boost(_, inner)
        | Expr::Case(_, inner) => is_of_words(inner),
        Expr::Leaf(_) | Expr::Phrase(..) | Expr::Near(_) => true,
    }
}
