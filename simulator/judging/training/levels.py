"""Makes the weights of the levels anew: `python -m simulator.judging.training.levels [--check]`.

Reads the labelled replies that ship, and fits a ridge regression to the levels of each criterion. Before that it
prints how well it does on situations that it has not seen. `--check` only compares with the shipped weights.
Needs numpy, which nothing at run time does.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulator.domain.agreement import quadratic_weighted_kappa
from simulator.domain.transcript import Speaker, Turn
from simulator.engine.ports import ReplyContext
from simulator.judging.offline.level_weights import phrase_value
from simulator.judging.offline.levels import CRITERIA, read_signs
from simulator.judging.offline.situation import situation

OFFLINE = Path(__file__).parents[1] / "offline"
REPLIES = OFFLINE / "labelled" / "replies.jsonl"
OUT = OFFLINE / "weights" / "levels.json"

PENALTY = 150.0
"""Ridge penalty; chosen among 30 to 200 by held-out situations."""
SIGN_SCALE = 0.5
"""How much a standardised sign weighs beside a phrase that is there or not."""
FEWEST = 8
"""Replies that a phrase has to be in."""
FOLDS = 8
_GRID = 40

Array = Any


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled reply with all that is known of it."""

    situation: str
    register: str
    signs: Mapping[str, float]
    phrases: frozenset[str]
    levels: Mapping[str, int]


def examples(path: Path = REPLIES) -> list[Example]:
    """The labelled replies, read."""
    return [_example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _example(row: Mapping[str, Any]) -> Example:
    turns = tuple(
        Turn(index=n, speaker=Speaker(turn["speaker"]), text=turn["text"]) for n, turn in enumerate(row["context"])
    )
    read = read_signs(situation(row["reply"], ReplyContext(turns=turns)))
    return Example(
        situation=row["situation"],
        register=row["register"],
        signs=read.signs,
        phrases=read.phrases,
        levels={criterion: row["labels"][criterion] for criterion in CRITERIA},
    )


@dataclass(frozen=True, slots=True)
class _Fitted:
    bias: float
    weights: Array
    cuts: tuple[float, float, float]


def _fit(table: Array, levels: Array) -> _Fitted:
    mean = table.mean(axis=0)
    centred = table - mean
    square = centred.T @ centred + PENALTY * np.eye(table.shape[1])
    weights = np.linalg.solve(square, centred.T @ (levels - levels.mean()))
    bias = float(levels.mean() - mean @ weights)
    return _Fitted(bias, weights, _cuts(table @ weights + bias, levels))


def _cuts(scores: Array, levels: Array) -> tuple[float, float, float]:
    """The cuts that agree best with the levels, found one after the other, three times around."""
    cuts, best = [0.5, 1.5, 2.5], _agreement(levels, scores, [0.5, 1.5, 2.5])
    for _ in range(3):
        for place in range(3):
            for cut in np.linspace(scores.min(), scores.max(), _GRID):
                tried = [*cuts[:place], float(cut), *cuts[place + 1 :]]
                if tried == sorted(tried) and (found := _agreement(levels, scores, tried)) > best:
                    best, cuts = found, tried
    return cuts[0], cuts[1], cuts[2]


def _agreement(levels: Array, scores: Array, cuts: Sequence[float]) -> float:
    given: Any = np.searchsorted(np.array(cuts), scores)
    kappa = quadratic_weighted_kappa([int(level) for level in levels], [int(level) for level in given])
    return kappa if isinstance(kappa, float) else 0.0


@dataclass(frozen=True, slots=True)
class _Columns:
    signs: tuple[str, ...]
    phrases: tuple[str, ...]
    spread: Array
    """Standard deviation of each sign."""

    def table(self, rows: Sequence[Example]) -> Array:
        told = np.array([[row.signs[name] for name in self.signs] for row in rows]) / self.spread * SIGN_SCALE
        there = np.array([[phrase in row.phrases for phrase in self.phrases] for row in rows], dtype=float)
        values = np.array([[phrase_value(int(known))] for known in there.sum(axis=1).tolist()])
        return np.concatenate([told, there * values], axis=1)


def _columns(rows: Sequence[Example]) -> _Columns:
    names = tuple(rows[0].signs)
    spread = np.array([[row.signs[name] for name in names] for row in rows]).std(axis=0)
    counts: dict[str, int] = {}
    for row in rows:
        for phrase in row.phrases:
            counts[phrase] = counts.get(phrase, 0) + 1
    phrases = tuple(sorted(phrase for phrase, count in counts.items() if count >= FEWEST))
    return _Columns(names, phrases, np.where(spread > 0, spread, 1.0))


def held_out(rows: Sequence[Example], criterion: str) -> list[int]:
    """The levels that a model gives which has not seen the reply's situation."""
    given = np.zeros(len(rows), dtype=int)
    for unseen in _folds(rows):
        seen = [row for n, row in enumerate(rows) if n not in unseen]
        columns = _columns(seen)
        fitted = _fit(columns.table(seen), np.array([row.levels[criterion] for row in seen], dtype=float))
        places = sorted(unseen)
        scores = columns.table([rows[n] for n in places]) @ fitted.weights + fitted.bias
        given[places] = np.searchsorted(fitted.cuts, scores)
    return [int(level) for level in given]


def _folds(rows: Sequence[Example]) -> Iterator[set[int]]:
    situations = sorted({row.situation for row in rows})
    for fold in range(FOLDS):
        mine = set(situations[fold::FOLDS])
        yield {n for n, row in enumerate(rows) if row.situation in mine}


def trained(rows: Sequence[Example]) -> dict[str, object]:
    """The weights of every criterion, as they are shipped."""
    columns = _columns(rows)
    table = columns.table(rows)
    criteria = {}
    for criterion in CRITERIA:
        fitted = _fit(table, np.array([row.levels[criterion] for row in rows], dtype=float))
        plain = fitted.weights[: len(columns.signs)] / columns.spread * SIGN_SCALE
        criteria[criterion] = {
            "bias": round(fitted.bias, 5),
            "cuts": [round(cut, 5) for cut in fitted.cuts],
            "signs": {name: round(float(w), 5) for name, w in zip(columns.signs, plain, strict=True)},
            "phrases": {
                phrase: round(float(w), 5)
                for phrase, w in zip(columns.phrases, fitted.weights[len(columns.signs) :], strict=True)
            },
        }
    return {"replies": len(rows), "criteria": criteria}


def report(rows: Sequence[Example]) -> Iterator[str]:
    """How well unseen situations are rated: quadratic weighted kappa, whole and by register."""
    for criterion in CRITERIA:
        given = held_out(rows, criterion)
        true = [row.levels[criterion] for row in rows]
        parts = [f"{criterion}: kappa {_kappa(true, given)}"]
        for register in ("non_native", "terse"):
            mine = [n for n, row in enumerate(rows) if row.register == register]
            parts.append(f"{register} {_kappa([true[n] for n in mine], [given[n] for n in mine])}")
        yield ", ".join(parts)


def _kappa(true: Sequence[int], given: Sequence[int]) -> str:
    kappa = quadratic_weighted_kappa(true, given)
    return f"{kappa:.3f}" if isinstance(kappa, float) else "not computable"


def main() -> int:
    """Report, and write the weights; with --check, 1 when the shipped ones differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the shipped weights, write nothing")
    options = parser.parse_args()
    rows = examples()
    for line in report(rows):
        sys.stdout.write(line + "\n")
    text = json.dumps(trained(rows), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if options.check:
        return int(OUT.read_text(encoding="utf-8") != text)
    OUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
