//! What the recipients of the next event follow from, as the tables keep it; and how an event
//! changes it.

use std::collections::BTreeSet;

use domain::access_request::state::Body;
use domain::access_request::{AccessRequest, AccessRequestEvent};
use domain::conversation::ConversationEvent;
use domain::kernel::{AccessRequestId, PersonId, TicketId, UnitId};
use domain::person::{Life, PersonEvent, PersonKind, Role};
use domain::settings::SettingsEvent;
use domain::ticket::TicketEvent;
use domain::ticket_dossier::TicketDossierEvent;
use domain::unit::UnitEvent;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access_requests::silence;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Someone {
    pub(super) person_id: PersonId,
    pub(super) kind: PersonKind,
    pub(super) role: Role,
    pub(super) life: Life,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Team {
    pub(super) unit_id: UnitId,
    pub(super) parent_id: Option<UnitId>,
    pub(super) people: BTreeSet<PersonId>,
    pub(super) heads: BTreeSet<PersonId>,
}

/// A ticket. Its other streams may speak before it is opened, so it begins with any of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Matter {
    pub(super) ticket_id: TicketId,
    pub(super) author_id: Option<PersonId>,
    pub(super) requester_id: Option<PersonId>,
    pub(super) unit_id: Option<UnitId>,
    pub(super) assignee_ids: BTreeSet<PersonId>,
    pub(super) holder_id: Option<PersonId>,
    pub(super) last_holder_id: Option<PersonId>,
    pub(super) commenter_ids: BTreeSet<PersonId>,
    pub(super) last_commenter_id: Option<PersonId>,
    pub(super) watcher_ids: BTreeSet<PersonId>,
}

/// An access request of which something may still come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Wish {
    pub(super) request_id: AccessRequestId,
    /// Who asked for more last.
    pub(super) asker_id: Option<PersonId>,
    /// As decisions see it, without what is personal.
    pub(super) told: Box<Body>,
}

/// The settings, as far as recipients depend on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rules {
    pub(super) stream_id: Uuid,
    pub(super) dispatch_unit_id: Option<UnitId>,
    pub(super) to_assignees: bool,
}

impl Someone {
    /// The person after an event; none before registration.
    pub(super) fn fold(known: Option<Self>, id: PersonId, event: &PersonEvent) -> Option<Self> {
        let Some(mut known) = known else {
            let PersonEvent::Registered(e) = event else { return None };
            return Some(Self { person_id: id, kind: e.kind, role: e.role, life: Life::Active });
        };
        match event {
            PersonEvent::RoleChanged(e) => known.role = e.role,
            PersonEvent::Suspended(_) if known.life == Life::Active => known.life = Life::Suspended,
            PersonEvent::Restored(_) if known.life == Life::Suspended => known.life = Life::Active,
            PersonEvent::Left(_) => known.life = Life::Left,
            PersonEvent::Registered(_)
            | PersonEvent::PasswordChanged(_)
            | PersonEvent::Renamed(_)
            | PersonEvent::ContactsChanged(_)
            | PersonEvent::PositionTaken(_)
            | PersonEvent::Moved(_)
            | PersonEvent::LanguageChosen(_)
            | PersonEvent::OrganizationChanged(_)
            | PersonEvent::SkillCertified(_)
            | PersonEvent::SkillWithdrawn(_)
            | PersonEvent::TierAssigned(_)
            | PersonEvent::DeputyAppointed(_)
            | PersonEvent::DeputyDismissed(_)
            | PersonEvent::Suspended(_)
            | PersonEvent::Restored(_)
            | PersonEvent::AccountLinked(_)
            | PersonEvent::AccountUnlinked(_) => {}
        }
        Some(known)
    }
}

impl Team {
    /// The unit after an event; none before its creation.
    pub(super) fn fold(known: Option<Self>, id: UnitId, event: &UnitEvent) -> Option<Self> {
        let Some(mut known) = known else {
            let UnitEvent::Created(e) = event else { return None };
            return Some(Self {
                unit_id: id,
                parent_id: e.parent,
                people: BTreeSet::new(),
                heads: BTreeSet::new(),
            });
        };
        match event {
            UnitEvent::Joined(e) => {
                known.people.insert(e.person);
            }
            UnitEvent::HeadAppointed(e) => {
                known.heads.insert(e.person);
            }
            UnitEvent::Left(e) => {
                known.people.remove(&e.person);
                known.heads.remove(&e.person);
            }
            UnitEvent::HeadDismissed(e) => {
                known.heads.remove(&e.person);
            }
            UnitEvent::Created(_)
            | UnitEvent::LeadAppointed(_)
            | UnitEvent::Renamed(_)
            | UnitEvent::RoutingChosen(_)
            | UnitEvent::Closed(_)
            | UnitEvent::BarrierDrawn(_)
            | UnitEvent::BarrierLifted(_) => {}
        }
        Some(known)
    }
}

impl Matter {
    /// A ticket nothing is known of yet.
    pub(super) fn unheard_of(ticket_id: TicketId) -> Self {
        Self {
            ticket_id,
            author_id: None,
            requester_id: None,
            unit_id: None,
            assignee_ids: BTreeSet::new(),
            holder_id: None,
            last_holder_id: None,
            commenter_ids: BTreeSet::new(),
            last_commenter_id: None,
            watcher_ids: BTreeSet::new(),
        }
    }

    /// The ticket after an event of its own that this actor made.
    pub(super) fn after(mut self, event: &TicketEvent, actor: Option<PersonId>) -> Self {
        match event {
            TicketEvent::Opened(e) => {
                self.author_id = Some(e.author);
                self.requester_id = Some(e.requester);
                self.unit_id = e.unit;
                self.assignee_ids.clone_from(&e.assignees);
            }
            TicketEvent::Assigned(e) => {
                self.unit_id = e.unit;
                self.assignee_ids.clone_from(&e.assignees);
                self.holder_id = None;
                if let (Some(_), Some(writer)) = (&e.note, actor) {
                    self.commented(writer);
                }
            }
            TicketEvent::Escalated(e) if e.unit != self.unit_id => {
                self.unit_id = e.unit;
                self.assignee_ids.clear();
                self.holder_id = None;
            }
            TicketEvent::WorkStarted(e) => self.held_by(e.holder),
            TicketEvent::Reopened(e) => match e.holder {
                Some(holder) => self.held_by(holder),
                None => self.holder_id = None,
            },
            TicketEvent::WorkStopped(_)
            | TicketEvent::Pended(_)
            | TicketEvent::Resumed(_)
            | TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_)
            | TicketEvent::Closed(_)
            | TicketEvent::Cancelled(_)
            | TicketEvent::Merged(_) => self.holder_id = None,
            TicketEvent::Escalated(_)
            | TicketEvent::Classified(_)
            | TicketEvent::Prioritized(_)
            | TicketEvent::SlaTermsRestated(_) => {}
        }
        self
    }

    /// The ticket after something was said on it.
    pub(super) fn after_comment(mut self, event: &ConversationEvent) -> Self {
        match event {
            ConversationEvent::Replied(e) => self.commented(e.author),
            ConversationEvent::Noted(e) => self.commented(e.author),
        }
        self
    }

    /// The ticket after an event of its dossier.
    pub(super) fn after_filing(mut self, event: &TicketDossierEvent) -> Self {
        match event {
            TicketDossierEvent::Watched(e) => {
                self.watcher_ids.insert(e.person);
            }
            TicketDossierEvent::Unwatched(e) => {
                self.watcher_ids.remove(&e.person);
            }
            TicketDossierEvent::Tagged(_)
            | TicketDossierEvent::Untagged(_)
            | TicketDossierEvent::Linked(_)
            | TicketDossierEvent::Unlinked(_)
            | TicketDossierEvent::FieldFilled(_)
            | TicketDossierEvent::FieldEmptied(_)
            | TicketDossierEvent::Attached(_)
            | TicketDossierEvent::Detached(_) => {}
        }
        self
    }

    fn held_by(&mut self, holder: PersonId) {
        self.holder_id = Some(holder);
        self.last_holder_id = Some(holder);
    }

    fn commented(&mut self, writer: PersonId) {
        self.commenter_ids.insert(writer);
        self.last_commenter_id = Some(writer);
    }
}

impl Wish {
    /// The request after an event, through the domain's own evolve; none before it is submitted, and
    /// once nothing comes of it any more.
    pub(super) fn fold(
        known: Option<Self>,
        id: AccessRequestId,
        event: &AccessRequestEvent,
    ) -> Option<Self> {
        let (asked_before, told) = known.map(|known| (known.asker_id, known.told)).unzip();
        let mut request = AccessRequest(told);
        request.evolve(event.clone());
        let mut told = request.0.filter(|told| told.phase.is_open())?;
        silence(&mut told);
        let asker_id = if let AccessRequestEvent::InfoAsked(e) = event {
            Some(e.by)
        } else {
            asked_before.flatten()
        };
        Some(Self { request_id: id, asker_id, told })
    }
}

impl Rules {
    /// Before any event: nobody dispatches, assignees are not told of work.
    pub(super) fn shipped(stream_id: Uuid) -> Self {
        Self { stream_id, dispatch_unit_id: None, to_assignees: false }
    }

    /// The settings after an event.
    pub(super) fn after(mut self, event: &SettingsEvent) -> Self {
        match event {
            SettingsEvent::DispatchChanged(e) => self.dispatch_unit_id = e.unit,
            SettingsEvent::NoticesChanged(e) => self.to_assignees = e.to_assignees,
            SettingsEvent::Established(_)
            | SettingsEvent::PriorityMatrixChanged(_)
            | SettingsEvent::ClosingChanged(_)
            | SettingsEvent::LanguagesChanged(_)
            | SettingsEvent::AttachmentsChanged(_)
            | SettingsEvent::SlaChanged(_)
            | SettingsEvent::QualityChanged(_) => {}
        }
        self
    }
}
