//! `annals witness`.

use std::process::ExitCode;
use std::sync::Arc;

use journal::witness::Witness;

use super::{FAILED, USAGE, WitnessArgs, print, said};
use crate::boot::clock::SystemClock;
use crate::boot::config::Config;
use crate::boot::serve::{listen, serve};
use crate::witness::router;

/// Needs no database: what it remembers is in its folder.
pub(super) async fn run(args: WitnessArgs, config: &Config) -> ExitCode {
    let name = match args.name.map(|name| name.parse()).transpose() {
        Ok(name) => name,
        Err(error) => return said(USAGE, &error),
    };
    let folder = config.data_dir.join("witness");
    let opened = Witness::open(&folder, name).and_then(|it| it.logs().map(|logs| (it, logs)));
    let (witness, logs) = match opened {
        Ok(opened) => opened,
        Err(error) => return said(FAILED, &error),
    };
    let listener = match listen(args.listen).await {
        Ok(listener) => listener,
        Err(error) => return said(FAILED, &error),
    };
    let address = listener.local_addr().unwrap_or(args.listen);
    let known = match logs.as_slice() {
        [] => format!("no log is known yet: put its policy into {}", folder.join("logs").display()),
        logs => format!("it knows {}", logs.join(", ")),
    };
    let public = witness.public().clone();
    let router = router(Arc::new(witness), Arc::new(SystemClock));
    print(&format!("{public}\n{known}\nthe witness answers at http://{address}\n"));
    match serve(listener, router).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => said(FAILED, &error),
    }
}
