select {columns} from {schema}.{table}
