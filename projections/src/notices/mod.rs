//! `notices`: the outbox, one row an event, recipient and channel; who is told what about tickets
//! and access requests.
//!
//! Recipients are those as of the event, in log order: tables of the model's own remember who
//! belonged where. Not here: which notices are read (`identity.notice_marks`, joined by the
//! queries), their words (`domain::notice`), and their delivery. Read by the API.
//!
//! The actor is whom the command was made for, else who made it; Annals itself is nobody. The author
//! of a ticket is, in all these rules, its author and its requester.
//!
//! - **N1** Opened for a unit: the staff of the unit.
//! - **N2** Opened for people: these people, and the heads and directors of every unit that each of
//!   them belongs to.
//! - **N3** Opened for nobody: the staff of the dispatch unit; while none is set, nobody.
//! - **N4** Forwarded, or escalated to another unit: as if it were opened for the new target.
//! - **N5** Work started or stopped, resolved (also with its parent or its tasks), reopened: the
//!   author and the heads of the actor's units; also the assignees, when the settings say so.
//! - **N6** Commented: the author, the assignees and the holder, whoever commented earlier, and the
//!   heads of the actor's units. A note that comes with a forward makes its writer one who
//!   commented, and nothing else.
//! - **N7** Who is mentioned in a comment is told of the mention, instead of the comment.
//! - **N8** Clients are told of no internal note, not even of a mention in it.
//! - **N9** Closed, cancelled, merged: the author, the assignees and the last holder, but not whoever
//!   commented last. In the feed only.
//! - **N10** Watchers are told of all this but the opening; clients never watch.
//! - **N11** Never the actor, nor the writer of the comment; never who is suspended, has left or is
//!   not known.
//! - **N12** The heads of a unit are those appointed and those of its people whose role is unit head;
//!   the heads of a department head the units in it as well. Directors of a unit belong to it.
//!   Clients are neither staff nor heads, wherever they are named.
//! - **N13** History brought in from another desk is no news: nobody is told.
//! - **N14** Whoever has several reasons to be told is told once an event.
//! - **N15** A threshold of a clock was crossed, and the plan has people told: the holder, the
//!   assignees, the heads or the staff of the ticket's unit, as it names them; of one that is nobody's,
//!   the dispatch unit's. Below 100 percent time is running out; from there on it has run out.
//! - **N16** A survey is sent: the requester.
//! - **N17** A deadline that was set by hand is near, or over: the watchers.
//! - **N18** A stage of an access request opens: who sits there. A seat of the stage that waits is
//!   passed on: whose it is now. It goes up a level: who sits down with the others.
//! - **N19** Time of a stage goes by: those who sit there and have not voted.
//! - **N20** Somebody who decides asks for more: who asked for the access; did a program, who would have
//!   it. It is answered: who wanted to know.
//! - **N21** A request is approved, rejected, given up, or nobody has decided; what was approved is there,
//!   or is not: who asked and who would have it. Given up: in the feed only.
//! - **N22** Of requests clients are told what they asked for or would have: they sit nowhere. That votes
//!   are void is told by the stage that opens anew, once.

mod apply;
mod desk;
mod load;
pub mod read;
mod recipients;
mod requests;
mod row;
mod state;
#[cfg(test)]
mod survey_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use apply::Notices;
pub use read::{News, Notice, count, own, page, since, unread_count};
pub use row::NoticeRow;
