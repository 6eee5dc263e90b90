select p.person_id, p.login, p.name, p.email, p.phone, p.kind, p.role, p.life, p.organization_id,
       p.position, p.language, p.skills, p.tier, p.deputy_id, p.away_from, p.away_until, p.human_id,
       p.registered_at, p.version
from people p
where p.person_id = any($1)
