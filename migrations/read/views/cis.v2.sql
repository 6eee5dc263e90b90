-- One row an item between two of its events: how it is, and how it was before. All indexes stand
-- before the first row: one made later would hold up settling for as long as it takes. Those of what
-- is in force are small ones of their own, so that history costs lists nothing.
create table cis (
    ci_id           uuid not null,
    -- From this event of the log on, and before that one; null: it is so now.
    since_seq       bigint not null,
    until_seq       bigint,
    class_id        uuid not null,
    -- Empty where it has none. Personal texts are clear here, or the word 'erased'.
    name            text collate "C" not null,
    organization_id uuid,
    status          text collate "C",
    -- {"os_family": "Linux"}: what counts. References are identities as texts.
    attributes      jsonb not null,
    -- {"import": {"500": {"os_family": "Linux"}}}: what each source says, by its rank.
    given           jsonb not null,
    life            text collate "C" not null,
    merged_into     uuid,
    -- {"agent": "2026-11-22T…"}: sources that know it and sent it no more, and since when.
    missing         jsonb not null,
    -- What it may be, and what it is not, however alike they look.
    alike           uuid[] not null,
    apart           uuid[] not null,
    registered_at   timestamptz not null,
    changed_at      timestamptz not null,
    version         bigint not null,
    -- The name in lower case.
    searched        text collate "C" not null,
    -- What it says itself of how many of those that feed it must be up.
    redundancy      jsonb,
    primary key (ci_id, since_seq)
);
-- Serves: all that a walk over thousands of items asks of each.
create index cis_current on cis (ci_id) include (class_id, life, status, redundancy)
    where until_seq is null;
create index cis_by_class on cis (class_id, name, ci_id) where until_seq is null;
create index cis_by_name on cis (name, ci_id) where until_seq is null;
create index cis_by_organization on cis (organization_id, name, ci_id) where until_seq is null;
create index cis_by_status on cis (coalesce(status, ''), name, ci_id) where until_seq is null;
create index cis_missed on cis (ci_id) where until_seq is null and missing <> '{}';
create index cis_by_changed_at on cis (changed_at, ci_id) where until_seq is null;
create index cis_by_attribute on cis using gin (attributes jsonb_path_ops) where until_seq is null;
create index cis_searched on cis using gin (searched gin_trgm_ops) where until_seq is null;
-- What changed between two positions.
create index cis_since on cis (since_seq);
-- Lists of the past: what was and is no longer.
create index cis_past on cis (name, ci_id) where until_seq is not null;
create index cis_past_of_class on cis (class_id, name, ci_id) where until_seq is not null;

-- One row a relation for as long as it held; stored with the item it goes out from.
create table ci_relations (
    from_id   uuid not null,
    relation  text collate "C" not null,
    to_id     uuid not null,
    since_seq bigint not null,
    until_seq bigint,
    source    text collate "C" not null,
    -- When it was said, and when it was taken back.
    since     timestamptz not null,
    until     timestamptz,
    primary key (from_id, relation, to_id, since_seq)
);
create index ci_relations_from on ci_relations (from_id, relation, to_id) where until_seq is null;
create index ci_relations_to on ci_relations (to_id, relation, from_id) where until_seq is null;
create index ci_relations_past_to on ci_relations (to_id, relation) where until_seq is not null;
