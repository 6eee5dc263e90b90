//! Rows become commands: some hundred at a time are looked up, decided and appended together.
//!
//! A row sees what the rows before it have made. One that is faulty is taken back alone; when an append
//! meets somebody else's, its rows are decided anew, in the end one by one. Called by the import of a
//! file and by the door for inventories.

mod apply;
mod define;
mod find;
mod only;
mod plan;

use std::collections::BTreeSet;

use domain::kernel::{CiId, ClaimKey};
use journal::BulkError;
use projections::Waiter;
use sqlx::PgPool;

use super::error::CisError;
use super::fault::Fault;
use super::report::{Answer, Done};
use super::row::{Body, Bond, Row};
use super::speaker::Speaker;
use crate::gateway::GatewayError;
use crate::gateway::bulk::Work;
use apply::Failure;
use find::Finder;
pub(super) use plan::Plan;

/// How often rows are decided anew because somebody else was first.
const ROUNDS: usize = 3;
/// How deep keys stand in keys, and then some: so often keys are looked up before rows are decided.
const DEPTH: usize = 12;

/// See the module.
#[derive(Debug)]
pub(super) struct Engine {
    /// Who says all this.
    pub(super) speaker: Speaker,
    /// Whether what is odd is refused.
    pub(super) strict: bool,
    /// For what inventories ask of the views.
    pub(super) reads: PgPool,
    pub(super) waiter: Waiter,
}

impl Engine {
    /// Decides and appends these rows; an answer each.
    pub(super) async fn rows(
        &self,
        work: &mut Work<'_>,
        rows: &[Row],
    ) -> Result<Vec<Answer>, CisError> {
        for _ in 0..ROUNDS {
            let answers = self.decided(work, rows).await?;
            match work.flush().await {
                Ok(()) => return Ok(answers),
                Err(BulkError::Conflict) => work.forget(),
                Err(BulkError::Journal(error)) => return Err(error.into()),
            }
        }
        if let [_] = rows {
            return Ok(vec![Err(Fault::Busy)]);
        }
        let mut answers = Vec::with_capacity(rows.len());
        for row in rows {
            answers.extend(Box::pin(self.rows(work, std::slice::from_ref(row))).await?);
        }
        Ok(answers)
    }

    async fn decided(&self, work: &mut Work<'_>, rows: &[Row]) -> Result<Vec<Answer>, CisError> {
        let plans = look_ahead(work, rows).await?;
        let mut answers = Vec::with_capacity(rows.len());
        for (row, plan) in rows.iter().zip(plans) {
            work.begin_row();
            // An identity that was given up in between may be what the plan went by, or a second item
            // of a name have come.
            let plan = plan.filter(|plan| !work.has_released() && !plan.alone);
            let answer = match &row.body {
                Err(fault) => Err(fault.clone()),
                Ok(body) => match self.row(work, body, plan).await {
                    Ok(done) if self.strict && !done.notes.is_empty() => {
                        Err(Fault::Strict(done.notes.join("; ")))
                    }
                    Ok(done) => Ok(done),
                    Err(Failure::Row(fault)) => Err(fault),
                    Err(Failure::All(error)) => return Err(error.into()),
                },
            };
            answers.push(match answer {
                Ok(done) => Ok(done),
                Err(fault) => {
                    work.take_back();
                    let fault = apply::naming(work, fault).await?;
                    Err(self.speaker.queue(work, fault).await?)
                }
            });
        }
        Ok(answers)
    }

    async fn row(
        &self,
        work: &mut Work<'_>,
        body: &Body,
        plan: Option<Plan>,
    ) -> Result<Done, Failure> {
        match body {
            Body::Item(item) => {
                let plan = match plan {
                    Some(plan) => plan,
                    None => found(work, |finder| finder.plan(item)).await?,
                };
                let holder = found(work, |finder| finder.identified(&plan)).await?;
                apply::item(work, (plan, holder), &self.speaker).await
            }
            Body::Bond(bond) => self.bond(work, bond).await,
            Body::Define(class) => define::define(work, class).await,
            Body::Only(only) => self.only(work, only).await,
        }
    }

    /// A relation by itself adds to what is there. Where there is place for one, a second is refused.
    async fn bond(&self, work: &mut Work<'_>, bond: &Bond) -> Result<Done, Failure> {
        let from = found(work, |finder| finder.end("from", &bond.from)).await?;
        let to = found(work, |finder| finder.end("to", &bond.to)).await?;
        let mut done = Done::default();
        apply::relate(work, (from, &bond.relation, to), &self.speaker.origin, &mut done).await?;
        done.is_new = done.events > 0;
        Ok(done)
    }
}

/// Looks up all the keys that these rows name, and loads the items, as far as they are there yet. The
/// plans of rows about items, as far as they can be made before the rows before them are decided.
async fn look_ahead(work: &mut Work<'_>, rows: &[Row]) -> Result<Vec<Option<Plan>>, GatewayError> {
    let mut plans: Vec<Option<Plan>> = rows.iter().map(|_| None).collect();
    let mut items: BTreeSet<CiId> = BTreeSet::new();
    let mut waiting: Vec<usize> = (0..rows.len()).collect();
    for _ in 0..DEPTH {
        let mut finder = Finder::new(work);
        waiting.retain(|&nr| {
            let named = match &rows[nr].body {
                Ok(body) => finder.named(body, &mut plans[nr]),
                Err(_) => return false,
            };
            match named {
                // What is wrong with it is said when its turn comes.
                Err(_) => false,
                Ok(None) => true,
                Ok(Some(found)) => {
                    items.extend(found);
                    false
                }
            }
        });
        let asked: Vec<ClaimKey> = std::mem::take(&mut finder.asked).into_iter().collect();
        let beginnings: Vec<String> = std::mem::take(&mut finder.begun).into_iter().collect();
        if asked.is_empty() && beginnings.is_empty() {
            break;
        }
        work.look_up(asked).await?;
        work.look_up_beginnings(beginnings).await?;
    }
    work.load(items).await?;
    Ok(plans)
}

/// What the finder finds, when everything is looked up that it asks for.
async fn found<T>(
    work: &mut Work<'_>,
    mut find: impl FnMut(&mut Finder<'_, '_>) -> find::Found<T>,
) -> Result<T, Failure> {
    loop {
        let mut finder = Finder::new(work);
        let found = find(&mut finder)?;
        let Finder { asked, begun, free, .. } = finder;
        work.suppose_free(free);
        if let Some(found) = found {
            return Ok(found);
        }
        work.look_up(asked.into_iter().collect()).await?;
        work.look_up_beginnings(begun.into_iter().collect()).await?;
    }
}

impl Finder<'_, '_> {
    /// The items that a row names; a row about an item gets its plan on the way.
    fn named(&mut self, body: &Body, plan: &mut Option<Plan>) -> find::Found<Vec<CiId>> {
        match body {
            Body::Item(item) => {
                if plan.is_none() {
                    *plan = self.plan(item)?;
                }
                let Some(plan) = plan else { return Ok(None) };
                let holder = self.identified(plan)?;
                Ok(holder.map(|holder| plan.items().chain(holder).collect()))
            }
            Body::Bond(bond) => {
                let (from, to) = (self.end("from", &bond.from)?, self.end("to", &bond.to)?);
                Ok(from.zip(to).map(|(from, to)| vec![from, to]))
            }
            Body::Define(_) | Body::Only(_) => Ok(Some(Vec::new())),
        }
    }
}
