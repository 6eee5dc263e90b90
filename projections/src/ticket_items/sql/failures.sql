select ticket_id, ci_id
from ticket_failures
where since_seq <= $1 and (until_seq is null or until_seq > $1)
