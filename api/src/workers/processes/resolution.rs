//! A ticket as its consequences need it: as it is now, and how it came to be resolved.

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::TicketId;
use domain::ticket::Ticket;
use domain::ticket::state::Body;

use super::Turn;
use crate::gateway::{Gateway, GatewayError};
use crate::workers::Cause;

/// An opened ticket.
#[derive(Debug)]
pub(super) struct Told {
    /// As it is now.
    pub(super) body: Body,
    /// How it was resolved last, if it was.
    pub(super) resolution: Option<Resolution>,
    /// When the journal learnt that it was taken up again last, if it was.
    pub(super) reopened_at: Option<DateTime<Utc>>,
}

/// A resolution, whether it still stands or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolution {
    /// What it leads to names it.
    pub(super) cause: Cause,
    /// When the journal learnt of it.
    pub(super) recorded_at: DateTime<Utc>,
}

impl Told {
    /// From its stream; none when it was never opened.
    pub(super) async fn of(gateway: &Gateway, id: TicketId) -> Result<Option<Self>, GatewayError> {
        let mut ticket = Ticket::default();
        let (mut resolution, mut reopened_at) = (None, None);
        for event in gateway.journal().stream(Ticket::TYPE, id.0, 0).await? {
            let Fact::Ticket(_, told) = event.fact()? else { continue };
            if Turn::is_resolution(&told) {
                let (cause, recorded_at) = (Cause::of(&event), event.recorded_at);
                resolution = Some(Resolution { cause, recorded_at });
            }
            if Turn::of(&told) == Turn::Reopened {
                reopened_at = Some(event.recorded_at);
            }
            ticket.evolve(told);
        }
        Ok(ticket.0.map(|body| Self { body: *body, resolution, reopened_at }))
    }

    /// The code and the making of its resolution, if that still stands.
    pub(super) fn solved(&self) -> Option<(&str, Resolution)> {
        let code = self.body.resolution_code.as_deref();
        code.filter(|_| !self.body.state.is_open()).zip(self.resolution)
    }
}
