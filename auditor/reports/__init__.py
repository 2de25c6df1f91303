"""Reports: one file per format; each sees the report model and nothing else."""
