"""servicebook makes a git repository the service book of an IT organisation."""

__version__ = "0.1.0"
