"""The interchange formats of qualitative research, REFI-QDA 1.5: a project (``.qdpx``), a codebook (``.qdc``).

Written as the tools that read them need it: UTF-8 without a byte-order mark, line feeds, ``project.qde`` with sources
in lower-case ``sources/``, no empty containers, ids that stay the same at each export, and for every coding who made it
and when. Positions are Unicode code points, half-open, as ATLAS.ti, MAXQDA and QualCoder count them; NVivo on Windows
counts UTF-16, and is off behind characters such as emoji.

A denied barrier is no barrier: a coding with the stance *denies* refers to a code of its own below the code, so that
no program counts it as experienced. Suggestions that nobody accepted are not exported.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codering.codebooks import Code, Codebook
from codering.codings import Coding, Stance
from codering.exporters.results import Results
from codering.exporters.sheets import storable
from codering.texts import Texts
from codering.transcripts import Segment, Transcript

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"

_NAMESPACE: Final = uuid.UUID("6f1e5f0a-8a55-5b7e-9c0e-2f6c1f1f7a41")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same project gives the same bytes."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A transcript as one text.

    Attributes
    ----------
    text
        ``Name: words`` for each turn, an empty line between turns; names are pseudonyms where there are any.
    begins
        By number of the turn, where its words begin in the text.
    """

    transcript: Transcript
    text: str
    begins: Mapping[int, int]

    def place(self, segment: Segment) -> tuple[int, int]:
        """Where a segment stands in the text."""
        begin = self.begins[segment.turn]
        return begin + segment.start, begin + segment.end


def write_refi(results: Results, path: Path, texts: Texts) -> None:
    """Write a project that other programs for qualitative analysis open.

    Raises
    ------
    ExportError
        If a coding does not lie in its transcript.
    """
    results.quotations()  # the verbatim gate
    sources = [_source(transcript) for transcript in results.transcripts]
    tree = _project(results, sources, texts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "project.qde", _bytes(tree, PROJECT))
        for source in sources:
            _add(archive, f"sources/{_guid('source', source.transcript.name)}.txt", source.text.encode())


def write_qdc(results: Results, path: Path, texts: Texts) -> None:
    """Write the codebook alone."""
    root = ET.Element("CodeBook", origin=f"codering {results.version}")
    _codes(ET.SubElement(root, "Codes"), results.codebook, frozenset(), texts)
    path.write_bytes(_bytes(root, CODEBOOK))


def _project(results: Results, sources: list[_Source], texts: Texts) -> ET.Element:
    codings = [coding for coding in results.codings if coding.code in results.codebook]
    coders = sorted({coding.coder for coding in codings})
    root = ET.Element(
        "Project",
        name=storable(results.project),
        origin=f"codering {results.version}",
        creationDateTime=_time(results.made),
    )
    if coders:
        users = ET.SubElement(root, "Users")
        for coder in coders:
            ET.SubElement(users, "User", guid=_guid("coder", coder), name=storable(coder))
    denied = frozenset(coding.code for coding in codings if coding.stance is Stance.DENIES)
    _codes(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), results.codebook, denied, texts)
    _people(root, results.transcripts)
    if sources:
        container = ET.SubElement(root, "Sources")
        for source in sources:
            _add_source(
                container, source, [c for c in codings if c.segment.transcript == source.transcript.name], results
            )
    ET.SubElement(root, "Description").text = _about(results, sources, texts)
    return root


def _codes(parent: ET.Element, codebook: Codebook, denied: frozenset[str], texts: Texts) -> None:
    """Themes with their codes below them, and below a code that somebody denied, a code for the denial."""
    labels = Counter(code.label.in_language(texts.language) for code in codebook)

    def add(parent: ET.Element, code: Code) -> ET.Element:
        label = code.label.in_language(texts.language)
        # Some programs keep codes apart by name only.
        name = label if labels[label] == 1 else f"{label} ({code.id})"
        element = ET.SubElement(
            parent, "Code", guid=_guid("code", code.id), name=storable(name), isCodable="true", color=code.colour
        )
        ET.SubElement(element, "Description").text = storable(_meaning(code, texts))
        if code.id in denied:
            below = ET.SubElement(
                element,
                "Code",
                guid=_guid("denied", code.id),
                name=storable(texts("{code} – denied", code=name)),
                isCodable="true",
                color=code.colour,
            )
            text = texts("The speaker says that it does not occur or does not hold. Never count this as experienced.")
            ET.SubElement(below, "Description").text = text
        return element

    for theme in codebook.themes:
        own = add(parent, theme.own)
        for code in theme.codes:
            add(own, code)


def _meaning(code: Code, texts: Texts) -> str:
    lines = [code.definition]
    lines += [f"+ {line}" for line in code.include]
    lines += [f"- {line}" for line in code.exclude]
    return "\n".join([*lines, texts("Id: {id}", id=code.id)])


def _people(root: ET.Element, transcripts: Iterable[Transcript]) -> None:
    """Participants as cases with their attributes; moderators are none."""
    people = [
        (transcript, speaker)
        for transcript in transcripts
        for speaker in transcript.speakers
        if any(turn.speaker == speaker.name for turn in transcript.participant_turns())
    ]
    names = list(dict.fromkeys(name for _, speaker in people for name, _ in speaker.attributes))
    if names:
        variables = ET.SubElement(root, "Variables")
        for name in names:
            guid = _guid("variable", name)
            ET.SubElement(variables, "Variable", guid=guid, name=storable(name), typeOfVariable="Text")
    if people:
        cases = ET.SubElement(root, "Cases")
        for transcript, speaker in people:
            guid = _guid("speaker", f"{transcript.name}\0{speaker.name}")
            case = ET.SubElement(cases, "Case", guid=guid, name=storable(f"{speaker.shown} ({transcript.name})"))
            for name, value in speaker.attributes:
                given = ET.SubElement(case, "VariableValue")
                ET.SubElement(given, "VariableRef", targetGUID=_guid("variable", name))
                ET.SubElement(given, "TextValue").text = storable(value)
            ET.SubElement(case, "SourceRef", targetGUID=_guid("source", transcript.name))


def _add_source(container: ET.Element, source: _Source, codings: list[Coding], results: Results) -> None:
    name = source.transcript.name
    guid = _guid("source", name)
    element = ET.SubElement(
        container, "TextSource", guid=guid, name=storable(name), plainTextPath=f"internal://{guid}.txt"
    )
    by_place: dict[Segment, list[Coding]] = {}
    for coding in codings:
        by_place.setdefault(coding.segment, []).append(coding)
    for segment, given in sorted(by_place.items()):
        start, end = source.place(segment)
        selection = ET.SubElement(
            element,
            "PlainTextSelection",
            guid=_guid("selection", f"{name}\0{start}\0{end}"),
            name=storable(source.text[start:end][:60]),
            startPosition=str(start),
            endPosition=str(end),
        )
        for coding in given:
            kind = "denied" if coding.stance is Stance.DENIES else "code"
            made = ET.SubElement(
                selection,
                "Coding",
                guid=_guid("coding", coding.id),
                creatingUser=_guid("coder", coding.coder),
                creationDateTime=_time(results.times.get(coding.id, results.made)),
            )
            ET.SubElement(made, "CodeRef", targetGUID=_guid(kind, coding.code))


def _source(transcript: Transcript) -> _Source:
    text, begins = "", {}
    for turn in transcript.turns:
        text += f"{transcript.speaker(turn.speaker).shown}: "
        begins[turn.number] = len(text)
        text += f"{turn.text}\n\n"
    return _Source(transcript, text, begins)


def _about(results: Results, sources: list[_Source], texts: Texts) -> str:
    said = [
        texts(
            "Made with codering {version}, codebook {codebook}.",
            version=results.version,
            codebook=results.codebook.version,
        ),
        texts("Positions are Unicode code points from 0, the end not included."),
    ]
    wide = [source.transcript.name for source in sources if any(ord(character) > 0xFFFF for character in source.text)]
    if wide:
        said.append(
            texts(
                "These sources hold characters such as emoji; a program that counts UTF-16 places later passages "
                "wrong: {names}.",
                names=", ".join(wide),
            )
        )
    return storable("\n".join(said))


def _guid(kind: str, name: str) -> str:
    """The same id for the same thing at each export."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{name}"))


def _time(iso: str) -> str:
    """ISO 8601 as ``xsd:dateTime`` in whole seconds, UTC."""
    return f"{iso[:19]}Z"


def _bytes(root: ET.Element, namespace: str) -> bytes:
    root.set("xmlns", namespace)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
