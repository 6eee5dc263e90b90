select applied_through from {schema}.progress
