-- What these subjects have and had.
select h.subject_id, h.holding, h.state from directory_holdings h where h.subject_id = any($1)
