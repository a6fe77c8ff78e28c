"""How far a judge agrees with people, as a JSON document and as text."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from simulator.domain.agreement import Confusion, Interval, NotComputable, Statistic
from simulator.engine.validation import LabelAgreement, Validation
from simulator.reports.session_document import Document

METHOD = (
    "A band holds the middle 90 in 100 of 1,000 resamplings{units}. "
    "ICC is ICC(2,1), absolute agreement of single ratings. "
    "Alpha is Krippendorff's, ordinal for criteria and nominal for behaviours. A behaviour counts as shown from a "
    "probability of 0.5. Replies that the judge gave no level are left out of every figure and counted."
)


def validation_document(found: Validation, bar: float | None) -> Document:
    """Every figure; what is not computable is null, with the reason beside it."""
    return {
        "judge": found.judge,
        "lines": found.read + found.unread,
        "unread": found.unread,
        "complaints": list(found.complaints),
        "clusters": found.clusters,
        "not_compared": list(found.unknown),
        "bar": bar,
        "method": _method(found),
        "labels": [_label(label, bar) for label in found.labels],
    }


def _label(label: LabelAgreement, bar: float | None) -> Document:
    document: Document = {
        "label": label.label,
        "kind": "criterion" if label.is_criterion else "behaviour",
        "n": label.n,
        "not_scored": label.not_scored,
        ("quadratic_weighted_kappa" if label.is_criterion else "kappa"): _figure(label.kappa, label.kappa_interval),
        "krippendorff_alpha": _figure(label.alpha),
        "icc_2_1": _figure(label.icc),
        "confusion": {
            "levels": list(label.confusion.levels),
            "rows_people_columns_judge": [list(row) for row in label.confusion.counts],
        },
        "human_ceiling": [ceiling.model_dump(mode="json") for ceiling in label.ceilings],
    }
    if label.binary is not None and label.area is not None:
        document["f1"] = _figure(label.binary.f1, label.f1_interval)
        document["precision"] = _figure(label.binary.precision)
        document["recall"] = _figure(label.binary.recall)
        document["area_under_curve"] = _figure(label.area)
    if bar is not None:
        document["trustworthy"] = label.reaches(bar)
    return document


def _figure(value: Statistic, interval: Interval | NotComputable | None = None) -> Document:
    if isinstance(value, NotComputable):
        return {"value": None, "not_computable": value.reason}
    document: Document = {"value": round(value, 4)}
    if isinstance(interval, Interval):
        document["interval"] = [round(interval.low, 4), round(interval.high, 4)]
    elif isinstance(interval, NotComputable):
        document["interval"] = None
        document["interval_not_computable"] = interval.reason
    return document


def _method(found: Validation) -> str:
    return METHOD.format(units=f" of {found.clusters} situations or sessions" if found.clusters else " of replies")


def validation_text(found: Validation, bar: float | None) -> str:
    """What people read."""
    lines = [f"Judge: {found.judge}. {found.read} labelled replies read."]
    for label in found.labels:
        lines += ["", *_label_lines(label, bar)]
    if not found.labels:
        lines += ["", "None of the labels is a criterion or a behaviour that the judge gives."]
    if found.unknown:
        lines += ["", f"Not compared, because the judge gives nothing of that name: {', '.join(found.unknown)}."]
    return "\n".join([*lines, "", fill(_method(found), 100)]) + "\n"


def _label_lines(label: LabelAgreement, bar: float | None) -> Iterator[str]:
    left_out = f", {label.not_scored} more without a level from the judge" if label.not_scored else ""
    kind = "criterion" if label.is_criterion else "behaviour"
    yield f"{label.label} ({kind}): {label.n} replies{left_out}"
    kappa = "Quadratic weighted kappa" if label.is_criterion else "Kappa"
    yield _line(kappa, _with_interval(label.kappa, label.kappa_interval))
    if label.binary is not None and label.area is not None:
        yield _line("F1", _with_interval(label.binary.f1, label.f1_interval))
        yield _line("Precision, recall", f"{_value(label.binary.precision)}, {_value(label.binary.recall)}")
        yield _line("Area under the curve", _value(label.area))
    yield _line("Krippendorff's alpha", _value(label.alpha))
    yield _line("ICC(2,1)", _value(label.icc))
    if not label.ceilings:
        yield _line("People among themselves", "no figure is known for this kind of item")
    for ceiling in label.ceilings:
        yield _line("People among themselves", f"{ceiling.kappa:.2f} on {ceiling.item} ({ceiling.source})")
    if bar is not None:
        yield _line(f"Bar of {bar:.2f}", _against(label, bar))
    yield from _table(label.confusion)


def _against(label: LabelAgreement, bar: float) -> str:
    if label.reaches(bar):
        return "reached by the whole band"
    if isinstance(label.kappa_interval, NotComputable):
        return "NOT TRUSTWORTHY: there is no band to tell from"
    return f"NOT TRUSTWORTHY: the band begins at {label.kappa_interval.low:.2f}"


def _line(name: str, value: str) -> str:
    return f"  {name:<26}{value}"


def _value(value: Statistic) -> str:
    return f"not computable: {value.reason}" if isinstance(value, NotComputable) else f"{value:.2f}"


def _with_interval(value: Statistic, interval: Interval | NotComputable | None) -> str:
    if isinstance(value, NotComputable) or interval is None:
        return _value(value)
    if isinstance(interval, NotComputable):
        return f"{value:.2f}, band not computable: {interval.reason}"
    return f"{value:.2f}, band {interval.low:.2f} to {interval.high:.2f}"


def _table(table: Confusion) -> Iterator[str]:
    yield "  People down, judge across " + "".join(f"{level:>6}" for level in table.levels)
    for level, row in zip(table.levels, table.counts, strict=True):
        yield f"  {level:>25} " + "".join(f"{count:>6}" for count in row)
