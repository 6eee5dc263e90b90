select count(*) as count from evidence_holds
