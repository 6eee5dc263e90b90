-- Sessions people can see and end, refresh tokens that betray a thief, sign-ins that are locked after
-- failures, and passwords that end by themselves.
set local role annals_owner;

-- When a one-time password stops to serve; null: never.
alter table identity.credentials add column expires_at timestamptz;

alter table identity.sessions add column last_used_at timestamptz;
update identity.sessions set last_used_at = created_at;
alter table identity.sessions alter column last_used_at set not null;

-- Refresh tokens that have served: whoever shows one again is not the only one who has it.
create table identity.used_refresh_tokens (
    -- SHA-256.
    refresh_hash bytea primary key,
    session_id   uuid not null references identity.sessions on delete cascade,
    -- Until when the token would have been good; after that it is nothing but old.
    expires_at   timestamptz not null
);
-- Serves: the end of a session takes its tokens with it.
create index used_refresh_tokens_of_session on identity.used_refresh_tokens (session_id);

-- Failed sign-ins in a row, of logins that exist and of others alike.
create table identity.sign_in_failures (
    -- A keyed hash of the login in lower case: what somebody typed is nobody's to read.
    login_key    text primary key,
    failures     integer not null,
    -- Null: the next sign-in is let through to the password.
    locked_until timestamptz,
    forget_at    timestamptz not null
);
-- Serves: forgetting the old ones.
create index sign_in_failures_by_age on identity.sign_in_failures (forget_at);

grant select, insert, delete on identity.used_refresh_tokens to annals_app;
grant select, insert, update, delete on identity.sign_in_failures to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
