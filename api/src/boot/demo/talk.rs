//! What is said and noted on some of the demo's tickets: the branch office that is offline, and
//! those that are offline with it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::conversation::ConversationCommand;
use domain::conversation::command::{Note, Reply};
use domain::kernel::{CommentId, PersonId, TicketId};
use domain::ticket_dossier::command::{FieldInput, FillField, Link, Tag, Watch};
use domain::ticket_dossier::{LinkKind, TicketDossierCommand};
use uuid::Uuid;

use super::tickets::Ticket;
use super::{App, Caller, GatewayError, Guarded, Request, Seed, Step, World, named};

/// The branch office is offline; agent1 works on it.
const PARENT: usize = 10;
/// The same from somebody else, and the warehouse's network.
const CHILDREN: [usize; 3] = [22, 25, 37];

/// After the tickets. Whatever is refused by now was done in another way by somebody who tried the
/// demo, and stays so.
pub(super) async fn seed(seed: &Seed, app: &App, world: &World) -> Result<(), GatewayError> {
    let Some(parent) = opened(seed, app, (world, PARENT)).await? else { return Ok(()) };
    let talk = Talk { seed, app, world, at: seed.started - TimeDelta::hours(20) };
    for number in CHILDREN {
        let Some(child) = opened(seed, app, (world, number)).await? else { continue };
        talk.link(parent, child).await?;
    }
    talk.describe(parent).await?;
    talk.say(parent).await
}

async fn opened(
    seed: &Seed,
    app: &App,
    (world, number): (&World, usize),
) -> Result<Option<TicketId>, GatewayError> {
    let id = Ticket::new(seed, app, world, number).opened_before().await?;
    Ok(id.map(TicketId))
}

#[derive(Debug)]
struct Talk<'a> {
    seed: &'a Seed,
    app: &'a App,
    world: &'a World,
    at: DateTime<Utc>,
}

impl Talk<'_> {
    /// Both sides at once, as the head of the desk.
    async fn link(&self, parent: TicketId, child: TicketId) -> Result<(), GatewayError> {
        let down = Link { ticket: parent, kind: LinkKind::Child, other: child };
        let up = Link { ticket: child, kind: LinkKind::Parent, other: parent };
        let steps = vec![
            Step::Dossier(parent, TicketDossierCommand::Link(down)),
            Step::Dossier(child, TicketDossierCommand::Link(up)),
        ];
        let named = named(&format!("link {child}"));
        let mut request = Request::new(steps, parent.0).correlated(named.key);
        request.idempotency = Some(named);
        request.at = Some(self.at);
        let head = self.caller("head1").await?;
        unless_refused(self.seed.gateway.execute_together(&head, request).await)
    }

    async fn describe(&self, ticket: TicketId) -> Result<(), GatewayError> {
        for tag in ["network", "harbour street"] {
            let step = format!("tag {tag}");
            let tag = TicketDossierCommand::Tag(Tag { ticket, tag: tag.to_owned() });
            self.act(("agent1", &step), ticket, tag).await?;
        }
        if let Some(&person) = self.world.people.get("head2") {
            let watch = TicketDossierCommand::Watch(Watch { ticket, person });
            self.act(("head1", "watch"), ticket, watch).await?;
        }
        for (name, value) in [
            ("Affected site", FieldInput::Choices(["Harbour Street".to_owned()].into())),
            ("Inventory number", FieldInput::Text("SW-0417".to_owned())),
        ] {
            let Some(&field) = self.world.fields.get(name) else { continue };
            let fill = TicketDossierCommand::FillField(FillField { ticket, field, value });
            self.act(("agent1", &format!("fill {name}")), ticket, fill).await?;
        }
        Ok(())
    }

    async fn say(&self, ticket: TicketId) -> Result<(), GatewayError> {
        let comment = || CommentId(self.seed.new_id());
        let reply = |body: &str| {
            let (body, mentions) = (body.to_owned(), [].into());
            ConversationCommand::Reply(Reply { ticket, comment: comment(), body, mentions })
        };
        let asked = reply("Is the router's light green or red?");
        self.act(("agent1", "reply asked"), ticket, asked).await?;
        let answered = reply("Red, and it blinks.");
        self.act(("client1", "reply answered"), ticket, answered).await?;
        let note = ConversationCommand::Note(Note {
            ticket,
            comment: comment(),
            body: "The uplink is down; is there work on the line at Harbour Street?".to_owned(),
            mentions: self.world.people.get("agent3").copied().into_iter().collect(),
        });
        self.act(("agent1", "note"), ticket, note).await
    }

    async fn act<C: Guarded>(
        &self,
        (login, step): (&str, &str),
        ticket: TicketId,
        command: C,
    ) -> Result<(), GatewayError> {
        let caller = self.caller(login).await?;
        let step = format!("talk {step}");
        let done = self.seed.step(&caller, &step, (ticket.0, command, None), self.at).await;
        unless_refused(done)
    }

    async fn caller(&self, login: &str) -> Result<Caller, GatewayError> {
        let person = self.world.people.get(login).copied().unwrap_or(PersonId(Uuid::nil()));
        self.seed.caller(self.app, person).await
    }
}

fn unless_refused<T>(done: Result<T, GatewayError>) -> Result<(), GatewayError> {
    match done {
        Ok(_) | Err(GatewayError::Refused(_) | GatewayError::Forbidden) => Ok(()),
        Err(error) => Err(error),
    }
}
