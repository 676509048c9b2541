"""The conversation of a mock test: questions in any order, flags, a last look, handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stakhanov.cli.asked_card import put
from stakhanov.cli.dialogue import Dialogue, Over

if TYPE_CHECKING:
    from stakhanov.guide.mock_tests.sitting import Attempt
    from stakhanov.guide.practice.asking import Judgement

HELP = (
    "Type an answer and press return; an empty one leaves the question open. "
    ":b back, :g 7 go to question 7, :f flag, :r last look, :h hand in, :q stop and go on later."
)


class Examination:
    """Asks the questions of an attempt until it is handed in or left."""

    def __init__(self, talk: Dialogue, attempt: Attempt) -> None:
        self.talk, self.attempt = talk, attempt
        self.place = next(iter(attempt.open), len(attempt.sitting.items))
        self.spent = 0.0

    def hold(self) -> bool:
        """Whether it was handed in."""
        try:
            while True:
                last = self.place >= len(self.attempt.sitting.items)
                done = self._look() if last else self._question()
                if done is not None:
                    if done:
                        self._hand_in()
                    return done
        except Over:
            self.talk.say()
            return False

    def _question(self) -> bool | None:
        """One question; true to hand in, false to leave."""
        asked, item = self.attempt.asked(self.place), self.attempt.sitting.items[self.place]
        count = len(self.attempt.sitting.items)
        flag = ", flagged" if item.flagged else ""
        self.talk.say()
        time = f"{self.spent / 60:.0f} of {self.attempt.sitting.minutes:.0f} min"
        self.talk.say(f"{self.place + 1} of {count}   ({time}{flag})")
        put(self.talk, asked)
        if item.answer:
            self.talk.say(f"So far: {item.answer}", "  ")
        said, seconds = self.talk.line("> ")
        self.spent += seconds
        if said.startswith(":"):
            return self._order(said)
        if said:
            self.attempt.answer(self.place, said)
        self.place += 1
        return None

    def _order(self, said: str) -> bool | None:
        """What is asked of the test itself; true to hand in, false to leave."""
        count = len(self.attempt.sitting.items)
        order, _, given = said[1:].strip().partition(" ")
        match order.lower():
            case "h":
                return True
            case "q":
                return False
            case "b":
                self.place = max(0, min(self.place, count) - 1)
            case "r":
                self.place = count
            case "f" if self.place < count:
                flagged = self.attempt.flag(self.place)
                self.talk.say("Flagged." if flagged else "No longer flagged.")
            case "g" if given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= count:
                self.place = int(given) - 1
            case _:
                self.talk.say(HELP)
        return None

    def _look(self) -> bool | None:
        """The last look before handing in."""
        items = self.attempt.sitting.items
        empty = [str(p + 1) for p, item in enumerate(items) if not item.answer.strip()]
        flagged = [str(p + 1) for p, item in enumerate(items) if item.flagged]
        self.talk.say()
        self.talk.say(
            f"Open: {', '.join(empty) or 'none'}. Flagged: {', '.join(flagged) or 'none'}."
        )
        said, _ = self.talk.line(":h hand in, :g N go to a question, :q stop > ")
        return self._order(said if said.startswith(":") else f":{said}")

    def _hand_in(self) -> None:
        """Where the judge was not sure, the learner says what counts."""
        from stakhanov.guide.mock_tests.sitting import unsure

        self.attempt.refresh()
        judgements = self.attempt.judged()
        credits: dict[int, float] = {}
        try:
            for place in unsure(judgements):
                credits[place] = self._decided(place, judgements[place])
        except Over:  # what was not decided stays as the judge has it
            pass
        self.attempt.submit(credits)

    def _decided(self, place: int, judgement: Judgement) -> float:
        from stakhanov.guide.practice.answers import Outcome
        from stakhanov.guide.practice.standing import marked

        asked, said = self.attempt.asked(place), self.attempt.sitting.items[place].answer
        self.talk.say()
        self.talk.say(f"{place + 1}. {asked.text}")
        self.talk.say(f"You said: {said}", "  ")
        self.talk.say(f"Answer: {asked.right}", "  ")
        if not judgement.verdicts:
            return float(self.talk.key({"y": "counts", "n": "does not count"}, "n") == "y")
        whole = sum(one.weight for one in judgement.verdicts)
        found = sum(one.weight for one in judgement.verdicts if one.outcome is Outcome.FOUND)
        for one in judgement.verdicts:
            self.talk.say(marked(one, said), "  ")
            if (
                one.outcome is Outcome.UNSURE
                and self.talk.key({"y": "counts", "n": "does not count"}, "n") == "y"
            ):
                found += one.weight
        return found / whole
