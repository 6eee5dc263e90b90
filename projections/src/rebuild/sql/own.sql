-- Nobody else writes these tables; no two slots have the same epoch.
update {schema}.progress set epoch = -2 - slot
