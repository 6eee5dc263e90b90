//! The dossier's verbs: a table of contents. Each names the ticket, whose life the rules look at.

pub use super::decide::attach::Attach;
pub use super::decide::detach::Detach;
pub use super::decide::empty_field::EmptyField;
pub use super::decide::fill_field::{FieldInput, FillField};
pub use super::decide::link::Link;
pub use super::decide::tag::Tag;
pub use super::decide::unlink::Unlink;
pub use super::decide::untag::Untag;
pub use super::decide::unwatch::Unwatch;
pub use super::decide::watch::Watch;
use super::event::TicketDossierEvent;
use super::refusal::TicketDossierRefusal;
use super::state::Dossier;
use crate::kernel::{Command, Context, FieldId, Needs, TicketId};

/// What can be asked of a dossier.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum TicketDossierCommand {
    Tag(Tag),
    Untag(Untag),
    Watch(Watch),
    Unwatch(Unwatch),
    Link(Link),
    Unlink(Unlink),
    FillField(FillField),
    EmptyField(EmptyField),
    Attach(Attach),
    Detach(Detach),
}

impl Command for TicketDossierCommand {
    type State = Dossier;
    type Event = TicketDossierEvent;
    type Refusal = TicketDossierRefusal;

    fn needs(&self, _dossier: &Dossier) -> Needs {
        let tickets = |tickets: &[TicketId]| tickets.iter().copied().collect();
        let ticket = |id| Needs { tickets: tickets(&[id]), ..Needs::default() };
        let field = |id, field: FieldId| Needs { fields: [field].into(), ..ticket(id) };
        match self {
            Self::Tag(c) => ticket(c.ticket),
            Self::Untag(c) => ticket(c.ticket),
            Self::Watch(c) => Needs { people: [c.person].into(), ..ticket(c.ticket) },
            Self::Unwatch(c) => ticket(c.ticket),
            Self::Link(c) => Needs { tickets: tickets(&[c.ticket, c.other]), ..Needs::default() },
            Self::Unlink(c) => ticket(c.ticket),
            Self::FillField(c) => field(c.ticket, c.field),
            Self::EmptyField(c) => field(c.ticket, c.field),
            Self::Attach(c) => ticket(c.ticket),
            Self::Detach(c) => ticket(c.ticket),
        }
    }

    fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        match self {
            Self::Tag(c) => c.decide(dossier, cx),
            Self::Untag(c) => c.decide(dossier, cx),
            Self::Watch(c) => c.decide(dossier, cx),
            Self::Unwatch(c) => c.decide(dossier, cx),
            Self::Link(c) => c.decide(dossier, cx),
            Self::Unlink(c) => c.decide(dossier, cx),
            Self::FillField(c) => c.decide(dossier, cx),
            Self::EmptyField(c) => c.decide(dossier, cx),
            Self::Attach(c) => c.decide(dossier, cx),
            Self::Detach(c) => c.decide(dossier, cx),
        }
    }
}
