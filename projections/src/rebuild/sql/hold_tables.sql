lock table {tables} in exclusive mode
