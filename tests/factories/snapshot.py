"""A full, realistic report snapshot: every criterion answered deterministically, sixty pieces of evidence, findings."""

import dataclasses
import hashlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from maturity_desktop.domain import canonical
from maturity_desktop.domain.answers import Answer, AnswerValue, Override, SelfRating
from maturity_desktop.domain.engagement import (
    Assessment,
    Engagement,
    HandlingMark,
    Interview,
    InterviewMethod,
    Person,
    Role,
)
from maturity_desktop.domain.evidence import Custody, Evidence, EvidenceLink, EvidenceRevision, HandlingGrade
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.ids import (
    AssessmentId,
    ClaimId,
    CriterionId,
    EngagementId,
    EvidenceId,
    InstitutionId,
    InterviewId,
    LevelCode,
    NodeCode,
    ObservationId,
    PersonId,
    RevisionId,
    SystemId,
)
from maturity_desktop.domain.institution import Institution, InstitutionType, System, credit_code_check_digit
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, EvidenceKind, HalfStep
from maturity_desktop.domain.text import Text
from maturity_desktop.packs import examine
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.scoring import compute_results, coverage, path_to_target
from maturity_desktop.system import paths

PART_3 = paths.standards() / "cn-devops-3" / "2021.1"
ASSESSMENT = AssessmentId("assessment-1")
ENGAGEMENT = EngagementId("engagement-1")
START = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)

RATIONALES = (
    "现场查看流水线配置与近三个月的执行记录，抽查 12 次变更，记录完整，责任人明确。",
    "查阅《配置管理规范》V3.2（2026-03 发布）并对照 GitLab 仓库设置，主干保护规则已启用，合并须经 2 人评审。",
    "演示当日完成一次从提交到生产的发布，用时 47 分钟；回滚演练 6 分钟内恢复（要求：不超过 10 分钟）。",
    "覆盖全部 18 个微服务；静态扫描在每次提交时触发，严重问题为 0，技术债有专人跟踪。",
)
SHORTFALLS = (
    "核心账务模块仍靠人工审批后手动执行脚本，未纳入流水线；其余 14 个模块已自动化。",
    "有制度但抽查的 5 个项目中 2 个没有留痕，复核记录缺失。",
    "指标只统计到部门一级，未按团队下钻，也没有看到据此改进的例子。",
)


@cache
def part_3() -> Edition:
    """Return the shipped continuous delivery edition."""
    edition = examine(PART_3).edition
    assert edition is not None
    return edition


def make_sample(**changes: Any) -> ReportSnapshot:
    """Return the snapshot of a sample engagement."""
    snapshot = make_snapshot(part_3(), **changes)
    return dataclasses.replace(snapshot, engagement=dataclasses.replace(snapshot.engagement, is_sample=True))


def make_snapshot(edition: Edition, **changes: Any) -> ReportSnapshot:
    """Return the snapshot; `changes` replace fields of it (results are computed from what is then there)."""
    parts = _work(edition) | _findings(edition) | changes
    parts.setdefault("results", compute_results(edition, parts["assessment"], parts["answers"], parts["overrides"]))
    parts.setdefault(
        "path_to_target", path_to_target(edition, parts["assessment"], parts["answers"], parts["overrides"])
    )
    if "coverage" not in parts:
        linked = Counter(link.criterion_id for evidence in parts["evidence"] for link in evidence.links)
        parts["coverage"] = coverage(edition, parts["assessment"], parts["answers"], linked)
    return ReportSnapshot(**parts)


def _work(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "edition_digest": canonical.digest(edition),
        "engagement": _engagement(),
        "institution": _institution(),
        "system": System(
            id=SystemId("system-1"),
            institution_id=InstitutionId("institution-1"),
            name=Text("新一代互联网贷款核心系统", "Next-generation online lending core"),
            description="面向个人客户的互联网贷款核心，18 个微服务，每月发布约 20 次。",
        ),
        "assessment": Assessment(
            id=ASSESSMENT,
            engagement_id=ENGAGEMENT,
            system_id=SystemId("system-1"),
            edition_digest=canonical.digest(edition),
            target_level=LevelCode("3"),
            profile_id="share-80",
        ),
        "answers": make_answers(edition),
        "overrides": make_overrides(edition),
        "self_ratings": make_self_ratings(edition),
        "journal_entries": 1284,
        "journal_head": hashlib.sha256(b"journal").hexdigest(),
        "captured_at": START + timedelta(days=4, hours=7, minutes=12),
        "captured_by": "陈思远",
        "program_version": "0.1.0",
    }


def _findings(edition: Edition) -> dict[str, Any]:
    return {
        "evidence": make_evidence(edition),
        "observations": make_observations(edition),
        "claims": make_claims(),
        "interviews": make_interviews(edition),
    }


def _institution() -> Institution:
    first = "91330100MA2ABCDE1"
    return Institution(
        id=InstitutionId("institution-1"),
        name=Text("青溪示范银行股份有限公司", "Qingxi Demonstration Bank Co., Ltd."),
        type=InstitutionType.CITY_COMMERCIAL,
        credit_code=first + credit_code_check_digit(first),
    )


def _engagement() -> Engagement:
    people = (
        ("陈思远", Role.LEAD_ASSESSOR, "评估中心"),
        ("𠮷田 Łukasz", Role.ASSESSOR, "评估中心"),
        ("李䶮", Role.ASSESSOR, "评估中心"),
        ("王雅琴", Role.COORDINATOR, "信息科技部"),
        ("赵磊", Role.INTERVIEWEE, "研发中心"),
    )
    return Engagement(
        id=ENGAGEMENT,
        institution_id=InstitutionId("institution-1"),
        title="2026 年度持续交付能力评估",
        starts_on=date(2026, 11, 2),
        ends_on=date(2026, 11, 6),
        handling=HandlingMark.CONFIDENTIAL,
        team=tuple(
            Person(id=PersonId(f"person-{place}"), name=name, role=role, department=department)
            for place, (name, role, department) in enumerate(people)
        ),
    )


def answer_value(level: int, place: int) -> AnswerValue:
    """Return the value of the criterion at `place` on `level`: mostly good up to 3, mixed at 4, poor at 5."""
    if level <= 2:
        return AnswerValue.COMPLIANT
    if level == 3:
        return {11: AnswerValue.PARTIALLY_COMPLIANT, 17: AnswerValue.NOT_APPLICABLE}.get(
            place % 23, AnswerValue.COMPLIANT
        )
    if level == 4:
        return (
            AnswerValue.COMPLIANT,
            AnswerValue.PARTIALLY_COMPLIANT,
            AnswerValue.COMPLIANT,
            AnswerValue.NOT_COMPLIANT,
        )[place % 4]
    return AnswerValue.NOT_ASSESSED if place % 3 == 0 else AnswerValue.NOT_COMPLIANT


def make_answers(edition: Edition) -> dict[CriterionId, Answer]:
    """Return answers to all criteria, some of the top level left unassessed."""
    answers = {}
    for place, criterion in enumerate(edition.criterion_by_id):
        value = answer_value(edition.level_index(edition.level_of_criterion[criterion]), place)
        if value is AnswerValue.NOT_ASSESSED:
            continue
        good = value is AnswerValue.COMPLIANT
        pool = RATIONALES if good else SHORTFALLS
        rationale = (
            "本系统无此场景，已由机构书面说明。" if value is AnswerValue.NOT_APPLICABLE else pool[place % len(pool)]
        )
        answers[criterion] = Answer(
            criterion_id=criterion,
            value=value,
            by="陈思远" if place % 3 else "李䶮",
            at=START + timedelta(minutes=3 * place),
            rationale=rationale if not good or place % 2 else "",
            flagged=place % 41 == 5,
            revision=1 + place % 3,
        )
    return answers


def make_overrides(edition: Edition) -> dict[NodeCode, Override]:
    """Return one override."""
    code = edition.items[2].code
    reason = "核心制品库整改已于评估结束前完成并当场复核，评估组一致同意按 3 级计。"
    return {code: Override(item_code=code, rating=Rating(3), reason=reason, by="陈思远", at=START + timedelta(days=3))}


def make_self_ratings(edition: Edition) -> dict[NodeCode, SelfRating]:
    """Return a self-rating for every item."""
    choices = (Rating(3), Rating(4, HalfStep.MINUS), Rating(4), Rating(3, HalfStep.MINUS))
    return {
        item.code: SelfRating(
            item_code=item.code, rating=choices[place % 4], remark="计划明年一季度补齐。" if place % 9 == 0 else ""
        )
        for place, item in enumerate(edition.items)
    }


def make_evidence(edition: Edition, count: int = 60) -> tuple[Evidence, ...]:
    """Return `count` pieces of evidence, named after evidence requests, some held by reference, one unlinked."""
    requests = [(cell, request) for item in edition.items for cell in item.cells for request in cell.evidence]
    found = []
    for place in range(count):
        cell, request = requests[place * 3 % len(requests)]
        suffix = {EvidenceKind.DOCUMENT: "pdf", EvidenceKind.SCREENSHOT: "png", EvidenceKind.VIDEO: "mp4"}[request.kind]
        by_reference = place % 10 == 7
        revision = EvidenceRevision(
            id=RevisionId(f"revision-{place}"),
            number=1 + place % 2,
            file_name=f"{request.code}-{request.title.zh.strip('《》')}.{suffix}",
            size_bytes=18_000 + place * 977_131,
            sha256=hashlib.sha256(f"evidence {place}".encode()).hexdigest(),
            added_by="李䶮",
            added_at=START + timedelta(hours=place),
            blob="" if by_reference else f"blob-{place}",
            place="信息科技部档案室 3 号柜" if by_reference else "",
        )
        criteria = cell.criteria[:2] if place != 13 else ()
        found.append(
            Evidence(
                id=EvidenceId(f"evidence-{place}"),
                title=request.title.zh,
                kind=request.kind,
                grade=(HandlingGrade.INTERNAL, HandlingGrade.SENSITIVE)[place % 5 == 0],
                custody=Custody.BY_REFERENCE if by_reference else Custody.COPIED,
                request_code=request.code,
                received_from="王雅琴",
                received_at=START + timedelta(hours=place),
                revisions=(revision,),
                links=tuple(EvidenceLink(assessment_id=ASSESSMENT, criterion_id=each.id) for each in criteria),
            )
        )
    return tuple(found)


def make_observations(edition: Edition) -> tuple[Observation, ...]:
    """Return nine observations of all grades."""
    grades = (
        Grade.MAJOR_NONCONFORMITY,
        Grade.MINOR_NONCONFORMITY,
        Grade.SENSITIVE_POINT,
        Grade.OPPORTUNITY,
        Grade.GOOD_PRACTICE,
    )
    criteria = list(edition.criterion_by_id)
    return tuple(
        Observation(
            id=ObservationId(f"observation-{place}"),
            assessment_id=ASSESSMENT,
            grade=grades[place % 5],
            text=SHORTFALLS[place % 3] if place % 5 != 4 else "统一制品库与单一可信数据源建设完整，值得在全行推广。",
            impact="发布窗口被拉长，夜间变更风险升高；一旦失败，恢复依赖个人经验。" if place % 5 != 4 else "",
            recommendation="将核心账务模块纳入统一流水线，先在准生产环境运行一个月，再按批次切换；指标按周回顾。",
            responsible="赵磊" if place % 2 else "",
            due_on=date(2027, 3, 31) if place % 2 else None,
            rework=(ReworkState.NONE, ReworkState.OPEN, ReworkState.VERIFIED)[place % 3],
            criteria=tuple(criteria[place * 17 : place * 17 + 2]),
        )
        for place in range(9)
    )


def make_claims() -> tuple[OutcomeClaim, ...]:
    """Return three outcome claims."""
    rows = (
        ("每月发布次数", "4", "18", "次", "2025 年月均", "机构年度汇报材料第 12 页"),
        ("变更前置时间", "21", "3.5", "天", "需求确认到上线", "效能平台截图"),
        ("生产缺陷率", "", "0.8", "个/千行", "", "机构口头说明"),
    )
    return tuple(
        OutcomeClaim(
            id=ClaimId(f"claim-{place}"),
            assessment_id=ASSESSMENT,
            metric=metric,
            before=before,
            after=after,
            unit=unit,
            base=base,
            source=source,
        )
        for place, (metric, before, after, unit, base, source) in enumerate(rows)
    )


def make_interviews(edition: Edition) -> tuple[Interview, ...]:
    """Return three interviews, one of each method."""
    criteria = tuple(edition.criterion_by_id)
    return tuple(
        Interview(
            id=InterviewId(f"interview-{place}"),
            engagement_id=ENGAGEMENT,
            held_on=date(2026, 11, 3 + place),
            method=method,
            people=("赵磊（研发中心，开发负责人）", "周敏（测试部）"),
            criteria=criteria[place * 30 : place * 30 + 6],
            notes="介绍分支策略与合并请求评审流程，现场打开三个仓库核对。",
        )
        for place, method in enumerate(InterviewMethod)
    )
