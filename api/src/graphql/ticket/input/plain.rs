//! The verbs that need nothing but a ticket.

use async_graphql::{ID, InputObject};
use domain::ticket::TicketCommand;
use domain::ticket::command::{Cancel, Close, Reopen, Resume, StartWork, StopWork};

use super::{TicketInput, Wished, on};
use crate::graphql::payload::Common;

macro_rules! plain_verbs {
    ($($(#[$doc:meta])* $input:ident, $command:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, InputObject)]
        pub(in crate::graphql::ticket) struct $input {
            /// Which ticket.
            ticket_id: ID,
            #[graphql(flatten)]
            common: Common,
        }

        impl TicketInput for $input {
            fn common(&self) -> &Common {
                &self.common
            }

            fn into_command(self) -> Wished {
                on(&self.ticket_id, $command)
            }
        }
    )+};
}

plain_verbs! {
    /// The ticket you start to work on.
    TicketStartWorkInput, TicketCommand::StartWork(StartWork { holder: None });
    /// The ticket nobody works on any longer.
    TicketStopWorkInput, TicketCommand::StopWork(StopWork {});
    /// The ticket that waits no longer.
    TicketResumeInput, TicketCommand::Resume(Resume {});
    /// The ticket that is not solved after all.
    TicketReopenInput, TicketCommand::Reopen(Reopen {});
    /// The ticket that is over.
    TicketCloseInput, TicketCommand::Close(Close {});
    /// The ticket that is over without a solution.
    TicketCancelInput, TicketCommand::Cancel(Cancel {});
}
