-- Numbers follow the time of recording, but for what was recorded side by side.
select coalesce(max(near.global_seq), 0) as position
from (
    select t.global_seq
    from timeline t
    where t.recorded_at <= $1
    order by t.recorded_at desc, t.global_seq desc
    limit 1000
) near
