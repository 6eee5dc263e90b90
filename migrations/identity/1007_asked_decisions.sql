-- Other systems ask for decisions too: who asked, and about what of theirs, which is no stream of ours.
set local role annals_owner;

alter table identity.decisions
    -- Whoever asked on behalf of another; null: the guard itself.
    add column asked_by text,
    -- What it was about where that is another system's, as that calls it: type, blank, id.
    add column resource text;
-- Serves: what a system asked, the newest first.
create index decisions_asked_by on identity.decisions (asked_by, decision_id desc) where asked_by is not null;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
