"""Screening: what is found in a post's text, how well it is found, and what its author and its approver make of it.

`python -m tests.test_screening > docs/screening.md`, at the root of the project, writes the figures anew.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from models.practices import Contacts, InForce
from models.screening import Certainty, FindingKind
from models.settings import PolicySettings
from tests.house import FACEBOOK, House
from tests.screening_corpus import ASKED, CORPUS, HARMFUL, HARMLESS, OWN_CONTACTS, OWN_PAGE, STAFF, Example, Mark
from tests.stories import declared, refused, rewritten
from workflows.roles import PracticeInForce
from workflows.screening import screen, screen_names
from workflows.screening.colleagues import Colleague
from workflows.screening.findings import ANSWERS, Finding
from workflows.screening.known import Known, known_to

PAGE = Path("docs/screening.md")
ACCOUNTS = {"platform_accounts": {"value": [{"platform": "facebook", "url": OWN_PAGE}, {"platform": "website"}]}}
SETTINGS = PolicySettings.model_validate(ACCOUNTS)
IN_FORCE = InForce(policy_id=UUID(int=1), number="1.0", title="Conduct", settings=SETTINGS)
KNOWN = known_to(PracticeInForce("ZZ0001", Contacts.model_validate(OWN_CONTACTS), IN_FORCE))
COLLEAGUES = [Colleague(name, consents) for name, consents in STAFF.items()]
NAMES = {FindingKind.STAFF_NAMED, FindingKind.PERSON_NAMED}
SYNTHETIC = "9990000018"
SUREST, FOUND = 0.98, 0.9


def found_in(text: str) -> list[Finding]:
    """Everything that is found in a text at the practice of the corpus."""
    return [*screen(text, KNOWN), *screen_names(text, KNOWN, COLLEAGUES)]


def meet(finding: Finding, mark: Mark) -> bool:
    """Whether a finding stands at a mark, and is of its kind. Whose name it is matters less than that it is one."""
    same = finding.kind == mark.kind or {finding.kind, mark.kind} <= NAMES
    return same and finding.start < mark.end and mark.start < finding.end


def right(finding: Finding, example: Example) -> bool:
    """Whether a finding stands where a reader sees it too; one that is certain, where it may never stand."""
    named = [each for each in example.marks if each.kind == FindingKind.HEALTH and finding.kind in NAMES]
    inside = any(finding.start < each.end and each.start < finding.end for each in named)
    return inside or any(meet(finding, each) and (each.harmful or not finding.is_certain) for each in example.marks)


def judged() -> list[tuple[Finding, bool]]:
    """Every finding in the corpus, and whether it is right."""
    return [(each, right(each, example)) for example in CORPUS for each in found_in(example.text)]


def marked() -> list[tuple[Mark, bool]]:
    """Every mark in the corpus, and whether it is found."""
    return [
        (mark, any(meet(each, mark) for each in found_in(example.text))) for example in CORPUS for mark in example.marks
    ]


def share(told: Iterable[tuple[Any, bool]]) -> float:
    """How many of these are so, from 0 to 1."""
    values = [so for _, so in told]
    return sum(values) / len(values)


def row(*cells: object) -> str:
    """A line of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def counted(told: list[tuple[Any, bool]]) -> str:
    """How many of how many."""
    return f"{sum(so for _, so in told)} of {len(told)}" if told else "none"


def figures() -> list[str]:
    """The table of what is found, kind by kind."""
    findings, marks = judged(), marked()
    lines = [row("Kind", "Certain and right", "Doubtful and right", "Found"), row(*["---"] * 4)]
    for kind in FindingKind:
        of_kind = [each for each in findings if each[0].kind == kind]
        certain = [each for each in of_kind if each[0].is_certain]
        doubtful = [each for each in of_kind if not each[0].is_certain]
        there = [each for each in marks if each[0].kind == kind]
        lines.append(row(f"`{kind}`", counted(certain), counted(doubtful), counted(there)))
    certain = [each for each in findings if each[0].is_certain]
    doubtful = [each for each in findings if not each[0].is_certain]
    return [*lines, row("All", counted(certain), counted(doubtful), counted(marks))]


def outcome(posts: str) -> Counter[str]:
    """How many posts of a sort are refused, asked about and let through."""
    lines = len(posts.strip().splitlines())
    start = {HARMLESS: 0, ASKED: count(HARMLESS), HARMFUL: count(HARMLESS) + count(ASKED)}[posts]
    return Counter(
        "refused" if any(f.is_certain for f in found) else "asked" if found else "passed"
        for found in (found_in(each.text) for each in CORPUS[start : start + lines])
    )


def count(posts: str) -> int:
    """How many posts."""
    return len(posts.strip().splitlines())


def outcomes() -> list[str]:
    """The table of what becomes of whole posts."""
    lines = [row("Posts", "Refused", "Asked about", "Let through"), row(*["---"] * 4)]
    sorts = {"harmless": HARMLESS, "harmless once asked": ASKED, "harmful": HARMFUL}
    for name, posts in sorts.items():
        told = outcome(posts)
        lines.append(row(f"{count(posts)} {name}", told["refused"], told["asked"], told["passed"]))
    return lines


def answers() -> list[str]:
    """The table of what can be said to a doubtful finding."""
    lines = [row("Kind", "Answers"), row("---", "---")]
    return lines + [row(f"`{kind}`", ", ".join(f"`{each}`" for each in said)) for kind, said in ANSWERS.items()]


def document() -> str:
    """The page about screening."""
    return "\n".join([PREFACE, "## Answers", "", *answers(), "", "## How well it does", "", MEASURED, *figures(), "", WHOLE,
                      *outcomes()]) + "\n"  # fmt: skip


PREFACE = """\
# Screening

Before anybody but its author reads a post, its text is looked through for NHS numbers, dates of birth, telephone numbers,
e-mail addresses, postcodes, one person's health, colleagues and other people by name, and links that lead elsewhere. The
practice's own contacts and pages are allowed, and so are 999, 111, 119 and 116 123, nhs.uk and gov.uk.

`GET /v1/posts/{id}/findings` says what was found and where (in code points), to those who write and approve posts. What is
certain has to go before the post is submitted (POST-13); a colleague may be named once the declaration says that they agreed.
What is doubtful is answered with `answer-findings` (POST-14), and the approver reads the answers in the post's
`finding_answers`. An edit makes the answers void whose sentence it changed (POST-15). Approval and publication look again.

Why it is done so is told in [decision 0011](adr/0011-screening.md).
"""
MEASURED = """\
Measured over the posts in `tests/screening_corpus.py`, which are all made up, by whoever made the detectors: expect less from
posts that nobody foresaw. A finding is right where a careful reader marked the same; one that is certain, where what is marked
may never be public. *Found* counts the marks at which anything of their kind was found.
"""
WHOLE = "What becomes of whole posts:\n"


def test_post_13_what_is_certain_is_right() -> None:
    certain = [each for each in judged() if each[0].is_certain]
    assert len(certain) > 40
    assert share(certain) >= SUREST


def test_post_14_what_is_asked_is_mostly_asked_with_reason() -> None:
    doubtful = [each for each in judged() if not each[0].is_certain]
    assert share(doubtful) >= FOUND


def test_post_13_what_a_reader_would_see_is_found() -> None:
    assert share(marked()) >= FOUND


@pytest.mark.parametrize("kind", FindingKind)
def test_post_13_every_kind_is_found_nine_times_out_of_ten(kind: FindingKind) -> None:
    of_kind = [each for each in marked() if each[0].kind == kind]
    assert len(of_kind) >= 6
    assert share(of_kind) >= FOUND


def test_the_corpus_is_large_and_of_both_sorts() -> None:
    assert len({each.text for each in CORPUS}) == len(CORPUS) > 200
    assert min(sum(each.harmful for each in CORPUS), sum(not each.harmful for each in CORPUS)) > 100


def test_no_harmless_post_is_refused() -> None:
    assert outcome(HARMLESS)["refused"] == outcome(ASKED)["refused"] == 0


def test_the_page_about_screening_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "stale: python -m tests.test_screening > docs/screening.md"


# Shapes


ZEROES = [
    character for each in range(0x110000)
    if unicodedata.decimal(character := chr(each), None) == 0 and unicodedata.category(character) == "Nd"
]  # fmt: skip
"""The digit nought of every script."""


def in_script(nought: str, digits: str = SYNTHETIC) -> str:
    """A number in the digits of a script."""
    return "".join(chr(ord(nought) + int(each)) for each in digits)


@pytest.mark.parametrize("nought", ZEROES, ids=lambda each: f"{ord(each):x}")
def test_post_13_an_nhs_number_is_known_in_the_digits_of_any_script(nought: str) -> None:
    text = f"Hello {in_script(nought)}!"
    assert [(each.kind, each.start, each.end) for each in screen(text, KNOWN)] == [(FindingKind.NHS_NUMBER, 6, 16)]


@pytest.mark.parametrize("gap", [" ", "-", ".", "\u2013", "\u2011", "\u00a0", "\u202f", "\u200b", "\u2060", " - "])
def test_post_13_an_nhs_number_is_known_whatever_stands_between_its_groups(gap: str) -> None:
    text = gap.join([SYNTHETIC[:3], SYNTHETIC[3:6], SYNTHETIC[6:]])
    found = screen(f"See {text}.", KNOWN)
    if len(gap) > 2:
        assert not [each for each in found if each.is_certain]
    else:
        assert [(each.kind, each.severity) for each in found] == [(FindingKind.NHS_NUMBER, Certainty.CERTAIN)]


def test_ten_digits_with_a_wrong_check_digit_are_no_nhs_number() -> None:
    wrong = [f"{SYNTHETIC[:-1]}{each}" for each in range(10) if str(each) != SYNTHETIC[-1]]
    assert not [each for number in wrong for each in screen(f"Order {number}.", KNOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "01632 960001", "(01632) 960001", "+44 1632 960 001", "0044 1632 960001", "surgery@example.com", "SURGERY@example.com",
        "https://gingerbread.example.com/news", "www.gingerbread.example.com", "facebook.com/gingerbreadsurgery", "999", "111",
        "119", "116 123", "111.nhs.uk", "https://www.nhs.uk/flu", "gov.uk",
    ],
)  # fmt: skip
def test_what_is_the_practices_own_or_everybodys_may_stand_in_a_post(text: str) -> None:
    assert found_in(f"Find us: {text}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "https://gingerbread.example.com@example.org", "https://gingerbread.example.com.example.org", "facebook.com/another",
        "https://beanstalk.nhs.uk", "https://[", "https://example.org:99999",
    ],
)  # fmt: skip
def test_a_link_that_only_looks_like_the_practices_own_is_not(text: str) -> None:
    assert len(screen(f"See {text}", KNOWN)) == 1


def test_places_are_counted_in_code_points_of_the_text_as_it_was_written() -> None:
    text = "\U0001f600\u200b Ring 07700\u200b 900123"
    (found,) = screen(text, Known())
    assert text[found.start : found.end] == "07700\u200b 900123"


def test_a_family_name_alone_agrees_for_nobody_else() -> None:
    both = [Colleague("Hansel Huber", consents=True), Colleague("Gretel Huber", consents=False)]
    found = screen_names("Hansel Huber and Gretel Huber are here.", KNOWN, both)
    assert [(each.kind, each.start, each.end) for each in found] == [(FindingKind.STAFF_NAMED, 17, 29)]


def test_a_finding_never_holds_the_words() -> None:
    words = "Mrs Hubbard was diagnosed with diabetes, ring 07700 900123"
    for each in found_in(words):
        assert words[each.start : each.end] not in f"{each!r} {each.sentence} {each.key}"


# Through the front door


LINKING = "See example.org for more. Flu clinics start on Saturday."
NUMBERED = f"Would {SYNTHETIC} please ring?"


def findings(house: House, post: Response, person: str = "goldilocks") -> Response:
    """What somebody is told about a post."""
    return house.ask(person, "GET", f"/v1/posts/{post.json()['id']}/findings")


def answered(house: House, post: Response, *said: dict[str, Any], person: str = "goldilocks") -> Response:
    """Somebody answers findings."""
    return house.does(person, "answer_findings", post, json={"answers": list(said)})


RECOMMENDED = {"finding": "link-4-15", "answer": "public_information", "comment": "A national charity."}


def test_post_13_what_is_certain_refuses_and_says_where(house: House) -> None:
    post = house.drafted(text=NUMBERED)

    answer = house.does("goldilocks", "submit", post)

    assert refused(answer) == (422, "nothing_certain_found")
    assert SYNTHETIC not in answer.text
    assert "submit" not in post.json()["available_transitions"]
    told = findings(house, post)
    assert [(each["kind"], each["severity"], each["start"], each["end"]) for each in told.json()["findings"]] == [
        ("nhs_number", "certain", 6, 16)
    ]
    assert SYNTHETIC not in told.text
    unanswerable = answered(house, post, {"finding": "nhs_number-6-16", "answer": "fictitious_example"})
    assert refused(unanswerable)[0] == 422


def test_post_14_what_is_doubtful_is_answered_and_shown_to_the_approver(house: House) -> None:
    post = house.drafted(text=LINKING)
    assert refused(house.does("goldilocks", "submit", post)) == (422, "doubts_answered")

    post = answered(house, post, RECOMMENDED)
    post = house.does("goldilocks", "submit", post)

    (shown,) = house.again("rapunzel", post).json()["finding_answers"]
    assert (shown["finding"], shown["answer"], shown["comment"]) == (
        "link-4-15",
        "public_information",
        "A national charity.",
    )
    assert shown["by"] == house.member("goldilocks").json()["id"]
    assert findings(house, post, "rapunzel").json()["findings"][0]["answered"] == shown
    post = house.does("rapunzel", "approve", post)
    assert house.does("goldilocks", "publish", post, json=FACEBOOK).json()["state"] == "published"


def test_post_14_the_etag_of_the_findings_is_good_for_answering_them(house: House) -> None:
    told = findings(house, house.drafted(text=LINKING))
    path = f"/v1/posts/{told.json()['post_id']}/answer-findings"

    answer = house.ask(
        "goldilocks", "POST", path, json={"answers": [RECOMMENDED]}, headers={"If-Match": told.headers["ETag"]}
    )

    assert answer.status_code == 200


UNSUITABLE: list[dict[str, Any]] = [
    {"finding": "link-4-15", "answer": "has_consent"},
    {"finding": "link-4-16", "answer": "public_information"},
    {"finding": "phone-4-15", "answer": "public_information"},
]


def test_post_14_only_what_is_doubtful_is_answered_and_only_with_what_suits_it(house: House) -> None:
    post = house.drafted(text=LINKING)
    for each in UNSUITABLE:
        assert refused(answered(house, post, each)) == (422, "answers_suit")
    assert refused(answered(house, post, RECOMMENDED, RECOMMENDED)) == (422, "malformed")
    assert refused(answered(house, post)) == (422, "malformed")
    assert refused(answered(house, post, {**RECOMMENDED, "answer": "trust me"})) == (422, "malformed")
    assert refused(answered(house, house.drafted(), RECOMMENDED)) == (422, "something_to_answer")


def test_post_14_an_answer_takes_the_place_of_an_earlier_one(house: House) -> None:
    post = answered(house, house.drafted(text=LINKING), RECOMMENDED)
    post = answered(house, post, {"finding": "link-4-15", "answer": "not_what_it_looks_like"})

    assert [each["answer"] for each in post.json()["finding_answers"]] == ["not_what_it_looks_like"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (LINKING, ["link-4-15"]),
        ("See example.org for more. Flu clinics start on Sunday.", ["link-4-15"]),
        ("News! See example.org for more.", ["link-10-21"]),
        ("See example.org for less. Flu clinics start on Saturday.", []),
        ("See example.net for more. Flu clinics start on Saturday.", []),
        ("See example.org for more. See example.org for more.", []),
    ],
)
def test_post_15_an_edit_makes_answers_void_where_the_text_changed(house: House, text: str, left: list[str]) -> None:
    post = answered(house, house.drafted(text=LINKING), RECOMMENDED)

    post = house.does("goldilocks", "edit", post, json=rewritten(text=text))

    assert [each["finding"] for each in post.json()["finding_answers"]] == left
    submitted = house.does("goldilocks", "submit", post)
    assert submitted.status_code == (200 if left else 422)


def test_post_15_an_edit_after_approval_does_so_too(house: House) -> None:
    post = answered(house, house.drafted(text=LINKING), RECOMMENDED)
    post = house.does("rapunzel", "approve", house.does("goldilocks", "submit", post))

    post = house.does("goldilocks", "edit_after_approval", post, json=rewritten(text="See example.org, all of you."))

    assert (post.json()["state"], post.json()["finding_answers"]) == ("draft", [])


def test_post_13_a_colleague_is_named_once_they_agreed(house: House) -> None:
    text = "Ask Hansel at reception about the flu clinics."
    post = house.drafted(text=text)
    assert refused(house.does("goldilocks", "submit", post)) == (422, "everybody_named_agreed")
    agreed = {"staff_id": house.member("hansel").json()["id"], "consented": True}

    post = house.does("goldilocks", "edit", post, json=rewritten(text=text, declaration=declared(staff_named=[agreed])))

    assert findings(house, post).json()["findings"] == []
    assert house.does("goldilocks", "submit", post).status_code == 200


def test_post_13_what_was_fit_is_looked_at_again_at_every_step(house: House) -> None:
    text = "Thimblewick cakes are on sale at the desk."
    submitted, approved = house.submitted(text=text), house.approved(text=text)
    house.ask("hansel", "POST", "/v1/staff", json={"subject": "thimblewick", "name": "Thimblewick"})

    for step in (
        house.does("rapunzel", "approve", submitted),
        house.does("goldilocks", "publish", approved, json=FACEBOOK),
    ):
        assert refused(step) == (422, "everybody_named_agreed")


def test_post_13_the_practices_own_number_is_a_finding_once_it_is_not_its_own(house: House) -> None:
    post = house.submitted(text="Ring us on 01632 960001.")
    assert findings(house, post).json()["findings"] == []
    practice = house.ask("hansel", "GET", "/v1/practices")
    found = practice.json()["items"][0]["id"]
    kept = house.ask("hansel", "GET", f"/v1/practices/{found}")
    moved = {"name": "Gingerbread House Surgery", "contacts": {"phone": "01632 960009"}}
    assert house.does("hansel", "correct_details", kept, json=moved).status_code == 200

    assert refused(house.does("rapunzel", "approve", post)) == (422, "doubts_answered")


def test_findings_are_for_those_who_write_and_approve(house: House) -> None:
    post = house.drafted(text=LINKING)
    told = {
        person: findings(house, post, person).status_code for person in ("rapunzel", "goldilocks", "hansel", "puss")
    }
    assert told == {"rapunzel": 200, "goldilocks": 200, "hansel": 403, "puss": 403}
    assert findings(house, post, "website").status_code == 404


def test_a_machine_is_no_colleague(house: House) -> None:
    assert house.submitted(text="See our Website for times.").status_code == 200


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - a command speaks by printing
