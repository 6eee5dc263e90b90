-- As of which revision what holds for everybody stands now, and how often each of these premises has moved.
select coalesce((select version from journal.premises where name = 'rules'), 0)
     + coalesce((
           select sum((h.state ->> 'revision')::bigint) from directory_holdings h
           where h.state ->> 'subject' like 'group:%'
       ), 0)::bigint as revision,
       array(
           select coalesce(p.version, 0)
           from unnest($1::text[]) with ordinality as w (name, nr)
           left join journal.premises p on p.name = w.name
           order by w.nr
       ) as moves
