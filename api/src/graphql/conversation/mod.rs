//! What is said on tickets.

mod input;
mod list;
mod load;
mod mutation;
mod types;

pub(super) use list::{comment, of};
pub(super) use mutation::ConversationMutation;
pub(super) use types::Comment;
