//! What is done about a row: it is registered, corrected, related, or left as it is.

use std::collections::BTreeMap;

use domain::ci::command::{Correct, Register, Relate, Unrelate};
use domain::ci::event::{CiEvent, Correction};
use domain::ci::{CiCommand, Link, Origin};
use domain::cmdb::{Datum, NAME, Stored};
use domain::kernel::CiId;

use super::plan::Plan;
use crate::gateway::GatewayError;
use crate::gateway::bulk::{Undone, Work};
use crate::workers::cis::fault::Fault;
use crate::workers::cis::report::{Change, Done};
use crate::workers::cis::speaker::Speaker;

/// Why nothing was done about a row.
#[derive(Debug)]
pub(super) enum Failure {
    /// The row's fault.
    Row(Fault),
    /// Nobody's in particular: the import stops.
    All(GatewayError),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Row(fault)
    }
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        Self::All(error)
    }
}

impl From<Undone> for Failure {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Refused(refused) => Self::Row(Fault::Refused(Box::new(refused))),
            Undone::Taken { holder } => Self::Row(Fault::second((None, holder), None)),
            Undone::Forbidden => {
                Self::Row(Fault::NotPermitted("whoever imports may not do what it asks for"))
            }
            Undone::Failed(error) => Self::All(error),
        }
    }
}

impl Failure {
    /// The same of a row about this item.
    fn about(self, id: CiId) -> Self {
        match self {
            Self::Row(fault) => Self::Row(fault.about(id)),
            Self::All(error) => Self::All(error),
        }
    }
}

/// Does what the plan says, about this item or a new one.
pub(super) async fn item(
    work: &mut Work<'_>,
    (plan, holder): (Plan, Option<CiId>),
    speaker: &Speaker,
) -> Result<Done, Failure> {
    match holder {
        Some(id) => correct(work, (id, plan), speaker).await.map_err(|failure| failure.about(id)),
        None => register(work, plan, speaker).await,
    }
}

async fn correct(
    work: &mut Work<'_>,
    (id, mut plan): (CiId, Plan),
    speaker: &Speaker,
) -> Result<Done, Failure> {
    if !speaker.changes_items() {
        return Err(Fault::ChangesNone.into());
    }
    let notes = speaker.keep_own(&work.catalogue(), &mut plan, false);
    let mut done = Done { item: Some(id), notes, ..Done::default() };
    let origin = &speaker.origin;
    // The host is part of an identity: what it is related to changes before what it is called.
    for (relation, targets) in &plan.relations {
        relate_all(work, (id, relation, targets), origin, &mut done).await?;
    }
    let correct = Correct { id, attributes: plan.values, origin: origin.clone() };
    let events = work.decide(id, CiCommand::Correct(Box::new(correct))).await?;
    for event in &events {
        done.events += 1;
        if let CiEvent::FoundAgain(found) = event {
            done.changes.push(Change::found_again(&found.source));
        }
        let Some(correction) = event.correction() else { continue };
        let outranked = work.item(id).and_then(|body| body.counts(&correction.attribute));
        if let Some((source, _)) = outranked.filter(|(source, _)| *source != origin.name) {
            done.notes.push(format!("{}: the word of {source} counts", correction.attribute));
        }
        let names = named(work, correction).await?;
        done.changes.push(Change::of(correction, &names));
    }
    Ok(done)
}

async fn register(work: &mut Work<'_>, mut plan: Plan, speaker: &Speaker) -> Result<Done, Failure> {
    if !speaker.makes_items() {
        return Err(Fault::MakesNone.into());
    }
    let notes = speaker.keep_own(&work.catalogue(), &mut plan, true);
    let id = CiId(work.new_id());
    let values = plan.values.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let links = plan.relations.into_iter().flat_map(|(relation, targets)| {
        targets.into_iter().map(move |to| Link { relation: relation.clone(), to })
    });
    let register = Register {
        id,
        class: plan.class,
        attributes: values.collect::<BTreeMap<_, _>>(),
        relations: links.collect(),
        origin: speaker.origin.clone(),
    };
    let events = work.decide(id, CiCommand::Register(Box::new(register))).await?;
    Ok(Done { item: Some(id), is_new: true, events: events.len() as u64, notes, ..Done::default() })
}

/// From now on a relation of an item goes to these, as far as this source says; what others say of it
/// stays, and what people say goes before where there is place for one.
async fn relate_all(
    work: &mut Work<'_>,
    (id, relation, targets): (CiId, &str, &[CiId]),
    origin: &Origin,
    done: &mut Done,
) -> Result<(), Failure> {
    let single = work.item(id).and_then(|body| {
        work.catalogue().by_id(body.class)?.relation(relation).map(|found| found.single)
    });
    let there: Vec<(CiId, Origin)> = work
        .item(id)
        .and_then(|body| body.relations.get(relation))
        .map(|there| there.iter().map(|(to, origin)| (*to, origin.clone())).collect())
        .unwrap_or_default();
    for (to, said_by) in &there {
        if targets.contains(to) {
            continue;
        }
        let own = said_by.name == origin.name;
        let gives_way = single == Some(true) && !targets.is_empty() && said_by.rank >= origin.rank;
        if own || gives_way {
            let bond = Unrelate { relation: relation.to_owned(), to: *to, origin: origin.clone() };
            let events = work.decide(id, CiCommand::Unrelate(bond)).await?;
            told(work, events, done).await?;
        } else if single == Some(true) && !targets.is_empty() {
            done.notes.push(format!("{relation}: the word of {} counts", said_by.name));
            return Ok(());
        }
    }
    for to in targets {
        if !there.iter().any(|(there, _)| there == to) {
            relate(work, (id, relation, *to), origin, done).await?;
        }
    }
    Ok(())
}

/// Relates an item to another one.
pub(super) async fn relate(
    work: &mut Work<'_>,
    (from, relation, to): (CiId, &str, CiId),
    origin: &Origin,
    done: &mut Done,
) -> Result<(), Failure> {
    let bond = Relate { relation: relation.to_owned(), to, origin: origin.clone() };
    let events = work.decide(from, CiCommand::Relate(bond)).await?;
    told(work, events, done).await
}

async fn told(work: &mut Work<'_>, events: Vec<CiEvent>, done: &mut Done) -> Result<(), Failure> {
    for event in events {
        done.events += 1;
        match event {
            CiEvent::Related(bond) => {
                let to = called(work, bond.to).await?;
                done.changes.push(Change::related(&bond.relation, to));
            }
            CiEvent::Unrelated(bond) => {
                let from = called(work, bond.to).await?;
                done.changes.push(Change::unrelated(&bond.relation, from));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The items that a correction names, before and after, with their names.
async fn named(
    work: &mut Work<'_>,
    correction: &Correction,
) -> Result<BTreeMap<CiId, String>, Failure> {
    let both = correction.from.iter().chain(&correction.to).filter_map(Stored::value);
    let each = both.flat_map(|value| match value {
        Datum::List(values) => values.clone(),
        one => vec![one.clone()],
    });
    let ids: Vec<CiId> = each.filter_map(|value| value.as_reference()).map(CiId).collect();
    let mut names = BTreeMap::new();
    for id in ids {
        names.insert(id, called(work, id).await?);
    }
    Ok(names)
}

/// What people call an item. What tells of a person stays out of reports.
async fn called(work: &mut Work<'_>, id: CiId) -> Result<String, GatewayError> {
    work.load([id]).await?;
    let catalogue = work.catalogue();
    let Some(body) = work.item(id) else { return Ok(id.to_string()) };
    let class = catalogue.by_id(body.class).map_or("", |class| class.name.as_str());
    Ok(match body.value(NAME) {
        Some(Stored::Plain(name)) => format!("{class} {}", name.plain()),
        Some(Stored::Personal(_)) | None => format!("{class} {id}"),
    })
}

/// The fault with what people call the item that has the row's key.
pub(super) async fn naming(work: &mut Work<'_>, mut fault: Fault) -> Result<Fault, GatewayError> {
    if let Fault::SecondMatch { other, called: name, .. } = &mut fault {
        *name = called(work, *other).await?;
    }
    Ok(fault)
}
