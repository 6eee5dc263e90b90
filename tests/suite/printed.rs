//! The command line's reference page is what the binaries print.

use std::fmt::Write as _;
use std::process::Command;

use testbed::{binary, run};

use crate::tidy::golden;

/// Every command, in the order of the page.
const COMMANDS: [&str; 40] = [
    "annals",
    "annals serve",
    "annals migrate",
    "annals import",
    "annals import incident-log",
    "annals import commands",
    "annals import cis",
    "annals export",
    "annals database-url",
    "annals rotate-log-key",
    "annals schema",
    "annals completions",
    "replay",
    "replay verify",
    "replay export",
    "replay import",
    "replay prove",
    "replay rebuild",
    "replay diff",
    "replay rollback",
    "replay jobs",
    "replay projections",
    "replay dead-letters",
    "replay dead-letters list",
    "replay dead-letters retry",
    "replay dead-letters resolve",
    "replay dead-letters discard",
    "replay timeline",
    "replay as-of",
    "replay as-of tickets",
    "replay as-of ticket",
    "replay as-of thing",
    "replay as-of things",
    "replay as-of view",
    "replay who-could",
    "replay stats",
    "replay sla-report",
    "replay what-if",
    "replay completions",
    "replay man",
];

#[test]
fn the_command_line_page_is_what_the_programs_print() {
    let mut page = String::from(
        "# Command line\n\nPrinted by the programs themselves. What they read from files and the \
         environment stands in [configuration](configuration.md).\n",
    );
    for command in COMMANDS {
        let mut words = command.split(' ');
        let mut help = Command::new(binary(words.next().unwrap()));
        // Without a terminal clap wraps at 100 columns, whoever runs this.
        help.env_remove("COLUMNS").env_remove("DATABASE_URL");
        let mut arguments: Vec<&str> = words.collect();
        if arguments.starts_with(&["as-of"]) && arguments.len() > 1 {
            arguments.insert(1, "2016-03-15T12:00:00Z");
        }
        let printed = run(help.args(arguments).arg("--help"));
        assert_eq!(printed.code, 0, "{command}: {}", printed.stderr);
        let text: Vec<&str> = printed.stdout.lines().map(str::trim_end).collect();
        let text = text.join("\n");
        write!(page, "\n## {command}\n```text\n{}\n```\n", text.trim_end()).unwrap();
    }
    golden::compare("docs/reference/cli.md", &page);
}
