"""Ways to break a valid input so that the program must refuse it. Each takes the case's folder and a random source,
changes one file, and tells whether the case had what it breaks."""
import re

BREAKAGES = []


def breakage(function):
    BREAKAGES.append(function)
    return function


def text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return True


def add_line(path, line):
    return write(path, text(path) + line + "\n")


def replaced(path, pattern, by):
    changed, count = re.subn(pattern, by, text(path), count=1, flags=re.MULTILINE)
    return bool(count) and write(path, changed)


def first_unit(folder):
    return text(f"{folder}/units.csv").split("\n")[1].split(",")[0]


def an_indicator(folder):
    """One that the movement reads."""
    return re.search(r'^value = "(\w+)"', text(f"{folder}/movement.toml"), re.MULTILINE).group(1)


# units.csv

@breakage
def unit_twice(folder, _):
    return add_line(f"{folder}/units.csv", f"{first_unit(folder)},,cell,Twice")


@breakage
def unknown_parent(folder, _):
    return add_line(f"{folder}/units.csv", "newcomer,nobody-knows,cell,N")


@breakage
def cycle(folder, _):
    return add_line(f"{folder}/units.csv", "egg,hen,cell,E\nhen,egg,cell,H")


@breakage
def own_parent(folder, _):
    return add_line(f"{folder}/units.csv", "egg,egg,cell,E")


@breakage
def bad_code(folder, random):
    return add_line(f"{folder}/units.csv", random.choice(["two words,,cell,X", "x" * 65 + ",,cell,X", "đ,,cell,X", ",,cell,X", "a/b,,cell,X"]))


@breakage
def ragged_units(folder, random):
    return add_line(f"{folder}/units.csv", random.choice(["lonely", "x1,,cell,X,too,many"]))


@breakage
def bad_date(folder, random):
    path = f"{folder}/units.csv"
    lines = text(path).rstrip("\n").split("\n")
    lines = [line + ("," if n else ",valid_from") for n, line in enumerate(lines)]
    return write(path, "\n".join(lines) + "\n" + "dated,,cell,D," + random.choice(["2025-02-30", "1.1.2025", "2025-13-01"]) + "\n")


@breakage
def no_code_column(folder, _):
    return replaced(f"{folder}/units.csv", r"\Acode", "kode")


@breakage
def column_twice(folder, _):
    return replaced(f"{folder}/units.csv", r"\Acode,parent", "code,code")


@breakage
def unclosed_quote(folder, _):
    return add_line(f"{folder}/units.csv", 'open,,cell,"never closed')


@breakage
def text_behind_a_quote(folder, _):
    return add_line(f"{folder}/units.csv", 'behind,,cell,"quoted"more')


@breakage
def not_utf8(folder, random):
    path = f"{folder}/{random.choice(['units.csv', 'values.csv'])}"
    return write(path, text(path).encode() + b"caf\xe9,,cell,\xff\n")


@breakage
def empty_units(folder, _):
    return write(f"{folder}/units.csv", "")


# groups.csv

@breakage
def unit_in_two_groups(folder, _):
    unit = first_unit(folder)
    return write(f"{folder}/groups.csv", f"group,unit\ng1,{unit}\ng2,{unit}\n")


@breakage
def group_of_an_unknown_unit(folder, _):
    return write(f"{folder}/groups.csv", "group,unit\ng1,nobody-knows\n")


@breakage
def unknown_role(folder, _):
    return write(f"{folder}/groups.csv", f"group,unit,role\ng1,{first_unit(folder)},king\n")


# values.csv

@breakage
def value_of_an_unknown_unit(folder, _):
    return add_line(f"{folder}/values.csv", f"nobody-knows,{an_indicator(folder)},2025,1,")


@breakage
def bad_number(folder, random):
    bad = random.choice(["1,5", "1e3", "abc", "1 000", "NaN", "inf", "0x10", "1.0000001", "1000000000000", "--1", "1.2.3", "N/A", " 1", "½"])
    return write(f"{folder}/values.csv", f"unit,indicator,period,value,target\n{first_unit(folder)},{an_indicator(folder)},2025,\"{bad}\",\n")


@breakage
def bad_target(folder, random):
    return write(f"{folder}/values.csv", f"unit,indicator,period,value,target\n{first_unit(folder)},{an_indicator(folder)},2025,1,{random.choice(['many', '1e2', '1.'*2])}\n")


@breakage
def value_twice(folder, random):
    line = f"{first_unit(folder)},{an_indicator(folder)},2025,1,"
    return write(f"{folder}/values.csv", f"unit,indicator,period,value,target\n{line}\n{random.choice([line, line.replace(',1,', ',2,'), line.replace(',1,', ',na,')])}\n")


@breakage
def bad_period(folder, random):
    return add_line(f"{folder}/values.csv", f"{first_unit(folder)},{an_indicator(folder)},{random.choice(['2025-Q5', '2025-13', '25', '2025-H3', 'May'])},1,")


@breakage
def ragged_values(folder, random):
    return add_line(f"{folder}/values.csv", random.choice([first_unit(folder), f"{first_unit(folder)},{an_indicator(folder)},2025,1,2,3,4,5,6"]))


@breakage
def no_value_column(folder, _):
    return replaced(f"{folder}/values.csv", r"\A(.*),value,", r"\1,amount,")


@breakage
def graded_beyond_its_maximum(folder, random):
    path = f"{folder}/movement.toml"
    write(path, text(path).split("[[")[0].split("[participants]")[0] + '[[criteria]]\nkey = "only"\nmax = 10\nrule = { kind = "graded" }\n')
    return write(f"{folder}/values.csv", f"unit,indicator,period,value,target\n{first_unit(folder)},only,2025,{random.choice(['10.000001', '-1', '11'])},\n")


@breakage
def missing_where_it_is_refused(folder, _):
    path = f"{folder}/movement.toml"
    rule = 'max = 10\nrule = { kind = "yes_no" }\n'
    write(path, text(path).split("[[")[0].split("[participants]")[0] + f'[[criteria]]\nkey = "one"\n{rule}[[criteria]]\nkey = "two"\nmissing = "refuse"\n{rule}')
    return write(f"{folder}/values.csv", f"unit,indicator,period,value,target\n{first_unit(folder)},one,2025,1,\n")


@breakage
def formula_without_a_finite_value(folder, random):
    path = f"{folder}/movement.toml"
    expression = random.choice(["1 / v", "ln(v)", "sqrt(v - 1)", "exp(1000 + v)", "v ^ -1", "log10(v)"])
    write(path, text(path).split("[[")[0].split("[participants]")[0] + f'[[criteria]]\nkey = "only"\nmax = 10\nrule = {{ kind = "formula", expression = "{expression}" }}\n')
    return write(f"{folder}/values.csv", f"unit,indicator,period,value,target\n{first_unit(folder)},only,2025,0,\n")


# movement.toml

@breakage
def toml_that_is_none(folder, random):
    return add_line(f"{folder}/movement.toml", random.choice(["[[criteria]", "key = ", 'x = "open', "a = 1\na = 2", "= 3"]))


@breakage
def other_format(folder, random):
    return replaced(f"{folder}/movement.toml", r'^format = .*$', random.choice(['format = "guidon/movement/2"', "format = 1", ""]))


@breakage
def no_key(folder, _):
    return replaced(f"{folder}/movement.toml", r'^key = "random"$', "")


@breakage
def no_criterion_key(folder, _):
    return replaced(f"{folder}/movement.toml", r'^key = "c0"$', "")


@breakage
def wrong_type(folder, random):
    pattern, by = random.choice([(r"^max = .*$", 'max = "ten"'), (r"^\[title\]\nen = .*$", "title = 5"), (r'^key = "c0"', "key = 7"),
                                 (r"^period = .*$", "period = 2025"), (r"^rule = .*$", 'rule = "ratio"'), (r'^value = .*$', "value = 3")])
    return replaced(f"{folder}/movement.toml", pattern, by)


@breakage
def unknown_choice(folder, random):
    pattern, by = random.choice([(r'kind = "\w+"', 'kind = "guess"'), (r'^within = .*$', 'within = "village"'), (r'^combine = .*$', 'combine = "median"'),
                                 (r'^missing = .*$', 'missing = "maybe"'), (r'^rest = .*$', 'rest = "coin"'), (r'mode = "[a-z-]+"', 'mode = "nearest"')])
    return replaced(f"{folder}/movement.toml", pattern, by)


@breakage
def unknown_key(folder, random):
    return replaced(f"{folder}/movement.toml", r"^(\[\[criteria\]\])$", r"\1\n" + random.choice(["maximum = 10", "wieght = 2", "Missing = 'zero'"]))


@breakage
def unknown_section(folder, _):
    return replaced(f"{folder}/movement.toml", r'^(key = "c0")$', r'\1\nsection = "nowhere"') if "section =" not in text(f"{folder}/movement.toml") else False


@breakage
def unknown_class(folder, _):
    return replaced(f"{folder}/movement.toml", r'^caps_class = .*$', 'caps_class = "nowhere"')


@breakage
def unknown_tie(folder, random):
    return replaced(f"{folder}/movement.toml", r'^ties = .*$', f'ties = ["{random.choice(["criterion:nowhere", "points", "luck:1", "", "criterion:"])}"]')


@breakage
def criterion_twice(folder, _):
    return replaced(f"{folder}/movement.toml", r'^key = "c1"$', 'key = "c0"')


@breakage
def bands_out_of_order(folder, random):
    bands = random.choice(["{ from = 1, points = 2 }, { from = 2, points = 3 }, { from = 1.5, points = 1 }", "{ from = 1, points = 2 }, { from = 1, points = 3 }", ""])
    return replaced(f"{folder}/movement.toml", r'^rule = .*$', f'rule = {{ kind = "bands", bands = [{bands}] }}')


@breakage
def bad_expression(folder, random):
    expression = random.choice(["v +", "(v", "v v", "sin(v)", "if(v, 1)", "v // 2", "", "min()", "2 $ 3", "nothing_of_that_name( v )"])
    return replaced(f"{folder}/movement.toml", r'^rule = .*$', f'rule = {{ kind = "formula", expression = "{expression}" }}')


@breakage
def share_beyond_one(folder, random):
    return replaced(f"{folder}/movement.toml", r'^most_share = .*$', f"most_share = {random.choice(['1.5', '-0.1'])}")


@breakage
def negative_step(folder, _):
    return replaced(f"{folder}/movement.toml", r'^round = .*$', "round = { step = -0.1 }")


@breakage
def number_too_fine(folder, random):
    return replaced(f"{folder}/movement.toml", r"^max = .*$", f"max = {random.choice(['1.0000001', '1e40', 'nan', 'inf'])}")


@breakage
def unknown_participants_root(folder, _):
    path = f"{folder}/movement.toml"
    return write(path, text(path) + '[participants]\nunder = "nobody-knows"\n') if "[participants]" not in text(path) else False


# the files themselves

@breakage
def one_thing_wrong_in_each_file(folder, random):
    unit_twice(folder, random)
    return bad_number(folder, random) and toml_that_is_none(folder, random)


