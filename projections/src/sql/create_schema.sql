create schema {schema};
-- The trigram indexes need what stands in read.
set local search_path = {schema}, read;
create table progress (
    -- A share of the streams, by their hash; 0 is the only one, or the first.
    slot            smallint primary key,
    applied_through bigint not null,
    -- The lease: whoever writes has to know it; no two slots have the same. Zero: a rebuild's.
    epoch           bigint not null
);
insert into progress (slot, applied_through, epoch) values (0, 0, 0);
