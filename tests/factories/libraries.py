"""Libraries of requirements by chance, in every form the library format has been met in, in words of our own.

Sizes, languages, trees, scales, questions and groups vary; so do spelling, order and the way the file is written.
"""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import yaml

Record = dict[str, Any]  # Any: plain values of a document

BASE = "urn:bank:risk"
_WORDS = {
    "en": ["access", "keys", "doors", "records", "owners", "tests", "plans", "builds", "alarms", "copies"],
    "zh": ["访问", "钥匙", "记录", "负责人", "测试", "计划", "构建", "告警", "备份", "演练"],
    "fr": ["accès", "clés", "portes", "journaux", "propriétaires", "essais", "plans", "alarmes", "copies", "équipes"],
    "de": ["Zugänge", "Schlüssel", "Türen", "Einträge", "Prüfungen", "Pläne", "Alarme", "Abläufe", "Übungen", "Maße"],
}
LOCALES = ("en", "en", "en-US", "EN", "zh", "zh-CN", "zh_Hans", "fr", "de", "")
_ODD = (
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\t",
    "\x07",
    "\x0b",
    "\u2028",
    "é",
    "“”",
    "🔑",
    ": ",
    " #",
    "'",
    '"',
    "%",
    "{{x}}",
)


def said(chance: random.Random, language: str, count: int = 6) -> str:
    """A sentence, sometimes of several lines, sometimes with characters that trip files up."""
    words = [chance.choice(_WORDS.get(language, _WORDS["en"])) for _ in range(count)]
    if chance.random() < 0.1:
        words.insert(chance.randrange(len(words)), chance.choice(_ODD))
    joined = ("" if language == "zh" else " ").join(words) + f" {chance.randrange(10_000)}."
    return joined if chance.random() < 0.8 else f"{joined}\n\n- {joined}\n  - {words[0]}\n"


def library(chance: random.Random, size: int | None = None) -> Record:
    """A library as plain values; `size` is the number of requirement nodes."""
    locale = chance.choice(LOCALES)
    language = locale.lower().replace("_", "-").partition("-")[0] or chance.choice(("en", "zh", "fr"))
    translated = chance.choice((None, None, "en", "zh", "fr", "both"))
    maker = _Maker(chance, language, translated, chance.choice((0.0, 0.0, 0.5)))
    name = f"lib-{chance.randrange(10_000)}"
    frameworks = [maker.framework(f"{name}-{n}", size) for n in range(chance.choice((1, 1, 1, 2)))]
    root: Record = {
        "urn": f"{BASE}:library:{name}",
        "locale": locale,
        "ref_id": chance.choice((name, name.upper(), 27001, 2.2, "库", None)),
        "name": maker.text(),
        "description": maker.text(),
        "copyright": chance.choice((None, "none", "Bank\n\nall rights")),
        "version": chance.choice((1, "2", 3.1, None)),
        "publication_date": chance.choice(
            (date(2025, 3, 4), datetime(2025, 3, 4, 10, tzinfo=UTC), "2025-03-04", "2025-13-45", "soon", None)
        ),
        "provider": chance.choice((None, "Bank", "银行")),
        "packager": "bank",
        "objects": {},
    }
    if not locale:
        del root["locale"]
    if chance.random() < 0.3:
        root |= {"convert_library_version": "v2", "dependencies": [f"{BASE}:library:x"], "builtin": True}
    maker.translate(root, "name")
    objects = root["objects"]
    if chance.random() < 0.4:
        objects |= {"threats": maker.things("threat"), "reference_controls": maker.things("function")}
    if len(frameworks) > 1:
        objects["frameworks"] = frameworks
    else:
        objects["framework"] = frameworks[0] if chance.random() < 0.8 else frameworks
    if chance.random() < 0.3:
        objects["risk_matrix"] = chance.choice((maker.things("matrix"), maker.things("matrix")[0]))
        objects["metric_definitions"] = maker.things("metric")
        objects["requirement_mapping_sets"] = [{"ref_id": "m", "requirement_mappings": [{"a": 1}, {"b": 2}]}]
        objects["preset"] = {"name": "p", "journey": {"steps": []}}
    return root


class _Maker:
    """Makes parts of one library in one language, translated as far as it is."""

    def __init__(self, chance: random.Random, language: str, translated: str | None, gaps: float) -> None:
        self.chance, self.language, self.gaps = chance, language, gaps
        self.into = {"both": ("en", "zh", "fr"), None: ()}.get(translated, (translated,))
        self.is_sharing = chance.random() < 0.3
        self.shared: dict[str, list[str]] = {}

    def text(self) -> str:
        return said(self.chance, self.language)

    def translate(self, record: Record, *keys: str) -> Record:
        for language in self.into:
            if language != self.language and self.chance.random() >= self.gaps:
                told = {key: said(self.chance, str(language)) for key in keys if record.get(key)}
                record.setdefault("translations", {})[language] = told
        return record

    def things(self, kind: str) -> list[Record]:
        return [{"urn": f"{BASE}:{kind}:{n}", "ref_id": n, "name": self.text()} for n in range(3)]

    def framework(self, name: str, size: int | None) -> Record:
        made: Record = {"urn": f"{BASE}:framework:{name}", "ref_id": name.upper(), "name": self.text()}
        self.translate(made, "name")
        made |= self.scores()
        groups = self.groups()
        if groups is not None:
            made["implementation_groups_definition"] = groups
        names = [str(group["ref_id"]) for group in groups or ()]
        is_nested = self.chance.random() < 0.5
        count = size if size is not None else self.chance.choice((1, 2, 5, 20, 60))
        nodes = [self.node(name, place, names, is_nested) for place in range(count)]
        if not any(node["assessable"] in (True, "x") and "display_mode" not in node for node in nodes):
            nodes[-1]["assessable"] = True
            nodes[-1].pop("display_mode", None)
        self.shape(nodes)
        made["requirement_nodes"] = nodes
        if self.chance.random() < 0.2:
            made |= {"outcomes_definition": [{"ref_id": "all"}], "field_visibility": {"score": {"auditor": "edit"}}}
        return made

    def scores(self) -> Record:
        one = self.chance.choice((None, None, "named", "from one", "gaps", "long", "table", "older", "limits", "parts"))
        if one is None:
            return {}
        if one == "limits":
            return {"min_score": 0, "max_score": 100}
        forms: dict[str, list[float]] = {
            "from one": [1, 2, 3, 4, 5],
            "gaps": [0, 1, 2, 4],
            "long": [0, 25, 50, 100],
            "parts": [0, 0.5, 1],
        }
        numbers = forms.get(one, [3, 2, 1, 0])
        steps = [self.translate({"score": n, "name": self.text(), "description": self.text()}, "name") for n in numbers]
        limits: Record = {"min_score": int(min(numbers)), "max_score": int(max(numbers))}
        if one == "older":
            return {**limits, "score_definition": steps}
        if one == "table":
            return {**limits, "scores_definition": {"scale": steps, "alternatives": {"yes-no": steps[:2]}}}
        return {**limits, "scores_definition": steps}

    def groups(self) -> list[Record] | None:
        names = self.chance.choice((None, None, ["B", "I", "E"], ["基础", "重要"], ["a", "A", "b c"], [1, 2, 3], []))
        if names is None:
            return None
        made = [
            {"ref_id": name, "name": self.chance.choice((None, self.text())), "description": None} for name in names
        ]
        for group in made:
            self.translate(group, "name")
        if made and self.chance.random() < 0.5:
            made[0] |= {"default_selected": True, "description": self.text()}
        return made

    def node(self, name: str, place: int, groups: list[str], is_nested: bool) -> Record:
        chance = self.chance
        urn = f"{BASE}:req_node:{name}:{place}"
        node: Record = {"urn": urn if chance.random() < 0.8 else urn.upper(), "depth": 1}
        node["assessable"] = chance.choice((True, True, False, "x", None))
        ref = chance.choice(
            (f"{name}.{place}", f"R {place}", place, place / 10, None, "重复", "dup", False, "", "1" * 90)
        )
        if ref is not None:
            node["ref_id"] = ref
        for key, likely in (("name", 0.6), ("description", 0.8), ("annotation", 0.3), ("typical_evidence", 0.3)):
            if chance.random() < likely:
                node[key] = self.text()
        self.translate(node, "name", "description", "annotation", "typical_evidence")
        if groups and chance.random() < 0.9:
            start = chance.randrange(len(groups))
            chosen = groups[start:] if is_nested else chance.sample(groups, chance.randint(1, len(groups)))
            node["implementation_groups"] = self.listed(chosen if chance.random() < 0.95 else [*chosen, "undefined"])
        if chance.random() < 0.2:
            node |= {"threats": self.listed([f"{BASE}:threat:1"]), "reference_controls": [f"{BASE}:function:1"]}
        if chance.random() < 0.2:
            node["weight"] = chance.choice((1, 2, 0.5, 0, -1, "heavy", None))
        if chance.random() < 0.1:
            node |= {"importance": "mandatory", "display_mode": chance.choice(("default", "splash"))}
        if chance.random() < 0.3:
            node |= self.questions(urn)
        return node

    def listed(self, names: list[str]) -> list[str]:
        """The same list again where the writer of the file would point back to it."""
        return self.shared.setdefault(" ".join(names), names) if self.is_sharing else names

    def questions(self, urn: str) -> Record:
        if self.chance.random() < 0.1:
            older = [{"urn": f"{urn}:q", "text": self.text()}]
            return {"question": {"question_type": "unique_choice", "question_choices": ["A", "B"], "questions": older}}
        made = {f"{urn}:question:{n}": self.question(f"{urn}:question:{n}") for n in range(self.chance.randint(1, 3))}
        return {"questions": made if self.chance.random() < 0.9 else list(made.values())}

    def question(self, urn: str) -> Record:
        kind = self.chance.choice(("unique_choice", "unique_choice", "multiple_choice", "text", "date", "number"))
        made: Record = {"type": kind, "text": self.text()}
        if kind.endswith("choice"):
            made["choices"] = [self.choice(urn, place) for place in range(self.chance.randint(1, 5))]
        if self.chance.random() < 0.1:
            made["depends_on"] = {"question": f"{urn}:0", "answers": [f"{urn}:choice:1"], "condition": "any"}
        return self.translate(made, "text")

    def choice(self, urn: str, place: int) -> Record:
        made: Record = {"urn": f"{urn}:choice:{place}", "value": self.chance.choice((self.text(), place, True, "–"))}
        verdicts = (None, True, False, "compliant", "non_compliant", "partially_compliant", "not_applicable", "other")
        if self.chance.random() < 0.6:
            made["add_score"] = self.chance.choice((0, 1, 2, 4, 10, -1, None))
        if self.chance.random() < 0.6:
            made["compute_result"] = self.chance.choice(verdicts)
        if self.chance.random() < 0.1:
            made |= {"description": self.text(), "select_implementation_groups": ["B"], "color": "#ffffff"}
        return self.translate(made, "value")

    def shape(self, nodes: list[Record]) -> None:
        """Give the nodes a tree: flat, deep or bushy, with parents that come later, lack or lead in a circle."""
        chance, form = self.chance, self.chance.choice(("flat", "bushy", "deep", "lists"))
        for place, node in enumerate(nodes[1:], 1):
            above = {"flat": -1, "bushy": chance.randrange(-1, place), "lists": place - place % 10 - 1}.get(
                form, place - 1
            )
            if form == "deep" and place % 25 == 0:
                above = -1
            if above >= 0:
                node |= {"parent_urn": nodes[above]["urn"], "depth": nodes[above]["depth"] + 1}
        if chance.random() < 0.1:
            nodes[-1]["parent_urn"] = f"{BASE}:req_node:nowhere"
        if chance.random() < 0.1 and len(nodes) > 2:
            nodes[0]["parent_urn"] = nodes[-1]["urn"]
            nodes[-1]["parent_urn"] = nodes[0]["urn"]
        if chance.random() < 0.1:
            nodes[-1]["urn"] = nodes[0]["urn"]
        if chance.random() < 0.2:
            chance.shuffle(nodes)


def as_yaml(chance: random.Random, document: Record) -> bytes:
    """The file of a library as one of several writers would write it."""
    dumper: Callable[..., Any] = yaml.CDumper if chance.random() < 0.7 else yaml.Dumper
    text = yaml.dump(
        document,
        Dumper=dumper,
        sort_keys=False,
        allow_unicode=chance.random() < 0.5,
        width=chance.choice((80, 110, 10_000)),
        default_flow_style=chance.random() < 0.1,
        explicit_start=chance.random() < 0.2,
    )
    content: bytes = text.encode()
    if chance.random() < 0.2:
        content = content.replace(b"\n", b"\r\n")
    return (b"\xef\xbb\xbf" if chance.random() < 0.2 else b"") + content
