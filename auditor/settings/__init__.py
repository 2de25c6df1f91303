"""Settings: one table, from which the options, the settings file, its schema and its documentation come."""
