//! One verb a file.

pub mod change_attachments;
pub mod change_closing;
pub mod change_dispatch;
pub mod change_languages;
pub mod change_notices;
pub mod change_priority_matrix;
pub mod change_quality;
pub mod change_sla;
pub mod establish;
