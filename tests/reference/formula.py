"""What does an expression of a `formula` rule amount to? A small recursive-descent reading in IEEE double.

Grammar, loosest first: comparison (< <= > >= == !=), + and -, * and /, unary - and +, ^ (right-associative,
binds tighter than a sign before it), then numbers, names, calls and brackets. Comparisons give 1 or 0.
"""
import math
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_.]*)|(<=|>=|==|!=|[-+*/^(),<>]))")


def whole(function):
    """For what makes a double a whole number: the large, the infinite and NaN stay as they are."""
    return lambda x: math.copysign(float(function(x)), x) if abs(x) < 2.0**52 else x


def half_away(x):
    size = math.floor(abs(x))
    return math.copysign(size + (abs(x) - size >= 0.5), x)


def logarithm(function):
    return lambda x: function(x) if x > 0 or x != x else -math.inf if x == 0 else math.nan


def exponential(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def power(a, b):
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:  # 0 to a negative power, or a root of a negative number
        return math.inf if a == 0 else math.nan


def quotient(a, b):
    if b != 0:
        return a / b
    return math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1, b)


FUNCTIONS = {
    "min": (1, None, lambda *a: min(a)),
    "max": (1, None, lambda *a: max(a)),
    "abs": (1, 1, abs),
    "floor": (1, 1, whole(math.floor)),
    "ceil": (1, 1, whole(math.ceil)),
    "round": (1, 1, whole(half_away)),
    "sqrt": (1, 1, lambda x: math.sqrt(x) if x >= 0 else math.nan),
    "ln": (1, 1, logarithm(math.log)),
    "log10": (1, 1, logarithm(math.log10)),
    "exp": (1, 1, exponential),
}
COMPARE = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}


class FormulaError(Exception):
    pass


class Formula:
    def __init__(self, text):
        self.tokens = []
        at = 0
        while text[at:].strip():
            match = TOKEN.match(text, at)
            if not match:
                raise FormulaError(f"unreadable at {text[at:]!r}")
            self.tokens.append(match.groups())
            at = match.end()
        self.at = 0
        self.names = set()
        self.tree = self.comparison()
        if self.at != len(self.tokens):
            raise FormulaError(f"unexpected {self.tokens[self.at]}")

    def peek(self):
        return self.tokens[self.at][2] if self.at < len(self.tokens) else None

    def take(self, *symbols):
        if self.peek() in symbols and self.peek() is not None:
            self.at += 1
            return self.tokens[self.at - 1][2]
        return None

    def expect(self, symbol):
        if not self.take(symbol):
            raise FormulaError(f"expected {symbol}")

    def left(self, below, *symbols):
        tree = below()
        while symbol := self.take(*symbols):
            tree = (symbol, tree, below())
        return tree

    def comparison(self):
        return self.left(self.sum, *COMPARE)

    def sum(self):
        return self.left(self.product, "+", "-")

    def product(self):
        return self.left(self.signed, "*", "/")

    def signed(self):
        if symbol := self.take("-", "+"):
            inner = self.signed()
            return ("neg", inner) if symbol == "-" else inner
        return self.power()

    def power(self):
        base = self.atom()
        return ("^", base, self.signed()) if self.take("^") else base

    def atom(self):
        if self.take("("):
            inner = self.comparison()
            self.expect(")")
            return inner
        if self.at >= len(self.tokens):
            raise FormulaError("ends too early")
        number, name, symbol = self.tokens[self.at]
        self.at += 1
        if number is not None:
            return ("number", float(number))
        if name is None:
            raise FormulaError(f"unexpected {symbol}")
        if not self.take("("):
            self.names.add(name)
            return ("name", name)
        arguments = [self.comparison()]
        while self.take(","):
            arguments.append(self.comparison())
        self.expect(")")
        if name == "if":
            if len(arguments) != 3:
                raise FormulaError("if takes three arguments")
            return ("if", *arguments)
        if name not in FUNCTIONS:
            raise FormulaError(f"unknown function {name}")
        least, most, function = FUNCTIONS[name]
        if len(arguments) < least or (most and len(arguments) > most):
            raise FormulaError(f"{name} takes another number of arguments")
        return ("call", function, arguments)

    def value(self, names):
        """The finite value, or FormulaError."""
        result = evaluate(self.tree, names)
        if not math.isfinite(result):
            raise FormulaError("not finite")
        return result


def evaluate(tree, names):
    what = tree[0]
    if what == "number":
        return tree[1]
    if what == "name":
        return names[tree[1]]
    if what == "neg":
        return -evaluate(tree[1], names)
    if what == "if":
        return evaluate(tree[2] if evaluate(tree[1], names) != 0 else tree[3], names)
    if what == "call":
        return tree[1](*[evaluate(a, names) for a in tree[2]])
    a, b = evaluate(tree[1], names), evaluate(tree[2], names)
    if what in COMPARE:
        return 1.0 if COMPARE[what](a, b) else 0.0
    if what == "^":
        return power(a, b)
    return a + b if what == "+" else a - b if what == "-" else a * b if what == "*" else quotient(a, b)
