//! The answer, as the schema shows it.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use async_graphql::{Error, Object, Result};
use domain::cmdb::Catalogue;
use domain::cmdb::impact::{Affected, Edge, Node, State, Step};
use domain::kernel::CiId;
use projections::cis::impact::{Agreement, Explored, Found};
use projections::cis::{At, CiRow};

use super::words::ImpactState;
use crate::graphql::ci::Ci;
use crate::graphql::scalar::Position;

/// What was reached, shared by all that shows a part of it.
pub(super) struct Whole {
    pub(super) explored: Explored,
    pub(super) at: At,
    pub(super) catalogue: Arc<Catalogue>,
}

/// What falls when an item fails, or what it leans on.
pub(super) struct Impact(pub(super) Arc<Whole>);

/// An item that was reached.
pub(super) struct ImpactNode {
    whole: Arc<Whole>,
    node: Node,
}

/// A relation that a failure is followed along.
pub(super) struct ImpactEdge {
    whole: Arc<Whole>,
    edge: Edge,
}

/// A step on the way to an item.
pub(super) struct ImpactStep {
    whole: Arc<Whole>,
    step: Step,
}

/// A service that suffers.
pub(super) struct ImpactService {
    whole: Arc<Whole>,
    service: CiId,
    by: CiId,
}

/// A contract with a customer that is concerned.
pub(super) struct ImpactAgreement {
    whole: Arc<Whole>,
    agreement: Agreement,
}

impl Whole {
    fn found(&self) -> &Found {
        &self.explored.found
    }

    fn rows(&self) -> &HashMap<CiId, CiRow> {
        &self.explored.rows
    }

    fn item(&self, id: CiId) -> Result<Ci> {
        let row = self.rows().get(&id).cloned();
        let row = row.ok_or_else(|| Error::new("an item that was reached has no row"))?;
        Ok(Ci { row, at: self.at, catalogue: Arc::clone(&self.catalogue) })
    }

    fn items(&self, ids: &[CiId]) -> Result<Vec<Ci>> {
        ids.iter().map(|id| self.item(*id)).collect()
    }

    fn name(&self, id: CiId) -> &str {
        self.rows().get(&id).map_or("", |row| row.name.as_str())
    }

    /// `PDU 1 → power_a → Server 1`: the way from what was asked about.
    fn way(&self, node: &Node) -> String {
        let mut steps = self.found().answer.reason(node);
        steps.reverse();
        let mut way = String::new();
        for step in steps {
            // A text takes whatever is written into it.
            let _ = write!(way, "{} → {} → ", self.name(step.by), step.relation);
        }
        way.push_str(self.name(node.ci));
        way
    }
}

impl Impact {
    fn nodes_where(&self, keep: impl Fn(&Node, &CiRow) -> bool) -> Vec<ImpactNode> {
        let all = self.0.found().answer.nodes.iter();
        let kept =
            all.filter(|node| self.0.rows().get(&node.ci).is_some_and(|row| keep(node, row)));
        let shown = |node: &Node| ImpactNode { whole: Arc::clone(&self.0), node: node.clone() };
        kept.map(shown).collect()
    }
}

/// What falls when an item fails, or what it leans on.
#[Object(name = "CiImpact")]
impl Impact {
    /// The items, the nearest first; the one that is asked about among them.
    async fn nodes(&self) -> Vec<ImpactNode> {
        self.nodes_where(|_, _| true)
    }

    /// The relations between them, out of items nearer than the depth.
    async fn edges(&self) -> Vec<ImpactEdge> {
        let edges = self.0.found().answer.edges.iter();
        edges.map(|edge| ImpactEdge { whole: Arc::clone(&self.0), edge: edge.clone() }).collect()
    }

    /// Whether there was more than is named: at most 20,000 items over 100,000 relations are.
    async fn truncated(&self) -> bool {
        self.0.found().answer.truncated
    }

    /// The services that fall, or that items provide which do.
    async fn services(&self) -> Vec<ImpactService> {
        let affected = Affected::of(&self.0.catalogue);
        let nodes = self.nodes_where(|node, row| {
            node.state == State::Impacted && affected.is_service(row.class_id)
        });
        let fallen = nodes.into_iter().map(|it| {
            let by = it.node.by.as_ref().map_or(it.node.ci, |step| step.by);
            (it.node.ci, by)
        });
        let mut services: Vec<(CiId, CiId)> = fallen.collect();
        for (service, by) in &self.0.explored.services {
            let is_there = self.0.rows().contains_key(service);
            if is_there && !services.iter().any(|(known, _)| known == service) {
                services.push((*service, *by));
            }
        }
        let shown = |(service, by)| ImpactService { whole: Arc::clone(&self.0), service, by };
        services.into_iter().map(shown).collect()
    }

    /// The people and teams among the items that fall.
    async fn contacts(&self) -> Vec<ImpactNode> {
        let affected = Affected::of(&self.0.catalogue);
        self.nodes_where(|node, row| {
            node.state == State::Impacted && affected.is_contact(row.class_id)
        })
    }

    /// The contracts with customers that cover services or items which fall, and what they promise.
    async fn agreements(&self) -> Vec<ImpactAgreement> {
        let agreements = self.0.explored.agreements.iter();
        let shown = |agreement: &Agreement| ImpactAgreement {
            whole: Arc::clone(&self.0),
            agreement: agreement.clone(),
        };
        agreements.map(shown).collect()
    }

    /// The place in the log after which items and relations were so; asked about again, the answer is
    /// the same.
    async fn position(&self) -> Position {
        Position::Number(self.0.found().position)
    }
}

/// An item that was reached.
#[Object]
impl ImpactNode {
    /// The item, as it was.
    async fn ci(&self) -> Result<Ci> {
        self.whole.item(self.node.ci)
    }

    /// What becomes of it.
    async fn state(&self) -> ImpactState {
        self.node.state.into()
    }

    /// How many relations away it is; with redundancy, the round in which the last thing fell that it
    /// needed.
    async fn depth(&self) -> u32 {
        self.node.depth
    }

    /// Why, in words: the way to it, `PDU 1 → power_a → Server 1`, or `1 of 2 up`.
    async fn reason(&self) -> String {
        match self.node.up {
            Some((up, all)) => format!("{up} of {all} up"),
            None => self.whole.way(&self.node),
        }
    }

    /// The way to it, the last step first; empty for what is asked about.
    async fn steps(&self) -> Vec<ImpactStep> {
        let steps = self.whole.found().answer.reason(&self.node).into_iter();
        steps.map(|step| ImpactStep { whole: Arc::clone(&self.whole), step }).collect()
    }

    /// Of an item that does not fall: how many of those that feed it are up.
    async fn up(&self) -> Option<u32> {
        self.node.up.map(|(up, _)| up)
    }

    /// Of an item that does not fall: how many feed it.
    async fn of(&self) -> Option<u32> {
        self.node.up.map(|(_, all)| all)
    }
}

/// A relation that a failure is followed along.
#[Object]
impl ImpactEdge {
    /// The item that the relation goes out from, as it is stored.
    async fn from(&self) -> Result<Ci> {
        self.whole.item(self.edge.from)
    }

    /// The item that it goes to.
    async fn to(&self) -> Result<Ci> {
        self.whole.item(self.edge.to)
    }

    /// Its name, such as `runs_on`.
    async fn relation(&self) -> &str {
        &self.edge.relation
    }
}

/// A step on the way to an item.
#[Object]
impl ImpactStep {
    /// The item before.
    async fn by(&self) -> Result<Ci> {
        self.whole.item(self.step.by)
    }

    /// The relation that leads on from it.
    async fn relation(&self) -> &str {
        &self.step.relation
    }
}

/// A service that suffers.
#[Object]
impl ImpactService {
    /// The service.
    async fn ci(&self) -> Result<Ci> {
        self.whole.item(self.service)
    }

    /// The nearest item that falls and provides it.
    async fn by(&self) -> Result<Ci> {
        self.whole.item(self.by)
    }
}

/// A contract with a customer that is concerned. What is retired or out of service is left out.
#[Object]
impl ImpactAgreement {
    /// The contract.
    async fn contract(&self) -> Result<Ci> {
        self.whole.item(self.agreement.contract)
    }

    /// The SLAs that it promises.
    async fn slas(&self) -> Result<Vec<Ci>> {
        self.whole.items(&self.agreement.slas)
    }

    /// What it covers: services that items provide which fall, then what falls itself, the nearest
    /// first.
    async fn covers(&self) -> Result<Vec<Ci>> {
        self.whole.items(&self.agreement.covers)
    }
}
