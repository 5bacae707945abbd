#!/usr/bin/env python3
"""Turns the documentation page of the call, as Markdown, into the inventory.

    python3 from_page.py PAGE.md > page.tsv

A line for each parameter and field: where it is, its path, whether it is
required, its documented type, and the values of an enum. Every bullet of the
page is used or refused, none is passed over.
"""
import re
import sys

BULLET = re.compile(r"^( *)- `(.*)`$")
SECTIONS = {"Path Parameters": "path", "Query Parameters": "query", "Cookie Parameters": "cookie", "Returns": "answer"}


def kind(text):
    """The documented type, without the list of an object's first fields."""
    text = re.sub(r" \{.*?\}", "", text).strip()
    if text.startswith('"'):
        return "enum"
    if text.startswith('array of "'):
        return "array of enum"
    return re.sub(r" +or +", " or ", text)


def main(page):
    rows, place, open_rows = [], None, []
    for line in open(page, encoding="utf-8"):
        line = line.rstrip()
        if line.startswith("#"):
            place = SECTIONS.get(line.lstrip("# "))
        match = BULLET.match(line)
        if not place or not match:
            continue
        depth, text = len(match.group(1)) // 2, match.group(2)
        del open_rows[depth:]
        parents = [name for name, _ in open_rows]
        if text.startswith('"'):
            open_rows[-1][1]["values"].append(text.strip('"'))
            open_rows.append(("", None))
        elif " = " in text:
            open_rows.append(("<" + text.split(" = ")[0] + ">", None))
        else:
            name, _, rest = text.partition(": ")
            optional = rest.startswith("optional ")
            rest = rest.removeprefix("optional ")
            row = {"place": place, "path": ".".join(parents + [name]), "kind": kind(rest), "values": []}
            row["required"] = "optional" if optional else "required"
            rows.append(row)
            open_rows.append((name, row))
    for row in rows:
        path = row["path"].replace(".<", "<")
        print("\t".join([row["place"], path, row["required"], row["kind"], "|".join(row["values"])]))


main(sys.argv[1])
