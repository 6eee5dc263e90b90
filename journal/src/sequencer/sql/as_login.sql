set role none
