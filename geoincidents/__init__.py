"""From news reports to an incident map you can defend."""

__version__ = "0.1.0"
