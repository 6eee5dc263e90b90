//! What is asked of history: how it stood, what happened, who could, how much there is.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand, ValueEnum};
use domain::access::model::ActionName;
use domain::ticket::TicketState;
use uuid::Uuid;

use super::instant;
use crate::moment::Moment;

pub(super) const AS_OF_EXAMPLES: &str = "\
Examples:
  replay as-of 2026-03-01T12:00:00Z tickets                      what we knew then
  replay as-of 2016-03-15T12:00:00Z --occurred tickets --summary what was so then, as we know now
  replay as-of 2016-03-15T12:00:00Z --occurred tickets --state PENDING --json
  replay as-of 1200 ticket INC-7                                 after position 1200 of the log
  replay as-of 1200 thing 0190f3a0-5f6e-7cc1-b2fd-3f1a4d9c8e01   anything by its UUID
  replay as-of 1200 things role --json                           all roles
  replay as-of 1200 view cis --json                              a whole view
  replay as-of 1200 view cis --into march                        as tables, for SQL";

pub(super) const TIMELINE_EXAMPLES: &str = "\
Examples:
  replay timeline INC-1042
  replay timeline INC0000045 --json      by its name in another system
  replay timeline 0190f3a0-5f6e-7cc1-b2fd-3f1a4d9c8e01     any person, unit, subject or ticket
  replay timeline INC-1042 --from 2026-03-01T00:00:00Z     written down from then on
  replay timeline INC-1042 --from 2016-03-01T00:00:00Z --occurred
  replay timeline INC-1042 --tree        what led to what, whichever things it happened to";

pub(super) const DIFF_EXAMPLES: &str = "\
Examples:
  replay diff tickets
  replay diff all --json
  replay diff tickets --values --most 1000    with what stands in the fields: it may be personal";

pub(super) const STATS_EXAMPLES: &str = "\
Examples:
  replay stats
  replay stats --by actor --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z
  replay stats --by day --json";

pub(super) const WHO_COULD_EXAMPLES: &str = "\
Examples:
  replay who-could ticket.read INC-1042 --at 2026-03-01T12:00:00Z
  replay who-could ticket.resolve INC-1042 --at 1200
  replay who-could access.grant                   to nothing in particular, now";

/// `as-of`.
#[derive(Debug, Args)]
pub(crate) struct AsOf {
    /// RFC 3339, or a position in the log
    #[arg(value_name = "TIME")]
    pub(crate) moment: Moment,
    /// Ask by when it happened, not by when it was recorded
    #[arg(long, global = true)]
    pub(crate) occurred: bool,
    #[command(subcommand)]
    pub(crate) of: Of,
}

/// What is to be told.
#[derive(Debug, Subcommand)]
pub(crate) enum Of {
    /// All tickets: a line each, and how many stood in which state
    Tickets {
        /// Only those in this state
        #[arg(long, value_parser = state)]
        state: Option<TicketState>,
        /// Only how many stood in which state
        #[arg(long)]
        summary: bool,
    },
    /// One ticket, as JSON: the row that the API answers from
    Ticket {
        /// INC-1042, its name in another system, or its UUID
        number: String,
    },
    /// Anything, as JSON: what the rules know of it
    Thing {
        /// INC-1042, its name in another system, or the UUID of anything
        name: String,
    },
    /// Everything of a type, a line each
    Things {
        /// The type of the streams, such as role, ci or person
        #[arg(value_name = "TYPE")]
        aggregate_type: String,
    },
    /// The rows of a view, folded up to there
    View {
        /// Its name
        name: String,
        /// Those of this stream alone
        #[arg(long, value_name = "UUID")]
        of: Option<Uuid>,
        /// Make this schema and leave the tables in it, in place of printing their rows
        #[arg(long, value_name = "SCHEMA", value_parser = schema)]
        into: Option<String>,
    },
}

/// `timeline`.
#[derive(Debug, Args)]
pub(crate) struct Timeline {
    /// INC-1042, its name in another system, or the UUID of anything
    pub(crate) number: String,
    /// What was written down from then on, RFC 3339
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) from: Option<DateTime<Utc>>,
    /// And before then
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) to: Option<DateTime<Utc>>,
    /// Take both by when it happened, not by when it was written down
    #[arg(long)]
    pub(crate) occurred: bool,
    /// Tell what led to what: everything that belongs to the same requests
    #[arg(long, conflicts_with_all = ["from", "to", "occurred"])]
    pub(crate) tree: bool,
}

/// `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// A view, or all
    pub(crate) name: String,
    /// Tell what stands in the fields that differ; it may be personal
    #[arg(long)]
    pub(crate) values: bool,
    /// Tell so many rows of each view
    #[arg(
        long, value_name = "N", default_value_t = 100,
        value_parser = clap::value_parser!(u32).range(1..=100_000)
    )]
    pub(crate) most: u32,
}

/// `stats`.
#[derive(Debug, Args)]
pub(crate) struct Stats {
    /// By what to count [default: all of them]
    #[arg(long)]
    pub(crate) by: Option<By>,
    /// What was recorded from then on, RFC 3339
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) from: Option<DateTime<Utc>>,
    /// And before then
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) to: Option<DateTime<Utc>>,
}

/// By what events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// What happened
    Type,
    /// Who did it
    Actor,
    /// On which day it was recorded, UTC
    Day,
    /// The type of the streams, with how many there are and how long
    Stream,
}

/// `who-could`.
#[derive(Debug, Args)]
pub(crate) struct WhoCould {
    /// What, such as ticket.read
    pub(crate) permission: ActionName,
    /// To what: INC-1042, or the UUID of a ticket, an item, a person or a unit
    pub(crate) object: Option<String>,
    /// As it stood then: RFC 3339, or a position in the log [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<Moment>,
}

fn state(text: &str) -> Result<TicketState, String> {
    use strum::IntoEnumIterator;
    text.to_uppercase().replace('-', "_").parse().map_err(|_| {
        let known: Vec<String> = TicketState::iter().map(|state| state.to_string()).collect();
        format!("the states are {}", known.join(", "))
    })
}

/// A name that can stand in a statement as it is, and takes nothing that is somebody's.
fn schema(text: &str) -> Result<String, &'static str> {
    let fits = (1..=48).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
        && !["pg_", "view_"].iter().any(|taken| text.starts_with(taken));
    fits.then(|| text.to_owned()).ok_or(
        "a schema is named by at most 48 small letters, digits and _, and not pg_… or view_…",
    )
}
