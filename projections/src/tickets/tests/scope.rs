//! A reader's view is the same in the database and in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::access::Who;
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::person::Role;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use strum::IntoEnumIterator;

use super::{all, page};
use crate::dossiers;
use crate::testing::{AGENT, CLIENT, UNIT, World};
use crate::tickets::{Scope, TicketQuery, TicketRow};

const STRANGER: PersonId = PersonId(uuid::Uuid::from_u128(0x5_7a4));

#[tokio::test]
async fn memory_and_database_agree_on_who_sees_what() {
    let world = World::with_clocks().await;
    let everything = page(world.pool(), &all(Vec::new(), 100)).await.unwrap().rows;
    let rows: Vec<TicketRow> = everything.into_iter().map(|(_, row)| row).collect();
    let ids: Vec<TicketId> = rows.iter().map(|row| row.ticket_id).collect();
    let dossiers = dossiers::by_ids(world.pool(), &ids).await.unwrap();
    let watchers: BTreeMap<TicketId, Vec<PersonId>> =
        dossiers.into_iter().map(|row| (row.ticket_id, row.watcher_ids)).collect();
    let people: BTreeSet<PersonId> = rows
        .iter()
        .flat_map(|row| [row.author_id, row.requester_id].into_iter().chain(row.holder_id))
        .chain(watchers.values().flatten().copied())
        .chain([AGENT, CLIENT, STRANGER])
        .collect();
    let units: BTreeSet<UnitId> = rows.iter().filter_map(|row| row.unit_id).chain([UNIT]).collect();
    let (people, units): (Vec<_>, Vec<_>) =
        (people.into_iter().collect(), units.into_iter().collect());
    let roles: Vec<Role> = Role::iter().collect();
    let mut rng = StdRng::seed_from_u64(11);
    let (mut some, mut none) = (0, 0);
    for _ in 0..300 {
        let few =
            |rng: &mut StdRng| units.iter().copied().filter(|_| rng.random_bool(0.3)).collect();
        let who = Who {
            person: people[rng.random_range(0..people.len())],
            role: roles[rng.random_range(0..roles.len())],
            units: few(&mut rng),
            heads: few(&mut rng),
            clients: people.iter().copied().filter(|_| rng.random_bool(0.2)).collect(),
            people: [].into(),
            dispatches: rng.random_bool(0.3),
        };
        let reaches_all =
            matches!(who.role, Role::SystemAdministrator | Role::Director | Role::Auditor);
        let leads = who.role == Role::ClientGroupLead;
        let who = Who { clients: if leads { who.clients } else { [].into() }, ..who };
        if reaches_all {
            continue;
        }
        let scope = Scope::Related(Arc::new(who.clone()));
        let nobody = Vec::new();
        let seen: BTreeSet<TicketId> = rows
            .iter()
            .filter(|row| scope.sees(row, watchers.get(&row.ticket_id).unwrap_or(&nobody)))
            .map(|row| row.ticket_id)
            .collect();
        let query = TicketQuery { scope, ..all(Vec::new(), 100) };
        let listed = page(world.pool(), &query).await.unwrap().rows;
        let listed: BTreeSet<TicketId> = listed.iter().map(|(_, row)| row.ticket_id).collect();
        assert_eq!(seen, listed, "{who:?}");
        if seen.is_empty() { none += 1 } else { some += 1 }
    }
    assert!(some > 30 && none > 0, "the draw says little: {some} saw something, {none} nothing");
}
