"""安月: reads an official notice, breaks it down into tasks and follows each to its evidence."""

__version__ = "0.1.0"
