-- One row a service account, with its tokens; their secrets are not known here.
create table service_accounts (
    account_id    uuid primary key,
    name          text collate "C" not null,
    purpose       text not null,
    owner_id      uuid not null,
    -- What it may do.
    rights        jsonb not null,
    -- The system that it is a part of; null: of none in particular.
    system        text,
    -- Every token it ever had, the newest last, each with when it was issued, ends and was revoked.
    tokens        jsonb not null,
    registered_at timestamptz not null,
    -- When it was over; null before.
    retired_at    timestamptz,
    version       bigint not null
);
create index service_accounts_by_name on service_accounts (name, account_id);
