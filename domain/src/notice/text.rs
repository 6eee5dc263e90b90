//! A notice in one sentence, in the recipient's language.
//!
//! The sentences name the actor in brackets, so that none has to agree with a person's gender or
//! bend a name.

use super::words::NoticeKind;
use crate::settings::Language;

/// What stands for a ticket's number, and for what an access request asks for.
const IT: &str = "{it}";

/// What stands for either where the reader may not see it.
pub const UNNAMED: &str = "…";

/// The notice as one sentence: `INC-7 was resolved (Anna Schmidt).` No actor: nobody did it by hand.
pub fn sentence(kind: NoticeKind, language: Language, it: &str, actor: Option<&str>) -> String {
    let pattern = match language {
        Language::En => english(kind),
        Language::De => german(kind),
        Language::Fr => french(kind),
        Language::Pl => polish(kind),
        Language::Ru => russian(kind),
        Language::Uk => ukrainian(kind),
    };
    let told = pattern.replace(IT, it);
    match actor {
        Some(actor) => format!("{told} ({actor})."),
        None => format!("{told}."),
    }
}

fn english(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "{it} was opened",
        NoticeKind::TicketForwarded => "{it} was forwarded",
        NoticeKind::TicketWorkStarted => "Work on {it} has started",
        NoticeKind::TicketWorkStopped => "Work on {it} has stopped",
        NoticeKind::TicketResolved => "{it} was resolved",
        NoticeKind::TicketReopened => "{it} was reopened",
        NoticeKind::TicketCommented => "{it} has a new comment",
        NoticeKind::TicketMentioned => "You were mentioned in {it}",
        NoticeKind::TicketClosed => "{it} was closed",
        NoticeKind::TicketCancelled => "{it} was cancelled",
        NoticeKind::TicketMerged => "{it} was merged into another ticket",
        NoticeKind::TicketDeadlineNear => "Time is running out for {it}",
        NoticeKind::TicketOvertime => "{it} has run out of time",
        NoticeKind::TicketSurvey => "How was the work on {it}? Please rate it",
        NoticeKind::AccessRequestAwaiting => "Access request for {it}: your vote is waited for",
        NoticeKind::AccessRequestPassed => "Access request for {it}: a seat has passed to you",
        NoticeKind::AccessRequestEscalated => {
            "Access request for {it}: nobody has decided in time, now you are asked"
        }
        NoticeKind::AccessRequestReminded => {
            "Access request for {it}: time is running out, and your vote is missing"
        }
        NoticeKind::AccessRequestQuestioned => {
            "Access request for {it}: there is a question for you"
        }
        NoticeKind::AccessRequestAnswered => "Access request for {it}: your question was answered",
        NoticeKind::AccessRequestApproved => "Access request for {it} was approved",
        NoticeKind::AccessRequestRejected => "Access request for {it} was rejected",
        NoticeKind::AccessRequestTimedOut => {
            "Access request for {it} has timed out: nobody has decided"
        }
        NoticeKind::AccessRequestWithdrawn => "Access request for {it} was withdrawn",
        NoticeKind::AccessRequestActivated => "Access request for {it}: the access is there",
        NoticeKind::AccessRequestActivationFailed => {
            "Access request for {it}: what was approved did not come to be"
        }
    }
}

fn german(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "{it} wurde eröffnet",
        NoticeKind::TicketForwarded => "{it} wurde weitergeleitet",
        NoticeKind::TicketWorkStarted => "Die Arbeit an {it} hat begonnen",
        NoticeKind::TicketWorkStopped => "Die Arbeit an {it} wurde unterbrochen",
        NoticeKind::TicketResolved => "{it} wurde gelöst",
        NoticeKind::TicketReopened => "{it} wurde wieder geöffnet",
        NoticeKind::TicketCommented => "{it} hat einen neuen Kommentar",
        NoticeKind::TicketMentioned => "Sie wurden in {it} erwähnt",
        NoticeKind::TicketClosed => "{it} wurde geschlossen",
        NoticeKind::TicketCancelled => "{it} wurde storniert",
        NoticeKind::TicketMerged => "{it} wurde mit einem anderen Ticket zusammengeführt",
        NoticeKind::TicketDeadlineNear => "Die Zeit für {it} wird knapp",
        NoticeKind::TicketOvertime => "Die Zeit für {it} ist überschritten",
        NoticeKind::TicketSurvey => "Wie war die Arbeit an {it}? Bitte bewerten Sie sie",
        NoticeKind::AccessRequestAwaiting => "Zugriffsanfrage {it}: Ihre Stimme ist gefragt",
        NoticeKind::AccessRequestPassed => {
            "Zugriffsanfrage {it}: ein Platz ist an Sie übergegangen"
        }
        NoticeKind::AccessRequestEscalated => {
            "Zugriffsanfrage {it}: niemand hat rechtzeitig entschieden, jetzt sind Sie gefragt"
        }
        NoticeKind::AccessRequestReminded => {
            "Zugriffsanfrage {it}: die Zeit wird knapp, und Ihre Stimme fehlt"
        }
        NoticeKind::AccessRequestQuestioned => {
            "Zugriffsanfrage {it}: es gibt eine Rückfrage an Sie"
        }
        NoticeKind::AccessRequestAnswered => {
            "Zugriffsanfrage {it}: Ihre Rückfrage wurde beantwortet"
        }
        NoticeKind::AccessRequestApproved => "Zugriffsanfrage {it} wurde genehmigt",
        NoticeKind::AccessRequestRejected => "Zugriffsanfrage {it} wurde abgelehnt",
        NoticeKind::AccessRequestTimedOut => {
            "Zugriffsanfrage {it} ist abgelaufen: niemand hat entschieden"
        }
        NoticeKind::AccessRequestWithdrawn => "Zugriffsanfrage {it} wurde zurückgezogen",
        NoticeKind::AccessRequestActivated => "Zugriffsanfrage {it}: der Zugriff besteht",
        NoticeKind::AccessRequestActivationFailed => {
            "Zugriffsanfrage {it}: der genehmigte Zugriff kam nicht zustande"
        }
    }
}

fn french(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Le ticket {it} a été ouvert",
        NoticeKind::TicketForwarded => "Le ticket {it} a été transféré",
        NoticeKind::TicketWorkStarted => "Le travail sur le ticket {it} a commencé",
        NoticeKind::TicketWorkStopped => "Le travail sur le ticket {it} a été interrompu",
        NoticeKind::TicketResolved => "Le ticket {it} a été résolu",
        NoticeKind::TicketReopened => "Le ticket {it} a été rouvert",
        NoticeKind::TicketCommented => "Le ticket {it} a un nouveau commentaire",
        NoticeKind::TicketMentioned => "On vous a mentionné dans le ticket {it}",
        NoticeKind::TicketClosed => "Le ticket {it} a été fermé",
        NoticeKind::TicketCancelled => "Le ticket {it} a été annulé",
        NoticeKind::TicketMerged => "Le ticket {it} a été fusionné avec un autre",
        NoticeKind::TicketDeadlineNear => "Le délai du ticket {it} touche à sa fin",
        NoticeKind::TicketOvertime => "Le délai du ticket {it} est dépassé",
        NoticeKind::TicketSurvey => {
            "Comment jugez-vous le traitement du ticket {it} ? Merci de l’évaluer"
        }
        NoticeKind::AccessRequestAwaiting => "Demande d’accès {it} : votre vote est attendu",
        NoticeKind::AccessRequestPassed => "Demande d’accès {it} : un siège vous a été transmis",
        NoticeKind::AccessRequestEscalated => {
            "Demande d’accès {it} : personne n’a décidé à temps, c’est à vous"
        }
        NoticeKind::AccessRequestReminded => {
            "Demande d’accès {it} : le délai touche à sa fin et votre vote manque"
        }
        NoticeKind::AccessRequestQuestioned => "Demande d’accès {it} : une question vous est posée",
        NoticeKind::AccessRequestAnswered => "Demande d’accès {it} : on a répondu à votre question",
        NoticeKind::AccessRequestApproved => "La demande d’accès {it} a été approuvée",
        NoticeKind::AccessRequestRejected => "La demande d’accès {it} a été rejetée",
        NoticeKind::AccessRequestTimedOut => {
            "La demande d’accès {it} a expiré : personne n’a décidé"
        }
        NoticeKind::AccessRequestWithdrawn => "La demande d’accès {it} a été retirée",
        NoticeKind::AccessRequestActivated => "Demande d’accès {it} : l’accès est ouvert",
        NoticeKind::AccessRequestActivationFailed => {
            "Demande d’accès {it} : l’accès approuvé n’a pas pu être ouvert"
        }
    }
}

fn polish(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Utworzono zgłoszenie {it}",
        NoticeKind::TicketForwarded => "Przekazano zgłoszenie {it}",
        NoticeKind::TicketWorkStarted => "Rozpoczęto pracę nad zgłoszeniem {it}",
        NoticeKind::TicketWorkStopped => "Przerwano pracę nad zgłoszeniem {it}",
        NoticeKind::TicketResolved => "Rozwiązano zgłoszenie {it}",
        NoticeKind::TicketReopened => "Ponownie otwarto zgłoszenie {it}",
        NoticeKind::TicketCommented => "Dodano komentarz do zgłoszenia {it}",
        NoticeKind::TicketMentioned => "Wspomniano o Tobie w zgłoszeniu {it}",
        NoticeKind::TicketClosed => "Zamknięto zgłoszenie {it}",
        NoticeKind::TicketCancelled => "Anulowano zgłoszenie {it}",
        NoticeKind::TicketMerged => "Połączono zgłoszenie {it} z innym",
        NoticeKind::TicketDeadlineNear => "Kończy się czas na zgłoszenie {it}",
        NoticeKind::TicketOvertime => "Przekroczono czas na zgłoszenie {it}",
        NoticeKind::TicketSurvey => "Jak oceniasz obsługę zgłoszenia {it}? Prosimy o ocenę",
        NoticeKind::AccessRequestAwaiting => "Wniosek o dostęp {it}: czekamy na Twój głos",
        NoticeKind::AccessRequestPassed => {
            "Wniosek o dostęp {it}: przekazano Ci miejsce wśród głosujących"
        }
        NoticeKind::AccessRequestEscalated => {
            "Wniosek o dostęp {it}: nikt nie zdecydował na czas, teraz pytamy Ciebie"
        }
        NoticeKind::AccessRequestReminded => {
            "Wniosek o dostęp {it}: kończy się czas, a brakuje Twojego głosu"
        }
        NoticeKind::AccessRequestQuestioned => "Wniosek o dostęp {it}: jest do Ciebie pytanie",
        NoticeKind::AccessRequestAnswered => {
            "Wniosek o dostęp {it}: odpowiedziano na Twoje pytanie"
        }
        NoticeKind::AccessRequestApproved => "Zatwierdzono wniosek o dostęp {it}",
        NoticeKind::AccessRequestRejected => "Odrzucono wniosek o dostęp {it}",
        NoticeKind::AccessRequestTimedOut => "Wniosek o dostęp {it} wygasł: nikt nie zdecydował",
        NoticeKind::AccessRequestWithdrawn => "Wycofano wniosek o dostęp {it}",
        NoticeKind::AccessRequestActivated => "Wniosek o dostęp {it}: dostęp jest przyznany",
        NoticeKind::AccessRequestActivationFailed => {
            "Wniosek o dostęp {it}: zatwierdzony dostęp nie doszedł do skutku"
        }
    }
}

fn russian(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Заявка {it} создана",
        NoticeKind::TicketForwarded => "Заявка {it} перенаправлена",
        NoticeKind::TicketWorkStarted => "Начата работа над заявкой {it}",
        NoticeKind::TicketWorkStopped => "Остановлена работа над заявкой {it}",
        NoticeKind::TicketResolved => "Заявка {it} решена",
        NoticeKind::TicketReopened => "Заявка {it} открыта повторно",
        NoticeKind::TicketCommented => "Новый комментарий к заявке {it}",
        NoticeKind::TicketMentioned => "Вас упомянули в заявке {it}",
        NoticeKind::TicketClosed => "Заявка {it} закрыта",
        NoticeKind::TicketCancelled => "Заявка {it} отменена",
        NoticeKind::TicketMerged => "Заявка {it} объединена с другой",
        NoticeKind::TicketDeadlineNear => "Время на заявку {it} заканчивается",
        NoticeKind::TicketOvertime => "Время на заявку {it} истекло",
        NoticeKind::TicketSurvey => {
            "Как вы оцениваете работу по заявке {it}? Пожалуйста, поставьте оценку"
        }
        NoticeKind::AccessRequestAwaiting => "Запрос доступа {it}: ждут вашего голоса",
        NoticeKind::AccessRequestPassed => "Запрос доступа {it}: место голосующего передано вам",
        NoticeKind::AccessRequestEscalated => {
            "Запрос доступа {it}: никто не решил вовремя, теперь спрашивают вас"
        }
        NoticeKind::AccessRequestReminded => {
            "Запрос доступа {it}: время заканчивается, а вашего голоса нет"
        }
        NoticeKind::AccessRequestQuestioned => "Запрос доступа {it}: к вам есть вопрос",
        NoticeKind::AccessRequestAnswered => "Запрос доступа {it}: на ваш вопрос ответили",
        NoticeKind::AccessRequestApproved => "Запрос доступа {it} одобрен",
        NoticeKind::AccessRequestRejected => "Запрос доступа {it} отклонён",
        NoticeKind::AccessRequestTimedOut => "Запрос доступа {it}: срок истёк, никто не решил",
        NoticeKind::AccessRequestWithdrawn => "Запрос доступа {it} отозван",
        NoticeKind::AccessRequestActivated => "Запрос доступа {it}: доступ предоставлен",
        NoticeKind::AccessRequestActivationFailed => {
            "Запрос доступа {it}: одобренный доступ не удалось предоставить"
        }
    }
}

fn ukrainian(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::TicketCreated => "Заявку {it} створено",
        NoticeKind::TicketForwarded => "Заявку {it} перенаправлено",
        NoticeKind::TicketWorkStarted => "Розпочато роботу над заявкою {it}",
        NoticeKind::TicketWorkStopped => "Зупинено роботу над заявкою {it}",
        NoticeKind::TicketResolved => "Заявку {it} вирішено",
        NoticeKind::TicketReopened => "Заявку {it} відкрито повторно",
        NoticeKind::TicketCommented => "Новий коментар до заявки {it}",
        NoticeKind::TicketMentioned => "Вас згадали в заявці {it}",
        NoticeKind::TicketClosed => "Заявку {it} закрито",
        NoticeKind::TicketCancelled => "Заявку {it} скасовано",
        NoticeKind::TicketMerged => "Заявку {it} об’єднано з іншою",
        NoticeKind::TicketDeadlineNear => "Час на заявку {it} закінчується",
        NoticeKind::TicketOvertime => "Час на заявку {it} вийшов",
        NoticeKind::TicketSurvey => {
            "Як ви оцінюєте роботу над заявкою {it}? Будь ласка, поставте оцінку"
        }
        NoticeKind::AccessRequestAwaiting => "Запит на доступ {it}: чекають на ваш голос",
        NoticeKind::AccessRequestPassed => {
            "Запит на доступ {it}: місце для голосування передано вам"
        }
        NoticeKind::AccessRequestEscalated => {
            "Запит на доступ {it}: ніхто не вирішив вчасно, тепер питають вас"
        }
        NoticeKind::AccessRequestReminded => {
            "Запит на доступ {it}: час закінчується, а вашого голосу немає"
        }
        NoticeKind::AccessRequestQuestioned => "Запит на доступ {it}: до вас є запитання",
        NoticeKind::AccessRequestAnswered => "Запит на доступ {it}: на ваше запитання відповіли",
        NoticeKind::AccessRequestApproved => "Запит на доступ {it} схвалено",
        NoticeKind::AccessRequestRejected => "Запит на доступ {it} відхилено",
        NoticeKind::AccessRequestTimedOut => "Запит на доступ {it}: строк минув, ніхто не вирішив",
        NoticeKind::AccessRequestWithdrawn => "Запит на доступ {it} відкликано",
        NoticeKind::AccessRequestActivated => "Запит на доступ {it}: доступ надано",
        NoticeKind::AccessRequestActivationFailed => {
            "Запит на доступ {it}: схвалений доступ не вдалося надати"
        }
    }
}
