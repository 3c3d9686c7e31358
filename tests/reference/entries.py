"""Several entries of one indicator – judges, rounds, opponents – made one value (the extension of the formats)."""
from fractions import Fraction

from reading import NA
from rounding import round_to, rounding_of


class TooLarge(Exception):
    """More than twelve digits before the point."""


def band_points(bands, lower_is_better, value):
    """Points of the best band that the value reaches, else 0."""
    reached = Fraction(0)
    for band in sorted(bands, key=lambda b: Fraction(b["from"]), reverse=lower_is_better):
        start = Fraction(band["from"])
        if value <= start if lower_is_better else value >= start:
            reached = Fraction(band["points"])
    return reached


def combined(spec, entries):
    """The indicator's value from the entries as FORMATS' keys of [[indicators]] say."""
    if not any(isinstance(entry.value, Fraction) for entry in entries):
        return NA if any(entry.value == NA for entry in entries) else None
    numbers = [entry.value for entry in entries if isinstance(entry.value, Fraction)]
    for key, keeps in (("equals", lambda v, b: v == b), ("at_least", lambda v, b: v >= b), ("at_most", lambda v, b: v <= b)):
        if key in spec:
            numbers = [v for v in numbers if keeps(v, Fraction(spec[key]))]
    lower = spec.get("lower_is_better", False)
    if "bands" in spec:
        numbers = [band_points(spec["bands"], lower, v) for v in numbers]
        lower = False  # points by now: more is better
    numbers.sort()
    numbers = numbers[spec.get("drop_lowest", 0):]
    numbers = numbers[:max(0, len(numbers) - spec.get("drop_highest", 0))]
    if "best" in spec:
        numbers = numbers[:spec["best"]] if lower else numbers[max(0, len(numbers) - spec["best"]):]
    how = spec["entries"]
    if how in ("count", "sum"):
        result = Fraction(len(numbers)) if how == "count" else sum(numbers, Fraction(0))
    elif not numbers:
        return None
    else:
        result = {"mean": lambda: sum(numbers) / len(numbers), "max": lambda: numbers[-1], "min": lambda: numbers[0]}[how]()
    result = round_to(result, *rounding_of(spec, "0.000001"))
    if abs(result) >= 10**12:
        raise TooLarge
    return result
