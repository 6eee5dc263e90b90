//! A node of the test's own, which draws no consequences: whatever happens besides, the servers did.

use std::time::Duration;

use api::boot::App;
use api::gateway::{Caller, GatewayError, Request, Step};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::kernel::{PersonId, TicketId};
use domain::settings::SettingsCommand;
use domain::settings::command::ChangeClosing;
use domain::ticket::command::{Open, Resolve, StartWork};
use domain::ticket::state::Body;
use domain::ticket::{Ticket, TicketCommand, TicketKind, TicketState};
use domain::ticket_dossier::command::Link;
use domain::ticket_dossier::{LinkKind, TicketDossierCommand};
use journal::StreamEvent;
use testbed::World;
use tokio::time::{sleep, timeout};

/// Within this a worker on another node has taken over and done its work.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// The node, as whoever works there.
pub(super) struct Desk {
    pub(super) app: App,
}

impl Desk {
    pub(super) async fn of(world: &World) -> Self {
        Self { app: App::open(&world.place(), None).await.unwrap() }
    }

    pub(super) async fn person(&self, login: &str) -> PersonId {
        self.app.identity.person_of(login).await.unwrap().unwrap()
    }

    pub(super) async fn caller(&self, login: &str) -> Caller {
        let person = self.person(login).await;
        let principal = self.app.gateway.principal(person).await.unwrap();
        Caller::person(person, principal)
    }

    pub(super) async fn try_as(
        &self,
        login: &str,
        (id, command, at): (TicketId, TicketCommand, Option<DateTime<Utc>>),
    ) -> Result<(), GatewayError> {
        let caller = match login {
            "system" => Caller::system(),
            login => self.caller(login).await,
        };
        let request = Request { at, ..Request::new(command, id.0) };
        let request = request.correlated(self.app.gateway.new_id());
        self.app.gateway.execute(&caller, request).await.map(|_| ())
    }

    pub(super) async fn act(&self, login: &str, id: TicketId, command: impl Into<TicketCommand>) {
        self.try_as(login, (id, command.into(), None)).await.unwrap();
    }

    /// A ticket of this person's, open and nobody's.
    pub(super) async fn open(&self, login: &str) -> TicketId {
        let id = TicketId(self.app.gateway.new_id());
        let open = self.opening(TicketKind::Incident).await;
        self.try_as(login, (id, TicketCommand::Open(Box::new(open)), None)).await.unwrap();
        id
    }

    /// For each of these people, with a task of their own for each.
    pub(super) async fn open_shared(&self, people: &[&str]) -> (TicketId, Vec<TicketId>) {
        let id = TicketId(self.app.gateway.new_id());
        let mut open = self.opening(TicketKind::ServiceRequest).await;
        open.individual = true;
        for login in people {
            open.assignees.insert(self.person(login).await);
        }
        let mut steps = vec![Step::Ticket(id, TicketCommand::Open(Box::new(open)))];
        let mut tasks = Vec::new();
        for login in people {
            let task = TicketId(self.app.gateway.new_id());
            let mut open = self.opening(TicketKind::Task).await;
            open.task_of = Some(id);
            open.assignees.insert(self.person(login).await);
            steps.push(Step::Ticket(task, TicketCommand::Open(Box::new(open))));
            tasks.push(task);
        }
        let mut request = Request::new(steps, id.0);
        request.correlation_id = self.app.gateway.new_id();
        let head = self.caller("head1").await;
        self.app.gateway.execute_together(&head, request).await.unwrap();
        for task in &tasks {
            self.link(id, *task).await;
        }
        (id, tasks)
    }

    pub(super) async fn opening(&self, kind: TicketKind) -> Open {
        let number = self.app.gateway.next_ticket_number(kind).await.unwrap();
        Open::new(number, kind, "Something to do")
    }

    /// Makes the second a child of the first.
    pub(super) async fn link(&self, parent: TicketId, child: TicketId) {
        let down = Link { ticket: parent, kind: LinkKind::Child, other: child };
        let up = Link { ticket: child, kind: LinkKind::Parent, other: parent };
        let steps = vec![
            Step::Dossier(parent, TicketDossierCommand::Link(down)),
            Step::Dossier(child, TicketDossierCommand::Link(up)),
        ];
        let request = Request::new(steps, parent.0).correlated(self.app.gateway.new_id());
        self.app.gateway.execute_together(&Caller::system(), request).await.unwrap();
    }

    pub(super) async fn resolve(&self, login: &str, id: TicketId, code: &str) {
        self.resolve_at(login, (id, code), None).await;
    }

    pub(super) async fn resolve_at(
        &self,
        login: &str,
        (id, code): (TicketId, &str),
        at: Option<DateTime<Utc>>,
    ) {
        if self.ticket(id).await.holder.is_none() {
            self.try_as(login, (id, StartWork { holder: None }.into(), at)).await.unwrap();
        }
        let resolve =
            Resolve { code: Some(code.to_owned()), solution: Some("Done with care.".to_owned()) };
        self.try_as(login, (id, resolve.into(), at)).await.unwrap();
    }

    pub(super) async fn ticket(&self, id: TicketId) -> Body {
        *self.app.gateway.journal().load::<Ticket>(id.0).await.unwrap().state.0.unwrap()
    }

    pub(super) async fn events(&self, id: TicketId) -> Vec<StreamEvent> {
        self.app.gateway.journal().stream(Ticket::TYPE, id.0, 0).await.unwrap()
    }

    /// Waits until the ticket has got there.
    pub(super) async fn becomes(&self, id: TicketId, state: TicketState) -> Body {
        let there = async {
            loop {
                let body = self.ticket(id).await;
                if body.state == state {
                    return body;
                }
                sleep(Duration::from_millis(50)).await;
            }
        };
        match timeout(PATIENCE, there).await {
            Ok(body) => body,
            Err(_) => panic!("{id} is {:?}, not {state:?}", self.ticket(id).await.state),
        }
    }

    pub(super) async fn close_after(&self, days: u16) {
        let change = ChangeClosing { close_after_days: days, reopen_after_close_days: 0 };
        let command = SettingsCommand::ChangeClosing(change);
        let request = Request::new(command, domain::settings::STREAM_ID);
        self.app.gateway.execute(&Caller::system(), request).await.unwrap();
    }
}
