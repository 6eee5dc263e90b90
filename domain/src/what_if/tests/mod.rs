//! What is compared, what is supposed, and the example of the book.

mod compare;
mod wish;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::kernel::testing::world::{ANNA, CLEO, DESK, noon};
use crate::kernel::{DataSubject, Personal, SlaPlanId};
use crate::sla::{ChangePolicy, ClockTerms, Terms};
use crate::ticket::event::{Opened, Resolved};
use crate::ticket::{Priority, TicketEvent, TicketKind};

fn t(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

fn terms(deadline: u32) -> Terms {
    let clock = |limit_seconds| ClockTerms {
        limit_seconds,
        calendar: None,
        pause_states: [].into(),
        thresholds: [].into(),
    };
    Terms {
        plan: SlaPlanId(Uuid::nil()),
        plan_version: 1,
        policy: ChangePolicy::Restate,
        reaction: clock(0),
        work: clock(0),
        deadline: clock(deadline),
    }
}

fn opened(terms: Option<Terms>) -> TicketEvent {
    TicketEvent::Opened(Box::new(Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: CLEO,
        author: ANNA,
        unit: Some(DESK),
        assignees: [].into(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: terms.map(Box::new),
        deadline_at: None,
    }))
}

fn resolved() -> TicketEvent {
    TicketEvent::Resolved(Resolved { code: None, solution: None })
}
