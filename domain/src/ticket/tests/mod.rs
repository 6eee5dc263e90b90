//! Given, when, then: one file a verb, one test a rule; besides them the table and the laws.

mod apply_plan;
mod assign;
mod cancel;
mod classify;
mod close;
mod escalate;
mod histories;
mod importing;
mod laws;
mod merge;
mod open;
mod pend;
mod prioritize;
mod refusals;
mod reopen;
mod resolve;
mod resolve_with_parent;
mod resolve_with_tasks;
mod restate_terms;
mod resume;
mod start_work;
mod stop_work;
mod table;
mod terms;
