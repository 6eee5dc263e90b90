//! The binary `annals`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The system's own keeps the memory of each password hashing once for every thread that did one.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    api::cli::main()
}
