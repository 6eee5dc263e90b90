//! Cleaning up: what is of no use is found, shown, and taken back unless it is only to be shown.
//!
//! Done again it finds nothing of what was taken back. Whoever cleans up may take grants back, and
//! sees everybody's; each one is taken back by itself, so that what is refused stops no other.

use std::collections::BTreeSet;

use async_graphql::{Context, InputObject, Result, SimpleObject};
use domain::access::Permission;
use domain::access::model::{AccessSubject, Grant};
use domain::access::shadow::shadowed;
use domain::access_request::words::Ending;
use domain::kernel::{GrantId, SubjectAccessId};
use domain::subject_access::command::{Expire, Revoke};
use domain::subject_access::{SubjectAccess, SubjectAccessCommand};
use journal::Receipt;
use projections::leftovers::{Leftover, doubled, leftovers};

use super::batch::Said;
use super::payload::VIEWS;
use super::types::{AccessGrant, grant};
use super::words::{AccessCleanUpKind, AccessCleanUpOutcome};
use crate::gateway::Step;
use crate::graphql::access::{allowed, now, reads_all};
use crate::graphql::command::{Answer, Order, perform_together, shown};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, forbidden, internal, unread};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// Most grants that one run sees to.
const MOST: u16 = 1_000;
/// As many when nothing is said.
const USUAL: u16 = 100;
/// Subjects that are looked at for doubles in one go.
const PAGE: i64 = 100;

/// What is looked for.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CleanUpAccessInput {
    /// Of which kinds.
    kinds: Vec<AccessCleanUpKind>,
    /// Whether it is only shown what would be taken back.
    #[graphql(default = true)]
    dry_run: bool,
    /// How many grants the run sees to at most, 1 to 1,000; absent: 100.
    most: Option<u16>,
    #[graphql(flatten)]
    said: Said,
}

/// A grant that was found, and what became of it.
#[derive(SimpleObject)]
pub(super) struct AccessCleanUpResult {
    /// Why it was found.
    kind: AccessCleanUpKind,
    /// The grant as it is now; null when the read side has not caught up within two seconds.
    grant: Option<AccessGrant>,
    /// Of a duplicate, one that gives all of it and stays.
    shadowed_by: Option<AccessGrant>,
    /// What became of it.
    outcome: AccessCleanUpOutcome,
    /// Why it was refused; empty when it was not.
    user_errors: Vec<UserError>,
}

/// What was found, and what became of it.
#[derive(SimpleObject)]
pub(super) struct AccessCleanUpPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// What was found, at most as much as was asked for.
    results: Vec<AccessCleanUpResult>,
    /// Whether there is more than that.
    has_more: bool,
    /// Why something was not done: all that the results say. Empty when all was done.
    user_errors: Vec<UserError>,
    /// Where the last change stands in the log; null when nothing changed.
    position: Option<Position>,
}

/// A grant that was found.
struct Found {
    kind: Leftover,
    subject: AccessSubject,
    grant: GrantId,
    shadowed_by: Option<GrantId>,
}

/// Finds what is of no use, and takes it back unless it is only to be shown.
pub(super) async fn clean_up(
    cx: &Context<'_>,
    input: CleanUpAccessInput,
) -> Result<AccessCleanUpPayload> {
    if allowed(cx, Permission::AccessRevoke).is_err() || !reads_all(cx, Permission::AccessRead) {
        return Err(forbidden());
    }
    // Also when there is nothing to do.
    if let Err(error) = input.said.must_fit() {
        return Ok(AccessCleanUpPayload {
            client_mutation_id: input.said.client_mutation_id,
            results: Vec::new(),
            has_more: false,
            user_errors: vec![error],
            position: None,
        });
    }
    let most = input.most.unwrap_or(USUAL);
    if !(1..=MOST).contains(&most) {
        return Err(bad_request(format!("1 to {MOST} grants at once")));
    }
    let kinds: BTreeSet<Leftover> = input.kinds.iter().map(|kind| (*kind).into()).collect();
    let mut found = found(cx, &kinds, usize::from(most) + 1).await?;
    let has_more = found.len() > usize::from(most);
    found.truncate(most.into());
    let mut last: Option<Receipt> = None;
    let mut became = Vec::with_capacity(found.len());
    for one in &found {
        if input.dry_run || one.kind == Leftover::PrivilegedWithoutEnd {
            became.push((AccessCleanUpOutcome::Found, Vec::new()));
            continue;
        }
        match taken(cx, one, &input.said).await? {
            Answer::Done(_, receipt) => {
                // The later the further: what shows the last shows all.
                last = Some(receipt).filter(|it| it.token.is_some()).or(last);
                became.push((AccessCleanUpOutcome::Done, Vec::new()));
            }
            Answer::Refused(error) => became.push((AccessCleanUpOutcome::Refused, vec![error])),
        }
    }
    let is_shown = match &last {
        Some(receipt) => shown(cx, VIEWS, receipt).await?,
        None => true,
    };
    let mut results = Vec::with_capacity(found.len());
    for (one, (outcome, user_errors)) in found.into_iter().zip(became) {
        let by = one.shadowed_by.filter(|_| is_shown);
        results.push(AccessCleanUpResult {
            kind: one.kind.into(),
            grant: if is_shown { grant(cx, one.grant).await? } else { None },
            shadowed_by: match by {
                Some(by) => grant(cx, by).await?,
                None => None,
            },
            outcome,
            user_errors,
        });
    }
    let user_errors = results.iter().flat_map(|result| result.user_errors.clone()).collect();
    Ok(AccessCleanUpPayload {
        client_mutation_id: input.said.client_mutation_id,
        results,
        has_more,
        user_errors,
        position: last.and_then(|receipt| receipt.token).map(Position::Token),
    })
}

/// At most so many, each once.
async fn found(cx: &Context<'_>, kinds: &BTreeSet<Leftover>, most: usize) -> Result<Vec<Found>> {
    let (pool, at) = (&services(cx)?.reads, now(cx)?);
    let limit = i64::try_from(most).map_err(internal)?;
    let asked: Vec<Leftover> = kinds.iter().copied().collect();
    let rows = leftovers(pool, &asked, at, limit).await.map_err(unread)?;
    let mut seen = BTreeSet::new();
    let mut found: Vec<Found> = Vec::new();
    // What goes for one reason is not shown for another.
    for (kind, row) in rows {
        if seen.insert(row.grant_id) {
            let (subject, grant) = (row.subject, row.grant_id);
            found.push(Found { kind, subject, grant, shadowed_by: None });
        }
    }
    if !kinds.contains(&Leftover::Duplicate) {
        return Ok(found);
    }
    let mut after = None;
    while found.len() < most {
        let page = doubled(pool, at, PAGE, after).await.map_err(unread)?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for subject in page {
            let doubles = doubles(cx, subject).await?;
            found.extend(doubles.into_iter().filter(|it| seen.insert(it.grant)));
        }
    }
    found.truncate(most);
    Ok(found)
}

/// What one subject has for nothing.
async fn doubles(cx: &Context<'_>, subject: SubjectAccessId) -> Result<Vec<Found>> {
    let journal = services(cx)?.gateway.journal();
    let access = journal.load::<SubjectAccess>(subject.0).await.map_err(internal)?.state;
    let Some(body) = access.0 else { return Ok(Vec::new()) };
    let grants: Vec<Grant> = body.grants.into_values().collect();
    let (kind, subject) = (Leftover::Duplicate, body.subject);
    let found = shadowed(&grants, now(cx)?).into_iter();
    let found = found.map(|(grant, by)| Found { kind, subject, grant, shadowed_by: Some(by) });
    Ok(found.collect())
}

/// Takes one back, or writes down that it is over, with the end of the request that it came from.
async fn taken(cx: &Context<'_>, one: &Found, said: &Said) -> Result<Answer> {
    let subject: SubjectAccessId = one.subject.stream();
    let (command, ending) = match one.kind {
        Leftover::Expired => (SubjectAccessCommand::Expire(Expire {}), Ending::Expired),
        Leftover::Orphaned | Leftover::Duplicate | Leftover::PrivilegedWithoutEnd => {
            let revoke = Revoke { grant: one.grant };
            (SubjectAccessCommand::Revoke(revoke), Ending::Revoked)
        }
    };
    let gateway = &services(cx)?.gateway;
    let ends = gateway.ends_of(subject, ending, |grant| grant.id == one.grant).await;
    let mut command = vec![Step::Access(subject.0, command)];
    command.extend(ends.map_err(internal)?);
    let key = said.idempotency_key.as_ref().map(|key| format!("{key}/{}", one.grant));
    let reason = said.reason.clone();
    let common = Common { idempotency_key: key, reason, ..Common::default() };
    let order = Order { command, stream: subject.0, common, input_hash: [0; 32] };
    perform_together(cx, order, |_, error| error).await
}
