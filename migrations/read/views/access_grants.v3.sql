-- One row a subject of access: whether it takes grants, and the number of its events.
create table access_subjects (
    subject_id uuid primary key,
    -- person:<uuid>, service:<uuid>, group:<uuid>
    subject    text collate "C" not null,
    -- Whether it has nothing and takes nothing.
    closed     boolean not null,
    version    bigint not null
);

-- One row a permission grant: its whole life.
create table access_grants (
    grant_id        uuid not null,
    subject_id      uuid not null,
    subject         text collate "C" not null,
    -- Null: permissions of its own, which the entry says.
    role_id         uuid,
    entry           jsonb,
    -- all, a path, or ci:<uuid>
    scope           text collate "C" not null,
    begins_at       timestamptz not null,
    -- Null: until it is revoked.
    ends_at         timestamptz,
    -- LOST, UNCONFIRMED: why it ends sooner than it did, since the subject moved; null: it does not.
    shortened       text collate "C",
    moved_at        timestamptz,
    -- BIRTHRIGHT, REQUEST, TEMPLATE, EXCEPTION, BREAK_GLASS, DELEGATION, RULE, ADMINISTRATOR
    source          text collate "C" not null,
    request_id      uuid,
    -- By which version of which template or rule it was made.
    template_id     uuid,
    rule_id         uuid,
    pattern_version bigint,
    delegated_by    uuid,
    pierces         boolean not null,
    -- ACTIVE, REVOKED, EXPIRED
    state           text collate "C" not null,
    made_at         timestamptz not null,
    made_by         text collate "C" not null,
    made_reason     text,
    made_seq        bigint not null,
    -- Since when it holds no more because it was revoked or written down as over.
    ended_at        timestamptz,
    ended_by        text collate "C",
    ended_reason    text,
    ended_seq       bigint,
    primary key (subject_id, grant_id)
);
create unique index access_grants_by_made on access_grants (made_seq);
create index access_grants_by_id on access_grants (grant_id);
create index access_grants_by_subject on access_grants (subject_id, made_seq);
-- Serves: what somebody lent.
create index access_grants_lent on access_grants (delegated_by, made_seq) where delegated_by is not null;
create index access_grants_by_role on access_grants (role_id, made_seq);
create index access_grants_by_request on access_grants (request_id) where request_id is not null;
create index access_grants_ending on access_grants (ends_at) where state = 'ACTIVE';

-- One row an exception: that one rule does not count for one subject, for a time.
create table access_exceptions (
    exception_id uuid not null,
    subject_id   uuid not null,
    subject      text collate "C" not null,
    -- One of both.
    deny_rule_id uuid,
    sod_rule_id  uuid,
    owner_id     uuid not null,
    control      text not null,
    begins_at    timestamptz not null,
    ends_at      timestamptz not null,
    request_id   uuid,
    made_at      timestamptz not null,
    made_by      text collate "C" not null,
    made_reason  text,
    made_seq     bigint not null,
    ended_at     timestamptz,
    ended_by     text collate "C",
    ended_reason text,
    ended_seq    bigint,
    primary key (subject_id, exception_id)
);
create unique index access_exceptions_by_made on access_exceptions (made_seq);
create index access_exceptions_by_subject on access_exceptions (subject_id, made_seq);
create index access_exceptions_ending on access_exceptions (ends_at) where ended_at is null;

-- One row a change of permissions: what, by whom, for whom, why, by which request.
create table access_changes (
    global_seq    bigint not null,
    -- An event that ends everything is several changes.
    part          bigint not null,
    -- GRANTED, PROLONGED, SHORTENED, CONFIRMED, REVOKED, EXPIRED, EXCEPTED, EXCEPTION_ENDED, CLOSED, REOPENED,
    -- BARRIER_DRAWN, BARRIER_LIFTED
    kind          text collate "C" not null,
    -- Of a barrier the unit's, which concerns everybody.
    subject_id    uuid not null,
    subject       text collate "C",
    grant_id      uuid,
    role_id       uuid,
    entry         jsonb,
    scope         text collate "C",
    source        text collate "C",
    pierces       boolean,
    -- Of a barrier: against which classes of actions it stands; a list.
    classes       jsonb,
    delegated_by  uuid,
    exception_id  uuid,
    deny_rule_id  uuid,
    sod_rule_id   uuid,
    owner_id      uuid,
    control       text,
    begins_at     timestamptz,
    ends_at       timestamptz,
    -- As the grant is after the change.
    shortened     text collate "C",
    moved_at      timestamptz,
    request_id    uuid,
    template_id   uuid,
    rule_id       uuid,
    pattern_version bigint,
    actor         text collate "C" not null,
    on_behalf_of  uuid,
    reason        text,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    command_id    uuid not null,
    correlation_id uuid not null,
    primary key (global_seq, part)
);
create index access_changes_by_subject on access_changes (subject_id, global_seq);
-- Serves: what became of what somebody lent.
create index access_changes_lent on access_changes (delegated_by, global_seq) where delegated_by is not null;
-- Serves: how a grant was then.
create index access_changes_of_grant on access_changes (grant_id, global_seq, part) where grant_id is not null;
create index access_changes_by_role on access_changes (role_id, global_seq);
create index access_changes_by_time on access_changes (occurred_at, global_seq);
