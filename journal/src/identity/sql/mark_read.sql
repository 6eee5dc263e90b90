insert into identity.notice_marks (person_id, global_seq, read_at)
select $1, number, $3 from unnest($2::bigint[]) as number
on conflict (person_id, global_seq) do nothing
