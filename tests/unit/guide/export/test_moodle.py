"""The question bank as an XML parser reads it, by the rules of Moodle's XML format."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from stakhanov.guide.export.moodle import question_bank
from stakhanov.guide.practice.cards import Deck


def read(deck: Deck) -> list[Element]:
    quiz = ElementTree.fromstring(question_bank(deck))
    assert quiz.tag == "quiz"
    assert {one.tag for one in quiz} == {"question"}
    return list(quiz)


def by_number(deck: Deck) -> dict[str, Element]:
    asked = [one for one in read(deck) if one.get("type") != "category"]
    found = {one.findtext("idnumber", ""): one for one in asked}
    assert len(found) == len(asked), "an ID number is used once"
    return found


def shown(html: str | None) -> str:
    """What a browser shows of HTML; a tag that is not ours would be lost."""
    parts: list[str] = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_data = parts.append  # type: ignore[method-assign]
    reader.handle_starttag = lambda tag, _: parts.append("\n" if tag == "br" else "")  # type: ignore[method-assign]
    reader.feed(html or "")
    reader.close()
    return "".join(parts)


def test_a_category_leads_each_unit(deck: Deck) -> None:
    first = read(deck)[0]
    assert first.get("type") == "category"
    assert first.findtext("category/text") == (
        "$course$/top/Soviet labour, 1917–1991/The second Five-Year Plan (1933–1937)"
    )


def test_every_kind_has_what_moodle_asks_for(deck: Deck) -> None:
    found = by_number(deck)
    gap = found["soviet-labour/stakhanovite-movement#record"]
    assert gap.get("type") == "shortanswer"
    assert "credited with _____ tonnes" in shown(gap.findtext("questiontext/text"))
    assert [(a.get("fraction"), a.findtext("text")) for a in gap.findall("answer")] == [
        ("100", "102")
    ]
    second = found["soviet-labour/stakhanovite-movement#record/2"]
    assert second.findtext("answer/text") == "14"
    name = found["soviet-labour/padded-reports#definition"]
    assert [a.findtext("text") for a in name.findall("answer")] == [
        "Padded reports",
        "padding",
        "приписки",
    ]
    essay = found["soviet-labour/stakhanovite-movement?q-plans"]
    assert essay.get("type") == "essay"
    assert "lever for lifting norms" in shown(essay.findtext("graderinfo/text"))
    assert "norms (2): lift norm | raise norm" in shown(essay.findtext("graderinfo/text"))
    assert "Siegelbaum" in shown(essay.findtext("generalfeedback/text"))
    for one in found.values():
        assert one.findtext("name/text")
        assert float(one.findtext("defaultgrade", "")) == 1.0


def test_marks_of_other_formats_are_only_text(odd: Deck) -> None:
    found = by_number(odd)
    assert shown(found["c/t?q"].findtext("questiontext/text")) == odd.title
    choice = found["c/t?r"]
    answers = {shown(a.findtext("text")): a.get("fraction") for a in choice.findall("answer")}
    assert answers == {odd.title: "100", "<i>": "0", "no": "0"}
    assert choice.findtext("single") == "true"
    assert found["c/t#definition"].findtext("answer/text") == odd.title


def test_characters_that_xml_cannot_hold_are_left_out(odd: Deck) -> None:
    cards = tuple(replace(card, prompt=f"a\x00b\x0bc{card.prompt}") for card in odd.cards)
    assert (
        shown(by_number(replace(odd, cards=cards))["c/t?q"].findtext("questiontext/text"))
        == f"abc{odd.title}"
    )


def test_a_star_does_not_stand_for_anything(odd: Deck) -> None:
    cards = tuple(replace(card, names=("5 * 5",)) for card in odd.cards if card.names)
    assert (
        by_number(replace(odd, cards=cards))["c/t#definition"].findtext("answer/text") == r"5 \* 5"
    )


def test_long_names_stay_apart(odd: Deck) -> None:
    """An ID number has at most 100 characters, and two long names that begin alike differ."""
    cards = tuple(replace(odd.cards[2], first="x" * 150 + end) for end in "ab")
    found = by_number(replace(odd, cards=cards))
    assert len(found) == 2
    assert all(len(number) <= 100 for number in found)
