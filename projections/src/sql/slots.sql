select slot, applied_through from {schema}.progress order by slot
