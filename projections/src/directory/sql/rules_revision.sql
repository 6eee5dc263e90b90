-- As of which revision what holds for everybody stands now.
select coalesce((select version from journal.premises where name = 'rules'), 0)
     + coalesce((
           select sum((h.state ->> 'revision')::bigint) from directory_holdings h
           where h.state ->> 'subject' like 'group:%'
       ), 0)::bigint as revision
