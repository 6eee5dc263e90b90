//! Facts to rows.

use domain::Fact;
use domain::kernel::PersonId;
use domain::ticket_dossier::TicketDossierEvent as Event;
use domain::ticket_dossier::event::{self as dossier, Unwatched, Watched};

use super::{WatchersRow, by_ids};
use crate::testing::{AGENT, CLIENT, TICKET, World};

fn row(ids: &[PersonId], version: i64) -> WatchersRow {
    WatchersRow { ticket_id: TICKET, watcher_ids: ids.iter().copied().collect(), version }
}

#[tokio::test]
async fn a_row_says_who_watches_now() {
    let world = World::with_desk().await;
    assert_eq!(by_ids(world.pool(), &[TICKET]).await.unwrap(), [row(&[CLIENT], 6)]);
    let tagged = dossier::Tagged { tag: "again".to_owned() };
    for (events, expected) in [
        (vec![Event::Watched(Watched { person: AGENT })], row(&[AGENT, CLIENT], 15)),
        // What else stands in the dossier changes nothing.
        (vec![Event::Tagged(tagged)], row(&[AGENT, CLIENT], 15)),
        (
            [AGENT, CLIENT].map(|person| Event::Unwatched(Unwatched { person })).to_vec(),
            row(&[], 18),
        ),
    ] {
        let facts: Vec<Fact> =
            events.into_iter().map(|event| Fact::TicketDossier(TICKET, event)).collect();
        world.say(&facts).await;
        world.settled().await;
        world.project().await;
        assert_eq!(by_ids(world.pool(), &[TICKET]).await.unwrap(), [expected]);
    }
}
