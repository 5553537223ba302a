"""The texts of the component, for the browser: names that the JavaScript knows, in the user's language."""

from __future__ import annotations

from codering.texts import Texts


def wording(t: Texts) -> dict[str, str]:
    """Every text that ``js/`` uses, by name; fields in braces are filled in there."""
    return _reading(t) | _deciding(t) | _coding(t) | _rail(t) | _finding(t) | _finishing(t) | _news(t) | _keys(t)


def cue_text(detail: str, t: Texts) -> str:
    """What a cue for the stance does, as people say it; the templates are those of :mod:`codering.suggest`."""
    return t(detail) if detail else ""


def context_text(detail: str, t: Texts) -> str:
    """What another turn is to this one; of a model it is said in a word, of a rule it is the speaker."""
    return {"previous": t("said just before"), "question": t("the question before it")}.get(detail, detail)


def neighbour_text(detail: str, t: Texts) -> str:
    """Where a similar passage stands and what was decided about it: ``TRANSCRIPT · TURN · CODE · DECISION``."""
    parts = detail.split(" · ")
    if len(parts) < 4:
        return detail
    decisions = {
        "accepted": t("carries this code"),
        "added": t("carries this code"),
        "changed": t("carries this code"),
        "rejected": t("was rejected for it"),
        "read": t("was read, and does not carry it"),
    }
    where = t("{transcript}, turn {turn}", transcript=" · ".join(parts[:-3]), turn=parts[-3])
    return f"{where}: {decisions.get(parts[-1], parts[-1])}"


def _reading(t: Texts) -> dict[str, str]:
    return {
        "transcript": t("Transcript {name}"),
        "turn": t("Turn {number}, {speaker}"),
        "rail": t("About the passage at hand"),
        "passage": t("The passage at hand"),
        "turnAtHand": t("The turn at hand"),
        "confirms": t("confirms"),
        "denies": t("denies"),
        "stance": t("Stance"),
        "suggestionScore": t("suggestion, {score}"),
        "hasMemo": t("with a memo"),
        "rejected": t("not taken over"),
        "noNext": t("Nothing else waits for a decision here."),
        "noNextOfCode": t("No other suggestion of this code is waiting."),
        "noPassage": t("No other passage in this turn."),
        "goingTo": t("On to {transcript}."),
        "moderatorHint": t("A moderator speaks here; only participants are coded."),
        "turnHint": t("No passage is at hand. J goes to the next suggestion; W codes this whole turn, E a part of it."),
        "bareHint": t("W codes this whole turn, E a part of it."),
    }


def _deciding(t: Texts) -> dict[str, str]:
    return {
        "accepted": t("Accepted: {code}."),
        "rejectedNow": t("Rejected: {code}."),
        "nowAt": t("Now: {code}."),
        "heldAlready": t("This passage is coded already."),
        "nothingAtHand": t(
            "No suggestion waits in this turn. J goes to the next one; W codes this whole turn, E a part."
        ),
        "takenUp": t("At hand now: {code}. Press the key again to answer it."),
        "rejectedAlready": t("This was rejected already; A takes it over after all."),
        "removeInstead": t("You coded this yourself; X removes it."),
        "nothingToRemove": t("None of your codings is at hand."),
        "notYours": t("This is another coder's coding. To code these words yourself, choose them in the text."),
        "removed": t("Removed."),
        "changedTo": t("Now {code}."),
        "otherNow": t("Coded with another code: {code}."),
        "stanceNow": t("Stance: {stance}."),
        "flippedNow": t("Accepted with the other stance: {code} ({stance})."),
        "undone": t("Undone."),
        "redone": t("Done again."),
        "readNow": t("Turn {turn} is marked as read."),
        "readWithout": t(
            "Turn {turn} is marked as read. What was suggested there counts as not taken over: {codes}. U takes "
            "that back."
        ),
        "lost": t(
            "The connection with codering is gone. What you decide is kept here, and stored as soon as it is back. Is "
            "the window in which you started codering still open?"
        ),
        "found": t("The connection is back."),
        "waitingOne": t("One action is not stored yet. Keep this page open."),
        "waiting": t("{count} actions are not stored yet. Keep this page open."),
    }


def _coding(t: Texts) -> dict[str, str]:
    return {
        "chooseCode": t("Code these words"),
        "otherCode": t("Another code for this passage"),
        "findCode": t("Find a code"),
        "codes": t("Codes"),
        "codeNow": t("(now)"),
        "noCode": t("No code fits."),
        "usesOne": t("Used once by you"),
        "uses": t("Used {count} times by you"),
        "pickerHint": t("1–9 or Enter chooses · ↑ ↓ moves · Ctrl S turns the stance · Esc leaves"),
        "coded": t("Coded: {code}."),
        "choosing": t("Choose the words: arrows, with Shift the end, with Alt the beginning. Enter keeps, Esc leaves."),
        "boundsKept": t("The passage has new bounds."),
        "left": t("Left as it was."),
        "dragHint": t("Drag to make the passage longer or shorter"),
    }


def _rail(t: Texts) -> dict[str, str]:
    return {
        "progress": t("Progress"),
        "progressTranscript": t("Suggestions answered in this transcript"),
        "progressCode": t("Of “{code}”"),
        "stateOpen": t("suggestion, score {score}"),
        "stateRejected": t("suggestion, not taken over"),
        "stateMine": t("coded by you"),
        "stateOther": t("coded by {coder}"),
        "accept": t("Accept"),
        "acceptAfterAll": t("Accept after all"),
        "acceptDenies": t("Accept as denied"),
        "acceptConfirms": t("Accept as confirmed"),
        "reject": t("Reject"),
        "change": t("Other code"),
        "flip": t("Turn stance"),
        "bounds": t("Bounds"),
        "remove": t("Remove"),
        "whole": t("Code whole turn"),
        "part": t("Code a part"),
        "read": t("Read, next"),
        "whyRule": t("Why this suggestion"),
        "whyLearned": t("Why the model suggests this"),
        "foundWords": t("Found words"),
        "stanceWords": t("Words for the stance"),
        "contextWords": t("In another turn"),
        "weights": t("Words that weighed"),
        "neighbours": t("Similar passages that were decided on"),
        "also": t("Also suggested because"),
        "theModel": t("the model sees it too"),
        "meaning": t("What the code means"),
        "include": t("Does belong to it"),
        "exclude": t("Does not belong to it"),
        "examples": t("Examples"),
        "carries": t("Carries the code"),
        "carriesNot": t("Does not carry it"),
        "memoCoding": t("Memo on this coding"),
        "memoTranscript": t("Memo on this transcript"),
        "memoPlaceholder": t("What do you want to remember?"),
        "memoKept": t("The memo is kept."),
        "close": t("Close"),
    }


def _finding(t: Texts) -> dict[str, str]:
    return {
        "find": t("Search"),
        "findWords": t("Search in this transcript"),
        "findCount": t("{at} of {count}"),
        "findNone": t("Nothing found"),
        "findPrevious": t("Previous (Shift Enter)"),
        "findNext": t("Next (Enter)"),
        "findTake": t("Go to this turn"),
        "findClose": t("Close (Esc)"),
        "end": t("End of the transcript"),
        "readSome": t("You marked {read} of {count} turns as read."),
        "readEvery": t("You read this whole transcript."),
        "readAllOne": t("I read everything: mark the one turn that is left"),
        "readAll": t("I read everything: mark the other {count} turns"),
        "readWhy": t(
            "A turn that nobody marked counts as unknown, also where nothing is coded. Only what was read says what "
            "was missed."
        ),
        "readOpen": t("Suggestions that still wait ({count}) count as not taken over then."),
    }


def _finishing(t: Texts) -> dict[str, str]:
    return {
        "lastOfAll": t("That was the last suggestion of this transcript."),
        "lastOfThese": t("That was the last one of what you go through now."),
        "noNextOfThese": t("Of what you go through now nothing else waits here."),
        "othersWaitOne": t("One other suggestion in this transcript does."),
        "othersWait": t("{count} other suggestions in this transcript do."),
        "finishAnswered": t("Every suggestion is answered"),
        "finishRead": t("This transcript is finished"),
        "finishBlind": t("You are done with this transcript"),
        "finishCounts": t("{accepted} accepted, {changed} changed, {rejected} not taken over, {own} coded by yourself"),
        "finishUnread": t("Turns that are not marked as read yet: {count} of {turns}."),
        "finishUnreadWhy": t("Only what was read says what was missed."),
        "finishToEnd": t("To the end"),
        "onward": t("Next transcript"),
        "onwardKey": t("T goes on with {title}."),
        "onwardOpenOne": t("Next: {title}, with one suggestion to answer."),
        "onwardOpen": t("Next: {title}, with {count} suggestions to answer."),
        "onwardRead": t("Next: {title}. Nothing is suggested there; it is to be read."),
        "onwardBlind": t("Next: {title}, to be coded blind."),
        "onwardLeft": t("After that {count} more."),
        "nothingLeft": t("No transcript asks for a decision of yours any more."),
        "nothingElsewhere": t("No other transcript asks for a decision of yours."),
        "unreadElsewhereOne": t("In one other transcript not every turn is marked as read."),
        "unreadElsewhere": t("In {count} other transcripts not every turn is marked as read."),
        "toMissed": t("How much did we miss?"),
        "toFrequencies": t("Look at the frequencies"),
    }


def _news(t: Texts) -> dict[str, str]:
    return {
        "newsOf": t("{coder}: {changes}."),
        "newsAddedOne": t("one coding added"),
        "newsAdded": t("{count} codings added"),
        "newsChangedOne": t("one coding changed"),
        "newsChanged": t("{count} codings changed"),
        "newsRemovedOne": t("one coding removed"),
        "newsRemoved": t("{count} codings removed"),
        "newsCodebookOf": t("the codebook changed"),
        "newsCodebook": t("The codebook was changed."),
    }


def _keys(t: Texts) -> dict[str, str]:
    return {
        "keys": t("Keys"),
        "keyStep": t("next, previous suggestion"),
        "keyTurn": t("next, previous turn"),
        "keyPage": t("a page of turns further, back"),
        "keyEnds": t("first, last turn"),
        "keyItem": t("next, previous passage in the turn"),
        "keySameCode": t("next suggestion of this code"),
        "keyAccept": t("accept, and on to the next"),
        "keyReject": t("reject, and on to the next"),
        "keyChange": t("choose another code; of a suggestion: and on to the next"),
        "keyFlip": t("accept with the other stance, and on to the next; of a coding: turn the stance"),
        "keyFlipStay": t("the same, without going on"),
        "keyWhole": t("code the whole turn"),
        "keyPart": t("choose words, or the passage's bounds"),
        "keyRemove": t("remove your coding"),
        "keyRead": t("mark the turn as read, and go on"),
        "keyEnd": t("to the end: mark everything as read"),
        "keyOnward": t("to the next transcript with work"),
        "keyMemo": t("write a memo (Esc ends it)"),
        "keyUndo": t("undo"),
        "keyRedo": t("redo"),
        "keyFind": t("search in this transcript"),
        "keyHelp": t("this overview"),
        "readingKeys": t("Reading and searching"),
        "codingKeys": t("Deciding and coding"),
        "spanKeys": t("While you choose words"),
        "keySentence": t("next, previous sentence"),
        "keySentenceMore": t("a sentence more, less"),
        "keyLast": t("end: a word further, back"),
        "keyFirst": t("beginning: a word further, back"),
        "keyKeep": t("keep these words"),
        "keyLeave": t("leave it as it was"),
        "mouseHint": t(
            "With the mouse: select words to code them (with Alt: to the letter), click on a passage to choose it and "
            "again for the one beneath, drag the handles to move its bounds."
        ),
    }
