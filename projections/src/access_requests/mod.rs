//! `access_requests`: one row an access request: what is wanted, where on its way it is, who decides,
//! what they said, and when time asks for something next.
//!
//! Not what came of it, which are grants (`access_grants`). Read by the API and by whoever sees to
//! deadlines and to what was approved.

mod apply;
mod filter;
pub mod read;
mod row;
mod said;
#[cfg(test)]
mod tests;

pub use apply::AccessRequests;
pub use filter::RequestFilter;
pub use read::{by_ids, count, due, page};
pub(crate) use row::silence;
pub use row::{RequestRow, RequestState};
pub use said::{QuestionRow, VoteRow};
