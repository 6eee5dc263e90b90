-- For other connections, as long as this one's transaction lasts.
select pg_export_snapshot() as name
