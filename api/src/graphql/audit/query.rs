//! What was signed, and what it proves.

use async_graphql::{Context, Object, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::Permission;
use journal::bundle::{Anchor, BundleError, prove};
use journal::signer::{Published, newest, published, published_count};

use super::Checkpoint;
use super::types::EventProof;
use crate::graphql::access::{MayReadNoted, reads_all};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, coded, internal};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::{Cursor, Position};

/// What the cursors of the list belong to.
const LIST: &str = "checkpoints";
/// The code of an answer that there cannot be, because the history is not the one that was signed.
const TAMPERED: &str = "TAMPERED";

/// Evidence.
#[derive(Default)]
pub(in crate::graphql) struct AuditQuery;

/// Evidence.
#[Object]
impl AuditQuery {
    /// The newest checkpoint of the log; null before the first. It is signed every second, or after
    /// 1,000 events; where the policy wants witnesses, it is the newest that enough of them have
    /// signed.
    #[graphql(guard = "MayReadNoted(Permission::AuditRead)")]
    async fn checkpoint(&self, cx: &Context<'_>) -> Result<Option<Checkpoint>> {
        let services = services(cx)?;
        let newest = newest(&services.reads, &services.folder).await.map_err(internal)?;
        Ok(newest.map(Checkpoint))
    }

    /// All checkpoints of the log, the newest first. Each continues those behind it.
    #[graphql(guard = "MayReadNoted(Permission::AuditRead)")]
    async fn checkpoints(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Checkpoint>> {
        let pool = services(cx)?.reads.clone();
        let below: Option<i64> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = published(&pool, below, size + 1).await.map_err(internal)?;
        let edge = |row: Published| (row.checkpoint.size, Checkpoint(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { published_count(&pool).await.map_err(internal) })
        });
        Ok(page_of(LIST, (found, size), below.is_some(), edge, count))
    }

    /// That the event with this number stands in the signed log; null when no event with it has been
    /// signed yet.
    #[graphql(guard = "MayReadNoted(Permission::AuditRead)")]
    async fn proof(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The number of the event in the log.")] position: Position,
    ) -> Result<Option<EventProof>> {
        let Position::Number(number) = position else {
            return Err(bad_request("a proof is of an event that has its number"));
        };
        let services = services(cx)?;
        let folder = &services.folder;
        // Before the database: what is signed meanwhile is not wanted.
        let anchor = Anchor::open(&folder.policy(), &folder.checkpoints(), folder.log());
        let proven = match anchor {
            Ok(anchor) => {
                let mut conn = services.reads.acquire().await.map_err(internal)?;
                prove(&mut conn, &anchor, number).await.map(|proven| (proven, anchor.size()))
            }
            Err(error) => Err(error),
        };
        let (proven, size) = match proven {
            Ok(proven) => proven,
            // Not signed as far.
            Err(BundleError::Refused(_)) => return Ok(None),
            Err(error @ BundleError::Missing { .. }) => {
                let newest = published(&services.reads, None, 1).await.map_err(internal)?;
                return match newest.first() {
                    Some(newest) if newest.checkpoint.size >= number.cast_unsigned() => {
                        Err(internal(error))
                    }
                    // Nothing was signed yet.
                    _ => Ok(None),
                };
            }
            Err(BundleError::Tampered(found)) => {
                tracing::error!(%found, "an event cannot be proven");
                return Err(coded(TAMPERED, found.to_string()));
            }
            Err(error) => return Err(internal(error)),
        };
        let event = reads_all(cx, Permission::EventRead).then_some(proven.event);
        Ok(Some(EventProof {
            text: proven.proof.to_string(),
            leaf: STANDARD.encode(proven.leaf),
            size,
            event: event.map(|line| String::from_utf8_lossy(&line).into_owned()),
        }))
    }
}
