//! Reports of small known stories.

mod case;
mod kpi;
mod sheet;
mod sla;
mod story;
