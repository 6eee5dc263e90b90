//! One verb a file.

pub mod appoint_head;
pub mod appoint_lead;
pub mod create;
pub mod join;
