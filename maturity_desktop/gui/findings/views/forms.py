"""The forms of the findings screen: observation, outcome claim, interview."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from maturity_desktop.domain.engagement import Interview, InterviewMethod
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.findings.views.fields import CriteriaBox, Form, chosen

Record = Any  # Any: each form has its own frozen domain class


class RecordForm(Form):
    """A form that is filled from a record and gives one back."""

    box: CriteriaBox | None = None

    def fill(self, record: Record) -> None:
        """Show a record."""
        self.set_filling(True)
        self.write(record)
        self.set_filling(False)

    def write(self, record: Record) -> None:
        """Put the record into the fields."""
        raise NotImplementedError

    def read(self, record: Record) -> Record:
        """Return the record with what the fields hold."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return where typing begins."""
        raise NotImplementedError

    def bind(self, criteria: tuple[CriterionId, ...]) -> None:
        """Take the criteria chosen."""
        if self.box is not None:
            self.box.fill(criteria)
            self.touched()


class ObservationForm(RecordForm):
    """Grade, text, impact, recommendation, who, by when, how far."""

    def __init__(self, looks: Looks, today: date) -> None:
        super().__init__(looks, "observation")
        self.grade = self.choice("grade", tuple(Grade), "grade")
        self.what = self.text("text")
        self.box = self.criteria()
        self.impact = self.text("impact")
        self.recommendation = self.text("recommendation")
        self.responsible = self.line("responsible")
        self.due = self.day("due", today)
        self.rework = self.choice("rework", tuple(ReworkState), "rework")

    def write(self, record: Record) -> None:
        self.grade.setCurrentIndex(self.grade.findData(record.grade))
        self.what.setPlainText(record.text)
        self.impact.setPlainText(record.impact)
        self.recommendation.setPlainText(record.recommendation)
        self.responsible.setText(record.responsible)
        self.due.set_value(record.due_on)
        self.rework.setCurrentIndex(self.rework.findData(record.rework))
        if self.box is not None:
            self.box.fill(record.criteria)

    def read(self, record: Record) -> Observation:
        known: Observation = record
        return replace(
            known,
            grade=chosen(self.grade, Grade),
            text=self.what.toPlainText().strip(),
            impact=self.impact.toPlainText().strip(),
            recommendation=self.recommendation.toPlainText().strip(),
            responsible=self.responsible.text().strip(),
            due_on=self.due.value,
            rework=chosen(self.rework, ReworkState),
            criteria=self.box.criteria if self.box is not None else (),
        )

    def first(self) -> QWidget:
        return self.what


class ClaimForm(RecordForm):
    """Metric, before, after, unit, base, source."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "claim")
        self._edits = {name: self.line(name) for name in ("metric", "before", "after", "unit", "base", "source")}

    def write(self, record: Record) -> None:
        for name, edit in self._edits.items():
            edit.setText(getattr(record, name))

    def read(self, record: Record) -> OutcomeClaim:
        known: OutcomeClaim = record
        told = {name: edit.text().strip() for name, edit in self._edits.items()}
        return replace(
            known,
            metric=told["metric"],
            before=told["before"],
            after=told["after"],
            unit=told["unit"],
            base=told["base"],
            source=told["source"],
        )

    def first(self) -> QWidget:
        return self._edits["metric"]


class InterviewForm(RecordForm):
    """When, how, with whom, about what."""

    def __init__(self, looks: Looks, today: date) -> None:
        super().__init__(looks, "interview")
        self.held = self.day("held_on", today)
        self.method = self.choice("method", tuple(InterviewMethod), "method")
        self.people = self.line("people")
        self.box = self.criteria()
        self.notes = self.text("notes")

    def write(self, record: Record) -> None:
        self.held.set_value(record.held_on)
        self.method.setCurrentIndex(self.method.findData(record.method))
        self.people.setText("、".join(record.people))
        self.notes.setPlainText(record.notes)
        if self.box is not None:
            self.box.fill(record.criteria)

    def read(self, record: Record) -> Interview:
        known: Interview = record
        people = (name.strip() for name in re.split("[,，、;；]", self.people.text()))
        return replace(
            known,
            held_on=self.held.value,
            method=chosen(self.method, InterviewMethod),
            people=tuple(name for name in people if name),
            notes=self.notes.toPlainText().strip(),
            criteria=self.box.criteria if self.box is not None else (),
        )

    def first(self) -> QWidget:
        return self.people
