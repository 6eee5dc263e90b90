//! P2, P3, P4

use super::{content, defined, given, retired};
use crate::kernel::testing::world::NOTHING;
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::template::command::Redefine;
use crate::template::event::Redefined;
use crate::template::{Content, TemplateCommand, TemplateEvent, TemplateRefusal};

fn redefine(name: &str, content: Content) -> TemplateCommand {
    TemplateCommand::Redefine(Box::new(Redefine { name: name.to_owned(), content }))
}

fn redefined(name: &str, content: Content) -> TemplateEvent {
    TemplateEvent::Redefined(Box::new(Redefined { name: name.to_owned(), content }))
}

#[test]
fn p3_tickets_start_otherwise_from_now_on() {
    let other = || Content { title: "A used laptop".to_owned(), ..content() };
    let outcome = given([defined()]).when(redefine("Laptop", other()));
    let template = outcome.then([redefined("Laptop", other())]).state();
    assert_eq!(template.body().unwrap().content, other());
    given([defined()]).when(redefine(" Laptop ", content())).nothing();
}

#[test]
fn p3_the_other_name_is_claimed_and_the_old_one_free() {
    let before = given([defined()]).when(redefine("Laptop", content())).state();
    let key = |name: &str| ClaimKey::Plain(name.to_owned());
    let scope = "template.name";
    assert_eq!(
        TemplateCommand::claims(&before, &redefined("PC", content())),
        [
            ClaimChange::Release { scope, key: key("laptop") },
            ClaimChange::Hold { scope, key: key("pc") },
        ]
    );
}

#[test]
fn p2_its_bounds_hold_here_too() {
    let unknown = Content { subject: Some(NOTHING), ..content() };
    given([defined()]).when(redefine("PC", unknown)).refused(TemplateRefusal::SubjectUnknown);
}

#[test]
fn p1_p4_it_is_there() {
    given([]).when(redefine("PC", content())).refused(TemplateRefusal::NotFound);
    let over = given([defined(), retired()]);
    over.when(redefine("PC", content())).refused(TemplateRefusal::Retired);
}
