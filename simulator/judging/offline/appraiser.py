"""The appraiser that needs no model: marks, word lists and the scenario's own words."""

from __future__ import annotations

from simulator.domain.behaviours import Appraisal
from simulator.domain.scenario import Scenario
from simulator.domain.transcript import MAX_REPLY_CHARS
from simulator.engine.ports import ReplyContext
from simulator.judging.offline.behaviours import observe
from simulator.judging.offline.features import read_features
from simulator.judging.offline.levels import rate
from simulator.judging.offline.situation import situation

_FIRST_REPLY = (
    "So that is what happened, and it must be worrying you. What were you hoping to get done? "
    "I will send you a replacement tomorrow."
)
"""Goes once through everything that is prepared on first use."""


class OfflineAppraiser:
    """Reads one reply deterministically; the same text and context give the same appraisal."""

    name = "offline"
    version = "2"

    def prepare(self, scenario: Scenario) -> None:
        """Read the case and load the word vectors, which takes a fraction of a second."""
        self.appraise(_FIRST_REPLY, ReplyContext(scenario=scenario))

    def appraise(self, reply: str, context: ReplyContext) -> Appraisal:
        """Everything that is read in the reply; never raises on any text.

        What lies beyond the longest kept reply (20,000 characters) is not read.
        """
        read_situation = situation(reply[:MAX_REPLY_CHARS], context)
        features = read_features(read_situation)
        observations = observe(features)
        return Appraisal(
            observations=observations,
            questions=features.questions.found,
            restatements=features.restatements,
            unanswered=features.questions.unanswered,
            offers=features.offers,
            concern=features.concern,
            ratings=rate(features, observations),
        )
