"""The composition root: from settings to concrete parts."""

from simulator.bootstrap.services import Services, open_services

__all__ = ["Services", "open_services"]
