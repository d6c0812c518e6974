"""Reads the cases in testdata/gotemplate/*.txt.

A line is a template; one that begins with a double quote is a JSON string. "#" begins a comment. Lines that begin with
"@" hold for what follows them:

    @ data JSON          the dot            @ name NAME        the template's name
    @ options A B        Option(A, B)       @ functions NAME   argocd, sprig or none
    @ templates JSON     parsed before it   @ zone NAME        the local time zone
    @ each X = A ; B     the lines are written for A and for B in place of «X»; several combine; "@ each" ends them

Each without an argument goes back to the default.
"""
import itertools
import json
import pathlib
import re

CASES = pathlib.Path(__file__).resolve().parent.parent.parent.parent / "testdata" / "gotemplate"


def setting(name, argument):
    if name in ("data", "templates"):
        return json.loads(argument)
    return argument.split(" ") if name == "options" else argument


def expanded(texts, each):
    """The texts for every combination of what stands for their placeholders."""
    used = [name for name in each if any("«%s»" % name in text for text in texts)]
    for values in itertools.product(*(each[name] for name in used)):
        made = texts
        for name, value in zip(used, values):
            made = [text.replace("«%s»" % name, value) for text in made]
        yield made


def with_needed_data(case):
    """Leaves out of the dot what the case does not name, where it does not use the dot as a whole."""
    text, data = case["text"], case.get("data")
    whole = "templates" in case or "define" in text or "block" in text or re.search(r"[\s({|=]\.([\s)}|]|$)|\$(?![\w.])", text)
    if not isinstance(data, dict) or whole or any(key.startswith("$") for key in data):
        return case
    return {**case, "data": {key: value for key, value in data.items() if re.search(r"\.%s\b" % re.escape(key), text) or '"%s"' % key in text}}


def made_case(line, settings):
    made = {"text": json.loads(line) if line.startswith('"') else line}
    return with_needed_data({**made, **{name: setting(name, argument) for name, argument in settings.items()}})


def read(path):
    settings, each = {}, {}
    for line in path.read_text().splitlines():
        if line == "" or line.startswith("#"):
            continue
        if not line.startswith("@ "):
            names = list(settings)
            for text, *arguments in expanded([line, *settings.values()], each):
                yield made_case(text, dict(zip(names, arguments)))
            continue
        name, _, argument = line.removeprefix("@ ").partition(" ")
        if name == "each" and argument:
            placeholder, values = re.fullmatch(r"(\w+) = (.*)", argument).groups()
            each[placeholder] = values.split(" ; ")
        elif name == "each":
            each = {}
        elif argument:
            settings[name] = argument
        else:
            settings.pop(name, None)
