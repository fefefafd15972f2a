# deck_look.py - reads a deck as a stranger would, and says what is wrong in it
#
#     python3 deck_look.py ROOT DECK.html LANG
#
# That it is well-formed, refers to nothing outside, shows the code that its
# Markdown names as it stands in the source, and in place of every figure the
# value that its CSV comes to, worked out here once more. Prints "topic slides
# codes charts figures"; exit status 1 with what is wrong.
import csv
import math
import os
import re
import statistics
import sys
import xml.etree.ElementTree as tree

root, deck, lang = sys.argv[1:4]
xhtml = "{http://www.w3.org/1999/xhtml}"
svg = "{http://www.w3.org/2000/svg}"
faults = []


def fault(text):
    faults.append(text)


def read(*parts):
    with open(os.path.join(root, *parts), encoding="utf-8") as file:
        return file.read()


# ---- What was measured -------------------------------------------------------

def facts_of(topic, chart):
    lines = read("build", "charts", topic, chart + ".facts").splitlines()
    return {line.split()[1]: int(line.split()[2]) for line in lines
            if "." not in line.split()[1]}


def medians(topic, chart, measure, series):
    at = {}
    path = os.path.join(root, "build", "charts", topic, chart + ".csv")
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["series"] == series and row[measure]:
                at.setdefault(float(row["x"]), []).append(float(row[measure]))
    return {x: statistics.median(values) for x, values in at.items()}


def term(topic, chart, text):
    """The value, and how many of its digits count (None: all)."""
    if ":" not in text:
        return facts_of(topic, chart)[text], None
    what, measure, series, x = text.split(":")
    at = medians(topic, chart, measure, series)
    place = {"first": min, "last": max,
             "lowest": lambda a: min(a, key=a.get),
             "highest": lambda a: max(a, key=a.get)}.get(x)
    key = place(at) if place else float(x)
    return (key, None) if what == "x" else (at[key], 3)


def value_of(topic, figure):
    chart, rest = figure.split(".", 1)
    parts = rest.split("/")
    value, digits = term(topic, chart, parts[0])
    if len(parts) == 2:
        return value / term(topic, chart, parts[1])[0], 2
    return value, digits


# Is the number that is shown the value, to so many digits?
def agrees(shown, value, digits):
    decimal, group = (",", "[\\s\u00a0\u202f]") if lang == "es" else (".", ",")
    try:
        number = float(re.sub(group, "", shown).replace(decimal, "."))
    except ValueError:
        return False
    if digits is None or value == 0:
        return number == value
    unit = 10 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return abs(number - value) <= 0.5001 * unit


# ---- The deck ----------------------------------------------------------------

def text_of(element, but=""):
    parts = [element.text or ""]
    for child in element:
        if child.tag != but:
            parts.append(text_of(child, but))
        parts.append(child.tail or "")
    return re.sub(r"[ \n\t]+", " ", "".join(parts))


def check_outside(page):
    for element in page.iter():
        for name, value in element.attrib.items():
            plain = name.split("}")[-1]
            if plain in ("src", "href") and not value.startswith("#"):
                fault(f"refers outside: {plain}={value}")
            if plain in ("src", "srcset", "data", "action", "background"):
                fault(f"loads: {plain}={value}")
    whole = open(deck, encoding="utf-8").read()
    for match in re.finditer(r"url\((?!#)|@import|<link|<iframe|//[a-z]+\.", whole):
        near = whole[match.start() - 30:match.end() + 20]
        if "www.w3.org" not in near:
            fault(f"refers outside: {near!r}")


def check_ids(page):
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    for name in {i for i in ids if ids.count(i) > 1}:
        fault(f"id {name} is there twice")
    for element in page.iter():
        for name, value in element.attrib.items():
            if name.endswith("href") and value[1:] not in ids:
                fault(f"leads nowhere: {value}")


# ---- Against its Markdown ----------------------------------------------------

def excerpt(topic, attributes):
    lines = read("lessons", topic, attributes["file"]).splitlines()
    marks = [re.search(r"\s*// \[([\w-]+)\]$", line) for line in lines]
    first = [i for i, m in enumerate(marks) if m and m[1] == attributes["mark"]][0]
    if "lines" in attributes:
        last = first + int(attributes["lines"])
    elif "to" in attributes:
        last = 1 + [i for i, m in enumerate(marks)
                    if m and m[1] == attributes["to"]][0]
    else:
        return None, lines
    return [re.sub(r"\s*// \[[\w-]+\]$", "", line).rstrip()
            for line in lines[first:last]], lines


def check_code(topic, attributes, figure):
    shown = "".join(figure.find(f"{xhtml}pre").itertext())
    wanted, lines = excerpt(topic, attributes)
    plain = [re.sub(r"\s*// \[[\w-]+\]$", "", line).rstrip() for line in lines]
    shown = shown.rstrip("\n").split("\n")
    begin = [i for i in range(len(plain)) if plain[i:i + len(shown)] == shown]
    if wanted is not None and shown != wanted or not begin:
        fault(f"{topic}: not the code of {attributes}: {shown}")


def check_figures(topic, markdown, shown):
    count = 0
    plain = re.sub(r"`[^`]*`", "", markdown)
    for match in re.finditer(r"(\S*)\{([^{}]+)\}", plain):
        value, digits = value_of(topic, match[2])
        numbers = re.findall(r"\d[\d.,\u00a0\u202f]*\d|\d", shown)
        count += 1
        if not any(agrees(n, value, digits) for n in numbers):
            fault(f"{topic}: {{{match[2]}}} is {value}, and the slide says "
                  f"{numbers}")
    return count


def check_slide(topic, source, section):
    directives = re.findall(r"<!-- telar: (show|plot) (.*) -->", source)
    codes = section.findall(f".//{xhtml}figure[@class='code']")
    charts = section.findall(f".//{xhtml}figure[@class='chart']")
    shows = [dict(re.findall(r'(\w+)=(\S+)', d[1]))
             for d in directives if d[0] == "show"]
    plots = [d[1] for d in directives if d[0] == "plot"]
    if len(codes) != len(shows) or len(charts) != len(plots):
        fault(f"{topic}: {len(codes)} codes, {len(charts)} charts for {source}")
    for attributes, figure in zip(shows, codes):
        check_code(topic, attributes, figure)
    for figure in charts:
        if not figure.findtext(f"{svg}svg/{svg}title"):
            fault(f"{topic}: a chart without a title")
        if not re.search(r"\d{4}-\d\d-\d\d", text_of(figure)):
            fault(f"{topic}: a chart without a date")
    return len(codes), len(charts), check_figures(topic, source,
                                                  text_of(section,
                                                          f"{xhtml}figure"))


def check_topic(page, name):
    topic = name[:-len(f".{lang}.md")]
    if not os.path.isdir(os.path.join(root, "lessons", topic)):
        return
    parts = re.split(r"<!-- telar: step id=\w+ -->", read("slides", name))
    sections = [s for s in page.iter(f"{xhtml}section")
                if s.get("id").split("-")[0] == topic]
    if len(sections) != len(parts):
        fault(f"{topic}: {len(sections)} slides of {len(parts)}")
    sums = [check_slide(topic, *pair) for pair in zip(parts, sections)]
    print(topic, len(sections), *(sum(column) for column in zip(*sums)))


page = tree.parse(deck).getroot()
check_outside(page)
check_ids(page)
for name in sorted(os.listdir(os.path.join(root, "slides"))):
    if re.fullmatch(rf"\d\d_\w+\.{lang}\.md", name):
        check_topic(page, name)
for text in faults:
    print("FAULT", text)
sys.exit(1 if faults else 0)
