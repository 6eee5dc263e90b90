//! T9, T20

use super::histories::{a_held_ticket, a_resolved_ticket, an_individual_ticket, given, resolved};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};
use crate::kernel::text::TextFault;
use crate::ticket::command::Resolve;
use crate::ticket::{TicketCommand, TicketRefusal, TicketState};

fn resolve(code: &str, solution: &str) -> TicketCommand {
    TicketCommand::Resolve(Resolve {
        code: Some(code.to_owned()),
        solution: Some(solution.to_owned()),
    })
}

#[test]
fn t9_the_holder_resolves_with_code_and_solution() {
    let outcome = given(a_held_ticket()).when(resolve(" FIXED", "Quota raised"));
    let ticket = outcome.then([resolved()]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::Resolved, None));
    assert_eq!(body.last_holder, Some(ANNA));
}

#[test]
fn t9_nobody_else_resolves_not_even_a_head() {
    let refusal = TicketRefusal::NotHeldByActor;
    given(a_held_ticket()).by(BEN).when(resolve("FIXED", "x")).refused(refusal.clone());
    given(a_held_ticket()).by(HEIDI).steering().when(resolve("FIXED", "x")).refused(refusal);
}

#[test]
fn t9_code_and_solution_are_required() {
    let resolve = |code: Option<&str>, solution: Option<&str>| {
        let (code, solution) = (code.map(str::to_owned), solution.map(str::to_owned));
        given(a_held_ticket()).when(TicketCommand::Resolve(Resolve { code, solution }))
    };
    let empty = |field| TicketRefusal::TextUnfit { field, fault: TextFault::Empty };
    resolve(None, Some("x")).refused(empty("code"));
    resolve(Some(" "), Some("x")).refused(empty("code"));
    resolve(Some("FIXED"), None).refused(empty("solution"));
    resolve(Some("FIXED"), Some("\n")).refused(empty("solution"));
    let long = "x".repeat(101);
    let too_long = TicketRefusal::TextUnfit { field: "code", fault: TextFault::TooLong(100) };
    resolve(Some(&long), Some("x")).refused(too_long);
}

#[test]
fn t9_the_same_resolution_again_changes_nothing() {
    given(a_resolved_ticket()).when(resolve("FIXED", "Quota raised")).nothing();
    let refusal = TicketRefusal::WrongState { state: TicketState::Resolved };
    given(a_resolved_ticket()).when(resolve("FIXED", "Otherwise")).refused(refusal);
}

#[test]
fn t20_nobody_alone_resolves_what_each_of_its_people_does() {
    let refusal = TicketRefusal::Individual;
    given(an_individual_ticket()).when(resolve("FIXED", "x")).refused(refusal);
}
