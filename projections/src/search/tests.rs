//! Words to tickets.

use crate::testing::desk::DOUBLE;
use crate::testing::{TICKET, World};
use crate::tickets::{Long, Scope, Search, TicketQuery, count, page};

#[tokio::test]
async fn tickets_are_found_by_their_words() {
    let world = World::with_desk().await;
    for (text, internal, found) in [
        ("", false, 5),
        ("  \n ", true, 5),
        ("LINE dead", false, 1),
        ("inc-1", false, 4),
        ("inc-12", false, 1),
        ("it", false, 5),
        // A reply, whatever its white space; a sign that LIKE knows.
        ("100% not", false, 1),
        ("10_%", false, 0),
        ("plugged it", false, 1),
        // Notes are for staff; any language has its lower case.
        ("почта", false, 0),
        ("ПОЧТА again", true, 1),
        ("unplugged line", false, 0),
        ("unplugged line", true, 1),
        ("\0", true, 0),
    ] {
        let search = Search { text: text.to_owned(), internal };
        let counted = count(world.pool(), &Scope::All, None, Some(&search)).await.unwrap();
        assert_eq!(counted, found, "{text}");
    }
}

#[tokio::test]
async fn a_merged_ticket_is_found_where_it_went() {
    let world = World::with_desk().await;
    for (text, expected) in
        [("anybody", vec![TICKET, DOUBLE]), ("same other", vec![TICKET, DOUBLE])]
    {
        let query = TicketQuery {
            scope: Scope::All,
            filter: None,
            search: Some(Search { text: text.to_owned(), internal: true }),
            order: Vec::new(),
            first: 10,
            after: None,
        };
        let found = page(world.pool(), &Long::default(), &query).await.unwrap();
        let mut ids: Vec<_> = found.rows.into_iter().map(|(_, row)| row.ticket_id).collect();
        ids.sort();
        assert_eq!(ids, expected, "{text}");
    }
}
