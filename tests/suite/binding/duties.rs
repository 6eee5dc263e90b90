//! T19: two that must not come together, given at once: to a person and to a group of theirs, to a group
//! and its new member, to a person and to a program they answer for, to two groups of one person.

use std::collections::BTreeSet;

use api::boot::App;
use domain::access::Permission;
use domain::access::model::AccessSubject;
use domain::access_group::AccessGroupCommand;
use domain::access_group::command::{AddMember, RemoveMember};
use domain::kernel::{AccessGroupId, GrantId, PersonId, RoleId, ServiceAccountId};
use domain::service_account::command::Register;
use domain::service_account::{Right, ServiceAccountCommand};
use testbed::World;

use super::cases;
use super::world::{apart, give, group, node, person, role, say, take};

/// Who is raced for, and what.
struct Ground {
    person: AccessSubject,
    program: AccessSubject,
    /// The person belongs to it.
    theirs: AccessGroupId,
    /// They come and go.
    other: AccessGroupId,
    one: RoleId,
    another: RoleId,
}

type Tried = Result<Had, String>;

/// What somebody came to have.
enum Had {
    Grant(AccessSubject, GrantId),
    Member(AccessGroupId, AccessSubject),
}

async fn join(app: &App, group: AccessGroupId, member: AccessSubject) -> Tried {
    let add = AccessGroupCommand::AddMember(AddMember { group, member });
    say(app, group.0, add).await.map(|()| Had::Member(group, member))
}

async fn have(app: &App, subject: AccessSubject, role: RoleId) -> Tried {
    give(app, subject, role).await.map(|grant| Had::Grant(subject, grant))
}

async fn undo(app: &App, had: Had) {
    match had {
        Had::Grant(subject, grant) => take(app, subject, grant).await.unwrap(),
        Had::Member(group, member) => {
            let remove = AccessGroupCommand::RemoveMember(RemoveMember { group, member });
            say(app, group.0, remove).await.unwrap();
        }
    }
}

impl Ground {
    async fn new(app: &App) -> Self {
        let (who, owner) = (person(app, "agent1").await, person(app, "admin").await);
        let person = AccessSubject::Person(who);
        let (one, another) = (
            role(app, "Pays", Permission::CiRetire).await,
            role(app, "Orders", Permission::CiMerge).await,
        );
        apart(app, one, another).await;
        let (theirs, other) = (group(app, "Theirs", owner).await, group(app, "Other", owner).await);
        join(app, theirs, person).await.unwrap();
        let program = program(app, who).await;
        Self { person, program, theirs, other, one, another }
    }

    /// Both at once, each at its node; what had to be there before, and what became of both.
    async fn race(&self, kind: usize, [here, there]: [&App; 2]) -> (Option<Had>, [Tried; 2]) {
        let (person, theirs) = (self.person, AccessSubject::Group(self.theirs));
        let (other, one, another) = (AccessSubject::Group(self.other), self.one, self.another);
        let (before, (first, second)) = match kind {
            0 => (None, tokio::join!(have(here, person, one), have(there, theirs, another))),
            1 => (None, tokio::join!(have(here, person, one), have(there, self.program, another))),
            2 => {
                let held = have(here, other, one).await.unwrap();
                let joining = join(there, self.other, person);
                (Some(held), tokio::join!(have(here, person, another), joining))
            }
            _ => {
                let joined = join(here, self.other, person).await.unwrap();
                (Some(joined), tokio::join!(have(here, theirs, one), have(there, other, another)))
            }
        };
        (before, [first, second])
    }
}

async fn program(app: &App, owner: PersonId) -> AccessSubject {
    let id = ServiceAccountId(app.gateway.new_id());
    let (name, purpose) = ("Racer".to_owned(), "Raced".to_owned());
    let rights: BTreeSet<Right> = [Right::CiRegister].into();
    let register = Register { name, purpose, owner, rights, system: None };
    say(app, id.0, ServiceAccountCommand::Register(Box::new(register))).await.unwrap();
    AccessSubject::Service(id)
}

#[tokio::test]
async fn t19_of_two_that_must_not_come_together_one_is_refused_however_they_race() {
    let world = World::demo().await;
    let (here, there) = (node(&world).await, node(&world).await);
    let ground = Ground::new(&here).await;
    let (cases, mut firsts) = (cases(40), 0);
    for number in 0..cases {
        let (before, both) = ground.race(number % 4, [&here, &there]).await;
        firsts += usize::from(both[0].is_ok());
        let refused: Vec<&String> = both.iter().filter_map(|it| it.as_ref().err()).collect();
        assert_eq!(refused.len(), 1, "race {number}: {refused:?}");
        let separated = ["SUBJECT_ACCESS_DUTIES", "ACCESS_GROUP_DUTIES"];
        assert!(separated.contains(&refused[0].as_str()), "race {number}: {refused:?}");
        for had in both.into_iter().flatten().chain(before) {
            undo(&here, had).await;
        }
    }
    println!("soak: {cases} races of duties, {firsts} won by the first node, 0 times both");
    here.close().await;
    there.close().await;
}
