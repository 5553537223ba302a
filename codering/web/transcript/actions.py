"""What a coder did on the page, kept through the verbs of the project: each action once, in order.

The browser names every action; sent again, because a page was reloaded or a connection broke before it heard that the
action was kept, it changes nothing and gives the same result. An action that is not possible leaves the others as they
are and becomes a message on its passage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from codering.codings import Decision, Stance, Verdict
from codering.errors import CoderingError
from codering.texts import Texts
from codering.transcripts import Segment

if TYPE_CHECKING:
    from codering.project import Project
    from codering.web.transcript.data import Json

Raw = Mapping[str, object]
"""As ``js/model.js`` describes an action."""


def keep(project: Project, raws: Sequence[Raw], *, coder: str, t: Texts) -> dict[str, Json]:
    """Keep these actions, in order.

    Parameters
    ----------
    project, coder
        Where, and whose.
    raws
        As the browser sent them; those that were kept before are among them.
    t
        The language of messages.

    Returns
    -------
    dict
        By the id of the action: empty if there is nothing to tell; ``error`` says why it was not possible, ``coding``
        the id of the coding that it made, ``turn`` and ``item`` where to look, ``said`` what to say.
    """
    results: dict[str, Json] = {}
    for raw in raws:
        doing = _Doing(project, raw, coder, t)
        try:
            results[doing.id] = doing.keep()
        except CoderingError as error:
            results[doing.id] = {"error": _message(error, t)}
    return results


class _Doing:
    """One action that is being kept."""

    def __init__(self, project: Project, raw: Raw, coder: str, t: Texts) -> None:
        self._project, self._raw, self._coder, self._t = project, raw, coder, t
        self.id: Final = self._text("id")

    def keep(self) -> Json:
        ways: dict[str, Callable[[], Json]] = {
            "accept": lambda: self._answer(Verdict.ACCEPT),
            "reject": lambda: self._answer(Verdict.REJECT),
            "change": self._change,
            "add": self._add,
            "remove": self._remove,
            "read": self._read,
            "read_all": self._read_all,
            "memo": self._memo,
            "undo": self._undo,
            "redo": self._redo,
        }
        way = ways.get(self._text("verb"))
        if way is None or not self.id:
            raise CoderingError("The page sent something that this version does not know. Reload the page.")
        return way()

    def _answer(self, verdict: Verdict) -> Json:
        made = self._project.decide(
            verdict,
            coder=self._coder,
            suggestion=self._text("suggestion"),
            shown=True,
            drawn=self._text("drawn"),
            action=self.id,
        )
        return {"coding": made.id} if verdict is Verdict.ACCEPT else {}

    def _change(self) -> Json:
        suggestion, coding = self._text("suggestion"), self._text("coding")
        made = self._project.decide(
            Verdict.CHANGE,
            coder=self._coder,
            suggestion=suggestion or None,
            target=self._decision(coding) if coding else None,
            segment=self._segment() if "start" in self._raw else None,
            code=self._text("code") or None,
            stance=self._stance(),
            shown=bool(suggestion) or self._raw.get("shown") is True,
            drawn=self._text("drawn"),
            action=self.id,
        )
        return {"coding": made.id} if suggestion else {}

    def _add(self) -> Json:
        made = self._project.decide(
            Verdict.ADD,
            coder=self._coder,
            segment=self._segment(),
            code=self._text("code"),
            stance=self._stance(),
            shown=self._raw.get("shown") is True,
            drawn=self._text("drawn"),
            action=self.id,
        )
        return {"coding": made.id}

    def _remove(self) -> Json:
        target = self._decision(self._text("coding"))
        self._project.decide(Verdict.WITHDRAW, coder=self._coder, target=target, action=self.id)
        return {}

    def _read(self) -> Json:
        transcript = self._project.transcript(self._text("transcript"))
        whole = transcript.whole(transcript.turn(self._number("turn")))
        self._project.decide(
            Verdict.READ,
            coder=self._coder,
            segment=whole,
            shown=self._raw.get("shown") is True,
            drawn=self._text("drawn"),
            action=self.id,
        )
        return {}

    def _read_all(self) -> Json:
        made = self._project.mark_read(
            self._text("transcript"), coder=self._coder, shown=self._raw.get("shown") is True, action=self.id
        )
        return {
            "said": self._t.plural(
                "One turn marked as read; U takes that back.",
                "{count} turns marked as read; U takes that back at once.",
                len(made),
            )
        }

    def _memo(self) -> Json:
        about = self._text("about")
        kind, _, identity = about.partition(":")
        if kind == "coding":
            about = f"coding:{self._decision(identity)}"
        mine = [memo.id for memo in self._project.memos(about=about) if memo.coder == self._coder]
        self._project.add_memo(
            self._text("memo"), coder=self._coder, about=about, memo=mine[0] if mine else None, action=self.id
        )
        return {}

    def _undo(self) -> Json:
        undone = self._project.undo(self._coder, action=self.id)
        return self._where(undone) if undone else {"said": self._t("There is nothing to undo.")}

    def _redo(self) -> Json:
        redone = self._project.redo(self._coder, action=self.id)
        return self._where(redone) if redone else {"said": self._t("There is nothing to redo.")}

    def _where(self, withdrawals: Sequence[Decision]) -> Json:
        """Where something was taken back, so that the page goes there."""
        about = self._project.decision(withdrawals[0].target or "")
        while about is not None and about.segment is None:
            about = self._project.decision(about.target or "")
        if about is None or about.segment is None:
            return {}
        held = {coding.id for coding in self._project.codings(coder=self._coder, transcript=about.segment.transcript)}
        item = about.id if about.id in held else about.target if about.target in held else about.suggestion
        return {"transcript": about.segment.transcript, "turn": about.segment.turn, "item": item}

    def _decision(self, identity: str) -> str:
        """The id of a decision that the page calls so: the page does not know yet how its own actions are kept."""
        from codering.project.deciding import action_id

        if self._project.decision(identity) is not None:
            return identity
        return action_id(self._coder, identity)

    def _segment(self) -> Segment:
        """The words, which must be those that the coder saw."""
        place = Segment(self._text("transcript"), self._number("turn"), self._number("start"), self._number("end"))
        words = self._project.transcript(place.transcript).quote(place)
        if self._text("text") != words:
            raise CoderingError(
                "{name}, turn {turn}: the words on the page are not those of the transcript. Reload the page; if a "
                "translator of the browser is on, switch it off.",
                name=place.transcript,
                turn=place.turn,
            )
        return place

    def _stance(self) -> Stance | None:
        found = self._text("stance")
        return Stance(found) if found in set(Stance) else None

    def _text(self, key: str) -> str:
        found = self._raw.get(key, "")
        return found if isinstance(found, str) else ""

    def _number(self, key: str) -> int:
        found = self._raw.get(key)
        return found if isinstance(found, int) and not isinstance(found, bool) else -1


def _message(error: CoderingError, t: Texts) -> str:
    lines = [error.message.translated(t.translate)]
    return " ".join(lines + [problem.translated(t.translate) for problem in error.problems])
