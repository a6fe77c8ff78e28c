"""The words for values: channels, moods, endings, verdicts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

CHANNELS: Final = {"chat": "Chat", "email": "Email", "social": "Social message", "phone_log": "Phone log"}
CHANNEL_STYLES: Final = {
    "chat": "$channel-chat",
    "email": "$channel-email",
    "social": "$channel-social",
    "phone_log": "$channel-phone",
}
DIFFICULTIES: Final = {"easy": "Easy", "medium": "Medium", "hard": "Hard"}
DIFFICULTY_STYLES: Final = {"easy": "$text-success", "medium": "$text-accent", "hard": "$text-error"}
DIFFICULTY_MARKS: Final = {"easy": "●○○", "medium": "●●○", "hard": "●●●"}

ENDINGS: Final = {
    "connected": "Connected",
    "cold": "Solved, but cold",
    "heard_unresolved": "Heard, but unresolved",
    "walked_out": "Walked out",
    "stopped": "Stopped by you",
    "replies_ended": "Ended without an answer",
}
ENDING_SENTENCES: Final = {
    "connected": "They got what they needed, and they felt understood on the way.",
    "cold": "They got what they needed, and left without feeling understood.",
    "heard_unresolved": "They felt understood, and left without what they needed.",
    "walked_out": "They left, because going on felt worse than giving up.",
    "stopped": "You ended the conversation here.",
    "replies_ended": "The conversation ended before it was settled.",
}
ENDING_STYLES: Final = {
    "connected": "$text-success",
    "cold": "$text-accent",
    "heard_unresolved": "$text-accent",
    "walked_out": "$text-error",
    "stopped": "$muted",
    "replies_ended": "$muted",
}
VERDICTS: Final = {
    "pass": "above the pass mark",
    "borderline": "borderline: the band crosses the pass mark",
    "fail": "below the pass mark",
    "insufficient data": "too little to judge",
}
LEVELS: Final = ("0", "1", "2", "3")
MOOD_NAMES: Final = ("frustration", "anxiety", "trust")
MOOD_STYLES: Final = {
    "frustration": "$mood-frustration",
    "anxiety": "$mood-anxiety",
    "trust": "$mood-trust",
}


def amount_word(value: float) -> str:
    """How much of a feeling that is, in a word; `value` from 0 to 1."""
    for limit, word in ((0.12, "none"), (0.35, "low"), (0.6, "some"), (0.8, "high")):
        if value < limit:
            return word
    return "full"


def skill_word(criterion_id: str) -> str:
    """A criterion id as words, for when the rubric does not name it."""
    return criterion_id.replace("_", " ").replace("-", " ").capitalize()


def day_and_time(moment: datetime) -> str:
    """A moment in the reader's own time zone."""
    return f"{moment.astimezone():%d %b %Y, %H:%M}"


def count_of(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, e.g. "1 reply", "2 replies"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
