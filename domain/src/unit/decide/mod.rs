//! One verb a file.

pub mod appoint_head;
pub mod appoint_lead;
pub mod choose_routing;
pub mod close;
pub mod create;
pub mod dismiss_head;
pub mod join;
pub mod leave;
pub mod rename;
