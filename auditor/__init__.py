"""The application: commands, the pipeline from texts to findings, and reports."""

__version__ = "0.1.0"
