"""How work leaves the GUI thread and comes back."""

import threading

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from maturity_desktop.errors import RuleBroken
from maturity_desktop.gui.common.jobs import Failure, Jobs, Step, Success, ThreadExecutor
from maturity_desktop.system.progress import Progress
from tests.gui.conftest import ManualExecutor


def test_results_arrive_on_the_gui_thread_from_real_lanes(qtbot: QtBot) -> None:
    jobs = Jobs(ThreadExecutor())
    worked: list[threading.Thread] = []
    arrived: list[tuple[threading.Thread, object]] = []

    def job() -> int:
        worked.append(threading.current_thread())
        return 7

    jobs.write(job, lambda result: arrived.append((threading.current_thread(), result)))
    qtbot.waitUntil(lambda: bool(arrived))
    jobs.drain()

    assert arrived == [(threading.main_thread(), Success(7))]
    assert worked[0] is not threading.main_thread()
    assert not jobs.is_busy


def test_the_write_lane_keeps_the_order(qtbot: QtBot) -> None:
    jobs = Jobs(ThreadExecutor())
    done: list[int] = []
    arrived: list[object] = []
    for number in range(50):
        jobs.write(lambda number=number: done.append(number), arrived.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(arrived) == 50)
    jobs.drain()
    assert done == list(range(50))


def test_a_rule_broken_becomes_a_failure_and_is_no_bug(qtbot: QtBot, executor: ManualExecutor) -> None:
    jobs = Jobs(executor)
    bugs: list[Exception] = []
    results: list[object] = []
    jobs.failed_unexpectedly.connect(bugs.append)

    def job() -> None:
        raise RuleBroken("WSP-002")

    jobs.work(job, results.append)
    executor.settle()
    assert isinstance(results[0], Failure)
    assert not bugs


def test_a_cancelled_job_stops_at_its_next_step(qtbot: QtBot, executor: ManualExecutor) -> None:
    jobs = Jobs(executor)
    results: list[Success[str] | Failure] = []

    def job(progress: Progress) -> str:
        progress(1, 10)
        return "finished"

    running = jobs.watch(job, results.append)
    running.cancel()
    executor.settle()
    assert isinstance(results[0], Failure)
    assert results[0].is_cancelled


def test_steps_are_merged_and_the_newest_is_told(qtbot: QtBot, executor: ManualExecutor) -> None:
    jobs = Jobs(executor)
    steps: list[Step] = []

    def job(progress: Progress) -> None:
        for done in range(1, 6):
            progress(done, 5, "page")

    jobs.watch(job, lambda _: None).stepped.connect(steps.append)
    executor.settle()
    assert steps == [Step(done=5, total=5, what="page")]


class _Taker(QObject):
    def __init__(self, taken: list[object]) -> None:
        super().__init__()
        self._taken = taken

    def take(self, result: object) -> None:
        self._taken.append(result)


def test_a_result_for_a_closed_screen_is_dropped(qtbot: QtBot, executor: ManualExecutor) -> None:
    jobs = Jobs(executor)
    taken: list[object] = []
    taker = _Taker(taken)
    jobs.work(lambda: 1, taker.take)
    shiboken6.delete(taker)
    executor.settle()
    assert taken == []
