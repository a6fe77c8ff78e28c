"""The judge without a model: reads replies with word lists, weighed marks and the scenario's own words."""

from simulator.judging.offline.appraiser import OfflineAppraiser
from simulator.judging.offline.concern import matches_concern
from simulator.judging.offline.words import group_match

__all__ = ["OfflineAppraiser", "group_match", "matches_concern"]
