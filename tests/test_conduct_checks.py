"""Conduct checks: the same act at five practices, the law beside it, and nothing kept."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from sqlmodel import SQLModel

from models.clauses import Condition, Consequence
from models.conduct import MOST_ACTS, Act, AnyAct, Capture, Consented, Deed, Manner, Party, Purpose, Venue
from models.judgements import FurtherCondition, Judgement, Standing, Verdict
from models.policies import PolicyContent
from tests.conduct_story import DECIDED, NOT_COVERED, SEQUELS, STORY, TOPICS, Scene, Sequel
from tests.databases import as_owner
from tests.house import OPERATOR, PRACTICES, House, policy, publish_policy
from workflows.conduct import RULES, VersionInForce, judge
from workflows.conduct.requirements import WORDS
from workflows.law_beside import LAW

TODAY = date(2026, 11, 22)
READ: TypeAdapter[Any] = TypeAdapter(AnyAct)
KINDS: dict[Deed, type[Act]] = {
    get_args(kind.model_fields["deed"].annotation)[0]: kind for kind in get_args(get_args(AnyAct)[0])
}
PATH = "/v1/conduct-checks"
RECORDING = {"deed": "record", "venue": "consultation", "medium": "audio"}


@cache
def in_force(document: str) -> VersionInForce:
    """One of the five policies, as if it were in force."""
    content = PolicyContent.model_validate(policy(document))
    return VersionInForce(UUID(int=list(PRACTICES).index(document) + 1), content)


def judged(document: str, act: dict[str, Any] | Act, day: date = TODAY) -> Judgement:
    """What one of the five says of an act."""
    return judge(READ.validate_python(act) if isinstance(act, dict) else act, in_force(document), day)


def each_practice(rows: Sequence[Scene | Sequel]) -> list[Any]:
    """Every row at every practice."""
    return [
        pytest.param(document, row, id=f"{number}-{row.told}-{document}".replace(" ", "_"))
        for number, row in enumerate(rows)
        for document in PRACTICES
    ]


@pytest.mark.parametrize(("document", "scene"), each_practice(STORY))
def test_each_document_judges_an_act_in_its_own_way(document: str, scene: Scene) -> None:
    verdict, *keys = getattr(scene, document).split()
    answer = judged(document, scene.act)
    cited = {each.key for each in answer.clauses}
    assert answer.verdict == verdict, answer.explanation
    assert cited >= {each for each in keys if not each.startswith("!")}
    assert not cited & {each.removeprefix("!") for each in keys if each.startswith("!")}
    assert verdict != NOT_COVERED or not cited
    assert bool(answer.conditions_unmet) or verdict != Verdict.PERMITTED_IF


@pytest.mark.parametrize(("document", "sequel"), each_practice(SEQUELS))
def test_what_follows_is_what_the_document_says_will_or_may(document: str, sequel: Sequel) -> None:
    found = [each for each in judged(document, sequel.act).consequences if each.consequence == sequel.consequence]
    told = [" ".join([each.firmness, *each.by, *([each.by_origin] if each.by_origin else [])]) for each in found]
    assert told == ([getattr(sequel, document)] if getattr(sequel, document) else [])


@pytest.mark.parametrize(("topic", "act", "name", "values"), DECIDED)
def test_a_setting_that_decides_is_shown_with_its_origin(
    topic: str, act: dict[str, Any], name: str, values: dict[str, Any]
) -> None:
    for document in PRACTICES:
        shown = {each.name: each for each in judged(document, act).settings}
        if document in values:
            assert shown[name].value == values[document]
            assert shown[name].source, topic
        else:
            assert name not in shown or shown[name].source is None, topic


def test_the_story_tells_every_way_in_which_the_documents_differ() -> None:
    told_of = {each.topic for each in STORY} | {each.topic for each in SEQUELS} | {topic for topic, *_ in DECIDED}
    assert told_of == TOPICS
    assert len({json.dumps(each.act, sort_keys=True) for each in STORY}) >= 60
    assert {each.act["deed"] for each in STORY} == set(Deed)


def test_where_a_document_contradicts_itself_the_setting_decides_and_its_note_is_shown() -> None:
    photograph = {
        "deed": "photograph", "venue": "premises", "captures": ["staff_member"], "agreed": ["staff_member"],
        "other_patients_near": False,
    }  # fmt: skip
    answer = judged("woodbrook", photograph)
    assert {"staff_media", "staff_recording"} <= {each.key for each in answer.clauses}
    assert answer.verdict == Verdict.PERMITTED
    (setting,) = answer.settings
    assert (setting.name, setting.value) == ("staff_media", "with_consent")
    assert setting.note is not None
    assert "names no exception" in setting.note


def test_a_service_default_is_never_shown_as_the_documents_own() -> None:
    shown = {
        each.name: each for each in judged("imperial", {"deed": "complain", "venue": "complaints_procedure"}).settings
    }
    assert shown["never_removed_for_complaining"].origin == "service_default"


def test_every_clause_is_cited_where_it_can_be_read_in_the_order_of_the_document() -> None:
    version = in_force("woodbrook")
    answer = judged("woodbrook", RECORDING)
    everything = [each.key for each in version.content.clauses]
    places = [everything.index(each.key) for each in answer.clauses]
    assert all(earlier < later for earlier, later in pairwise(places))
    assert [each.citation for each in answer.clauses] == [
        f"/v1/clauses/{version.policy_id}/{each.key}" for each in answer.clauses
    ]


def laws(answer: Judgement) -> dict[str, Standing]:
    """The law beside a judgement, and whether it stands above."""
    return {each.key: each.standing for each in answer.law}


@pytest.mark.parametrize("document", PRACTICES)
def test_private_recording_is_lawful_and_adjustments_come_first_whatever_a_document_says(document: str) -> None:
    told = laws(judged(document, {**RECORDING, "manner": "covertly"}))
    assert told["private_recording_lawful"] == told["adjustments_first"] == Standing.ABOVE
    assert "adjustments_first" in laws(judged(document, {"deed": "use_device", "venue": "consultation"}))
    assert "private_recording_lawful" not in laws(judged(document, {**RECORDING, "venue": "waiting_room"}))


@pytest.mark.parametrize("document", PRACTICES)
def test_a_complaint_is_never_a_ground_for_removal_and_is_always_shown_its_route(document: str) -> None:
    for venue in ("premises", "complaints_procedure", "third_party_account"):
        answer = judged(document, {"deed": "complain", "venue": venue})
        assert laws(answer)["complaint_never_ground"] == laws(answer)["complaint_route"] == Standing.ABOVE
        assert not {each.consequence for each in answer.consequences} & {
            Consequence.IMMEDIATE_REMOVAL, Consequence.RELATIONSHIP_MAY_BREAK_DOWN, Consequence.LEGAL_ADVICE_SOUGHT,
        }  # fmt: skip


def test_zero_tolerance_is_narrowed_by_the_contract_regulations() -> None:
    answer = judged("imperial", {"deed": "abuse", "kind": "verbal_abuse", "venue": "premises"})
    (removal,) = [each for each in answer.consequences if each.consequence == Consequence.IMMEDIATE_REMOVAL]
    assert removal.narrowed_by == ["immediate_removal_narrow"]
    assert laws(answer)["immediate_removal_narrow"] == Standing.ABOVE


def test_the_end_of_a_relationship_is_narrowed_by_a_warning_first() -> None:
    act = {"deed": "post_online", "venue": "third_party_account", "grounds": ["obscene"], "left_up_after_request": True}
    ends = [each.narrowed_by for each in judged("aspiro", act).consequences if "relationship" in each.consequence]
    assert ends == [["warning_first"]]
    assert "warning_first" in laws(judged("aspiro", act))
    assert "warning_first" not in laws(judged("imperial", act))


def test_law_is_told_from_the_day_on_which_it_took_effect() -> None:
    complaint = {"deed": "complain", "venue": "email"}
    assert "data_protection_complaint" not in laws(judged("aspiro", complaint, date(2026, 6, 18)))
    assert "data_protection_complaint" in laws(judged("aspiro", complaint, date(2026, 6, 19)))


def test_a_removal_is_narrowed_only_by_law_that_is_in_force() -> None:
    act = {"deed": "abuse", "kind": "violence", "venue": "premises"}
    removal = judged("imperial", act, date(2015, 12, 6)).consequences[-1]
    assert removal.narrowed_by == []


@pytest.mark.parametrize("deed", ["friend_request", "send_medical_message"])
@pytest.mark.parametrize("document", PRACTICES)
def test_neither_a_medical_message_nor_a_friend_request_leads_to_a_sanction(document: str, deed: str) -> None:
    act = {"deed": deed} | ({"venue": "messaging"} if deed == "send_medical_message" else {})
    assert {each.consequence for each in judged(document, act).consequences} <= {
        Consequence.MESSAGE_DELETED, Consequence.REDIRECTED,
    }  # fmt: skip


@pytest.mark.parametrize("document", PRACTICES)
def test_praise_that_names_a_member_of_staff_is_not_pursued(document: str) -> None:
    act = {"deed": "post_online", "venue": "third_party_account", "grounds": ["identifies_staff"]}
    assert judged(document, {**act, "praise": True}).consequences == []


@pytest.mark.parametrize("key", [each.law.key for each in LAW])
def test_law_stands_in_the_table_once_with_a_source_and_a_date(key: str) -> None:
    (entry,) = [each for each in LAW if each.law.key == key]
    assert all(each.title and any(map(str.isdigit, each.dated)) for each in entry.law.sources)
    assert entry.deeds or entry.narrows


def test_everything_that_can_be_asked_for_has_its_words() -> None:
    assert set(WORDS) == {*Condition, *FurtherCondition}
    assert set(RULES) == set(KINDS) == set(Deed)


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of this type takes."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return st.one_of([values_of(each) for each in inner])
    if origin is Annotated:
        return values_of(inner[0])
    anything: st.SearchStrategy[Any] = st.from_type(annotation)
    return anything


def told(kind: type[Act]) -> st.SearchStrategy[dict[str, Any]]:
    """What somebody might send of this kind of act."""
    fields = kind.model_fields
    needed = {name: values_of(field.annotation) for name, field in fields.items() if field.is_required()}
    return st.fixed_dictionaries(
        needed,
        optional={name: values_of(field.annotation) for name, field in fields.items() if not field.is_required()},
    )


def makes_sense(said: dict[str, Any]) -> bool:
    """Whether nothing in it contradicts the rest."""
    try:
        READ.validate_python(said)
    except ValidationError:
        return False
    return True


ACTS: st.SearchStrategy[Act] = (
    st.sampled_from(list(KINDS.values())).flatmap(told).filter(makes_sense).map(READ.validate_python)
)
CONSENTED: st.SearchStrategy[Consented] = (
    st.sampled_from([kind for kind in KINDS.values() if issubclass(kind, Consented)])
    .flatmap(told).filter(makes_sense).map(READ.validate_python)
)  # fmt: skip
DOCUMENTS = st.sampled_from(list(PRACTICES))


@given(ACTS, DOCUMENTS, st.dates(min_value=date(2024, 2, 1), max_value=date(2040, 1, 1)))
def test_every_act_gets_an_answer_in_one_sentence_with_law_that_names_its_source(
    act: Act, document: str, day: date
) -> None:
    answer = judged(document, act, day)
    assert answer.explanation.endswith(".")
    assert answer.explanation.count(". ") == 0
    assert answer.law
    assert all(law.sources for law in answer.law)
    assert answer.verdict == Verdict.NOT_COVERED or answer.clauses
    assert {key for each in answer.consequences for key in each.narrowed_by} <= {law.key for law in answer.law}
    assert {key for each in answer.consequences for key in each.clauses} <= {each.key for each in answer.clauses}


@given(CONSENTED, DOCUMENTS, st.sampled_from(Party))
def test_consent_never_turns_what_is_permitted_into_a_breach(act: Consented, document: str, party: Party) -> None:
    said = act.model_dump()
    agreeing = {**said, "agreed": {*act.agreed, party}, "refused": act.refused - {party}}
    if isinstance(act, Capture) and act.manner == Manner.COVERTLY:
        agreeing["manner"] = Manner.OPENLY
    before, after = judged(document, act).verdict, judged(document, agreeing).verdict
    severity = [Verdict.PERMITTED, Verdict.PERMITTED_IF, Verdict.BREACH]
    if Verdict.NOT_COVERED in {before, after}:
        assert before == after
    else:
        assert severity.index(after) <= severity.index(before)


@given(ACTS, DOCUMENTS, st.data())
def test_a_policy_with_any_of_its_clauses_struck_out_still_judges(act: Act, document: str, data: st.DataObject) -> None:
    version = in_force(document)
    kept = data.draw(st.sets(st.sampled_from(version.content.clauses).map(lambda each: each.key)))
    content = version.content.model_copy(
        update={"clauses": [each for each in version.content.clauses if each.key in kept]}
    )
    answer = judge(act, VersionInForce(version.policy_id, content), TODAY)
    assert {each.key for each in answer.clauses} <= kept


@given(ACTS)
def test_without_a_policy_nothing_is_covered_and_the_law_still_stands(act: Act) -> None:
    answer = judge(act, None, TODAY)
    assert (answer.verdict, answer.clauses, answer.settings) == (Verdict.NOT_COVERED, [], [])
    assert answer.law


BAD_ACTS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown deed": ({"deed": "juggle"}, "/acts/0/deed"),
    "no deed": ({"venue": "premises"}, "/acts/0/deed"),
    "a name for somebody": ({"deed": "friend_request", "name": "Hansel"}, "/acts/0"),
    "a photograph that is sound": ({"deed": "photograph", "venue": "premises", "medium": "audio"}, "/acts/0/medium"),
    "a recording that is a photograph": ({**RECORDING, "medium": "photograph"}, "/acts/0/medium"),
    "somebody who agrees and refuses": ({**RECORDING, "agreed": ["clinician"], "refused": ["clinician"]}, "/acts/0"),
    "consent to what is secret": ({**RECORDING, "agreed": ["clinician"], "manner": "covertly"}, "/acts/0"),
    "somebody captured who is not there": (
        {**RECORDING, "captures": ["other_patient"], "other_patients_near": False}, "/acts/0",
    ),
    "what is private and posted": ({**RECORDING, "kept_private": True, "purpose": Purpose.TO_BE_POSTED}, "/acts/0"),
    "words that capture somebody": (
        {"deed": "post_online", "venue": "third_party_account", "captures": ["clinician"]}, "/acts/0",
    ),
    "a page without its platform": ({"deed": "post_online", "venue": "own_page"}, "/acts/0"),
    "an e-mail on a platform": ({"deed": "send_medical_message", "venue": "email", "platform": "x"}, "/acts/0"),
    "praise that defames": (
        {"deed": "leave_review", "venue": "nhs_website", "praise": True, "grounds": ["defamatory"]}, "/acts/0",
    ),
    "a blow by telephone": ({"deed": "abuse", "kind": "violence", "venue": "telephone"}, "/acts/0"),
    "a truth that is a word": ({"deed": "use_device", "venue": "premises", "courteous": "true"}, "/acts/0/courteous"),
}  # fmt: skip


def test_contradictions_and_unknown_fields_are_refused_where_they_stand_and_never_repeated(house: House) -> None:
    for act, pointer in BAD_ACTS.values():
        answer = house.ask("website", "POST", PATH, json={"acts": [act]})
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "malformed")
        assert [each["pointer"] for each in problem["errors"]] == [pointer]
        assert "juggle" not in answer.text
        assert "Hansel" not in answer.text
        assert "name" not in problem["errors"][0]["detail"].split()


def test_a_batch_holds_between_one_and_fifty_acts(house: House) -> None:
    for number, status in ((0, 422), (1, 200), (MOST_ACTS, 200), (MOST_ACTS + 1, 422)):
        answer = house.ask("website", "POST", PATH, json={"acts": [RECORDING] * number})
        assert answer.status_code == status
        if status == 200:
            assert len(answer.json()["judgements"]) == number


def test_each_practice_answers_by_the_version_that_is_in_force_there(house: House) -> None:
    scenes = [
        each for each in STORY if each.topic in {"recording one's own consultation", "reviews", "friend requests"}
    ]
    for document, code in PRACTICES.items():
        answer = house.ask("website", "POST", PATH, practice=code, json={"acts": [each.act for each in scenes]})
        assert answer.status_code == 200, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        body = answer.json()
        (active,) = house.reads("website", "/v1/policies?state=active", practice=code)["items"]
        assert (body["policy"]["policy_id"], body["policy"]["number"]) == (active["id"], "1.0")
        verdicts = [each["verdict"] for each in body["judgements"]]
        assert verdicts == [getattr(each, document).split()[0] for each in scenes]
        cited = next(each for each in body["judgements"] if each["clauses"])["clauses"][0]
        assert house.reads("website", cited["citation"], practice=code)["clause"]["text"] == cited["text"]


def test_acts_are_judged_anew_when_another_version_comes_into_force(house: House) -> None:
    code = PRACTICES["maryport"]
    publish_policy(house, "aspiro", code)
    answer = house.ask("website", "POST", PATH, practice=code, json={"acts": [RECORDING]}).json()
    assert answer["policy"]["number"] == "2.0"
    assert answer["judgements"][0]["verdict"] == "permitted_if"


def test_where_no_policy_is_in_force_nothing_is_covered(house: House) -> None:
    (active,) = house.reads("hansel", "/v1/policies?state=active")["items"]
    version = house.ask("hansel", "GET", f"/v1/policies/{active['id']}")
    assert house.does("hansel", "withdraw", version, json={"reason": "The wolf ate it."}).status_code == 200
    answer = house.ask("website", "POST", PATH, json={"acts": [RECORDING]}).json()
    assert answer["policy"] is None
    assert answer["judgements"][0]["verdict"] == NOT_COVERED
    assert "private_recording_lawful" in {each["key"] for each in answer["judgements"][0]["law"]}


def test_machines_and_staff_may_ask_and_nobody_else(house: House) -> None:
    for person, status in (
        ("website", 200),
        ("clinical-system", 200),
        ("cinderella", 200),
        (OPERATOR, 403),
        ("wicked-witch", 403),
    ):
        assert house.ask(person, "POST", PATH, json={"acts": [RECORDING]}).status_code == status
    assert house.client.post(PATH, json={"acts": [RECORDING]}).status_code == 401
    assert house.ask("wicked-witch", "POST", PATH, json={"acts": []}).status_code == 403


def test_nothing_is_kept_and_an_idempotency_key_means_nothing(house: House) -> None:
    before = contents(house)
    for key in ("once-upon-a-time", "once-upon-a-time", "no key\N{SNOWMAN}".encode(), "x" * 300):
        for act in (RECORDING, {"deed": "friend_request"}):
            answer = house.ask("hansel", "POST", PATH, json={"acts": [act]}, headers={"Idempotency-Key": key})
            assert answer.status_code == 200, answer.text
            assert answer.json()["judgements"][0]["deed"] == act["deed"]
            assert "Idempotent-Replayed" not in answer.headers
    assert contents(house) == before


def contents(house: House) -> list[list[tuple[Any, ...]]]:
    """Everything in every table, as its owner sees it."""
    return [
        sorted(as_owner(house.database, f"SELECT * FROM {table}"), key=repr)  # noqa: S608 - the house's own tables
        for table in SQLModel.metadata.tables
    ]


def test_the_words_of_every_enumeration_are_documented(house: House) -> None:
    schemas = house.client.get("/openapi.json").json()["components"]["schemas"]
    for name in ("Venue", "Party", "Shown", "Subject", "Purpose", "Manner", "Verdict", "FurtherCondition", "Standing"):
        assert schemas[name]["description"], name
    assert all(f"`{each}`" in schemas["Verdict"]["description"] for each in Verdict)
    assert all(f"`{each}`" in schemas["Venue"]["description"] for each in Venue)
    assert all(schemas[kind.__name__]["properties"]["deed"]["const"] == deed for deed, kind in KINDS.items())
    assert schemas["MakeRecording"]["properties"]["medium"]["description"]
    assert schemas["UseDevice"]["properties"]["venue"]["description"]
