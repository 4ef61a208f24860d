"""Small models of our own in the shapes of others: a CISO Assistant library, SAMM files, an OSCAL catalog, a table."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl

LIBRARY = """\
convert_library_version: v2
urn: urn:bank:risk:library:house-rules
locale: en
ref_id: HOUSE-RULES
name: House rules
description: 'Rules of a house

  in two lines'
copyright: Example Bank, all rights reserved
version: 3
publication_date: 2025-03-04
provider: Example Bank
packager: bank
objects:
  threats:
  - {urn: 'urn:bank:risk:threat:t1', ref_id: T1, name: Fire}
  reference_controls:
  - {urn: 'urn:bank:risk:function:c1', ref_id: C1, name: Extinguisher, category: technical}
  framework:
    urn: urn:bank:risk:framework:house-rules
    ref_id: HOUSE-RULES
    name: House rules
    description: All of them
    implementation_groups_definition:
    - {ref_id: B, name: basic, description: null}
    - {ref_id: I, name: important, description: null}
    - {ref_id: E, name: essential, description: null}
    requirement_nodes:
    - urn: urn:bank:risk:req_node:house-rules:id
      assessable: false
      depth: 1
      ref_id: ID
      name: Identify
      description: Know what you have.
    - urn: urn:bank:risk:req_node:house-rules:id.1
      assessable: true
      depth: 2
      parent_urn: urn:bank:risk:req_node:house-rules:id
      ref_id: ID.1
      description: "An inventory exists: hardware, software."
      annotation: "\\u2022 look at three entries"
      typical_evidence: Inventory list
      implementation_groups: &all [B, I, E]
      translations:
        fr: {description: Un inventaire existe.}
        zh: {description: 有一份资产清单。}
    - urn: urn:bank:risk:req_node:house-rules:id.2
      assessable: true
      depth: 2
      parent_urn: urn:bank:risk:req_node:house-rules:id
      ref_id: ID.2
      name: Owners
      description: Every asset has an owner.
      implementation_groups: [I, E]
      weight: 2
    - urn: urn:bank:risk:req_node:house-rules:id.2.1
      assessable: true
      depth: 3
      parent_urn: urn:bank:risk:req_node:house-rules:id.2
      ref_id: ID.2.1
      description: Owners are reviewed each year.
      implementation_groups: [E]
    - urn: urn:bank:risk:req_node:house-rules:pr
      assessable: false
      depth: 1
      ref_id: PR
      name: Protect
    - urn: urn:bank:risk:req_node:house-rules:pr.1
      assessable: true
      depth: 2
      parent_urn: urn:bank:risk:req_node:house-rules:pr
      ref_id: PR.1
      name: Doors
      description: Doors are closed.
      threats: ['urn:bank:risk:threat:t1']
      reference_controls: ['urn:bank:risk:function:c1']
      implementation_groups: *all
    - urn: urn:bank:risk:req_node:house-rules:note
      assessable: false
      depth: 1
      name: Closing remarks
"""

SCORES = """\
    min_score: 0
    max_score: 3
    scores_definition:
    - {score: 0, name: none, description: nothing}
    - {score: 1, name: some, description: null}
    - {score: 2, name: most, description: null}
    - {score: 3, name: all, description: null}
    implementation_groups_definition:
"""

QUESTIONS = """\
      questions:
        urn:bank:q1:
          type: unique_choice
          text: Are they locked?
          choices:
          - {urn: 'urn:bank:q1:1', value: 'Yes', add_score: 10, compute_result: 'true'}
          - {urn: 'urn:bank:q1:2', value: Partly, add_score: 5}
          - {urn: 'urn:bank:q1:3', value: 'No', add_score: 0, compute_result: 'false'}
        urn:bank:q2:
          type: text
          text: Who holds the keys?
"""


def with_scores() -> str:
    return LIBRARY.replace("    implementation_groups_definition:\n", SCORES)


def with_questions() -> str:
    return LIBRARY.replace(
        "      description: Doors are closed.\n", f"      description: Doors are closed.\n{QUESTIONS}"
    )


def big_library(count: int) -> str:
    """A library with `count` assessable requirements in groups of fifty, each with a few hundred characters."""
    nodes = []
    for group in range(count // 50):
        nodes.append(
            f"    - urn: urn:big:n:{group}\n      assessable: false\n      depth: 1\n      ref_id: G{group}\n"
            f"      name: Group {group}\n"
        )
        nodes.extend(
            f"    - urn: urn:big:n:{group}.{one}\n      assessable: true\n      depth: 2\n"
            f"      parent_urn: urn:big:n:{group}\n      ref_id: G{group}.{one}\n"
            f"      description: 'Requirement {group}.{one}: {'what has to be there in the organisation. ' * 15}'\n"
            for one in range(50)
        )
    head, _, _ = LIBRARY.partition("    implementation_groups_definition:")
    return f"{head}    requirement_nodes:\n{''.join(nodes)}"


def ciso_excel() -> bytes:
    """The same kind of library in the Excel form, version 2."""
    return _workbook(_form())


def ciso_excel_of_two() -> bytes:
    """The Excel form with a second framework, conditions, forced ids, groups with spaces, and a sheet of notes."""
    second: dict[str, list[list[object]]] = {
        "second_meta": [
            ["Type", "framework"],
            ["base_urn", "urn:bank:risk:req_node:second"],
            ["ref_id", "SECOND"],
            ["name", "Second"],
            ["implementation_groups_definition", "spaced"],
            ["answers_definition", "answers"],
        ],
        "second_content": [
            [
                "assessable",
                "depth",
                "implementation_groups",
                "ref_id",
                "description",
                "questions",
                "answer",
                "depends_on",
                "urn_id",
            ],
            [
                True,
                1,
                "with space",
                None,
                "Keys are counted.",
                "Counted?\nBy whom?",
                "yesno\nfree",
                "undefined\n2:1:1",
                "forced",
            ],
            ["oui", 1, None, "S.2", "Keys are numbered.", None, None, None, None],
        ],
        "spaced_meta": [["type", "implementation_groups"], ["name", "spaced"]],
        "spaced_content": [["ref_id", "name", "default_selected"], ["with space", None, "x"]],
        "notes": [["anything"]],
    }
    return _workbook({**_form(), **second})


def ciso_excel_without_framework() -> bytes:
    """The Excel form of a library with a risk matrix, threats and mappings alone."""
    sheets: dict[str, list[list[object]]] = {
        "library_meta": [
            ["type", "library"],
            ["urn", "urn:bank:risk:library:matrix"],
            ["locale", "en"],
            ["ref_id", "M"],
        ],
        "matrix_meta": [["type", "risk_matrix"], ["ref_id", "3x3"], ["name", "Small"]],
        "matrix_content": [["type", "id", "name", "grid", "grid"], ["probability", 0, "Low", 0, 1], ["risk", 0, "Low"]],
        "threats_meta": [["type", "threats"], ["base_urn", "urn:bank:risk:threat"]],
        "threats_content": [["ref_id", "name"]],
        "map_meta": [["type", "requirement_mapping_set"]],
        "map_content": [["source_node_id", "target_node_id"], ["a", "b"], ["c", "d"]],
    }
    sheets["threats_content"].extend([f"t{n}", "Fire"] for n in range(7))
    return _workbook(sheets)


def _form() -> dict[str, list[list[object]]]:
    return {
        "library_meta": [
            ["type", "library"],
            ["urn", "urn:bank:risk:library:form"],
            ["version", 1],
            ["locale", "en"],
            ["ref_id", "FORM"],
            ["name", "Form"],
            ["name[zh]", "表"],
            ["copyright", "none"],
            ["provider", "Bank"],
        ],
        "fw_meta": [
            ["type", "framework"],
            ["base_urn", "urn:bank:risk:req_node:form"],
            ["ref_id", "FORM"],
            ["name", "Form"],
            ["implementation_groups_definition", "groups"],
            ["answers_definition", "answers"],
        ],
        "fw_content": [
            ["assessable", "depth", "implementation_groups", "ref_id", "name", "description", "questions", "answer"],
            [None, 1, None, "A", "Access", None, None, None],
            ["x", 2, "one,two", "A.1", "Keys", "Keys are counted.", "Counted?\nBy whom?", "yesno\nfree"],
            ["x", 2, "two", "A.2", None, "Keys are numbered.", None, None],
            [None, 1, None, None, "Rooms", None, None, None],
            ["x", 2, "one", None, None, "Rooms are numbered.", None, None],
        ],
        "ig_meta": [["type", "implementation_groups"], ["name", "groups"]],
        "ig_content": [["ref_id", "name"], ["one", "First"], ["two", "Second"]],
        "an_meta": [["type", "answers"], ["name", "answers"]],
        "an_content": [
            ["id", "question_type", "question_choices", "add_score", "compute_result"],
            ["yesno", "unique_choice", "Yes\nNo", "1\n0", "true\nfalse"],
            ["free", "text", None, None, None],
        ],
    }


def _workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


Record = dict[str, object]


def samm_files(folder: Path) -> Path:
    """Two functions; D has practice TM with streams A and B, the other one practice with one stream; three levels."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (record, text) in enumerate(zip(_samm_records(), samm_texts(), strict=True)):
        (folder / f"{record['type']}-{record['id']}-{number}.yml").write_text(text, encoding="utf-8")
    return folder


def samm_texts() -> Iterator[str]:
    """The files of the model."""
    for record in _samm_records():
        words = "".join(f"{key}: {json.dumps(value)}\n" for key, value in record.items() if key != "type")
        yield f"---\n# a comment\n{words}type: {record['type']}\n"


def _samm_records() -> Iterator[Record]:
    answers = enumerate((("No", 0), ("Some", 0.25), ("Half", 0.5), ("All", 1)))
    values = [{"text": text, "value": value, "weight": 1, "order": order} for order, (text, value) in answers]
    yield {"type": "AnswerSet", "id": "as1", "values": values}
    for order, (key, name) in enumerate((("f1", "Design"), ("f2", "Verification")), 1):
        yield {"type": "Function", "id": key, "model": "SAMM20", "name": name, "order": order, "description": "D"}
    for key, function, short in (("p1", "f1", "TM"), ("p2", "f1", "SR"), ("p3", "f2", "ST")):
        yield {"type": "Practice", "id": key, "function": function, "name": short, "shortName": short, "order": key[1]}
    for number in (1, 2, 3):
        yield {"type": "MaturityLevel", "id": f"m{number}", "number": number, "name": f"L{number}"}
    for practice, streams in (("p1", "AB"), ("p2", "A"), ("p3", "A")):
        for number in (1, 2, 3):
            level = {"id": f"{practice}l{number}", "practice": practice, "maturityLevel": f"m{number}"}
            yield {"type": "PracticeLevel", **level}
        for letter in streams:
            yield from _stream(practice, letter)


def _stream(practice: str, letter: str) -> Iterator[Record]:
    key = f"{practice}{letter}"
    yield {"type": "Stream", "id": key, "practice": practice, "name": letter, "letter": letter, "description": "What."}
    for number in (1, 2, 3):
        activity, level = f"{key}{number}", f"{practice}l{number}"
        texts = {"title": f"Do {number}", "shortDescription": "Short.", "longDescription": "Long."}
        yield {"type": "Activity", "id": activity, "stream": key, "level": level, **texts}
        asked = {"text": f"Is {activity} done?", "quality": ["It is written", "It is known"], "order": 1}
        yield {"type": "Question", "id": f"q{activity}", "activity": activity, "answerSet": "as1", **asked}


CATALOG = {
    "catalog": {
        "uuid": "00000000-0000-4000-8000-000000000000",
        "metadata": {"title": "House catalog", "last-modified": "2024-05-06T07:08:09Z", "version": "1.2"},
        "groups": [
            {
                "id": "ac",
                "class": "family",
                "title": "Access",
                "controls": [
                    {
                        "id": "ac-1",
                        "title": "Policy",
                        "params": [{"id": "ac-1_prm_1", "label": "roles"}, {"id": "ac-1_prm_2", "values": ["30 days"]}],
                        "props": [{"name": "label", "value": "AC-1"}],
                        "links": [{"href": "#x", "rel": "reference"}],
                        "parts": [
                            {
                                "id": "ac-1_smt",
                                "name": "statement",
                                "parts": [
                                    {
                                        "name": "item",
                                        "props": [{"name": "label", "value": "a."}],
                                        "prose": "Write it for {{ insert: param, ac-1_prm_1 }}:",
                                        "parts": [{"name": "item", "prose": "with scope;"}],
                                    },
                                    {"name": "item", "prose": "Review it every {{ insert: param, ac-1_prm_2 }}."},
                                ],
                            },
                            {"name": "guidance", "prose": "Keep it short."},
                            {"name": "assessment-objective", "prose": "Determine if it is there."},
                        ],
                        "controls": [
                            {"id": "ac-1.1", "title": "More", "parts": [{"name": "statement", "prose": "Do it."}]},
                            {"id": "ac-1.2", "title": "Old", "props": [{"name": "status", "value": "withdrawn"}]},
                        ],
                    },
                    {"id": "ac-2", "title": "Accounts", "parts": [{"name": "statement", "prose": "Manage accounts."}]},
                ],
            }
        ],
        "back-matter": {"resources": [{"uuid": "r", "title": "A book"}]},
    }
}

TABLE = """\
领域,能力项,编号,检查项,级别,要求,说明,备注
配置管理,版本控制,CM-1,分支,1,有主干分支。,,甲
,,CM-1,,2,分支 3 天内合并。,看记录,
,,CM-2,提交,2,每次提交都有说明。,,
运维,监控,OP-1,告警,1,"告警, 有人处理。",,乙
"""

COLUMNS = """\
id = "bank-checklist"
edition = "2026"
name = {zh = "自查表", en = "Checklist"}
groups = ["领域", "能力项"]
code = "编号"
item = "检查项"
level = "级别"
text = "要求"
note = "说明"
"""
