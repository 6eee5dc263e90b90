//! A notice in one sentence, in the recipient's language.
//!
//! The sentences name the actor in brackets, so that none has to agree with a person's gender or
//! bend a name.

use super::words::NoticeKind;
use crate::settings::Language;

/// What stands for the ticket's number.
const NUMBER: &str = "{number}";

/// What stands for the number of a ticket that the reader may not see.
pub const UNNAMED: &str = "…";

/// The notice as one sentence: `INC-7 was resolved (Anna Schmidt).` No actor: nobody did it by hand.
pub fn sentence(kind: NoticeKind, language: Language, number: &str, actor: Option<&str>) -> String {
    let pattern = match language {
        Language::En => english(kind),
        Language::De => german(kind),
        Language::Fr => french(kind),
        Language::Pl => polish(kind),
        Language::Ru => russian(kind),
        Language::Uk => ukrainian(kind),
    };
    let told = pattern.replace(NUMBER, number);
    match actor {
        Some(actor) => format!("{told} ({actor})."),
        None => format!("{told}."),
    }
}

fn english(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "{number} was opened",
        NoticeKind::TicketForwarded => "{number} was forwarded",
        NoticeKind::TicketWorkStarted => "Work on {number} has started",
        NoticeKind::TicketWorkStopped => "Work on {number} has stopped",
        NoticeKind::TicketResolved => "{number} was resolved",
        NoticeKind::TicketReopened => "{number} was reopened",
        NoticeKind::TicketCommented => "{number} has a new comment",
        NoticeKind::TicketMentioned => "You were mentioned in {number}",
        NoticeKind::TicketClosed => "{number} was closed",
        NoticeKind::TicketCancelled => "{number} was cancelled",
        NoticeKind::TicketMerged => "{number} was merged into another ticket",
        NoticeKind::TicketDeadlineNear => "Time is running out for {number}",
        NoticeKind::TicketOvertime => "{number} has run out of time",
        NoticeKind::TicketSurvey => "How was the work on {number}? Please rate it",
    }
}

fn german(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "{number} wurde eröffnet",
        NoticeKind::TicketForwarded => "{number} wurde weitergeleitet",
        NoticeKind::TicketWorkStarted => "Die Arbeit an {number} hat begonnen",
        NoticeKind::TicketWorkStopped => "Die Arbeit an {number} wurde unterbrochen",
        NoticeKind::TicketResolved => "{number} wurde gelöst",
        NoticeKind::TicketReopened => "{number} wurde wieder geöffnet",
        NoticeKind::TicketCommented => "{number} hat einen neuen Kommentar",
        NoticeKind::TicketMentioned => "Sie wurden in {number} erwähnt",
        NoticeKind::TicketClosed => "{number} wurde geschlossen",
        NoticeKind::TicketCancelled => "{number} wurde storniert",
        NoticeKind::TicketMerged => "{number} wurde mit einem anderen Ticket zusammengeführt",
        NoticeKind::TicketDeadlineNear => "Die Zeit für {number} wird knapp",
        NoticeKind::TicketOvertime => "Die Zeit für {number} ist überschritten",
        NoticeKind::TicketSurvey => "Wie war die Arbeit an {number}? Bitte bewerten Sie sie",
    }
}

fn french(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Le ticket {number} a été ouvert",
        NoticeKind::TicketForwarded => "Le ticket {number} a été transféré",
        NoticeKind::TicketWorkStarted => "Le travail sur le ticket {number} a commencé",
        NoticeKind::TicketWorkStopped => "Le travail sur le ticket {number} a été interrompu",
        NoticeKind::TicketResolved => "Le ticket {number} a été résolu",
        NoticeKind::TicketReopened => "Le ticket {number} a été rouvert",
        NoticeKind::TicketCommented => "Le ticket {number} a un nouveau commentaire",
        NoticeKind::TicketMentioned => "On vous a mentionné dans le ticket {number}",
        NoticeKind::TicketClosed => "Le ticket {number} a été fermé",
        NoticeKind::TicketCancelled => "Le ticket {number} a été annulé",
        NoticeKind::TicketMerged => "Le ticket {number} a été fusionné avec un autre",
        NoticeKind::TicketDeadlineNear => "Le délai du ticket {number} touche à sa fin",
        NoticeKind::TicketOvertime => "Le délai du ticket {number} est dépassé",
        NoticeKind::TicketSurvey => {
            "Comment jugez-vous le traitement du ticket {number} ? Merci de l’évaluer"
        }
    }
}

fn polish(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Utworzono zgłoszenie {number}",
        NoticeKind::TicketForwarded => "Przekazano zgłoszenie {number}",
        NoticeKind::TicketWorkStarted => "Rozpoczęto pracę nad zgłoszeniem {number}",
        NoticeKind::TicketWorkStopped => "Przerwano pracę nad zgłoszeniem {number}",
        NoticeKind::TicketResolved => "Rozwiązano zgłoszenie {number}",
        NoticeKind::TicketReopened => "Ponownie otwarto zgłoszenie {number}",
        NoticeKind::TicketCommented => "Dodano komentarz do zgłoszenia {number}",
        NoticeKind::TicketMentioned => "Wspomniano o Tobie w zgłoszeniu {number}",
        NoticeKind::TicketClosed => "Zamknięto zgłoszenie {number}",
        NoticeKind::TicketCancelled => "Anulowano zgłoszenie {number}",
        NoticeKind::TicketMerged => "Połączono zgłoszenie {number} z innym",
        NoticeKind::TicketDeadlineNear => "Kończy się czas na zgłoszenie {number}",
        NoticeKind::TicketOvertime => "Przekroczono czas na zgłoszenie {number}",
        NoticeKind::TicketSurvey => "Jak oceniasz obsługę zgłoszenia {number}? Prosimy o ocenę",
    }
}

fn russian(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Заявка {number} создана",
        NoticeKind::TicketForwarded => "Заявка {number} перенаправлена",
        NoticeKind::TicketWorkStarted => "Начата работа над заявкой {number}",
        NoticeKind::TicketWorkStopped => "Остановлена работа над заявкой {number}",
        NoticeKind::TicketResolved => "Заявка {number} решена",
        NoticeKind::TicketReopened => "Заявка {number} открыта повторно",
        NoticeKind::TicketCommented => "Новый комментарий к заявке {number}",
        NoticeKind::TicketMentioned => "Вас упомянули в заявке {number}",
        NoticeKind::TicketClosed => "Заявка {number} закрыта",
        NoticeKind::TicketCancelled => "Заявка {number} отменена",
        NoticeKind::TicketMerged => "Заявка {number} объединена с другой",
        NoticeKind::TicketDeadlineNear => "Время на заявку {number} заканчивается",
        NoticeKind::TicketOvertime => "Время на заявку {number} истекло",
        NoticeKind::TicketSurvey => {
            "Как вы оцениваете работу по заявке {number}? Пожалуйста, поставьте оценку"
        }
    }
}

fn ukrainian(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Заявку {number} створено",
        NoticeKind::TicketForwarded => "Заявку {number} перенаправлено",
        NoticeKind::TicketWorkStarted => "Розпочато роботу над заявкою {number}",
        NoticeKind::TicketWorkStopped => "Зупинено роботу над заявкою {number}",
        NoticeKind::TicketResolved => "Заявку {number} вирішено",
        NoticeKind::TicketReopened => "Заявку {number} відкрито повторно",
        NoticeKind::TicketCommented => "Новий коментар до заявки {number}",
        NoticeKind::TicketMentioned => "Вас згадали в заявці {number}",
        NoticeKind::TicketClosed => "Заявку {number} закрито",
        NoticeKind::TicketCancelled => "Заявку {number} скасовано",
        NoticeKind::TicketMerged => "Заявку {number} об’єднано з іншою",
        NoticeKind::TicketDeadlineNear => "Час на заявку {number} закінчується",
        NoticeKind::TicketOvertime => "Час на заявку {number} вийшов",
        NoticeKind::TicketSurvey => {
            "Як ви оцінюєте роботу над заявкою {number}? Будь ласка, поставте оцінку"
        }
    }
}
