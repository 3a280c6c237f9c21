"""What the author of a post said to doubtful findings, and which of it still speaks of the text as it stands."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from models.screening import AnsweredFinding, AnswerToFinding, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.reading import sentences


def unanswered(found: Iterable[Finding], answers: Iterable[AnsweredFinding]) -> list[Finding]:
    """The doubtful findings to which nothing was said, or nothing that can be said to them."""
    said = {each.finding: each.answer for each in answers}
    return [each for each in found if not each.is_certain and said.get(each.key) not in each.possible_answers]


def suits(answer: AnswerToFinding, found: Mapping[str, Finding]) -> bool:
    """Whether an answer speaks of a doubtful finding, and is one that can be given to it."""
    about = found.get(answer.finding)
    return about is not None and answer.answer in about.possible_answers


def answered(said: AnswerToFinding, *, at: datetime, by: str) -> AnsweredFinding:
    """An answer as it is kept: the key of a finding says what it is about, and where that stands."""
    kind, start, end = said.finding.rsplit("-", 2)
    return AnsweredFinding(
        finding=said.finding, kind=FindingKind(kind), start=int(start), end=int(end), answer=said.answer, comment=said.comment,
        at=at, by=by,
    )  # fmt: skip


def still_said(was: str, text: str, answers: Iterable[AnsweredFinding]) -> list[AnsweredFinding]:
    """The answers about sentences that are in the text as they were, where they stand now. All others are void."""
    return [each for answer in answers for each in moved(answer, was, text)]


def moved(answer: AnsweredFinding, was: str, text: str) -> Iterator[AnsweredFinding]:
    """The same answer at the place where its sentence stands now, if that sentence stands once before and after."""
    start, end = around(answer, was)
    sentence = was[start:end].strip()
    there = [place for place in sentences(text) if text[place[0] : place[1]].strip() == sentence]
    before = [place for place in sentences(was) if was[place[0] : place[1]].strip() == sentence]
    if len(there) == len(before) == 1:
        by = text.index(sentence, there[0][0]) - was.index(sentence, start)
        yield answer.model_copy(
            update={
                "finding": f"{answer.kind}-{answer.start + by}-{answer.end + by}",
                "start": answer.start + by,
                "end": answer.end + by,
            }
        )


def around(answer: AnsweredFinding, text: str) -> tuple[int, int]:
    """The sentence in which a finding stands; several, where it goes beyond one."""
    touched = [(start, end) for start, end in sentences(text) if start < answer.end and answer.start < end]
    return touched[0][0], touched[-1][1]
