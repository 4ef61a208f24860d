"""A small good pack as text, and ways to spoil it: a test says which words are exchanged for which."""

import zipfile
from pathlib import Path

from maturity_desktop.errors import Issue
from maturity_desktop.packs import Examined, examine

STANDARD = """\
format: 1
id: small
edition: "1.0"
released_on: 2026-01-31
name: {zh: 小标准, en: Small standard}
part: "9"
code: SM
provenance: authored
languages: [zh, en]
layers:
  - {zh: 域, en: Domain}
  - {zh: 项, en: Item}
levels:
  - {code: "1", name: {zh: 一级, en: One}, colour: "#8A94A6"}
  - {code: "2", name: {zh: 二级, en: Two}, colour: "#46608C"}
  - {code: "3", name: {zh: 三级, en: Three}, colour: "#17996e"}
base_level: "1"
half_steps: [minus]
default_target: "2"
profiles:
  - {id: minimum, method: minimum, name: {zh: 最低, en: Lowest}}
  - {id: share-80, method: share_with_floor, share_pct: 80, floor_steps: 1, name: {zh: 八成, en: Share}}
  - {id: average, method: average, per: sub_domain, name: {zh: 平均, en: Average}}
modules:
  - {code: ops, name: {zh: 运维, en: Operations}, nodes: [A, B-2]}
glossary:
  - {zh: 主干, en: trunk, note: {zh: 共同的分支。, en: The common branch.}}
tree: [a.yaml, b.yaml]
"""

TREE_A = """\
code: A
name: {zh: 甲, en: Alpha}
aliases: [旧甲]
nodes:
  - code: A-1
    name: {zh: 甲一, en: Alpha one}
    provenance: published-structure
    scope: {zh: 看分支。, en: Looks at branches.}
    questions:
      - {zh: 分支几天合并？, en: After how many days is a branch merged?}
    weight: 1.5
    cells:
      "1": empty
      "2":
        keep_for_higher: false
        criteria:
          - id: A-1-2.1
            text: {zh: 分支在 3 天内合并到主干。, en: A branch is merged into the trunk within 3 days.}
            note: {zh: 以合并记录为准。, en: Go by the merge record.}
            threshold: {metric: {zh: 时长, en: age}, operator: "<=", value: "3", unit: {zh: 天, en: days}}
          - id: A-1-2.2
            text: {zh: 每次提交都触发一次构建。, en: Each commit starts a build.}
        evidence:
          - {code: A-1-L2-1, kind: document, title: {zh: 《分支管理规范》, en: Branch procedure}}
          - {code: A-1-L2-2, kind: screenshot, title: {zh: 合并记录截图, en: Merge record}}
      "3": same
"""

TREE_B = """\
code: B
name: {zh: 乙, en: Beta}
nodes:
  - code: B-2
    name: {zh: 乙二, en: Beta two}
    cells:
      "1":
        criteria:
          - id: B-2-1.1
            text: {zh: 至少有一个测试环境。, en: There is at least one test environment.}
      "2":
        criteria:
          - id: B-2-2.1
            text: {zh: 测试环境由脚本创建。, en: Test environments are created by a script.}
            provenance: published-structure
      "3": empty
  - code: B-3
    name: {zh: 乙三, en: Beta three}
    cells:
      "1": empty
      "2": empty
      "3":
        criteria:
          - id: B-3-3.1
            text: {zh: 发布由业务人员自助完成。, en: Business people release on their own.}
"""

FILES = {"standard.yaml": STANDARD, "a.yaml": TREE_A, "b.yaml": TREE_B}


def write_pack(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """Write the good pack, with one text of one file exchanged."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        if name == file:
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)  # noqa: PLW2901
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def zip_pack(path: Path, files: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (files or FILES).items():
            archive.writestr(name, text)
    return path


def spoiled(folder: Path, file: str, old: str, new: str) -> tuple[Issue, ...]:
    return examine(write_pack(folder, file, old, new)).issues


def codes(examined: Examined) -> list[str]:
    return [issue.code for issue in examined.issues]
