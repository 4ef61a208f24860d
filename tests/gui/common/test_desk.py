"""What every screen stands on behaves when the computer does not."""

from maturity_desktop.errors import InputRejected, Issue, RuleBroken
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.settings import options


def test_a_preference_that_cannot_be_written_holds_and_is_told(desk: Desk) -> None:
    told: list[Exception] = []
    desk.problems.announced.connect(told.append)
    folder = desk.settings._file.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file is in the way")
    desk.keep(options.ACTOR, "林一")
    assert desk.settings.text(options.ACTOR) == "林一"
    assert len(told) == 1
    assert desk.problems.sentence(told[0])


def test_bugs_unworded_codes_and_lists_of_issues_all_become_sentences(desk: Desk) -> None:
    say = desk.problems.sentence
    assert "ZeroDivisionError" in say(ZeroDivisionError())
    assert "XXX-999" in say(RuleBroken("XXX-999"))
    rejected = InputRejected("PACK-002", [Issue(code="PACK-012", place="cm.yaml:3")], path="x")
    assert "cm.yaml:3" in say(rejected)


def test_every_icon_can_be_drawn_in_any_colour(desk: Desk) -> None:
    for icon in Icon:
        drawn = desk.icons.pixmap(icon, 24, "#ff0000").toImage()
        pixels = (drawn.pixelColor(x, y) for x in range(24) for y in range(24))
        assert any(pixel.alpha() > 200 and pixel.name() == "#ff0000" for pixel in pixels), icon


def test_level_colours_stay_readable_in_the_dark(desk: Desk) -> None:
    desk.keep(options.THEME, "dark")
    for colour in ("#46608C", "#17996E", "#B25C00", "#000000"):
        assert desk.theme.level(colour).valueF() > 0.8
    assert desk.theme.level("no colour").isValid()
