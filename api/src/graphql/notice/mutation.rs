//! Marking notices as read. Marks are no history: they stand beside the journal.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::PersonId;
use projections::notices;

use crate::graphql::access::{SignedIn, allowed_own};
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};
use crate::graphql::id::{BadId, decode_notice};
use crate::graphql::input::one_way;
use crate::graphql::refusal::UserError;

/// Most notices at once.
const IDS: usize = 100;

/// What you have read.
#[derive(InputObject)]
struct NotificationsMarkReadInput {
    /// Comes back in the payload as it is.
    client_mutation_id: Option<String>,
    /// These of your notices, at most 100; not together with `all`.
    ids: Option<Vec<ID>>,
    /// All of your notices so far.
    #[graphql(default)]
    all: bool,
}

/// What became of marks.
#[derive(SimpleObject)]
struct NotificationsMarkReadPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// How many of your notices are unread now.
    unread_count: i64,
    /// Why nothing was marked; empty when it was.
    user_errors: Vec<UserError>,
}

/// Read marks.
#[derive(Default)]
pub(in crate::graphql) struct NoticeMutation;

/// Read marks.
#[Object]
impl NoticeMutation {
    /// Marks notices as read; what was read before keeps its time.
    #[graphql(guard = "SignedIn")]
    async fn notifications_mark_read(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which of your notices.")] input: NotificationsMarkReadInput,
    ) -> Result<NotificationsMarkReadPayload> {
        let NotificationsMarkReadInput { client_mutation_id, ids, all } = input;
        let nobody = |user_errors| NotificationsMarkReadPayload {
            client_mutation_id: client_mutation_id.clone(),
            unread_count: 0,
            user_errors,
        };
        let caller = match allowed_own(cx, Permission::NoticeRead) {
            Ok(caller) => caller,
            Err(forbidden) => return Ok(nobody(vec![forbidden])),
        };
        let person = caller.person.as_ref().map(|known| known.who.person);
        let Some(person) = person else { return Ok(nobody(Vec::new())) };
        let marked = match (ids, all) {
            (Some(ids), false) => these(cx, person, &ids).await?,
            (None, true) => everything(cx, person).await.map(Ok)?,
            _ => Err(one_way("ids", "name some notices, or all of them")),
        };
        let unread_count = notices::unread_count(&services(cx)?.reads, person).await;
        Ok(NotificationsMarkReadPayload {
            client_mutation_id,
            unread_count: unread_count.map_err(unread)?,
            user_errors: marked.err().into_iter().collect(),
        })
    }
}

/// Somebody else's notice answers like one that is not there.
async fn these(cx: &Context<'_>, person: PersonId, ids: &[ID]) -> Result<Result<(), UserError>> {
    if ids.len() > IDS {
        return Ok(Err(one_way("ids", "at most 100 notices at once")));
    }
    let mut numbers: Vec<i64> = match ids.iter().map(decode_notice).collect() {
        Ok(numbers) => numbers,
        Err(fault) => return Ok(Err(UserError::bad_id("ids", fault))),
    };
    numbers.sort_unstable();
    numbers.dedup();
    let services = services(cx)?;
    let own = notices::own(&services.reads, person, &numbers).await.map_err(unread)?;
    if own.len() < numbers.len() {
        return Ok(Err(UserError::bad_id("ids", BadId("notice"))));
    }
    services.identity.mark_read(person, &own).await.map_err(internal)?;
    Ok(Ok(()))
}

/// Up to the newest that the read side knows of: what comes after was never shown.
async fn everything(cx: &Context<'_>, person: PersonId) -> Result<()> {
    let services = services(cx)?;
    let newest = notices::page(&services.reads, person, false, 1, None).await.map_err(unread)?;
    if let Some(newest) = newest.first() {
        let through = newest.row.global_seq;
        services.identity.mark_all_read(person, through).await.map_err(internal)?;
    }
    Ok(())
}
