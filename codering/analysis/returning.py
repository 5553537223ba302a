"""Who came to more than one group: a participant is counted by group, and that must be said beside the number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from codering.errors import Message
from codering.transcripts import Transcript


def returning(transcripts: Sequence[Transcript]) -> tuple[Message, ...]:
    """What a reader must know of participants, where a place was visited more than once.

    Whether two speakers are one person is not known: a transcript knows names. A name with a digit in it is a label
    (P1), which returns in every group and says nothing; of the other names it is said how many return.
    """
    heard: dict[tuple[str, str], set[str]] = defaultdict(set)
    visits: Counter[str] = Counter()
    people = 0
    for transcript in transcripts:
        names = {turn.speaker for turn in transcript.spoken_turns()}
        people += len(names)
        if names and transcript.group:
            visits[transcript.group] += 1
            for name in names:
                if not any(letter.isdigit() for letter in name):
                    heard[transcript.group, name.casefold()].add(transcript.name)
    if not any(visit > 1 for visit in visits.values()):
        return ()
    counted = Message("A participant is somebody in one group: whoever came to more groups counts in each of them.")
    twice = [len(groups) - 1 for groups in heard.values() if len(groups) > 1]
    if not twice:
        return (counted,)
    return (
        counted,
        Message(
            "{names} {names:name returns|names return} in another group of the same place. If these are the same "
            "people, there are {people} people behind the {participants} participants.",
            names=len(twice),
            people=people - sum(twice),
            participants=people,
        ),
    )
