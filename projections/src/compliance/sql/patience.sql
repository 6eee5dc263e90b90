-- A report of a long log reads for longer than an answer may take; to the end of the transaction.
select set_config('statement_timeout', '300000', true)
