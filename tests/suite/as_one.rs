//! Two nodes on one database answer as one.

use api::boot::App;
use api::gateway::{Caller, GatewayError, Idempotency, Request, Step};
use domain::kernel::TicketId;
use domain::ticket::command::{Open, StartWork, StopWork};
use domain::ticket::{TicketCommand, TicketKind};
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_dossier::command::{Tag, Untag};
use journal::Receipt;
use testbed::World;
use uuid::Uuid;

const START: TicketCommand = TicketCommand::StartWork(StartWork { holder: None });
const STOP: TicketCommand = TicketCommand::StopWork(StopWork {});

type Answered<T> = Result<T, GatewayError>;

/// A node with the director at it.
struct Node {
    app: App,
    director: Caller,
}

impl Node {
    async fn of(world: &World) -> Self {
        let app = App::open(&world.place(), None).await.unwrap();
        let id = app.identity.person_of("director").await.unwrap().unwrap();
        let person = app.gateway.principal(id).await.unwrap();
        Self { app, director: Caller::person(id, person) }
    }

    async fn open(&self) -> TicketId {
        let id = TicketId(self.app.gateway.new_id());
        let number = self.app.gateway.next_ticket_number(TicketKind::Incident).await.unwrap();
        let open = Open::new(number, TicketKind::Incident, "For both");
        let request = Request::new(TicketCommand::Open(Box::new(open)), id.0);
        self.app.gateway.execute(&self.director, request).await.unwrap();
        id
    }

    async fn send(&self, request: Request<TicketCommand>) -> Answered<Receipt> {
        Ok(self.app.gateway.execute(&self.director, request).await?.receipt)
    }

    /// The version the ticket has then.
    async fn act(&self, id: TicketId, command: TicketCommand) -> Answered<i64> {
        Ok(self.send(Request::new(command, id.0)).await?.streams[0].version)
    }

    /// The version the dossier has then.
    async fn file(
        &self,
        id: TicketId,
        command: TicketDossierCommand,
        seen: Option<i64>,
    ) -> Answered<i64> {
        let mut request = Request::new(vec![Step::Dossier(id, command)], id.0);
        request.expected_version = seen;
        let outcome = self.app.gateway.execute_together(&self.director, request).await?;
        Ok(outcome.receipt.streams[0].version)
    }
}

fn tag(ticket: TicketId) -> TicketDossierCommand {
    TicketDossierCommand::Tag(Tag { ticket, tag: "hot".to_owned() })
}

fn untag(ticket: TicketId) -> TicketDossierCommand {
    TicketDossierCommand::Untag(Untag { ticket, tag: "hot".to_owned() })
}

fn code<T: std::fmt::Debug>(answer: Answered<T>) -> &'static str {
    match answer {
        Err(GatewayError::Refused(refused)) => refused.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_another_node_did_meanwhile_counts() {
    let world = World::demo().await;
    let (here, there) = (Node::of(&world).await, Node::of(&world).await);
    let id = here.open().await;
    assert_eq!(there.act(id, START).await.unwrap(), 2);
    assert_eq!(here.act(id, STOP).await.unwrap(), 3);
    assert_eq!(there.act(id, START).await.unwrap(), 4, "it was not so already");
    assert_eq!(here.act(id, STOP).await.unwrap(), 5);
    assert_eq!(code(there.act(id, STOP).await), "TICKET_WRONG_STATE");
    assert_eq!(there.act(id, START).await.unwrap(), 6);
    assert_eq!(there.act(id, STOP).await.unwrap(), 7);
    assert_eq!(here.act(id, START).await.unwrap(), 8);
    assert_eq!(there.act(id, STOP).await.unwrap(), 9, "it was refused no longer");
    for node in [here, there] {
        node.app.close().await;
    }
}

#[tokio::test]
async fn several_streams_at_once_are_no_exception() {
    let world = World::demo().await;
    let (here, there) = (Node::of(&world).await, Node::of(&world).await);
    let id = here.open().await;
    assert_eq!(there.file(id, tag(id), None).await.unwrap(), 1);
    assert_eq!(here.file(id, untag(id), None).await.unwrap(), 2);
    assert_eq!(there.file(id, tag(id), None).await.unwrap(), 3, "it had no tag");
    // The version named is the ticket's, which gets no event of this.
    let seen = there.act(id, START).await.unwrap();
    assert_eq!(there.file(id, untag(id), Some(seen)).await.unwrap(), 4);
    let now = here.act(id, STOP).await.unwrap();
    let stale = there.file(id, tag(id), Some(seen)).await;
    assert!(matches!(stale, Err(GatewayError::Stale { actual }) if actual == now), "{stale:?}");
    assert_eq!(there.file(id, tag(id), Some(now)).await.unwrap(), 5);
    for node in [here, there] {
        node.app.close().await;
    }
}

#[tokio::test]
async fn a_repeated_command_gets_its_first_answer_whatever_could_be_decided_now() {
    let world = World::demo().await;
    let (here, there) = (Node::of(&world).await, Node::of(&world).await);
    let id = here.open().await;
    let named = |command: TicketCommand, (key, input): (u128, u8), seen: Option<i64>| {
        let mut request = Request::new(command, id.0);
        let key = Uuid::from_u128(key);
        request.idempotency = Some(Idempotency { key, input_hash: [input; 32] });
        request.expected_version = seen;
        request
    };
    let requests = [
        named(START, (1, 1), None),
        // It is so already.
        named(START, (2, 1), None),
        named(STOP, (3, 1), None),
        named(START, (4, 1), Some(3)),
    ];
    let mut first = Vec::new();
    for request in &requests {
        first.push(here.send(request.clone()).await.unwrap());
    }
    let versions: Vec<i64> = first.iter().map(|receipt| receipt.streams[0].version).collect();
    assert_eq!(versions, [2, 2, 3, 4]);
    // In one state after another: what can be done again, is refused, or expects what is over.
    for node in [&here, &there, &here] {
        for (request, receipt) in requests.iter().zip(&first) {
            let again = node.send(request.clone()).await.unwrap();
            assert_eq!(again, Receipt { replayed: true, ..receipt.clone() });
        }
        for (key, seen) in [(1, None), (2, None), (3, None), (4, Some(3))] {
            for command in [START, STOP] {
                let reused = node.send(named(command, (key, 2), seen)).await;
                assert!(matches!(reused, Err(GatewayError::KeyReused)), "{key}: {reused:?}");
            }
        }
        // The next round finds it in the other state.
        let turned =
            if node.act(id, STOP).await.is_ok() { Ok(0) } else { node.act(id, START).await };
        turned.unwrap();
    }
    assert_eq!(here.act(id, START).await.unwrap(), 8, "nothing was done twice");
    for node in [here, there] {
        node.app.close().await;
    }
}
