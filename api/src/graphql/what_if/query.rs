//! The one question.

use async_graphql::{Context, Object, Result};

use super::ask;
use super::input::SlaWhatIfInput;
use super::types::SlaWhatIf;
use crate::graphql::access::SignedIn;

/// What if.
#[derive(Default)]
pub(in crate::graphql) struct WhatIfQuery;

/// What if.
#[Object]
impl WhatIfQuery {
    /// Which tickets would have been breached or met under another plan or calendar: the same events,
    /// measured otherwise, up to 100,000 tickets. For heads of units and whoever sees everything; one
    /// at a time asks. Nothing is written.
    #[graphql(guard = "SignedIn")]
    async fn sla_what_if(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What is supposed, and of which tickets it is asked.")]
        input: SlaWhatIfInput,
    ) -> Result<SlaWhatIf> {
        ask::answer(cx, input).await
    }
}
