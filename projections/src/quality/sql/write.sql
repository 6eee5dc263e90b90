with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into quality
    select r.* from stepped, jsonb_populate_recordset(null::quality, $4) r
    on conflict (ticket_id) do update set
        survey_sent_at = excluded.survey_sent_at,
        survey_open_until = excluded.survey_open_until,
        survey_unit_id = excluded.survey_unit_id,
        survey_person_id = excluded.survey_person_id,
        rating = excluded.rating,
        rating_comment = excluded.rating_comment,
        rater_id = excluded.rater_id,
        rated_at = excluded.rated_at,
        check_drawn_at = excluded.check_drawn_at,
        check_unit_id = excluded.check_unit_id,
        check_person_id = excluded.check_person_id,
        check_score = excluded.check_score,
        checklist_version = excluded.checklist_version,
        check_answers = excluded.check_answers,
        check_note = excluded.check_note,
        checker_id = excluded.checker_id,
        checked_at = excluded.checked_at,
        version = excluded.version
)
select applied_through from stepped
