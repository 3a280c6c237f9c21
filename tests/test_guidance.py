"""Guidance: what patients are told by each policy, in plain words, and only what their practice's policy and the law say."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.clauses import Audience, BreachGround, Condition, Consequence, Topic
from models.conduct import Deed
from models.guidance import Answered, Guidance
from models.judgements import FurtherCondition, Standing, Verdict
from models.policies import PolicyContent
from models.practices import Contacts
from models.roles import PEOPLE
from models.settings import Article, Platform, ReviewChannelKind
from service.documents.markdown import markdown
from tests.guidance_parts import DAY, content_of, guidance_of, told_by, version, words_of
from tests.house import PRACTICES, policy
from tests.reading_age import reading_age
from workflows import law_beside
from workflows.conduct import VersionInForce, judge
from workflows.guidance import Told, former, guidance, wording
from workflows.guidance.changes import NOT_FOR_PATIENTS, NOTHING
from workflows.guidance.outline import outline
from workflows.guidance.questions import ACTS, QUESTIONS, REVIEWS

PAGE = Path("docs/guidance.md")
OLDEST_READER = 9.0
"""Years. The aim is 11; what is written now stays well below, and this keeps it there."""

OLDEST_SECTION = 11.0


def question(told: Guidance, key: str) -> Answered:
    """One question with its answer."""
    return next(each for each in told.questions if each.key == key)


def statement(told: Guidance, key: str) -> str | None:
    """What is asked in one matter, if anything."""
    return next((each.text for each in told.asks.statements if each.key == key), None)


# Each practice answers as its own document does: imperial, coleridge, maryport, woodbrook, aspiro.

ANSWERS: dict[str, tuple[str, str, str, str, str]] = {
    "phone_in_appointment": ("permitted_if", "permitted_if", "breach", "permitted_if", "permitted_if"),
    "record_appointment": ("permitted_if", "permitted_if", "breach", "permitted_if", "permitted_if"),
    "disability": ("permitted_if", "permitted_if", "breach", "permitted_if", "permitted_if"),
    "record_in_secret": ("breach", "breach", "breach", "breach", "permitted_if"),
    "others_in_recording": ("permitted_if", "breach", "breach", "permitted_if", "permitted_if"),
    "post_recording": ("breach", "not_covered", "not_covered", "breach", "breach"),
    "film_waiting_room": ("not_covered", "breach", "not_covered", "permitted_if", "permitted_if"),
    "photo_waiting_room": ("breach", "breach", "breach", "breach", "breach"),
    "photo_staff": ("breach", "permitted_if", "breach", "permitted_if", "permitted_if"),
    "post_about_practice": ("permitted", "permitted", "permitted", "permitted", "permitted"),
    "name_staff": ("breach", "breach", "breach", "breach", "breach"),
    "post_about_patient": ("permitted_if", "permitted_if", "permitted_if", "permitted_if", "permitted_if"),
    "review": ("permitted", "permitted", "breach", "permitted", "permitted"),
    "complaint_on_page": ("breach", "permitted_if", "breach", "breach", "breach"),
    "health_message": ("not_covered", "breach", "not_covered", "not_covered", "not_covered"),
    "friend_request": ("not_covered", "not_covered", "not_covered", "permitted", "permitted"),
    "abuse": ("breach", "not_covered", "not_covered", "breach", "breach"),
}


@pytest.mark.parametrize("document", PRACTICES)
def test_each_practice_answers_as_its_document_does(document: str) -> None:
    column = list(PRACTICES).index(document)
    answered = {each.key: each.verdict for each in guidance_of(document).questions}
    assert answered == {key: verdicts[column] for key, verdicts in ANSWERS.items()}


@pytest.mark.parametrize("document", PRACTICES)
def test_every_answer_is_the_conduct_checks_own(document: str) -> None:
    told = told_by(content_of(document))
    for asked, answer in zip(QUESTIONS, guidance(told).questions, strict=True):
        judged = judge(ACTS.validate_python(asked.act), VersionInForce(told.policy.id, told.content), DAY)
        assert (answer.key, answer.verdict) == (asked.key, judged.verdict)
        assert len(answer.conditions) == (len(judged.conditions_unmet) if judged.verdict == Verdict.PERMITTED_IF else 0)
        assert {each.clause for each in answer.stands if each.clause} == {each.key for each in judged.clauses}


def test_the_same_question_is_answered_differently_by_different_practices() -> None:
    words = {document: question(guidance_of(document), "film_waiting_room") for document in PRACTICES}
    assert words["coleridge"].answer == "No. Other patients may be there."
    assert words["imperial"].answer == "Our rules speak of photos there, and not of film or sound. Please ask us first."
    assert words["aspiro"].conditions == ["each other patient that people could know from it agrees."]
    assert question(guidance_of("maryport"), "review").answer == (
        "Yes, but please post it on the NHS website and in no other place."
    )


@pytest.mark.parametrize("document", PRACTICES)
def test_the_law_stands_beside_what_a_rule_forbids(document: str) -> None:
    told = guidance_of(document)
    recording = {each.law.key for each in question(told, "record_appointment").law}
    assert {"private_recording_lawful", "adjustments_first"} <= recording
    assert [each.law.key for each in question(told, "disability").law] == ["adjustments_first"]
    assert {"complaint_route", "complaint_never_ground", "data_protection_complaint"} <= {
        law.law.key for each in told.complaining.statements for law in each.law
    }


@pytest.mark.parametrize("document", PRACTICES)
def test_patients_are_told_of_everyone_to_whom_they_may_complain(document: str) -> None:
    """A complaint about care can go to the commissioner instead (SI 2009/309, regulation 7), and one about data to the ICO."""
    told = guidance_of(document).complaining
    elsewhere = next(each for each in told.statements if each.key == "commissioner").law
    assert ["integrated care board in place of us" in each.says for each in elsewhere] == [True]
    assert elsewhere[0].law.sources[0].title.endswith("(SI 2009/309), regulation 7")
    data = next(each for each in told.statements if each.key == "data").law
    assert [each.law.key for each in data] == ["data_protection_complaint", "data_complaint_to_regulator"]
    assert "the ICO" in data[1].says
    assert "tell us first" in data[1].says
    assert "Data Protection Act 2018, section 165" in {each.title for each in data[1].law.sources}


def test_how_the_nhs_website_treats_reviews_is_told_where_reviews_go_there() -> None:
    def beside(document: str) -> set[str]:
        return {each.law.key for each in question(guidance_of(document), "review").law}

    there = {document for document in PRACTICES if "nhs_website_reviews" in beside(document)}
    assert there == {"coleridge", "maryport"}
    assert all("complaint_never_ground" in beside(document) for document in PRACTICES)
    act = ACTS.validate_python(next(each.act for each in QUESTIONS if each.key == "review"))
    for document in PRACTICES:
        judged = judge(act, VersionInForce(version(content_of(document)).id, content_of(document)), DAY)
        assert "nhs_website_reviews" in {each.key for each in judged.law}


def test_a_law_that_is_not_in_force_yet_is_not_told() -> None:
    told = told_by(content_of("imperial"))
    before = guidance(Told(told.code, told.name, told.contacts, told.policy, date(2026, 6, 18)))
    shown = {law.law.key for each in before.complaining.statements for law in each.law}
    assert "data_protection_complaint" not in shown


@pytest.mark.parametrize("document", PRACTICES)
def test_whatever_a_law_narrows_is_told_with_that_law(document: str) -> None:
    """A practice that announces removal at once is read together with what the law says of it."""
    told = guidance_of(document)
    beside = {law.law.key for each in told.follows.statements for law in each.law}
    for asked, answer in zip(QUESTIONS, told.questions, strict=True):
        judged = judge(
            ACTS.validate_python(asked.act), VersionInForce(told.policy.policy_id, content_of(document)), DAY
        )
        above = {each.key for each in judged.law if each.standing == Standing.ABOVE}
        kept = [each for each in judged.consequences if each.consequence not in asked.leaves_out]
        narrowing = {key for each in kept for key in each.narrowed_by} & above
        assert narrowing <= {each.law.key for each in answer.law}
    assert {"warning_first", "complaint_never_ground"} <= beside
    threatened = next(each for each in told.follows.statements if each.key == "threat")
    assert [each.law.key for each in threatened.law] == ["immediate_removal_narrow"]


def test_who_does_something_is_named_where_the_policy_names_them() -> None:
    def follows(document: str) -> list[str]:
        return [item for each in guidance_of(document).follows.statements for item in each.items]

    assert "Our practice manager will delete the post." in follows("maryport")
    assert "We will delete the post." in follows("imperial")
    assert "Our partners and practice manager may ask a lawyer for advice." in follows("woodbrook")
    assert "Our communications manager will ask a lawyer for advice." in follows("aspiro")


def test_what_follows_a_broken_condition_is_told_apart_from_what_follows_in_any_case() -> None:
    filmed = question(guidance_of("woodbrook"), "film_waiting_room").consequences
    recorded = question(guidance_of("woodbrook"), "record_appointment").consequences
    complained = question(guidance_of("coleridge"), "complaint_on_page").consequences
    assert filmed == ["If not, our partners and practice manager may get advice on it, as it could end in court."]
    assert recorded == ["We will note in your record that you made a recording."]
    assert complained == ["We may delete the post.", "We will reply with a short note on how to complain."]


@pytest.mark.parametrize("document", PRACTICES)
@pytest.mark.parametrize("key", ["record_appointment", "disability", "record_in_secret"])
def test_nobody_is_told_of_courts_for_a_recording_that_they_keep_for_themselves(document: str, key: str) -> None:
    """Such a recording is lawful, asked for or not. What may end in court is its misuse, such as posting it."""
    assert not [each for each in question(guidance_of(document), key).consequences if "court" in each]
    if document in {"woodbrook", "aspiro"}:
        assert [each for each in question(guidance_of(document), "post_recording").consequences if "court" in each]


def test_nobody_is_said_to_end_the_relationship_without_the_partners() -> None:
    """Aspiro has its communications manager weigh the options. Whoever asks for a removal is the contractor."""
    ends = "we can no longer work well with you"
    told = {
        document: [item for each in guidance_of(document).follows.statements for item in each.items if ends in item]
        for document in ("woodbrook", "aspiro")
    }
    assert [each[0].split(" may ")[0] for each in told.values()] == ["Our partners and practice manager", "We"]


def test_film_and_sound_of_staff_are_told_where_the_rule_reaches_them() -> None:
    agreed = "Take a photo of someone on our staff, film or record them only if they agree."
    assert [statement(guidance_of(each), "staff_media") for each in ("coleridge", "woodbrook", "aspiro")] == [
        agreed
    ] * 3
    assert [statement(guidance_of(each), "staff_media") for each in ("imperial", "maryport")] == [
        "Do not take photos of our staff."
    ] * 2
    beside = next(each for each in guidance_of("coleridge").asks.statements if each.key == "staff_media").law
    assert [each.law.key for each in beside] == ["private_recording_lawful"]
    strict = {**policy("woodbrook"), "settings": {**policy("woodbrook")["settings"], "staff_media": {"value": "never"}}}
    told = guidance(told_by(PolicyContent.model_validate(strict)))
    assert statement(told, "staff_media") == "Do not take photos of our staff, and do not film or record them."


def test_a_practice_is_asked_about_a_page_that_it_has() -> None:
    def asked(platform: str) -> str:
        told = guidance(told_by(edited(platform_accounts=[{"platform": platform, "url": None, "deletable": True}])))
        assert any(f"on our {page}:" in each.text for each in told.follows.statements for page in [PAGES[platform]])
        return question(told, "complaint_on_page").question

    assert {each: asked(each) for each in PAGES} == {
        "instagram": "Can I complain on your Instagram page?", "website": "Can I complain on your website?",
    }  # fmt: skip
    assert question(guidance_of("maryport"), "complaint_on_page").question == "Can I complain on your Facebook page?"


def on_our_pages(told: Guidance) -> list[str]:
    return [each.text for each in told.follows.statements if each.key.startswith("on_our_page")]


def test_every_page_where_a_post_is_deleted_is_named() -> None:
    """Woodbrook deletes on two of its pages, Coleridge on all of them, the others on Facebook."""
    named = {document: on_our_pages(guidance_of(document)) for document in PRACTICES}
    assert named.pop("woodbrook") == ["If you post abuse on our Facebook or Instagram page:"]
    assert named.pop("coleridge") == ["If you post abuse on our Facebook page or website:"]
    assert set(map(tuple, named.values())) == {("If you post abuse on our Facebook page:",)}
    silent = guidance(told_by(content_of("woodbrook").model_copy(update={"clauses": []})))
    assert on_our_pages(silent) == ["If you post abuse on our Facebook or Instagram page or website:"]


def test_pages_of_which_a_policy_says_different_things_are_told_apart() -> None:
    """Here a post on the website is reported, and the author of one on Facebook is asked to take it down."""
    content = policy("maryport")
    deleted = next(each for each in content["clauses"] if each["key"] == "unacceptable_material_on_page")
    asked = {**deleted, "key": "asked_on_page", "number": "3.3", "consequences": ["author_asked_to_remove"]}
    on_website = {**deleted, "platforms": ["website"], "consequences": ["post_reported"]}
    clauses = [each for each in content["clauses"] if each is not deleted]
    accounts = {"value": [{"platform": "facebook"}, {"platform": "website"}], "source": "Introduction"}
    settings = {**content["settings"], "platform_accounts": accounts}
    told = guidance(
        told_by(
            PolicyContent.model_validate({**content, "clauses": [*clauses, on_website, asked], "settings": settings})
        )
    )
    assert on_our_pages(told) == ["If you post abuse on our Facebook page:", "If you post abuse on our website:"]
    keys = [each.key for each in told.follows.statements]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("platforms", "said"),
    [
        (["website"], "We have a website."),
        (["facebook"], "We have a page on Facebook."),
        (["facebook", "website", "instagram"], "We have a website and pages on Facebook and Instagram."),
    ],
)
def test_the_practices_pages_are_told_as_people_call_them(platforms: list[str], said: str) -> None:
    accounts = [{"platform": each, "url": None, "deletable": True} for each in platforms]
    told = guidance(told_by(edited(platform_accounts=accounts))).reaching
    assert [each.text for each in told.statements if each.key == "pages"] == [said]


PAGES = {"instagram": "Instagram page", "website": "website"}


@pytest.mark.parametrize("document", PRACTICES)
def test_a_complaint_is_never_said_not_to_count(document: str) -> None:
    """The twelve months run from the event or from knowing of it, and a later complaint may still be looked into."""
    told = guidance_of(document)
    assert "count" not in question(told, "complaint_on_page").answer
    when = next(each.text for each in told.complaining.statements if each.key == "when")
    assert all(
        part in when for part in ("12 months of what went wrong", "found out", "later than that", "must tell you")
    )


@pytest.mark.parametrize("document", PRACTICES)
def test_every_rule_for_patients_is_told_word_for_word_and_where_it_stands(document: str) -> None:
    told, content = guidance_of(document), content_of(document)
    binding = [each for each in content.clauses if each.audience == Audience.PATIENTS]
    shown = {each.key: each for each in told.rules}
    assert [shown[each.key].text for each in binding] == [each.text for each in binding]
    assert all(shown[each.key].stands.source == each.source for each in binding)
    cited = {where.clause for answer in told.questions for where in answer.stands if where.clause}
    assert cited <= shown.keys()


REMARK = re.compile(r"\bdocument\b(?! of its own)|\b(this|the) (point|clause|section)\b|\bis empty\b|\bnames no\b")
"""How a remark on a document begins, and no rule."""


@pytest.mark.parametrize("document", PRACTICES)
def test_no_rule_is_told_with_a_remark_on_its_document(document: str) -> None:
    """What a document leaves open stands in a clause's note, which patients don't read."""
    content = content_of(document)
    assert [each.number for each in content.clauses if REMARK.search(each.text)] == []
    notes = {each.note for each in content.clauses if each.note}
    assert notes
    read = markdown(outline(guidance_of(document))).decode()
    assert [each for each in notes if each in read] == []


TOLD_IN = {
    Topic.COMPLAINTS: "complaining", Topic.INFORMATION_RIGHTS: "rights", Topic.TRAINING_PRACTICE: "rights",
    Topic.REMOVAL: "follows", Topic.CLOSURES: "rules", Topic.FEEDBACK: "rules",
}  # fmt: skip
"""Where patients read of what is not among the things that they are asked."""


@pytest.mark.parametrize("document", PRACTICES)
def test_no_rule_for_patients_is_left_out_of_the_plain_words(document: str) -> None:
    told, content = guidance_of(document), content_of(document)
    for clause in content.clauses:
        if clause.audience != Audience.PATIENTS or clause.topic in TOLD_IN:
            continue
        told_of = [each for each in told.asks.statements if clause.key in {where.clause for where in each.stands}]
        answered = [each for each in told.questions if clause.key in {where.clause for where in each.stands}]
        assert told_of or answered, clause.key


def test_nothing_is_asked_that_the_policy_does_not_say() -> None:
    content = PolicyContent.model_validate({**policy("maryport"), "clauses": policy("maryport")["clauses"][:1]})
    silent = content.model_copy(update={"settings": type(content.settings)()})
    told = guidance(told_by(silent))
    assert [each.key for each in told.asks.statements] == ["code_of_conduct"]
    assert {each.verdict for each in told.questions} == {Verdict.NOT_COVERED}
    assert all(each.stands == [] for each in told.questions)


def test_what_is_asked_follows_the_settings() -> None:
    assert statement(guidance_of("maryport"), "device_in_appointment") == (
        "Do not use a phone or any other device in your appointment."
    )
    assert statement(guidance_of("maryport"), "recording") is None
    assert "We would rather you did not." in str(statement(guidance_of("imperial"), "recording"))
    assert "It can help you" in str(statement(guidance_of("aspiro"), "recording"))
    assert "by email" in str(statement(guidance_of("coleridge"), "medical_messages"))
    assert statement(guidance_of("imperial"), "medical_messages") is None
    assert statement(guidance_of("woodbrook"), "reviews") == "You may review us on our website."


def test_contacts_are_those_of_the_practice_and_of_its_policy() -> None:
    told = guidance_of("coleridge").practice.contacts
    assert [(each.label, each.href) for each in told[:3]] == [
        ("Phone", "tel:01632960001"), ("Email", "mailto:surgery@example.com"), ("Website", "https://example.com"),
    ]  # fmt: skip
    assert {"About your health", "To tell us what you think"} <= {each.label for each in told}
    assert guidance(told_by(content_of("imperial"), Contacts())).practice.contacts == []


# The words


def test_there_are_words_for_everything_that_can_be_said() -> None:
    assert set(wording.ON_YOUR_OWN_TERMS) == {*Condition, *FurtherCondition}
    assert set(wording.DONE) == set(Consequence)
    assert set(wording.AT_FAULT) == set(BreachGround)
    assert set(wording.ROLES) >= PEOPLE
    assert set(wording.PLATFORMS) == set(Platform)
    assert set(wording.RIGHTS) == set(Article)
    assert set(wording.SAID) == set(Verdict)
    assert set(wording.LAW) == {each.law.key for each in law_beside.LAW}
    assert set(REVIEWS) == set(ReviewChannelKind)


def test_a_dozen_or_more_questions_are_asked_once_each() -> None:
    assert len({each.asks for each in QUESTIONS}) == len({each.key for each in QUESTIONS}) == len(QUESTIONS) >= 12
    assert {ACTS.validate_python(each.act).deed for each in QUESTIONS} >= {
        Deed.RECORD, Deed.PHOTOGRAPH, Deed.LEAVE_REVIEW, Deed.COMPLAIN, Deed.SEND_MEDICAL_MESSAGE, Deed.FRIEND_REQUEST,
    }  # fmt: skip
    assert all(each.asks.endswith("?") for each in QUESTIONS)


@pytest.mark.parametrize("document", PRACTICES)
def test_a_child_of_eleven_can_read_it(document: str) -> None:
    told = guidance_of(document)
    assert reading_age(words_of(told)) <= OLDEST_READER
    for each in (told.asks, told.follows, told.reaching, told.complaining, told.rights):
        said = [text for one in each.statements for text in (one.text, *one.items, *(law.says for law in one.law))]
        assert reading_age(said) <= OLDEST_SECTION, each.key


def test_the_measure_of_reading_tells_easy_from_hard() -> None:
    assert reading_age(["The cat sat on the mat. It was fat."]) < 6
    assert (
        reading_age(["Notwithstanding contractual obligations, practitioners facilitate appropriate communication."])
        > 20
    )
    assert reading_age(["Call 999."]) < reading_age(["Utilise telecommunication."])


def test_the_guidance_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "stale: python -m tests.test_guidance > docs/guidance.md"


# What is new


def edited(**settings: Any) -> PolicyContent:
    """Maryport's policy with other settings."""
    content = policy("maryport")
    changed = {name: {"value": value, "source": "Code of conduct, point 1"} for name, value in settings.items()}
    return PolicyContent.model_validate({**content, "settings": {**content["settings"], **changed}})


def test_what_is_new_is_told_answer_by_answer() -> None:
    now = version(edited(device_rule="by_agreement"), major=2)
    told = guidance(Told("ZZ0001", "Gingerbread", Contacts(), now, DAY), version(content_of("maryport")))
    assert told.changes
    assert told.changes.since == "1.0"
    found = {each.about: each for each in told.changes.changes}
    phone = found["Can I use my phone in my appointment?"]
    assert (phone.before, phone.after) == (
        "No. Please keep phones and other devices put away in your appointment.",
        "Yes, as long as: your doctor or nurse agrees.",
    )
    assert "Can I post a review?" not in found


def test_what_concerns_staff_alone_is_no_news_for_patients() -> None:
    now = version(edited(defence_body="A defence body"), major=2)
    told = guidance(Told("ZZ0001", "Gingerbread", Contacts(), now, DAY), version(content_of("maryport")))
    same = guidance(
        Told("ZZ0001", "Gingerbread", Contacts(), version(content_of("maryport"), major=2), DAY),
        version(content_of("maryport")),
    )
    assert told.changes
    assert (told.changes.summary, told.changes.changes) == (NOT_FOR_PATIENTS, [])
    assert same.changes
    assert same.changes.summary == NOTHING


def test_a_rule_that_is_new_or_gone_is_told() -> None:
    content = content_of("maryport")
    fewer = content.model_copy(update={"clauses": content.clauses[:-1]})
    gone = guidance(Told("ZZ0001", "G", Contacts(), version(fewer, major=2), DAY), version(content)).changes
    new = guidance(Told("ZZ0001", "G", Contacts(), version(content, major=2), DAY), version(fewer)).changes
    about = f"Rule {content.clauses[-1].number}"
    assert gone
    assert new
    assert [each.after for each in gone.changes if each.about == about] == [None]
    assert [each.before for each in new.changes if each.about == about] == [None]


def test_the_version_before_is_the_one_published_last() -> None:
    content = content_of("maryport")
    versions = [version(content, major=1), version(content, major=1, minor=1), version(content, major=2)]
    never = version(content, major=1, minor=2)
    never.published_at = None
    assert former([*versions, never], versions[2]) is versions[1]
    assert former(versions, versions[0]) is None


def document() -> str:
    """The page of the documentation, with the reading ages in it."""
    rows = [
        f"| {content_of(each).document.title} | {reading_age(words_of(guidance_of(each)))} "
        f"| {reading_age(rule.text for rule in guidance_of(each).rules)} |"
        for each in PRACTICES
    ]
    return INTRODUCTION + "\n".join(rows) + "\n"


INTRODUCTION = """# Guidance for patients

Every practice with a policy in force has a page for its patients, at an address that stays and needs no token:
`/practices/{ods}/guidance`. The code may be typed in either case. It says what the practice asks of them, answers the
questions that they ask, and tells what follows a breach, how to complain, what their rights are, and what is new since
the version before. All of it is made from the policy: the questions are answered by the conduct check, so that
practices answer as their policies differ, and where the law gives patients more than a rule does, the law stands beside
it.

| Address ends in | Form |
| --- | --- |
| `guidance`, `guidance.html` | a page in the NHS.UK style: no script, nothing from elsewhere, and good on paper |
| `guidance.pdf` | a tagged PDF (PDF/UA-1), where the extra `pdf` is installed; otherwise 501 |
| `guidance.md` | Markdown |
| `guidance.json` | data, with the clause or setting behind every sentence, and the sources of the law |

`guidance` itself answers in the form that the `Accept` header prefers. Answers have a strong `ETag` and may be kept for five
minutes. Staff read what any version would tell, before it is published, at `GET /v1/policies/{id}/guidance`.

The practice's name, contacts and rules are set as text in every form, whatever was typed into them. In the PDF a question mark
stands for a sign that its font doesn't have.

Why it is made so is told in [decision 0015](adr/0015-guidance-for-patients.md).

## How easy it is to read

Measured by the formula of Flesch and Kincaid, in years of age, over everything in our own words; every item of a list counts as
a sentence. The aim is 11. The rules, word for word, are the practice's own: they stand at the end, for whoever wants them
exactly.

| Made from | Our words | The rules, word for word |
| --- | --- | --- |
"""

if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - the page is written to standard output
