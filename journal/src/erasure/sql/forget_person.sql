-- Of a file stays that there was one: whoever asks for it hears that it is erased.
with attachments as (
    update identity.attachments
    set content = '', sha256 = decode(repeat('00', 32), 'hex')
    where key_id = any($2) and content <> '' returning 1
), claims as (
    delete from journal.claims
    where aggregate_type = 'person' and aggregate_id = $1::uuid::text returning 1
), credentials as (
    delete from identity.credentials where person_id = $1::uuid returning 1
), sessions as (
    delete from identity.sessions where person_id = $1::uuid returning 1
), marks as (
    delete from identity.notice_marks where person_id = $1::uuid returning 1
), marks_through as (
    delete from identity.notice_marks_through where person_id = $1::uuid returning 1
)
select
    (select count(*) from attachments) as attachments,
    (select count(*) from claims) as claims,
    (select count(*) from credentials) as credentials,
    (select count(*) from sessions) as sessions,
    (select count(*) from marks) + (select count(*) from marks_through) as marks
