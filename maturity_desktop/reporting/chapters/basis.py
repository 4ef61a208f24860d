"""Chapter on basis and object: standard, edition, provenance, rule profile, scope, institution, system, people."""

from typing import Any

from maturity_desktop.reporting.grid import Grid, Row
from maturity_desktop.reporting.prose import prose
from maturity_desktop.reporting.styles import BODY, facts, full_width, head_row, section, text_cell
from maturity_desktop.reporting.voice import Voice, profile_parameters

# Any in this file: flowables, which have no common type.


def flow(voice: Voice) -> list[Any]:
    """Return the flowables of the chapter, without its title."""
    story = section(voice.say("report.basis.basis"), _basis(voice))
    story += section(voice.say("report.basis.object"), _object(voice))
    return story + section(voice.say("report.basis.team"), _team(voice))


def _basis(voice: Voice) -> Grid:
    snapshot, edition = voice.snapshot, voice.snapshot.edition
    profile = snapshot.results.profile
    released = voice.say(
        "report.basis.edition_value", edition=edition.edition_id, released=voice.day(edition.released_on)
    )
    provenance = voice.text(edition.provenance_note) or voice.say("report.basis.provenance_note")
    pairs = [
        (voice.say("report.basis.series"), voice.text(edition.series)),
        (voice.say("report.basis.standard"), voice.standard_title),
        (voice.say("report.basis.issuing_body"), voice.text(edition.issuing_body)),
        (voice.say("report.basis.edition"), released),
        (voice.say("report.basis.edition_digest"), snapshot.edition_digest),
        (voice.say("report.basis.provenance"), provenance),
        (voice.say("report.basis.profile"), voice.text(profile.name)),
        (voice.say("report.basis.profile_parameters"), _parameters(voice)),
        (voice.say("report.basis.scope"), scope_words(voice)),
    ]
    return facts([pair for pair in pairs if pair[1]])


def _parameters(voice: Voice) -> str:
    profile = voice.snapshot.results.profile
    note = voice.text(profile.note)
    return profile_parameters(voice, profile) + (f"\n{note}" if note else "")


def scope_words(voice: Voice) -> str:
    """Return what of the standard is assessed, with the counts."""
    scope, edition = voice.snapshot.assessment.scope, voice.snapshot.edition
    count = voice.say(
        "report.basis.scope_count", items=len(voice.items), criteria=sum(len(item.criteria) for item in voice.items)
    )
    names = [voice.text(module.name) for module in edition.modules if module.code in scope.modules]
    names += [voice.name(code) for code in scope.nodes]
    words = voice.say("report.basis.scope_whole")
    if names:
        words = voice.say("report.basis.scope_part", names=voice.join(names))
    return f"{words}\n{count}"


def _object(voice: Voice) -> Grid:
    snapshot = voice.snapshot
    institution, system, engagement = snapshot.institution, snapshot.system, snapshot.engagement
    pairs = [
        (voice.say("report.basis.institution"), voice.text(institution.name)),
        (voice.say("report.basis.institution_type"), voice.word("institution_type", institution.type)),
        (voice.say("report.basis.credit_code"), institution.credit_code or voice.say("report.document.not_stated")),
        (voice.say("report.basis.system"), voice.text(system.name)),
        (voice.say("report.basis.system_kind"), voice.word("system_kind", system.kind)),
        (voice.say("report.basis.description"), system.description),
        (voice.say("report.basis.engagement"), engagement.title),
        (voice.say("report.basis.dates"), voice.dates(engagement.starts_on, engagement.ends_on)),
        (voice.say("report.basis.target"), _target(voice)),
    ]
    return facts([pair for pair in pairs if pair[1]])


def _target(voice: Voice) -> str:
    target = voice.snapshot.results.target
    level = voice.level_of(target)
    return f"{voice.label(target)} {voice.text(level.name) if level else ''}".strip()


def _team(voice: Voice) -> Any:
    team = voice.snapshot.engagement.team
    if not team:
        return prose(voice.say("report.document.not_stated"), BODY)
    rows = [
        Row(
            cells=(
                text_cell(person.name),
                text_cell(voice.word("role", person.role)),
                text_cell(person.department),
            )
        )
        for person in team
    ]
    head = head_row(
        voice.say("report.basis.person"), voice.say("report.basis.role"), voice.say("report.basis.department")
    )
    return Grid(full_width((3, 2, 4)), rows, head=(head,))
