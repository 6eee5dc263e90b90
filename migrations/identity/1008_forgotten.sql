-- Whoever is erased signs in no more, and what says how they did goes with them. Marks say which notices
-- of theirs were read.
set local role annals_owner;

grant delete on identity.credentials, identity.notice_marks, identity.notice_marks_through
    to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
