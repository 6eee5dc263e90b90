//! `annals serve`.

use std::net::SocketAddr;
use std::process::ExitCode;

use super::{FAILED, ServeArgs, code_of, print, said};
use crate::boot::config::Config;
use crate::boot::first_start::FirstPassword;
use crate::boot::serve::{Server, ServerOptions};
use crate::boot::{App, BootError, demo, telemetry};

/// Everybody's password in a demo, unless another is configured.
const DEMO_PASSWORD: &str = "annals-demo";

pub(super) async fn run(args: ServeArgs, config: Config) -> ExitCode {
    let listener = match crate::boot::serve::listen(config.listen).await {
        Ok(listener) => listener,
        Err(error) => return said(FAILED, &error),
    };
    // Before anything is there to be counted.
    let metrics = telemetry::start_metrics();
    let mut app = match App::open(&config.place(), args.test_clock.clone()).await {
        Ok(app) => app,
        Err(error) => return said(code_of(&error), &error),
    };
    let options = ServerOptions { graphiql: args.demo || args.graphiql };
    let address = listener.local_addr().unwrap_or(config.listen);
    let result = match prepare(&app, &args, &config).await {
        Ok(mut lines) => {
            let server = Server::new(&app, listener, (metrics, options));
            app.work();
            lines.extend(greeting(&args, &config, address));
            lines.push(format!("Annals answers at http://{address}/graphql"));
            // Only now is it true that it answers.
            print(&(lines.join("\n") + "\n"));
            server.run().await
        }
        Err(error) => Err(error),
    };
    app.close().await;
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => said(FAILED, &error),
    }
}

/// First start and demo; what whoever started this must know.
async fn prepare(app: &App, args: &ServeArgs, config: &Config) -> Result<Vec<String>, BootError> {
    let mut lines: Vec<String> =
        app.deployment.notices.iter().map(|notice| format!("note: {notice}")).collect();
    let demo_password = config.demo_password.as_deref().unwrap_or(DEMO_PASSWORD);
    let password = match (&config.admin_password, args.demo) {
        (Some(password), _) => FirstPassword::Given(password),
        (None, true) => FirstPassword::Given(demo_password),
        (None, false) => FirstPassword::OneTime,
    };
    if let Some(one_time) = app.first_start(password).await? {
        lines.push(format!("sign in as admin with the one-time password {one_time}"));
    }
    if args.demo {
        app.seed_demo(demo_password).await?;
    }
    app.settle().await;
    Ok(lines)
}

/// What somebody who tries the demo wants to know; the address comes last, where it is seen.
fn greeting(args: &ServeArgs, config: &Config, address: SocketAddr) -> Vec<String> {
    if !args.demo {
        return Vec::new();
    }
    let password = match &config.demo_password {
        Some(_) => "password of all of them: the one in ANNALS_DEMO_PASSWORD".to_owned(),
        None => format!("password of all of them: {DEMO_PASSWORD}"),
    };
    vec![
        format!("accounts: {}", demo::logins().join(" ")),
        password,
        "a first query:".to_owned(),
        sample_query(address, config),
        format!("GraphiQL: http://{address}/graphiql"),
    ]
}

/// Signs in and asks for the newest tickets; needs curl and nothing else.
fn sample_query(address: SocketAddr, config: &Config) -> String {
    let password = match &config.demo_password {
        // Closes the single quotes, so that the shell puts it in.
        Some(_) => "'\"$ANNALS_DEMO_PASSWORD\"'",
        None => DEMO_PASSWORD,
    };
    format!(
        r#"  TOKEN=$(curl -s http://{address}/graphql -H 'content-type: application/json' \
    -d '{{"query":"mutation {{ signIn(input: {{login: \"agent1\", password: \"{password}\"}}) {{ token }} }}"}}' \
    | sed 's/.*"token":"\([^"]*\)".*/\1/')
  curl -s http://{address}/graphql -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" \
    -d '{{"query":"{{ tickets(first: 3, where: {{state: {{eq: IN_PROGRESS}}}}) {{ nodes {{ number title holder {{ name }} }} }} }}"}}'"#
    )
}
