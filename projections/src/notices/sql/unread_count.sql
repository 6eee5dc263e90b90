-- What is behind the mark for all is the only part of the index that is read.
select count(*) as count
from outbox o
where o.recipient_id = $1
  and o.global_seq > coalesce(
      (select t.read_through from identity.notice_marks_through t where t.person_id = $1), 0)
  and not exists (
      select from identity.notice_marks m
      where m.person_id = o.recipient_id and m.global_seq = o.global_seq)
