//! From the tree to what the matcher and the engines work on: numbered words, numbered conditions on other fields,
//! and an expression over both.

use super::ast::{Node, NodeKind, Unit, Word};
use super::pattern::Pattern;
use super::spans::{Expr, NearExpr};
use crate::field::{Field, Kind};

/// A query ready to be run and to be shown.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What must hold.
    pub expr: Expr,
    /// The words, by their number in [`Expr::Leaf`].
    pub leaves: Vec<Leaf>,
    /// The conditions on other fields, by their number in [`Expr::Field`].
    pub fields: Vec<(Field, Node)>,
    /// How much each part of the top conjunction counts; empty when nothing is boosted.
    pub boosts: Vec<(usize, f32)>,
}

/// One word of the running text.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// As in the query.
    pub word: Word,
    /// What it is compared with; unused for stems.
    pub pattern: Pattern,
}

/// Makes the plan of `node`. Words without a field are looked for in headline and body.
///
/// # Errors
/// A pattern that cannot be compiled, or a condition on the article where only words of its text can stand.
pub fn plan(node: &Node) -> Result<Plan, PlanError> {
    let mut plan = Plan { expr: Expr::All, leaves: Vec::new(), fields: Vec::new(), boosts: Vec::new() };
    plan.expr = plan.expr_of(node)?;
    Ok(plan)
}

/// What of a query cannot be run, and where it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError {
    /// Bytes of the query.
    pub span: std::ops::Range<usize>,
    /// One line.
    pub message: String,
}

impl Plan {
    fn expr_of(&mut self, node: &Node) -> Result<Expr, PlanError> {
        Ok(match &node.kind {
            NodeKind::All => Expr::All,
            NodeKind::Word(word) => Expr::Leaf(self.leaf(word, node)?),
            NodeKind::Phrase(phrase) => {
                let slots = phrase.slots.iter().map(|slot| slot.iter().map(|word| self.leaf(word, node)).collect());
                Expr::Phrase(slots.collect::<Result<_, PlanError>>()?, phrase.slop)
            }
            NodeKind::Near(near) => Expr::Near(Box::new(NearExpr {
                left: self.expr_of(&near.left)?,
                right: self.expr_of(&near.right)?,
                reach: near.reach,
                ordered: near.ordered,
                negated: near.negated,
            })),
            NodeKind::And(nodes) => Expr::And(self.all(nodes)?),
            NodeKind::Or(nodes) => Expr::Or(self.all(nodes)?),
            NodeKind::Not(inner) => Expr::Not(Box::new(self.expr_of(inner)?)),
            NodeKind::In(field, inner) => self.in_field(*field, inner, node)?,
            NodeKind::Places(_) => Expr::All, // only stands below place:
            NodeKind::Date(field, _) => {
                self.fields.push((*field, node.clone()));
                Expr::Field(self.fields.len() - 1)
            }
            NodeKind::Within(Unit::Quote, inner) => Expr::Within(Unit::Quote, Box::new(self.expr_of(inner)?)),
            NodeKind::Within(unit, inner) => Expr::Within(*unit, Box::new(self.words_only(inner)?)),
            NodeKind::AtLeast(count, inner) => Expr::AtLeast(*count, Box::new(self.words_only(inner)?)),
            NodeKind::Case(case, inner) => Expr::Case(*case, Box::new(self.words_only(inner)?)),
            NodeKind::Boost(boost, inner) => {
                let expr = self.expr_of(inner)?;
                if let Expr::Leaf(leaf) = expr {
                    self.boosts.push((leaf, *boost));
                }
                expr
            }
        })
    }

    /// The expression of a node in which only words of the running text can stand.
    fn words_only(&mut self, node: &Node) -> Result<Expr, PlanError> {
        let expr = self.expr_of(node)?;
        if is_of_words(&expr) {
            return Ok(expr);
        }
        let message =
            "only words can stand here: a condition on the article, or a quotation, has no place inside".into();
        Err(PlanError { span: node.span.clone(), message })
    }

    fn all(&mut self, nodes: &[Node]) -> Result<Vec<Expr>, PlanError> {
        nodes.iter().map(|node| self.expr_of(node)).collect()
    }

    fn in_field(&mut self, field: Field, inner: &Node, whole: &Node) -> Result<Expr, PlanError> {
        if field == Field::Said {
            return Ok(Expr::Within(Unit::Quote, Box::new(self.expr_of(inner)?)));
        }
        if let (Kind::Text, Some(region)) = (field.kind(), field.region()) {
            return Ok(Expr::Region(region, Box::new(self.words_only(inner)?)));
        }
        self.fields.push((field, whole.clone()));
        Ok(Expr::Field(self.fields.len() - 1))
    }

    fn leaf(&mut self, word: &Word, node: &Node) -> Result<usize, PlanError> {
        if let Some(known) = self.leaves.iter().position(|leaf| leaf.word == *word) {
            return Ok(known);
        }
        let error = |message| PlanError { span: node.span.clone(), message };
        let pattern = Pattern::new(word).map_err(error)?;
        self.leaves.push(Leaf { word: word.clone(), pattern });
        Ok(self.leaves.len() - 1)
    }
}

/// Whether positions alone decide an expression.
fn is_of_words(expr: &Expr) -> bool {
    match expr {
        Expr::All | Expr::Field(_) | Expr::Within(Unit::Quote, _) => false,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_of_words),
        Expr::Not(inner)
        | Expr::Within(_, inner)
        | Expr::AtLeast(_, inner)
        | Expr::Region(_, inner)
        | Expr::Case(_, inner) => is_of_words(inner),
        Expr::Leaf(_) | Expr::Phrase(..) | Expr::Near(_) => true,
    }
}
