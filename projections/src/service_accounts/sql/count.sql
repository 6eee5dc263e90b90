select count(*) as count from service_accounts
