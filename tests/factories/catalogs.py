"""OSCAL catalogs and SAMM models by chance, in words of our own."""

import json
import random
from pathlib import Path
from typing import Any

from tests.factories.libraries import said

Record = dict[str, Any]  # Any: plain values of a document


def catalog(chance: random.Random, size: int = 40) -> Record:
    """A catalog: groups in groups, controls in controls, parameters, parts of all names, withdrawn controls."""
    groups = [_group(chance, f"g{n}", max(size // 4, 1)) for n in range(chance.randint(1, 4))]
    body: Record = {
        "uuid": "00000000-0000-4000-8000-000000000000",
        "metadata": {
            "title": "A catalog",
            "last-modified": chance.choice(("2024-05-06T07:08:09Z", "2024-05-06T07:08:09.000-05:00", "none")),
            "version": chance.choice(("1.2", "Final", "5.1.1+u4")),
            "oscal-version": "1.1.3",
            "parties": [{"uuid": "p", "type": "organization", "name": "Bank"}],
        },
        "params": [{"id": "all", "label": "whole"}],
        "groups": groups,
    }
    if chance.random() < 0.3:
        body["controls"] = [_control(chance, "top-1", 0), _control(chance, "top-2", 0)]
    if chance.random() < 0.5:
        body["back-matter"] = {"resources": [{"uuid": "r1", "title": "A book"}, {"uuid": "r2"}]}
    return {"catalog": body}


def controls_of(place: Record) -> list[Record]:
    """All controls of a catalog or group, as a reader of the format would count them."""
    own = place.get("controls", [])
    inner = [one for control in own for one in controls_of(control)]
    return [*own, *inner, *(one for group in place.get("groups", []) for one in controls_of(group))]


def groups_of(place: Record) -> list[Record]:
    own = place.get("groups", [])
    return [*own, *(one for group in own for one in groups_of(group))]


def is_withdrawn(control: Record) -> bool:
    return any(one["name"] == "status" and one["value"] == "withdrawn" for one in control.get("props", []))


def _group(chance: random.Random, name: str, count: int) -> Record:
    made: Record = {"id": name, "class": "family", "title": said(chance, "en", 2)}
    if chance.random() < 0.2:
        del made["id"]
    if chance.random() < 0.5:
        label = chance.choice((name.upper(), f"Family of many words ({name.upper()})", name))
        made["props"] = [{"name": "sort-id", "value": "1"}, {"name": "label", "value": label}]
        made["parts"] = [{"name": "overview", "prose": said(chance, "en")}]
    if chance.random() < 0.3:
        made["groups"] = [_group(chance, f"{name}{n}", max(count // 2, 1)) for n in "ab"]
    else:
        made["controls"] = [_control(chance, f"{name}-{n}", 0) for n in range(1, count + 1)]
    return made


def _control(chance: random.Random, name: str, depth: int) -> Record:
    made: Record = {"id": name, "class": "SP", "title": said(chance, "en", 2)}
    made["props"] = [
        {"name": "label", "value": name.upper(), "class": "zero-padded"},
        {"name": "label", "value": chance.choice((name.upper(), f"A title ({name})", f"{name}.[01]"))},
    ]
    if chance.random() < 0.1:
        made["props"].append({"name": "status", "value": "withdrawn"})
        made["links"] = [{"href": "#other", "rel": "incorporated-into"}]
        return made
    made["params"] = [
        {"id": f"{name}_odp.01", "label": "a time", "guidelines": [{"prose": "Say when."}]},
        {
            "id": f"{name}_odp.02",
            "select": {"how-many": "one-or-more", "choice": [f"after {{{{ insert: param, {name}_odp.01 }}}}", "never"]},
        },
        {"id": f"{name}_odp.03", "label": f"{{{{ insert: param, {name}_odp.03 }}}}"},
    ]
    statement: Record = {"id": f"{name}_smt", "name": "statement"}
    if chance.random() < 0.6:
        statement["parts"] = [_item(chance, name, n, depth=0) for n in "abc"]
    if chance.random() < 0.7 or "parts" not in statement:
        inserted = chance.choice(
            (f"insert: param, {name}_odp.02", f"{name}_odp.03", "param: all", "insert: param, none")
        )
        statement["prose"] = f"{said(chance, 'en')} {{{{ {inserted} }}}}"
    parts: list[Record] = [statement] if chance.random() < 0.9 else []
    parts.append({"name": "guidance", "prose": said(chance, "en"), "links": [{"href": "#x"}]})
    objective = {"name": "assessment-objective", "prose": said(chance, "en")}
    parts.append({"name": "assessment-objective", "parts": [objective]})
    parts.append({"name": "assessment-method", "parts": [{"name": "assessment-objects", "prose": "Books\n\nPeople"}]})
    parts.append({"name": "example", "title": "Example 1:", "prose": said(chance, "en")})
    made["parts"] = parts
    if depth < 2 and chance.random() < 0.3:
        made["controls"] = [_control(chance, f"{name}.{n}", depth + 1) for n in (1, 2)]
    return made


def _item(chance: random.Random, name: str, letter: str, depth: int) -> Record:
    made: Record = {"id": f"{name}_smt.{letter}", "name": "item", "props": [{"name": "label", "value": f"{letter}."}]}
    made["prose"] = said(chance, "en", 4)
    if depth < 2 and chance.random() < 0.3:
        made["parts"] = [_item(chance, name, f"{letter}.{n}", depth + 1) for n in (1, 2)]
    return made


FUNCTIONS = ("Leadership", "Drafting", "Building", "Checking", "Running")
PRACTICES = ("XA", "XB", "XC")
CREDITS = (0, 0.25, 0.5, 1)


def samm_core(folder: Path, *, older: bool = False) -> Path:
    """A whole model as its owner lays it out: folders by type, translations and guidance beside them.

    Five functions with three practices of two streams, an activity and a question on each of three levels.
    """
    link = ("answerset", "maturitylevel") if older else ("answerSet", "maturityLevel")
    for letter in "KZ":
        values = [{"text": f"Answer {n}", "value": CREDITS[n], "weight": 1, "order": n} for n in range(4)]
        _put(folder, "answer_sets", letter, "AnswerSet", {"id": f"answers-of-the-set-{letter}", "values": values})
    for n in (1, 2, 3):
        _put(folder, "maturity_levels", f"{n}", "MaturityLevel", {"id": f"m{n}", "number": n, "description": "A step."})
    for place, function in enumerate(FUNCTIONS, 1):
        about = {"id": f"f{place}", "model": "M1", "name": function, "description": "About.\n", "order": place}
        _put(folder, "business_functions", function, "Function", about)
        for short in PRACTICES:
            _practice(folder, place, function, short, link)
    (folder / "model" / "activities" / "notes.txt").write_text("no model", encoding="utf-8")
    _put(folder, "../de", "L-XA-1-A", "Activity", {"id": "a1XA1A", "stream": "s1XAA", "level": "l1XA1", "title": "Tun"})
    (folder / "guidance").mkdir()
    (folder / "guidance" / "a.yml").write_text("stream: s1XAA\nlevels:\n  1: {guidance: Mind it.}\n", encoding="utf-8")
    (folder / ".github").mkdir()
    (folder / ".github" / "run.yml").write_text("on: push\n---\non: pull\n", encoding="utf-8")
    return folder


def _practice(folder: Path, place: int, function: str, short: str, link: tuple[str, str]) -> None:
    key, name = f"p{place}{short}", f"{function[0]}-{short}"
    about = {"id": key, "function": f"f{place}", "name": short, "shortName": short, "order": PRACTICES.index(short)}
    _put(folder, "security_practices", name, "Practice", {**about, "shortDescription": "S.", "longDescription": "L."})
    for n in (1, 2, 3):
        level = {"id": f"l{place}{short}{n}", "practice": key, link[1]: f"m{n}", "objective": "Aim."}
        _put(folder, "practice_levels", f"{name}-{n}", "PracticeLevel", level)
    for letter in "AB":
        stream = f"s{place}{short}{letter}"
        about = {"id": stream, "practice": key, "name": letter, "letter": letter, "order": "AB".index(letter)}
        _put(folder, "streams", f"{name}-{letter}", "Stream", {**about, "description": "What it is about."})
        for n in (1, 2, 3):
            activity, own = f"a{place}{short}{n}{letter}", f"{name}-{n}-{letter}"
            told = {"title": f"Do {own}", "benefit": "Good.", "shortDescription": "Short.", "longDescription": "Long."}
            empty = {"results": None, "metrics": None, "notes": None, "relatedActivities": None}
            level = {"id": activity, "stream": stream, "level": f"l{place}{short}{n}"}
            _put(folder, "activities", own, "Activity", {**level, **told, **empty})
            asked = {"id": f"q{activity}", "activity": activity, link[0]: f"answers-of-the-set-{'KZ'[n % 2]}"}
            _put(
                folder,
                "questions",
                own,
                "Question",
                {**asked, "text": f"Is {own} done?", "order": 1, "quality": ["Ok"]},
            )


def _put(folder: Path, kind: str, name: str, told: str, record: Record) -> None:
    place = folder / "model" / kind
    place.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"# about {key}\n{key}: {'' if one is None else json.dumps(one)}\n" for key, one in record.items())
    (place / f"{name}.yml").write_text(f"---\n# ====\n{lines}#Kind\ntype: {told}\n", encoding="utf-8")
