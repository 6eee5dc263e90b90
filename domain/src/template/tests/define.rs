//! P1, P2

use uuid::Uuid;

use super::{content, defined, given};
use crate::kernel::testing::world::{CLOSED, CUSTOMER, NOTHING, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Facts, Refusal, SubjectFacts, SubjectId};
use crate::subject::event::DefaultsChosen;
use crate::template::command::Define;
use crate::template::{Content, Template, TemplateCommand, TemplateRefusal};
use crate::ticket::TicketKind;

fn define(name: &str, content: Content) -> TemplateCommand {
    TemplateCommand::Define(Box::new(Define { name: name.to_owned(), content }))
}

fn refused(content: Content, refusal: TemplateRefusal) {
    given([]).when(define("Laptop", content)).refused(refusal);
}

#[test]
fn p1_a_template_is_defined_once() {
    let typed = Content {
        title: " A new laptop ".to_owned(),
        tags: [" LAPTOP ".to_owned()].into(),
        ..content()
    };
    let template = given([]).when(define(" Laptop ", typed)).then([defined()]).state();
    assert_eq!(template.body().unwrap().content, content());
    given([defined()]).when(define("Other", content())).refused(TemplateRefusal::Exists);
}

#[test]
fn p1_the_name_has_a_bound_and_is_claimed_whatever_its_case() {
    let unfit = |fault| TemplateRefusal::TextUnfit { field: "name", fault };
    assert_eq!(unfit(TextFault::Empty).code(), "TEMPLATE_TEXT_UNFIT");
    assert_eq!(unfit(TextFault::Empty).field(), Some("name"));
    given([]).when(define("", content())).refused(unfit(TextFault::Empty));
    let long = "x".repeat(201);
    given([]).when(define(&long, content())).refused(unfit(TextFault::TooLong(200)));
    let key = ClaimKey::Plain("laptop".to_owned());
    assert_eq!(
        TemplateCommand::claims(&Template::default(), &defined()),
        [ClaimChange::Hold { scope: "template.name", key }]
    );
}

#[test]
fn p2_its_texts_are_bounded_as_a_tickets() {
    let unfit = |field, fault| TemplateRefusal::TextUnfit { field, fault };
    let title = |title: String| Content { title, ..content() };
    refused(title(String::new()), unfit("title", TextFault::Empty));
    refused(title("a\nb".to_owned()), unfit("title", TextFault::Control));
    refused(title("x".repeat(201)), unfit("title", TextFault::TooLong(200)));
    let description = |text: &str| Content { description: Some(text.to_owned()), ..content() };
    let long = description(&"x".repeat(20_001));
    refused(long, unfit("description", TextFault::TooLong(20_000)));
    let blank = given([]).when(define("Laptop", description(" \n"))).state();
    assert_eq!(blank.body().unwrap().content.description, None);
    let tags = |tags: Vec<String>| Content { tags: tags.into_iter().collect(), ..content() };
    refused(tags(vec!["x".repeat(101)]), unfit("tags", TextFault::TooLong(100)));
    let many = (0..21).map(|number| number.to_string()).collect();
    refused(tags(many), TemplateRefusal::TagsTooMany);
}

#[test]
fn p2_it_would_do_for_a_ticket() {
    refused(Content { kind: TicketKind::Task, ..content() }, TemplateRefusal::KindUnfit);
    refused(Content { subject: Some(NOTHING), ..content() }, TemplateRefusal::SubjectUnknown);
    for unit in [CUSTOMER, CLOSED, NOWHERE] {
        refused(Content { unit: Some(unit), ..content() }, TemplateRefusal::UnitUnfit);
    }
    let nothing_said = Content { subject: None, unit: None, priority: None, ..content() };
    given([]).when(define("Laptop", nothing_said)).acts();
}

#[test]
fn p2_it_is_about_no_retired_subject() {
    let subject = SubjectId(Uuid::from_u128(0xe4));
    let defaults = DefaultsChosen::default();
    let subjects = [(subject, SubjectFacts { retired: true, defaults })].into();
    let given = given([]).knowing(Facts { subjects, ..Facts::default() });
    let content = Content { subject: Some(subject), ..content() };
    given.when(define("Laptop", content)).refused(TemplateRefusal::SubjectRetired);
}
