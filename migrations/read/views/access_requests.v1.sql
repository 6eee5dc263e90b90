-- One row an access request: what is wanted, where on its way it is, who decides and what they said.
create table access_requests (
    request_id     uuid primary key,
    -- Null: a program asked.
    requester_id   uuid,
    -- person:<uuid>, service:<uuid>, group:<uuid>
    beneficiary    text collate "C" not null,
    beneficiary_id uuid not null,
    -- Null: it is an exception.
    role_id        uuid,
    -- CHECKING, AWAITING, APPROVED, ACTIVE, REJECTED, TIMED_OUT, WITHDRAWN, FAILED, ENDED
    state          text collate "C" not null,
    -- Those with a seat at the stage that waits, who have not voted.
    approver_ids   uuid[] not null,
    -- Everybody who asked, benefits, or ever had a seat.
    party_ids      uuid[] not null,
    -- When time asks for something next: a reminder, an escalation, its end, or its beginning.
    due_at         timestamptz,
    -- Personal: clear here, or the word 'erased'.
    justification  text not null,
    -- Each with the stage, the seat, who, what and when; those that count no more say so.
    votes          jsonb not null,
    -- Each with who asked and who answered.
    questions      jsonb not null,
    renews_id      uuid,
    grant_id       uuid,
    submitted_at   timestamptz not null,
    -- When it was approved, rejected or given up.
    decided_at     timestamptz,
    submitted_seq  bigint not null,
    version        bigint not null,
    -- As decisions see it, without what is personal.
    told           jsonb not null
);
create unique index access_requests_by_submitted on access_requests (submitted_seq);
create index access_requests_by_beneficiary on access_requests (beneficiary_id, submitted_seq);
create index access_requests_by_role on access_requests (role_id, submitted_seq);
create index access_requests_by_state on access_requests (state, submitted_seq);
create index access_requests_due on access_requests (due_at) where due_at is not null;
create index access_requests_to_approve on access_requests using gin (approver_ids);
create index access_requests_parties on access_requests using gin (party_ids);
