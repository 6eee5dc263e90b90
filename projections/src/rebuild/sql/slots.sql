insert into {schema}.progress (slot, applied_through, epoch)
select e.slot, 0, e.epoch
from unnest($1::bigint[]) with ordinality as e (epoch, slot)
