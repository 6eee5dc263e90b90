select aggregate_type, aggregate_id, global_seq, resolved_at is not null as left_out
from read.dead_letters
where projection = $1 and (resolved_at is null or resolution = 'DISCARDED')
