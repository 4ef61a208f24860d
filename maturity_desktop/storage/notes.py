"""What goes into the journal: notes about changes, before they get their place in the chain. Loads no SQL."""

from dataclasses import dataclass, fields

from maturity_desktop.domain import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What happened. `old` and `new` are canonical JSON or ""."""

    event: str
    subject: str
    old: str = ""
    new: str = ""
    reason: str = ""


def as_json(value: object) -> str:
    """Return the canonical JSON of a domain value or of plain values; "" for None."""
    return "" if value is None else canonical.encode(value).decode()


def of_change(kind: str, subject: str, old: object, new: object, reason: str = "") -> Note:
    """Return the note about a domain value that was added, changed (only the fields that differ) or deleted."""
    if old is None or new is None:
        act = "added" if old is None else "deleted"
        return Note(event=f"{kind}.{act}", subject=subject, old=as_json(old), new=as_json(new), reason=reason)
    before, after = _by_field(old), _by_field(new)
    names = [name for name in after if after[name] != before.get(name) and name != "version"]
    return Note(
        event=f"{kind}.changed",
        subject=subject,
        old=as_json({name: before.get(name) for name in names}),
        new=as_json({name: after[name] for name in names}),
        reason=reason,
    )


def _by_field(value: object) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]  # dataclass
