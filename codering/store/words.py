"""Transcripts, speakers and turns in a store; their words are checked whenever they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, Subquery, delete, func, insert, select, update

from codering.errors import Message, Problem, StoreError, TranscriptError
from codering.store.database import Database
from codering.store.moments import not_before
from codering.store.records import Held, Origin
from codering.store.schema import decisions, speakers, transcripts, turns
from codering.transcripts import Role, Speaker, Transcript, Turn

TRANSCRIPT_FIELDS: Final = {"title": "title", "date": "date", "wave": "wave", "group": "group_name"}
"""What may be edited afterwards, and its column; attributes too, which are JSON."""


class Transcripts:
    """The transcripts of a project. What was said is written once; who said it and where can be corrected."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, name: str | None = None) -> tuple[Transcript, ...]:
        """The transcripts, or only the one with this name, in the order in which they were added.

        Raises
        ------
        StoreError
            If the words of one are not those that were added: nothing may be counted in them.
        """
        found = self._read(name)
        problems = tuple(_altered(row) for row, transcript in found if transcript is None)
        if problems:
            raise StoreError(
                "{project}: what this project keeps of a transcript is not what was added: the file was damaged, or "
                "another program changed it. Nothing is shown or counted until that is mended.",
                problems,
                project=self._database.shown,
            )
        return tuple(transcript for _, transcript in found if transcript is not None)

    def is_altered(self, name: str) -> bool:
        """Whether the words of a transcript are not those that were added; False if there is no such transcript."""
        return any(transcript is None for _, transcript in self._read(name))

    def _read(self, name: str | None) -> list[tuple[Row[Any], Transcript | None]]:
        """Each transcript; None for one whose words have another hash than when they were added."""
        of_turns = select(turns).order_by(turns.c.transcript, turns.c.number)
        of_speakers = select(speakers).order_by(speakers.c.transcript, speakers.c.place)
        of_transcripts = select(transcripts).order_by(transcripts.c.place)
        if name is not None:
            of_turns = of_turns.where(turns.c.transcript == name)
            of_speakers = of_speakers.where(speakers.c.transcript == name)
            of_transcripts = of_transcripts.where(transcripts.c.name == name)
        said: defaultdict[str, list[Turn]] = defaultdict(list)
        people: defaultdict[str, list[Speaker]] = defaultdict(list)
        with self._database.reading() as connection:
            for transcript, number, speaker, text, start in connection.execute(of_turns):
                said[transcript].append(Turn(number, speaker, text, start))
            for row in connection.execute(of_speakers):
                person = Speaker(row.name, Role(row.role), row.pseudonym, _pairs(row.attributes))
                people[row.transcript].append(person)
            rows = connection.execute(of_transcripts).all()
        return [(row, _transcript(row, said[row.name], people[row.name])) for row in rows]

    def held(self) -> tuple[Held, ...]:
        """What is there, without the words, in the order in which it was added."""
        decided = _counts(decisions.c.transcript)
        spoken = _counts(turns.c.transcript)
        joined = transcripts.outerjoin(decided, decided.c.name == transcripts.c.name).outerjoin(
            spoken, spoken.c.name == transcripts.c.name
        )
        query = select(transcripts, decided.c.count.label("decided"), spoken.c.count.label("spoken"))
        with self._database.reading() as connection:
            rows = connection.execute(query.select_from(joined).order_by(transcripts.c.place)).all()
        return tuple(_held(row) for row in rows)

    def add(self, transcript: Transcript, origin: Origin, *, instead_of: str | None = None) -> None:
        """Add a transcript.

        Parameters
        ----------
        transcript
            With a name that no other transcript has.
        origin
            Where it came from.
        instead_of
            The name of a transcript without decisions that it replaces.

        Raises
        ------
        StoreError
            If the name is taken, or decisions refer to what would be replaced.
        """
        with self._database.writing("transcripts", "suggestions") as connection:
            place = None
            if instead_of is not None:
                place = self._remove(connection, instead_of)
            taken = connection.execute(select(transcripts.c.name).where(transcripts.c.name == transcript.name)).first()
            if taken:
                raise StoreError("There is a transcript named {name} already.", name=transcript.name)
            if place is None:
                place = connection.execute(select(func.coalesce(func.max(transcripts.c.place), 0) + 1)).scalar_one()
            self._insert(connection, transcript, replace(origin, added=not_before(connection, origin.added)), place)

    def remove(self, name: str) -> None:
        """Remove a transcript and what was suggested for it.

        Raises
        ------
        StoreError
            If there is no such transcript, or decisions refer to it.
        """
        with self._database.writing("transcripts", "suggestions") as connection:
            self._remove(connection, name)

    def edit(self, name: str, values: Mapping[str, object]) -> None:
        """Correct what is known about a transcript: title, date, wave, group, attributes.

        Raises
        ------
        StoreError
            If there is no such transcript.
        """
        columns = {TRANSCRIPT_FIELDS.get(key, key): _plain(value) for key, value in values.items()}
        with self._database.writing("transcripts") as connection:
            changed = update(transcripts).where(transcripts.c.name == name).values(**columns)
            if not connection.execute(changed).rowcount:
                raise _missing(name)

    def reread(self, name: str, origin: Origin) -> None:
        """Keep from which bytes the same words were read again, and how that went.

        Raises
        ------
        StoreError
            If there is no such transcript.
        """
        read = {"file_hash": origin.file_hash, "folder_hash": origin.folder_hash}
        self.edit(name, read | {"problems": [_problem_row(one) for one in origin.problems]})

    def edit_speaker(self, name: str, speaker: str, values: Mapping[str, object]) -> None:
        """Correct what is known about a speaker: role, pseudonym, attributes.

        Raises
        ------
        StoreError
            If there is no such transcript or speaker.
        """
        columns = {key: _plain(value) for key, value in values.items()}
        where = (speakers.c.transcript == name) & (speakers.c.name == speaker)
        with self._database.writing("transcripts", "suggestions") as connection:
            if not connection.execute(update(speakers).where(where).values(**columns)).rowcount:
                raise StoreError("{name}: there is no such speaker.", name=name)

    def restore(self, transcript: Transcript) -> None:
        """Put back the words of an altered transcript, and nothing else.

        Parameters
        ----------
        transcript
            With the name of the altered one, and the words that it had when it was added.

        Raises
        ------
        StoreError
            If there is no such transcript, or these are other words.
        """
        name = transcript.name
        with self._database.writing("transcripts", "suggestions") as connection:
            hashed = connection.execute(select(transcripts.c.text_hash).where(transcripts.c.name == name)).scalar()
            if hashed is None:
                raise _missing(name)
            if hashed != transcript.hash:
                raise StoreError("{name}: these are not the words that were added.", name=name)
            connection.execute(delete(turns).where(turns.c.transcript == name))
            kept = set(connection.execute(select(speakers.c.name).where(speakers.c.transcript == name)).scalars())
            gone = kept - {speaker.name for speaker in transcript.speakers}
            connection.execute(delete(speakers).where(speakers.c.transcript == name, speakers.c.name.in_(gone)))
            _insert_speakers(connection, transcript, besides=kept)
            _insert_turns(connection, transcript)

    def _remove(self, connection: Connection, name: str) -> int:
        place = connection.execute(select(transcripts.c.place).where(transcripts.c.name == name)).scalar()
        if place is None:
            raise _missing(name)
        counted = select(func.count()).select_from(decisions).where(decisions.c.transcript == name)
        if count := connection.execute(counted).scalar_one():
            raise StoreError(
                "{name}: decisions refer to the words of this transcript ({count}), so it can be neither removed nor "
                "replaced. Add the new file under another name, or begin a new project.",
                name=name,
                count=count,
            )
        connection.execute(delete(transcripts).where(transcripts.c.name == name))
        return int(place)

    def _insert(self, connection: Connection, transcript: Transcript, origin: Origin, place: int) -> None:
        connection.execute(insert(transcripts).values(place=place, **_transcript_row(transcript, origin)))
        _insert_speakers(connection, transcript)
        _insert_turns(connection, transcript)


def _insert_speakers(connection: Connection, transcript: Transcript, *, besides: Collection[str] = ()) -> None:
    people = [
        {
            "transcript": transcript.name,
            "name": speaker.name,
            "place": number,
            "role": speaker.role.value,
            "pseudonym": speaker.pseudonym,
            "attributes": _plain(speaker.attributes),
        }
        for number, speaker in enumerate(transcript.speakers)
        if speaker.name not in besides
    ]
    if people:
        connection.execute(insert(speakers), people)


def _insert_turns(connection: Connection, transcript: Transcript) -> None:
    said = [
        {
            "transcript": transcript.name,
            "number": turn.number,
            "speaker": turn.speaker,
            "text": turn.text,
            "start": turn.start,
        }
        for turn in transcript.turns
    ]
    if said:
        connection.execute(insert(turns), said)


def _counts(column: Column[Any]) -> Subquery:
    return select(column.label("name"), func.count().label("count")).group_by(column).subquery()


def _missing(name: str) -> StoreError:
    return StoreError("There is no transcript named {name} in this project.", name=name)


def _transcript(row: Row[Any], said: Sequence[Turn], people: Sequence[Speaker]) -> Transcript | None:
    """The transcript; None if its words have another hash than when they were added."""
    try:
        found = Transcript(
            name=row.name,
            turns=tuple(said),
            speakers=tuple(people),
            title=row.title,
            date=row.date,
            wave=row.wave,
            group=row.group_name,
            attributes=_pairs(row.attributes),
            source=row.source,
            format=row.format,
        )
    except TranscriptError:  # a turn or a speaker is gone
        return None
    return found if found.hash == row.text_hash else None


def _altered(row: Row[Any]) -> Problem:
    return Problem(
        row.source or row.name,
        "",
        "The words of {name} are not those that were added. Add the same file again (on the page Project, or with "
        "codering code FILE --project PROJECT), and they are put back; or go on with a copy of the project from "
        "before.",
        name=row.name,
    )


def _transcript_row(transcript: Transcript, origin: Origin) -> dict[str, object]:
    return {
        "name": transcript.name,
        "title": transcript.title,
        "date": transcript.date,
        "wave": transcript.wave,
        "group_name": transcript.group,
        "attributes": _plain(transcript.attributes),
        "source": transcript.source,
        "format": transcript.format,
        "text_hash": transcript.hash,
        "file_hash": origin.file_hash,
        "folder_hash": origin.folder_hash,
        "words_in": origin.words_in,
        "words_out": origin.words_out,
        "problems": [_problem_row(problem) for problem in origin.problems],
        "added": origin.added,
    }


def _held(row: Row[Any]) -> Held:
    origin = Origin(
        file_hash=row.file_hash,
        folder_hash=row.folder_hash,
        words_in=row.words_in,
        words_out=row.words_out,
        problems=tuple(_problem(kept) for kept in row.problems),
        added=row.added,
    )
    return Held(row.name, row.source, row.format, row.text_hash, origin, row.spoken or 0, row.decided or 0)


def _plain(value: object) -> object:
    """What JSON and the database know: pairs become lists, roles their values."""
    if isinstance(value, tuple):
        return [list(pair) for pair in value]
    return value.value if isinstance(value, Role) else value


def _pairs(kept: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in kept)


# Problems are kept as templates and values, so that they are shown in the language of whoever looks.
def _problem_row(problem: Problem) -> dict[str, object]:
    return {
        "source": problem.source,
        "place": _message_row(problem.place),
        "message": _message_row(problem.message),
    }


def _message_row(value: object) -> object:
    if isinstance(value, Message):
        return {"template": value.template, "values": {k: _message_row(v) for k, v in value.values.items()}}
    return value if value is None or isinstance(value, int | float) else str(value)


def _problem(kept: Mapping[str, Any]) -> Problem:
    place, message = _message(kept["place"]), _message(kept["message"])
    return Problem(kept["source"], place if isinstance(place, Message) else str(place), message)  # type: ignore[arg-type]


def _message(kept: object) -> object:
    if isinstance(kept, dict):
        return Message(kept["template"], **{k: _message(v) for k, v in kept["values"].items()})
    return kept
