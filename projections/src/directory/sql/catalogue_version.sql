-- Versions only ever grow: no two states of all classes have the same sum.
select coalesce(sum((state ->> 'version')::bigint), 0)::bigint as version from directory_ci_classes
