//! `access_grants`: every permission grant and every exception with its whole life, and every change
//! of permissions as a line of its own.
//!
//! Not who approved what was asked for: that stands with the requests (`access_requests`). Not what
//! decisions read either, which is the directory's. Read by the API and by whoever writes down that
//! something is over.

mod apply;
mod change;
mod desk;
mod filter;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::AccessGrants;
pub use change::{ChangeKind, ChangePlace, ChangeRow};
pub use filter::{ChangeFilter, ExceptionFilter, GrantFilter};
pub use read::{
    by_ids, change_count, changes, exception, exception_count, exceptions, grant_count, grants,
    over, subject,
};
pub use row::{ExceptionRow, GrantRow, HolderRow};
