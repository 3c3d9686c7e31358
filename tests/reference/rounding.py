"""Exact numbers to a step, and as text."""
import math
from fractions import Fraction


def rounding_of(table, default="0.001"):
    """(step, mode) of a table's `round`."""
    given = table.get("round", {})
    return Fraction(given.get("step", default)), given.get("mode", "half-up")


def round_to(value, step, mode="half-up"):
    """half-up rounds halves away from zero; down towards zero, up away from it; step 0 does not round."""
    if step == 0:
        return value
    size = abs(value) / step
    whole = math.floor(size)
    rest = size - whole
    if mode == "half-up":
        whole += rest >= Fraction(1, 2)
    elif mode == "half-even":
        whole += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    elif mode == "up":
        whole += rest > 0
    else:
        assert mode == "down"
    return step * (whole if value >= 0 else -whole)


def places_of(step):
    """How many digits after the point a step has."""
    places = 0
    while step * 10**places % 1:
        places += 1
    return places


def written(value, step, mode="half-up"):
    """With as many digits after the point as the step has; step 0: up to 6, no trailing zeros. Never `-0`."""
    places = places_of(step) if step else 6
    digits = str(abs(int(round_to(value, Fraction(1, 10**places), mode) * 10**places)))
    sign = "-" if value < 0 and int(digits) else ""
    digits = digits.rjust(places + 1, "0")
    text = digits[:-places] + "." + digits[-places:] if places else digits
    return sign + (text if step else text.rstrip("0").rstrip("."))
