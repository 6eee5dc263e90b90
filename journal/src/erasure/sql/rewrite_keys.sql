-- Full: what a row was before stays in the file otherwise, until something else is written over it.
vacuum (full) vault.subject_keys
