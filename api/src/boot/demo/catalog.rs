//! What the demo's desk works by: where subjects lead, who can do what, templates and the like.

use chrono::{DateTime, TimeDelta, Utc};
use domain::custom_field::command::Define as DefineField;
use domain::custom_field::{CustomFieldCommand, FieldForm};
use domain::kernel::{FieldId, SubjectId};
use domain::macros::command::Define as DefineMacro;
use domain::macros::{MacroCommand, MacroStep};
use domain::person::PersonCommand;
use domain::person::command::{AppointDeputy, AssignTier, CertifySkill, TakePosition};
use domain::subject::SubjectCommand;
use domain::subject::command::ChooseDefaults;
use domain::template::command::Define as DefineTemplate;
use domain::template::{Content, TemplateCommand};
use domain::ticket::{PendingReason, Priority, TicketKind, Tier};
use domain::unit::command::ChooseRouting;
use domain::unit::{RoutingMethod, UnitCommand};

use super::{GatewayError, SUBJECTS, Seed, World};

/// Where the subjects lead, in their order: unit, priority, skill.
const DEFAULTS: [(&str, Option<Priority>, Option<&str>); SUBJECTS.len()] = [
    ("Service Desk", None, Some("e-mail")),
    ("Infrastructure", None, Some("networking")),
    ("Service Desk", None, None),
    ("Service Desk", Some(Priority::Low), None),
    ("Service Desk", Some(Priority::High), None),
];

/// Who is what, on which tier, and can do what how well.
const ABILITIES: [(&str, &str, u8, &str, u8); 4] = [
    ("agent1", "First line", 1, "e-mail", 4),
    ("agent2", "First line", 1, "e-mail", 2),
    ("agent3", "Network specialist", 2, "networking", 4),
    ("head2", "Head of infrastructure", 3, "networking", 5),
];

const METHODS: [(&str, RoutingMethod); 2] =
    [("Service Desk", RoutingMethod::LeastLoaded), ("Infrastructure", RoutingMethod::Pull)];

/// Fields of incidents: name, choices (none: a line of text), whether clients see it.
const FIELDS: [(&str, &[&str], bool); 2] = [
    ("Affected site", &["Harbour Street", "Mill Lane", "Warehouse"], true),
    ("Inventory number", &[], false),
];

/// Before the tickets; `at` is when the desk was set up.
pub(super) async fn seed(
    seed: &Seed,
    world: &mut World,
    at: DateTime<Utc>,
) -> Result<(), GatewayError> {
    for (name, method) in METHODS {
        let Some(unit) = world.units.get(name) else { continue };
        let choose = UnitCommand::ChooseRouting(ChooseRouting { method });
        seed.system(&format!("routing {name}"), unit.0, choose, at).await?;
    }
    subjects(seed, world, at).await?;
    people(seed, world, at).await?;
    fields(seed, world, at).await?;
    texts(seed, world, at).await
}

async fn subjects(seed: &Seed, world: &World, at: DateTime<Utc>) -> Result<(), GatewayError> {
    for (SubjectId(subject), (unit, priority, skill)) in world.subjects.iter().zip(DEFAULTS) {
        let choose = SubjectCommand::ChooseDefaults(ChooseDefaults {
            unit: world.units.get(unit).copied(),
            priority,
            skill: skill.map(str::to_owned),
            tier: None,
            sla_plan: None,
        });
        seed.system(&format!("defaults {subject}"), *subject, choose, at).await?;
    }
    Ok(())
}

async fn people(seed: &Seed, world: &World, at: DateTime<Utc>) -> Result<(), GatewayError> {
    let today = seed.started.date_naive();
    for (login, position, tier, skill, level) in ABILITIES {
        let Some(person) = world.people.get(login).copied() else { continue };
        let position = TakePosition { person, position: Some(position.into()) };
        let position = PersonCommand::TakePosition(position);
        seed.system(&format!("position {login}"), person.0, position, at).await?;
        let tier = PersonCommand::AssignTier(AssignTier { person, tier: Tier(tier) });
        seed.system(&format!("tier {login}"), person.0, tier, at).await?;
        let certify = PersonCommand::CertifySkill(CertifySkill {
            person,
            skill: skill.to_owned(),
            level,
            certified_until: Some(today + TimeDelta::days(365)),
        });
        seed.system(&format!("skill {login}"), person.0, certify, at).await?;
    }
    let pair = (world.people.get("agent2"), world.people.get("agent1"));
    let (Some(&person), Some(&deputy)) = pair else { return Ok(()) };
    let (from, until) = (today + TimeDelta::days(7), today + TimeDelta::days(14));
    let appoint = AppointDeputy { person, deputy, from, until };
    let appoint = PersonCommand::AppointDeputy(appoint);
    seed.system("deputy agent2", person.0, appoint, at).await.map(|_| ())
}

async fn fields(seed: &Seed, world: &mut World, at: DateTime<Utc>) -> Result<(), GatewayError> {
    for (name, choices, client_visible) in FIELDS {
        let form = if choices.is_empty() { FieldForm::Text } else { FieldForm::Select };
        let define = CustomFieldCommand::Define(DefineField {
            name: name.to_owned(),
            kinds: [TicketKind::Incident].into(),
            form,
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
            client_visible,
        });
        let id = seed.system(&format!("field {name}"), seed.new_id(), define, at).await?;
        world.fields.insert(name, FieldId(id));
    }
    Ok(())
}

/// What is written once for many: a template and a macro.
async fn texts(seed: &Seed, world: &World, at: DateTime<Utc>) -> Result<(), GatewayError> {
    let unit = world.units.get("Service Desk").copied();
    let define = TemplateCommand::Define(Box::new(DefineTemplate {
        name: "New colleague".to_owned(),
        content: Content {
            kind: TicketKind::ServiceRequest,
            title: "Account for a new colleague".to_owned(),
            description: Some("Name:\nFirst day:\nShift:".to_owned()),
            subject: SUBJECTS
                .iter()
                .position(|name| *name == "Accounts")
                .and_then(|index| world.subjects.get(index).copied()),
            unit,
            priority: None,
            tags: ["joiner".to_owned()].into(),
            client_visible: true,
        },
    }));
    seed.system("template", seed.new_id(), define, at).await?;
    let define = MacroCommand::Define(DefineMacro {
        name: "Ask for details".to_owned(),
        unit,
        steps: vec![
            MacroStep::Reply {
                body: "Since when does it happen, and to whom else? A photo helps.".to_owned(),
            },
            MacroStep::Tag { tag: "asked".to_owned() },
            MacroStep::Pend { pending_reason: PendingReason::Caller },
        ],
    });
    seed.system("macro", seed.new_id(), define, at).await.map(|_| ())
}
