select count(*) as count from sync_sources
