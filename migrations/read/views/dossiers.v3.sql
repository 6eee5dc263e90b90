-- One row a ticket that has a dossier.
create table dossiers (
    ticket_id   uuid primary key,
    tags        text[] collate "C" not null,
    watcher_ids uuid[] not null,
    parent_id   uuid,
    child_ids   uuid[] not null,
    -- {"RELATED": ["…"]}
    links       jsonb not null,
    -- {"<field>": {"text": "…"}} or {"<field>": {"choices": ["…"]}}; personal texts are clear here, or
    -- the word 'erased'.
    fields      jsonb not null,
    -- {"<attachment>": {"name": "…", "media_type": "image/png", …}}; names are clear here, or the word
    -- 'erased'. What the files hold is not here.
    attachments jsonb not null,
    version     bigint not null
);
create index dossiers_tags on dossiers using gin (tags);
create index dossiers_parent on dossiers (parent_id) where parent_id is not null;
