"""Content files: TOML to library, with every problem located and explained."""

from simulator.content.loading import check_paths, load_library
from simulator.content.roots import ContentRoot, shipped_roots

__all__ = ["ContentRoot", "check_paths", "load_library", "shipped_roots"]
