-- One row a ticket that a sample took.
create table quality (
    ticket_id         uuid primary key,
    survey_sent_at    timestamptz,
    survey_open_until timestamptz,
    -- Whose work it is about, as of the survey.
    survey_unit_id    uuid,
    survey_person_id  uuid,
    -- 1 to 5.
    rating            smallint,
    -- Personal: clear here, or the word 'erased'.
    rating_comment    text,
    rater_id          uuid,
    rated_at          timestamptz,
    check_drawn_at    timestamptz,
    -- Whose work it is, as of the draw.
    check_unit_id     uuid,
    check_person_id   uuid,
    -- In percent.
    check_score       smallint,
    checklist_version bigint,
    -- [{"question": "…", "weight": 2, "score": 50}]
    check_answers     jsonb not null,
    -- Personal, like the comment.
    check_note        text,
    checker_id        uuid,
    checked_at        timestamptz,
    version           bigint not null
);
create index quality_due on quality (check_drawn_at, ticket_id)
    where check_drawn_at is not null and checked_at is null;
create index quality_sent on quality (survey_sent_at) where survey_sent_at is not null;
create index quality_rated on quality (rated_at) where rated_at is not null;
create index quality_checked on quality (checked_at) where checked_at is not null;
