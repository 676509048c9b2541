"""The conversation of a learn session: a card, an answer, what is to be said of it, a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stakhanov.cli.asked_card import put
from stakhanov.cli.dialogue import Dialogue, Over

if TYPE_CHECKING:
    from stakhanov.guide.practice.asking import Asked, Judgement
    from stakhanov.guide.practice.changes import Change
    from stakhanov.guide.practice.session import Session

HELP = (
    "Type an answer and press return; an empty one shows it. "
    "While typing: :u undo, :s not today, :q stop, :? help."
)


class Lesson:
    """The conversation of a session."""

    def __init__(self, talk: Dialogue, session: Session) -> None:
        self.talk, self.session = talk, session

    def hold(self) -> None:
        """Ask until the session is over or the learner stops."""
        try:
            while (found := self.session.next()) is not None:
                if not self._card(*found):
                    return
        except Over:
            self.talk.say()

    def _card(self, asked: Asked, change: Change | None) -> bool:
        """One card; false where the learner stops."""
        self._put(asked, change)
        said, seconds = self.talk.line("> ")
        if said.startswith(":"):
            return self._order(said)
        return self._graded(asked, said, seconds)

    def _put(self, asked: Asked, change: Change | None) -> None:
        left = max(0.0, self.session.minutes - self.session.spent / 60.0)
        self.talk.say()
        self.talk.say(f"{asked.about}   (about {max(1, self.session.fits)} more in {left:.0f} min)")
        if change is not None:
            when = f" ({change.on})" if change.on is not None else ""
            self.talk.say(f"This changed since you learned it{when}.")
            self.talk.say(f"You learned: {change.said}", "  ")
            self.talk.say(f"It says now: {change.now}", "  ")
            if change.why:
                self.talk.say(f"Why: {change.why}", "  ")
        put(self.talk, asked)

    def _order(self, said: str) -> bool:
        """What is asked of the session itself; false to stop."""
        match said[1:2].lower():
            case "q":
                return False
            case "u":
                self._undo()
            case "s":
                self.session.postpone()
            case _:
                self.talk.say(HELP)
        return True

    def _undo(self) -> None:
        card = self.session.undo()
        self.talk.say("Nothing to undo." if card is None else f"Taken back: {card.title}.")

    def _graded(self, asked: Asked, said: str, seconds: float) -> bool:
        from stakhanov.guide.practice.asking import judge
        from stakhanov.guide.practice.memory import Grade

        judgement = judge(asked, said)
        self._feedback(asked, said, judgement)
        credited: dict[str, bool] = {}
        suggested = judgement.grade if said else Grade.MISSED
        keys = {"1": "missed", "2": "got it", "3": "easy", "u": "undo", "q": "stop"}
        if judgement.verdicts and said:
            keys["c"] = "count a point"
        grades = {"1": Grade.MISSED, "2": Grade.GOT, "3": Grade.EASY}
        usual = "1" if suggested is Grade.MISSED else "2"
        while True:
            pressed = self.talk.key(keys, usual)
            if pressed in grades:
                self.session.graded(asked.card, grades[pressed], seconds, said)
                if credited:
                    self.session.overruled(asked.card, said, judgement, credited)
                return True
            if pressed == "q":
                return False
            if pressed == "u":
                self._undo()
                return True
            usual = self._counted(judgement, credited)

    def _counted(self, judgement: Judgement, credited: dict[str, bool]) -> str:
        """Let the learner count a point that was not found; gives the grade that is suggested then."""
        from stakhanov.guide.practice.answers import Outcome
        from stakhanov.guide.practice.memory import Grade

        open_ = [
            one
            for one in judgement.verdicts
            if one.outcome is not Outcome.FOUND and one.point not in credited
        ]
        for one in open_:
            if self.talk.key({"y": f"I said it: {one.point}", "n": "no"}, "n") == "y":
                credited[one.point] = True
        grade = judgement.counting(credited).grade
        return "1" if grade is Grade.MISSED else "2"

    def _feedback(self, asked: Asked, said: str, judgement: Judgement) -> None:
        """Model answer and evidence, at once, whatever was said."""
        from stakhanov.guide.practice.standing import marked

        if said and judgement.verdicts and not asked.options:
            for one in judgement.verdicts:
                self.talk.say(marked(one, said), "  ")
        elif said:
            self.talk.say(f"{judgement.outcome.value}", "  ")
        if asked.right != asked.card.answer:
            self.talk.say(asked.right, "  ")
        self.talk.say(asked.card.answer, "  ")
        for work in asked.card.evidence:
            self.talk.say(f"({work})", "  ")
