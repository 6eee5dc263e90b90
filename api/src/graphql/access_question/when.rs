//! A moment that is asked about, before anything is read.

use std::collections::BTreeSet;

use async_graphql::{Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::cis::At;

use crate::asking::{AskingError, Standpoint};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, internal, unread};
use crate::graphql::moment::Moment;

/// What shows the grants and rules that an answer names.
const MODELS: [&str; 2] = ["access_definitions", "access_grants"];

/// A moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub(super) at: At,
    /// What was said of the instant, by the moment or beside it.
    instant: Option<DateTime<Utc>>,
}

impl When {
    /// The moment that is named; now, if none is.
    pub(super) fn read<'c>(
        cx: &'c Context<'_>,
        moment: Option<Moment>,
        instant: Option<DateTime<Utc>>,
    ) -> BoxFuture<'c, Result<Self>> {
        async move {
            let moment = moment.unwrap_or_default();
            let instant = instant.or(moment.as_of);
            Ok(Self { at: moment.of(cx, &MODELS).await?, instant })
        }
        .boxed()
    }

    /// What was known then of these people, or of everybody.
    pub(super) fn standpoint<'c>(
        self,
        cx: &'c Context<'_>,
        people: Option<BTreeSet<PersonId>>,
    ) -> BoxFuture<'c, Result<Standpoint>> {
        async move {
            let of = (self.at, self.instant);
            Standpoint::of(services(cx)?, of, people).await.map_err(unanswered)
        }
        .boxed()
    }
}

/// Why there is no answer.
pub(super) fn unanswered(error: AskingError) -> Error {
    match error {
        AskingError::Unfit(sentence) => bad_request(sentence),
        AskingError::Read(error) => unread(error),
        AskingError::Journal(error) => internal(error),
        AskingError::Streams(error) => internal(error),
    }
}
