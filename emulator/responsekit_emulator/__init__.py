"""moto, unmodified, with AWS's own behaviour restored where a rehearsal of incident response depends on it."""

__version__ = "1.0.0"
