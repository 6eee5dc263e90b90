//! One verb a file; the bounds of what a template says stand here.

pub mod define;
pub mod redefine;
pub mod retire;

use super::event::Content;
use super::refusal::TemplateRefusal;
use crate::kernel::Context;
use crate::kernel::text::{self, LONG_TEXT_MAX, NAME_MAX, TITLE_MAX, TextFault, WORD_MAX};
use crate::ticket::TicketKind;

/// Under how many words a ticket from a template is found.
pub(super) const TAGS_MAX: usize = 20;

fn fit_name(name: &str) -> Result<String, TemplateRefusal> {
    text::line(name, NAME_MAX).map_err(unfit("name"))
}

/// P2: as it is stored, trimmed and with its tags in lower case.
fn fit_content(content: Content, cx: &Context) -> Result<Content, TemplateRefusal> {
    if content.kind == TicketKind::Task {
        return Err(TemplateRefusal::KindUnfit);
    }
    about_must_fit(&content, cx)?;
    if content.tags.len() > TAGS_MAX {
        return Err(TemplateRefusal::TagsTooMany);
    }
    let tags = content.tags.iter().map(|tag| text::line(&tag.to_lowercase(), WORD_MAX));
    let tags = tags.collect::<Result<_, _>>().map_err(unfit("tags"))?;
    let description = content.description.as_deref().filter(|text| !text.trim().is_empty());
    let description = description.map(|text| text::required(text, LONG_TEXT_MAX)).transpose();
    Ok(Content {
        title: text::line(&content.title, TITLE_MAX).map_err(unfit("title"))?,
        description: description.map_err(unfit("description"))?,
        tags,
        ..content
    })
}

/// P2: what a ticket could be about, and whose it could be.
fn about_must_fit(content: &Content, cx: &Context) -> Result<(), TemplateRefusal> {
    if let Some(subject) = content.subject {
        let subject = cx.facts.subjects.get(&subject).ok_or(TemplateRefusal::SubjectUnknown)?;
        if subject.retired {
            return Err(TemplateRefusal::SubjectRetired);
        }
    }
    if content.unit.is_some_and(|unit| !cx.facts.takes_tickets(unit)) {
        return Err(TemplateRefusal::UnitUnfit);
    }
    Ok(())
}

fn unfit(field: &'static str) -> impl FnOnce(TextFault) -> TemplateRefusal {
    move |fault| TemplateRefusal::TextUnfit { field, fault }
}
