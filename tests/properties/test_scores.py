"""What holds for the scores and the outcome of any session."""

from __future__ import annotations

from builders import rubric
from hypothesis import given
from hypothesis import strategies as st
from strategies import CRITERIA, ratings

from simulator.domain.endings import EndingKind
from simulator.domain.memory import Memory
from simulator.domain.mood import Mood
from simulator.domain.outcomes import Experience, outcome_of
from simulator.domain.scoring import Rating, RatingResult
from simulator.domain.totals import total
from simulator.domain.transcript import MAX_REPLY_CHARS, clean_text

UNIT = st.floats(0.0, 1.0)
MOODS = st.builds(Mood, frustration=UNIT, anxiety=UNIT, trust=UNIT)
SESSIONS = st.lists(ratings(), max_size=12)
WEIGHTS = st.fixed_dictionaries({criterion: st.floats(0.1, 10.0) for criterion in CRITERIA})


@given(SESSIONS, WEIGHTS, st.floats(0, 100), st.integers(0, 9))
def test_scores_and_bands_stay_on_the_scale(
    session: list[tuple[RatingResult, ...]], weights: dict[str, float], pass_mark: float, seed: int
) -> None:
    totals = total(rubric(weights, pass_mark), session, seed=seed)
    for score in (*totals.criteria, totals.overall):
        assert (score.score is None) == (score.band is None) == (score.not_scored is not None)
        if score.score is not None and score.band is not None:
            assert 0.0 <= score.band.low <= score.score <= score.band.high <= 100.0
    assert (totals.verdict == "insufficient data") == (totals.overall.score is None)


@given(SESSIONS)
def test_a_score_is_the_plain_mean_of_its_opportunities(session: list[tuple[RatingResult, ...]]) -> None:
    for score in total(rubric(), session, seed=1).criteria:
        found = [
            r.level for reply in session for r in reply if isinstance(r, Rating) and r.criterion == score.criterion
        ]
        assert score.opportunities == len(found)
        if len(found) >= 2:
            assert score.score == round(100 * sum(found) / (3 * len(found)), 1)
        else:
            assert score.score is None


@given(SESSIONS)
def test_the_overall_score_lies_between_the_lowest_and_the_highest(session: list[tuple[RatingResult, ...]]) -> None:
    totals = total(rubric(), session, seed=1)
    scored = [c.score for c in totals.criteria if c.score is not None]
    if totals.overall.score is not None:
        assert min(scored) - 0.1 <= totals.overall.score <= max(scored) + 0.1


@given(SESSIONS, st.integers(0, 2), st.integers(0, 11))
def test_a_better_reply_never_lowers_a_score(session: list[tuple[RatingResult, ...]], which: int, where: int) -> None:
    if not session:
        return
    where %= len(session)
    rating = session[where][which]
    if not isinstance(rating, Rating) or rating.level == 3:
        return
    better = rating.model_copy(update={"level": rating.level + 1})
    improved = [
        *session[:where],
        (*session[where][:which], better, *session[where][which + 1 :]),
        *session[where + 1 :],
    ]
    before, after = (total(rubric(), s, seed=1).criteria[which].score for s in (session, improved))
    assert (before is None) == (after is None)
    assert before is None or after is None or after > before


@given(
    MOODS,
    MOODS,
    st.sampled_from(EndingKind),
    st.builds(
        Memory,
        asked_again=st.integers(0, 20),
        unhelpful=st.integers(0, 20),
        bad_treatment=st.integers(0, 20),
        replies=st.integers(0, 31),
        need_met=st.booleans(),
        concern_named=st.booleans(),
    ),
)
def test_outcomes_stay_on_their_scales(opening: Mood, end: Mood, ending: EndingKind, memory: Memory) -> None:
    outcome = outcome_of(Experience(opening=opening, end=end, memory=memory, ending=ending), verbatim="")
    assert 1 <= outcome.csat <= 5
    assert 1 <= outcome.effort <= 7
    assert 0 <= outcome.nps <= 10
    assert -1.0 <= outcome.sentiment_delta <= 1.0


@given(st.text(max_size=200), st.integers(1, 50))
def test_cleaning_is_final_and_leaves_no_controls(text: str, limit: int) -> None:
    clean = clean_text(text, limit)
    assert clean_text(clean, limit) == clean
    assert len(clean) <= limit <= MAX_REPLY_CHARS
    assert not [ch for ch in clean if ord(ch) < 32 and ch != "\n"]
