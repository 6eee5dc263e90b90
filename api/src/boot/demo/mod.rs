//! The demo organisation: people, units, who watches over access, what they work by, and some forty tickets in
//! every state, on history time.
//!
//! Everything goes through the gateway as the people would do it, never by SQL. Each step has a
//! deterministic command id, so that a start that was interrupted is finished by the next and a
//! finished one is not repeated.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{Actor, FieldId, PersonId, SubjectId, UnitId};
use domain::person::command::Register;
use domain::person::{PersonCommand, Role};
use domain::subject::SubjectCommand;
use domain::subject::command::Create as CreateSubject;
use domain::unit::command::{AppointHead, AppointLead, Create, Join};
use domain::unit::{UnitCommand, UnitKind};
use uuid::Uuid;

use super::{App, BootError};
use crate::gateway::{Caller, Gateway, GatewayError, Guarded, Idempotency, Request, Step};

mod access;
mod catalog;
mod talk;
mod tickets;

/// Namespace of the demo's command ids; an arbitrary constant.
const DEMO: Uuid = Uuid::from_u128(0x5d1c_0f6e_9f3b_4e0b_8a51_0e57_ab1e_de30);

/// The accounts, besides `admin`: login, name, role, and where they belong.
const PEOPLE: [(&str, &str, Role, Belongs); 10] = [
    ("director", "Dana Director", Role::Director, Belongs::Unit("IT Services")),
    ("head1", "Hana Head", Role::UnitHead, Belongs::Heads("Service Desk")),
    ("head2", "Henry Head", Role::UnitHead, Belongs::Heads("Infrastructure")),
    ("agent1", "Ada Agent", Role::Agent, Belongs::Unit("Service Desk")),
    ("agent2", "Ben Agent", Role::Agent, Belongs::Unit("Service Desk")),
    ("agent3", "Cleo Agent", Role::Agent, Belongs::Unit("Infrastructure")),
    ("client1", "Carla Client", Role::Client, Belongs::Customer("Northwind Bakery")),
    ("client2", "Colin Client", Role::Client, Belongs::Customer("Northwind Bakery")),
    ("lead", "Lena Lead", Role::ClientGroupLead, Belongs::Leads("Northwind Bakery")),
    ("auditor", "Arno Auditor", Role::Auditor, Belongs::Nowhere),
];

const UNITS: [(&str, UnitKind, Option<&str>); 4] = [
    ("IT Services", UnitKind::Department, None),
    ("Service Desk", UnitKind::SupportUnit, Some("IT Services")),
    ("Infrastructure", UnitKind::SupportUnit, Some("IT Services")),
    ("Northwind Bakery", UnitKind::CustomerOrganization, None),
];

const SUBJECTS: [&str; 5] = ["E-mail", "Network", "Printing", "Accounts", "Ovens and tills"];

#[derive(Debug, Clone, Copy)]
enum Belongs {
    Unit(&'static str),
    Heads(&'static str),
    Customer(&'static str),
    Leads(&'static str),
    Nowhere,
}

/// All logins of the demo, the administrator's first.
pub fn logins() -> Vec<&'static str> {
    std::iter::once(super::first_start::ADMIN)
        .chain(PEOPLE.iter().map(|(login, ..)| *login))
        .collect()
}

impl App {
    /// Seeds what is missing of the demo organisation; `password` is everybody's.
    pub async fn seed_demo(&self, password: &str) -> Result<(), BootError> {
        let seed = Seed { gateway: self.gateway.clone(), started: self.gateway.now() };
        seed.run(self, password).await.map_err(|error| BootError::FirstStart(error.to_string()))
    }
}

/// The seeding in progress.
#[derive(Debug)]
struct Seed {
    gateway: Gateway,
    started: DateTime<Utc>,
}

/// Who and what there is.
#[derive(Debug, Default)]
struct World {
    people: HashMap<&'static str, PersonId>,
    units: HashMap<&'static str, UnitId>,
    subjects: Vec<SubjectId>,
    fields: HashMap<&'static str, FieldId>,
}

impl Seed {
    async fn run(&self, app: &App, password: &str) -> Result<(), GatewayError> {
        let mut world = World::default();
        let epoch = self.started - TimeDelta::days(30);
        for (name, kind, parent) in UNITS {
            let parent = parent.and_then(|parent| world.units.get(parent).copied());
            let create = Create { name: name.to_owned(), kind, parent };
            let id = self.system(name, self.new_id(), UnitCommand::Create(create), epoch).await?;
            world.units.insert(name, UnitId(id));
        }
        for name in SUBJECTS {
            let create = CreateSubject { name: name.to_owned() };
            let command = SubjectCommand::Create(create);
            let id = self.system(name, self.new_id(), command, epoch).await?;
            world.subjects.push(SubjectId(id));
        }
        for person in PEOPLE {
            self.person(app, &mut world, person, (password, epoch)).await?;
        }
        if let Some(admin) = app.identity.person_of(super::first_start::ADMIN).await? {
            access::seed(self, &world, (admin, epoch)).await?;
        }
        catalog::seed(self, &mut world, epoch).await?;
        tickets::seed(self, app, &world).await?;
        talk::seed(self, app, &world).await
    }

    async fn person(
        &self,
        app: &App,
        world: &mut World,
        (login, name, role, belongs): (&'static str, &'static str, Role, Belongs),
        (password, at): (&str, DateTime<Utc>),
    ) -> Result<(), GatewayError> {
        let organization = match belongs {
            Belongs::Customer(unit) | Belongs::Leads(unit) => world.units.get(unit).copied(),
            Belongs::Unit(_) | Belongs::Heads(_) | Belongs::Nowhere => None,
        };
        let id = self.new_id();
        let command = PersonCommand::Register(Box::new(Register {
            id: PersonId(id),
            login: login.to_owned(),
            name: name.to_owned(),
            email: Some(format!("{login}@demo.example")),
            phone: None,
            role,
            organization,
        }));
        let person = PersonId(self.system(login, id, command, at).await?);
        world.people.insert(login, person);
        let unit = |name: &str| world.units.get(name).map_or(Uuid::nil(), |unit| unit.0);
        let step = |verb: &str| format!("{verb} {login}");
        match belongs {
            Belongs::Unit(name) | Belongs::Heads(name) => {
                let join = UnitCommand::Join(Join { person });
                self.system(&step("join"), unit(name), join, at).await?;
            }
            Belongs::Leads(name) => {
                let lead = UnitCommand::AppointLead(AppointLead { person });
                self.system(&step("lead"), unit(name), lead, at).await?;
            }
            Belongs::Customer(_) | Belongs::Nowhere => {}
        }
        if let Belongs::Heads(name) = belongs {
            let head = UnitCommand::AppointHead(AppointHead { person });
            self.system(&step("head"), unit(name), head, at).await?;
        }
        if !app.identity.has_own_password(person).await? {
            app.identity.give_password(person, password, false).await.map_err(|error| {
                tracing::error!(%error, login, "giving a demo account its password");
                GatewayError::Busy
            })?;
        }
        Ok(())
    }

    fn new_id(&self) -> Uuid {
        self.gateway.new_id()
    }

    async fn system<C: Guarded>(
        &self,
        step: &str,
        stream: Uuid,
        command: C,
        at: DateTime<Utc>,
    ) -> Result<Uuid, GatewayError> {
        self.step(&Caller::system(), step, (stream, command, None), at).await
    }

    /// One step, once: the stream it concerns, which for a repeated step is the first one's.
    async fn step<C: Guarded>(
        &self,
        caller: &Caller,
        step: &str,
        (stream, command, reason): (Uuid, C, Option<&str>),
        at: DateTime<Utc>,
    ) -> Result<Uuid, GatewayError> {
        let mut request = Request::new(command, stream);
        let named = named(step);
        request.idempotency = Some(named);
        request.correlation_id = named.key;
        request.reason = reason.map(str::to_owned);
        request.at = Some(at);
        let outcome = self.gateway.execute(caller, request).await?;
        Ok(outcome.receipt.streams.first().map_or(stream, |stream| stream.aggregate_id))
    }

    /// The stream a step concerned, if it was done before.
    async fn answered(&self, actor: Actor, step: &str) -> Result<Option<Uuid>, GatewayError> {
        let receipt = self.gateway.answered(actor, named(step)).await?;
        Ok(receipt.and_then(|receipt| receipt.streams.first().map(|stream| stream.aggregate_id)))
    }

    /// A person as the one who acts.
    async fn caller(&self, app: &App, person: PersonId) -> Result<Caller, GatewayError> {
        let principal = app.gateway.principal(person).await?;
        Ok(Caller::person(person, principal))
    }
}

/// The demo's input varies with the time of its first start; the step's name says it all.
fn named(step: &str) -> Idempotency {
    Idempotency { key: Uuid::new_v5(&DEMO, step.as_bytes()), input_hash: [0; 32] }
}
