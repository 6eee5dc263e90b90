//! Who may do what and who sees what, as a client of the real binary lives it, against tables that
//! are written by hand from what was agreed.

mod asked;
mod birthrights;
mod cells;
mod crawl;
mod desk;
mod forms;
mod lists;
mod matrix;
mod refusals;
mod revoked;
mod stage;
mod strangers;
mod withheld;
