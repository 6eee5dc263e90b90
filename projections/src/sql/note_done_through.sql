insert into read.followers (name, done_through) values ($1, $2)
on conflict (name) do update set done_through = excluded.done_through
