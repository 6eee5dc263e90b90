-- One row a hold on evidence: on a person, or on a ticket.
create table evidence_holds (
    hold_id   uuid primary key,
    -- One of both.
    person_id uuid,
    ticket_id uuid,
    why       text not null,
    -- From then on no more; null: until it is lifted.
    until     timestamptz,
    -- Null: nobody by hand.
    placed_by uuid,
    placed_at timestamptz not null,
    lifted_by uuid,
    lifted_at timestamptz,
    lift_why  text,
    version   bigint not null
);
create index evidence_holds_by_age on evidence_holds (placed_at, hold_id);
