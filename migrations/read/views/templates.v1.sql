-- One row a template.
create table templates (
    template_id uuid primary key,
    name        text collate "C" not null,
    -- What a ticket made from it starts with.
    content     jsonb not null,
    retired     boolean not null,
    version     bigint not null
);
create index templates_by_name on templates (name, template_id);
