//! Several grants at once: all or none, or each by itself; and what a template grants together.

use async_graphql::{Context, ID, InputObject, InputType, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access::model::AccessSubject;
use domain::kernel::text::{REASON_MAX, required};
use domain::kernel::{AccessTemplateId, GrantId};
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Revoke;
use journal::Receipt;
use serde_json::{Value, json};

use super::deeds::{fresh, steps};
use super::input::{Deed, GrantInput, named};
use super::payload::VIEWS;
use super::templates::grants_of;
use super::types::{AccessGrant, grant};
use super::words::AccessBatchMode;
use crate::gateway::Step;
use crate::graphql::command::{Answer, Order, perform_together, shown};
use crate::graphql::error::bad_request;
use crate::graphql::input::single;
use crate::graphql::payload::{Common, input_hash};
use crate::graphql::permission::subject;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::scalar::Position;

/// Most grants at once.
const ITEMS: usize = 100;
/// The name of all of it, in characters: that of each is longer.
const KEY_MAX: usize = 150;

/// What several people may do from then on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct GrantAccessBatchInput {
    /// 1 to 100 grants.
    items: Vec<GrantInput>,
    /// How they hang together.
    mode: AccessBatchMode,
    #[graphql(flatten)]
    said: Said,
}

/// Grants that are taken back.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RevokeAccessBatchInput {
    /// 1 to 100 grants.
    grant_ids: Vec<ID>,
    /// How they hang together.
    mode: AccessBatchMode,
    #[graphql(flatten)]
    said: Said,
}

/// What a template grants together, all or nothing.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ApplyAccessTemplateInput {
    /// To whom: a person, a service account or a group.
    subject_id: ID,
    /// By which template, as it is now.
    template_id: ID,
    /// From when on, within a year; absent: from now on.
    from: Option<DateTime<Utc>>,
    #[graphql(flatten)]
    said: Said,
}

/// What may be said of several commands together.
#[derive(Debug, Clone, InputObject)]
pub(super) struct Said {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Your name for all of it, at most 150 characters. Sent again with the same input it does nothing
    /// twice and gets the first answer.
    pub(super) idempotency_key: Option<String>,
    /// Why, in your words, at most 2,000 characters; it stands in the history of each.
    pub(super) reason: Option<String>,
}

/// What became of one of several grants.
#[derive(SimpleObject)]
pub(super) struct AccessBatchResult {
    /// The grant as it is now; null when it was refused, when nothing was done at all, and when the
    /// read side has not caught up within two seconds.
    grant: Option<AccessGrant>,
    /// Whether it was done, or was so already.
    done: bool,
    /// Why it was refused; empty when it was not.
    user_errors: Vec<UserError>,
}

/// What became of several grants.
#[derive(SimpleObject)]
pub(super) struct AccessBatchPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// What became of each, in their order.
    results: Vec<AccessBatchResult>,
    /// Why something was not done: all that the results say, each with the `item` in `meta`, counted
    /// from 0; and what kept everything from being done. Empty when all was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the last change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether all of this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

/// What is asked of several grants.
struct Asked {
    deeds: Vec<std::result::Result<Deed, UserError>>,
    mode: AccessBatchMode,
    said: Said,
    input_hash: [u8; 32],
}

/// What became of each, before it is read.
struct Told {
    items: Vec<(Option<GrantId>, Vec<UserError>)>,
    receipt: Option<Receipt>,
    replayed: bool,
    user_errors: Vec<UserError>,
}

/// Grants all of them.
pub(super) async fn grant_all(
    cx: &Context<'_>,
    input: GrantAccessBatchInput,
) -> Result<AccessBatchPayload> {
    let input_hash = input_hash(&GrantAccessBatchInput::type_name(), &input);
    let GrantAccessBatchInput { items, mode, said } = input;
    must_be_few(items.len())?;
    let key = said.idempotency_key.clone();
    let deeds = items
        .into_iter()
        .enumerate()
        .map(|(place, item)| Ok(item.into_deed(fresh(cx, key.as_deref(), place)?)));
    let deeds = deeds.collect::<Result<_>>()?;
    done(cx, Asked { deeds, mode, said, input_hash }).await
}

/// Takes all of them back.
pub(super) async fn revoke_all(
    cx: &Context<'_>,
    input: RevokeAccessBatchInput,
) -> Result<AccessBatchPayload> {
    let input_hash = input_hash(&RevokeAccessBatchInput::type_name(), &input);
    let RevokeAccessBatchInput { grant_ids, mode, said } = input;
    must_be_few(grant_ids.len())?;
    let deed = |id: &ID| {
        let (subject, grant) = named(id)?;
        Ok(Deed { subject, grant, command: SubjectAccessCommand::Revoke(Revoke { grant }) })
    };
    let deeds = grant_ids.iter().map(deed).collect();
    done(cx, Asked { deeds, mode, said, input_hash }).await
}

/// Grants what a template says, by the version it has now.
pub(super) async fn apply(
    cx: &Context<'_>,
    input: ApplyAccessTemplateInput,
) -> Result<AccessBatchPayload> {
    let input_hash = input_hash(&ApplyAccessTemplateInput::type_name(), &input);
    let ApplyAccessTemplateInput { subject_id, template_id, from, said } = input;
    let read = subject("subjectId", &subject_id)
        .and_then(|whom| Ok((whom, single::<AccessTemplateId>("templateId", &template_id)?)));
    let (whom, template) = match read {
        Ok(read) => read,
        Err(error) => return Ok(AccessBatchPayload::refused(said, error)),
    };
    let deeds = match expanded(cx, (whom, template, from), &said).await? {
        Ok(deeds) => deeds,
        Err(error) => return Ok(AccessBatchPayload::refused(said, error)),
    };
    let deeds = deeds.into_iter().map(Ok).collect();
    done(cx, Asked { deeds, mode: AccessBatchMode::Atomic, said, input_hash }).await
}

/// What the template grants, each with the version that it is from.
async fn expanded(
    cx: &Context<'_>,
    (subject, template, from): (AccessSubject, AccessTemplateId, Option<DateTime<Utc>>),
    said: &Said,
) -> Result<std::result::Result<Vec<Deed>, UserError>> {
    let grants = match grants_of(cx, template, from).await? {
        Ok(grants) => grants,
        Err(error) => return Ok(Err(error.at("templateId"))),
    };
    let deeds = grants.into_iter().enumerate().map(|(place, given)| {
        let grant = GrantId(fresh(cx, said.idempotency_key.as_deref(), place)?);
        Ok(Deed { subject, command: given.to(subject, grant), grant })
    });
    deeds.collect::<Result<Vec<Deed>>>().map(Ok)
}

fn must_be_few(items: usize) -> Result<()> {
    match (1..=ITEMS).contains(&items) {
        true => Ok(()),
        false => Err(bad_request(format!("1 to {ITEMS} grants at once"))),
    }
}

async fn done(cx: &Context<'_>, asked: Asked) -> Result<AccessBatchPayload> {
    let client_mutation_id = asked.said.client_mutation_id.clone();
    let told = match asked.mode {
        AccessBatchMode::Atomic => together(cx, asked).await?,
        AccessBatchMode::BestEffort => one_by_one(cx, asked).await?,
    };
    let is_shown = match &told.receipt {
        Some(receipt) => shown(cx, VIEWS, receipt).await?,
        None => false,
    };
    let mut results = Vec::with_capacity(told.items.len());
    let mut faults = told.user_errors;
    for (item, (id, user_errors)) in told.items.into_iter().enumerate() {
        faults.extend(user_errors.iter().cloned().map(|error| error.with("item", json!(item))));
        let shown = match id.filter(|_| is_shown) {
            Some(id) => grant(cx, id).await?,
            None => None,
        };
        results.push(AccessBatchResult { grant: shown, done: id.is_some(), user_errors });
    }
    Ok(AccessBatchPayload {
        client_mutation_id,
        results,
        user_errors: faults,
        position: told.receipt.and_then(|receipt| receipt.token).map(Position::Token),
        replayed: told.replayed,
    })
}

/// All or none.
async fn together(cx: &Context<'_>, asked: Asked) -> Result<Told> {
    let nothing = |faults: Vec<Vec<UserError>>, user_errors| Told {
        items: faults.into_iter().map(|errors| (None, errors)).collect(),
        receipt: None,
        replayed: false,
        user_errors,
    };
    let count = asked.deeds.len();
    if asked.deeds.iter().any(std::result::Result::is_err) {
        let faults = asked.deeds.into_iter().map(|deed| deed.err().into_iter().collect());
        return Ok(nothing(faults.collect(), Vec::new()));
    }
    let (mut command, mut item_of, mut grants) = (Vec::<Step>::new(), Vec::new(), Vec::new());
    for (item, deed) in asked.deeds.into_iter().flatten().enumerate() {
        grants.push(deed.grant);
        let steps = steps(cx, deed).await?;
        item_of.extend(steps.iter().map(|_| item));
        command.extend(steps);
    }
    let stream = command.first().map(Step::stream).unwrap_or_default();
    let common = asked.said.common(None);
    let order = Order { command, stream, common, input_hash: asked.input_hash };
    let at_step = |step: usize, error: UserError| match item_of.get(step - 1) {
        Some(item) => error.with("item", json!(item)),
        None => error,
    };
    Ok(match perform_together(cx, order, at_step).await? {
        Answer::Done(_, receipt) => Told {
            items: grants.into_iter().map(|grant| (Some(grant), Vec::new())).collect(),
            replayed: receipt.replayed,
            receipt: Some(receipt),
            user_errors: Vec::new(),
        },
        Answer::Refused(error) => {
            let mut faults: Vec<Vec<UserError>> = vec![Vec::new(); count];
            let item = error.meta.as_ref().and_then(|meta| meta.0.get("item"));
            let item = item.and_then(Value::as_u64).and_then(|item| usize::try_from(item).ok());
            match item.and_then(|item| faults.get_mut(item)) {
                Some(fault) => {
                    fault.push(error);
                    nothing(faults, Vec::new())
                }
                None => nothing(faults, vec![error]),
            }
        }
    })
}

/// Each by itself, in their order: what is done decides of what comes later.
async fn one_by_one(cx: &Context<'_>, asked: Asked) -> Result<Told> {
    let mut told =
        Told { items: Vec::new(), receipt: None, replayed: true, user_errors: Vec::new() };
    for (place, deed) in asked.deeds.into_iter().enumerate() {
        let deed = match deed {
            Ok(deed) => deed,
            Err(error) => {
                told.items.push((None, vec![error]));
                continue;
            }
        };
        let (stream, grant) = (deed.subject.stream().0, deed.grant);
        let (command, common) = (steps(cx, deed).await?, asked.said.common(Some(place)));
        let order = Order { command, stream, common, input_hash: asked.input_hash };
        match perform_together(cx, order, |_, error| error).await? {
            Answer::Done(_, receipt) => {
                told.replayed &= receipt.replayed;
                told.items.push((Some(grant), Vec::new()));
                // The later the further: what shows the last shows all.
                told.receipt = Some(receipt).filter(|it| it.token.is_some()).or(told.receipt);
            }
            Answer::Refused(error) => {
                told.replayed = false;
                told.items.push((None, vec![error]));
            }
        }
    }
    Ok(told)
}

impl Said {
    /// Whether it can be said of each of several commands.
    pub(super) fn must_fit(&self) -> std::result::Result<(), UserError> {
        if let Some(key) = &self.idempotency_key
            && (key.is_empty() || key.chars().count() > KEY_MAX)
        {
            let message = format!("an idempotency key has 1 to {KEY_MAX} characters");
            return Err(UserError::new(ErrorCode::InvalidInput, message).at("idempotencyKey"));
        }
        let said = self.reason.as_deref().filter(|reason| !reason.trim().is_empty());
        said.map_or(Ok(()), |reason| {
            let unfit = |fault| UserError::new(ErrorCode::ReasonUnfit, format!("reason {fault}"));
            required(reason, REASON_MAX).map(drop).map_err(|fault| unfit(fault).at("reason"))
        })
    }

    /// The same for one command; `place` tells one of several apart.
    fn common(&self, place: Option<usize>) -> Common {
        let key = self.idempotency_key.as_ref().map(|key| match place {
            Some(place) => format!("{key}/{place}"),
            None => key.clone(),
        });
        Common { idempotency_key: key, reason: self.reason.clone(), ..Common::default() }
    }
}

impl AccessBatchPayload {
    fn refused(said: Said, error: UserError) -> Self {
        Self {
            client_mutation_id: said.client_mutation_id,
            results: Vec::new(),
            user_errors: vec![error],
            position: None,
            replayed: false,
        }
    }
}
