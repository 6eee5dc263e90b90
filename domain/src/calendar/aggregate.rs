//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::CalendarCommand;
use super::event::CalendarEvent;
use super::refusal::CalendarRefusal;
use super::state::Calendar;
use crate::kernel::{Command, Directed};

impl Aggregate for Calendar {
    const TYPE: &'static str = "calendar";
    type Command = Directed<CalendarCommand>;
    type Event = CalendarEvent;
    type Error = CalendarRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), CalendarRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: CalendarEvent) {
        self.evolve(event);
    }
}
