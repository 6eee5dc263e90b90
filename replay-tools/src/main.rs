//! The binary `replay`: the auditor's tool. It reads a deployment's database without any server, says
//! whether history and views are sound, and tells how things stood. No GraphQL, no HTTP, and no
//! second way to write history.

mod cli;
mod command;
mod failure;
mod moment;
mod names;
mod open;
mod output;
mod progress;
mod stream;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Opening and folding events is many small pieces of memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
