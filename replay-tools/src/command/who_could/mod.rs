//! `replay who-could`: who could do something then, by which grants; decided by the evaluator that the
//! guard asks, on a fold of the log up to there. No view is asked.
//!
//! Actions of ours alone: what lies in other systems is not in the log.

mod thing;

use domain::access::decide::{Asked, Session, decide};
use domain::kernel::GrantId;
use projections::compliance::EVENTS_MAX;
use projections::directory::Past;
use serde_json::json;

use self::thing::Thing;
use super::sla_report::moment;
use crate::cli::WhoCould;
use crate::failure::Failure;
use crate::names::Names;
use crate::open::Opened;
use crate::output::{Output, cell};
use crate::progress::Progress;

/// Longest name shown, in characters.
const NAME: usize = 32;

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    ask: &WhoCould,
) -> Result<(), Failure> {
    if ask.permission.system().is_some() {
        return Err(Failure::BadInput("what lies in other systems is not in the log".to_owned()));
    }
    let mut conn = opened.snapshot().await?;
    let (cut, at) = moment(opened, &mut conn, ask.at).await?;
    let position = cut.position()?;
    let thing = Thing::read(opened, &mut conn, ask.object.as_deref(), position).await?;
    let upcasters = opened.journal.upcasters();
    let past = Past::of_everybody(&mut conn, upcasters, (position, at), EVENTS_MAX).await?;
    let everybody: Vec<_> = past.people().collect();
    let (mut names, mut found) = (Names::default(), 0_usize);
    let mut progress = Progress::new("people");
    output.say(&format!("{} as of position {position}, {at}", ask.permission))?;
    output.say(&format!("{:<36} {:<NAME$} GRANTS", "PERSON", "NAME"))?;
    for (asked, person) in (1_i64..).zip(&everybody) {
        progress.step(asked, i64::try_from(everybody.len()).unwrap_or(i64::MAX));
        let Some(known) = past.principal(*person)? else { continue };
        let (world, who) = (&*known.world, &known.who);
        let object = thing.seen_by((world, who), &past, &ask.permission)?;
        let session = Session::default();
        let question =
            Asked { action: &ask.permission, object: &object, fields: &[], at, session: &session };
        let decision = decide(world, &question);
        if !decision.is_allowed() {
            continue;
        }
        found += 1;
        let name = names.of(&opened.journal, &mut conn, person.0).await?;
        let grants: Vec<String> = decision.grants.iter().map(GrantId::to_string).collect();
        output.record(&json!({"person": person, "name": name, "grants": grants}))?;
        let (person, name) = (person.to_string(), cell(&name.unwrap_or_default(), NAME));
        let grants = grants.join(", ");
        output.say(format!("{person:<36} {name:<NAME$} {grants}").trim_end())?;
    }
    drop(progress);
    output.say(&format!("{found} of {} people could", everybody.len()))
}
