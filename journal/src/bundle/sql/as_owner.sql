set local role annals_owner
