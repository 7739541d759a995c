"""Pages of campaigns, one screen a module."""
