"""The dated table of the law: what holds on which day, and what a letter names of it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.legal_references import LegalBasis, LegalPurpose
from models.letter_facts import AccessDecision
from models.letter_facts.rights import Outcome
from models.practices import Contacts, Practice
from service.in_force import in_force as in_force_at
from service.settings import Settings, SettingsRefused
from tests.house import House
from tests.laws import NOON
from tests.letter_facts import ABOUT, EVERY, HERE, answered, named
from workflows.law_beside import COMPLAINTS_2009
from workflows.legal_references import ALL, BY_KEY, basis_in_force, cited, holds, in_force
from workflows.letter_texts.composing import citations, compose, template_of
from workflows.letter_texts.writing import TEMPLATES
from workflows.regulator import REGULATORS, regulator_on

TODAY = date(2026, 11, 22)
OFFENCES_CHANGED = date(2024, 1, 31)


def test_every_reference_has_its_own_name_and_every_ground_has_one() -> None:
    assert len(BY_KEY) == len(ALL)
    assert {each.legal_basis for each in ALL if each.legal_basis} == set(LegalBasis)
    assert all(each.in_force_until is None or each.in_force_from < each.in_force_until for each in ALL)
    assert {purpose for each in ALL for purpose in each.purposes} == set(LegalPurpose)


@pytest.mark.parametrize(
    ("basis", "before", "since"),
    [
        (LegalBasis.FALSE_COMMUNICATION, False, True),
        (LegalBasis.THREATENING_COMMUNICATION, False, True),
        (LegalBasis.MALICIOUS_COMMUNICATION_BEFORE_2024, True, False),
        (LegalBasis.PUBLIC_NETWORK_MISUSE_BEFORE_2024, True, False),
        (LegalBasis.MALICIOUS_COMMUNICATION, True, True),
        (LegalBasis.PUBLIC_NETWORK_MISUSE, True, True),
    ],
)
def test_offences_changed_with_the_online_safety_act(basis: LegalBasis, before: bool, since: bool) -> None:
    assert bool(basis_in_force(basis, OFFENCES_CHANGED - timedelta(days=1))) == before
    assert bool(basis_in_force(basis, OFFENCES_CHANGED)) == since


def test_what_holds_for_one_purpose() -> None:
    assert {each.key for each in in_force(TODAY, LegalPurpose.REMOVAL)} == {
        "pms_removal", "pms_violence", "gms_removal", "gmc_ending", "equality_act",
    }  # fmt: skip
    assert in_force(date(1980, 1, 1)) == []


def test_what_the_law_beside_a_policy_says_of_a_source_is_said_once() -> None:
    assert BY_KEY["complaints_2009"].source is COMPLAINTS_2009


@pytest.mark.parametrize("facts", EVERY, ids=named)
def test_a_letter_names_only_law_that_is_known_and_holds(facts: Any) -> None:
    """LET-26"""
    named_by_template = TEMPLATES[facts.template].law
    assert set(named_by_template) <= BY_KEY.keys()
    assert [each.key for each in citations(facts, TODAY)] == list(template_of(facts).law)
    assert all(each.verified == BY_KEY[each.key].source.verified for each in citations(facts, TODAY))


def test_a_letter_names_what_holds_on_its_day() -> None:
    """LET-26"""
    assert [each.key for each in cited(["dpa_164a", "dpa_165"], date(2026, 6, 18))] == ["dpa_165"]
    assert [each.key for each in cited(["dpa_164a"], date(2026, 6, 19))] == ["dpa_164a"]
    assert not holds(BY_KEY["nhs_protect_recording"], TODAY)


@pytest.mark.parametrize(
    ("day", "name", "other"),
    [
        (date(2026, 9, 29), "the Information Commissioner (ICO)", "the Information Commission (ICO)"),
        (date(2026, 9, 30), "the Information Commission (ICO)", "the Information Commissioner (ICO)"),
    ],
)
def test_the_regulator_is_the_one_of_the_day(day: date, name: str, other: str) -> None:
    """LET-26"""
    facts = AccessDecision.model_validate(ABOUT | answered(Outcome.REFUSED))
    said = compose(facts, HERE, day, None).model_dump_json()
    assert name in said
    assert other not in said


def test_the_regulator_is_known_by_lines_with_their_days_and_an_installation_adds_its_own() -> None:
    """LET-26"""
    moved = REGULATORS[-1].model_copy(update={"since": date(2026, 11, 1), "address": ("3 Glass Hill", "Far Away")})
    assert regulator_on(date(2026, 10, 31), [moved]) == REGULATORS[-1]
    assert regulator_on(date(2026, 11, 1), [moved]) == moved
    with pytest.raises(LookupError):
        regulator_on(date(2018, 5, 24))


MOVED = (
    '[{"name": "the Information Commission (ICO)", "since": "2026-11-01", "website": "https://ico.org.uk/make-a-complaint",'
    ' "phone": "0303 123 1113", "address": ["3 Glass Hill", "Far Away"]}]'
)


def test_an_installation_says_by_a_setting_where_the_regulator_is_now(tmp_path: Path, monkeypatch: Any) -> None:
    """LET-26"""
    monkeypatch.setenv("CHARTER_REGULATORS", MOVED)
    (known,) = Settings(data_folder=tmp_path).regulators
    here = in_force_at(
        "ZZ0001",
        Practice(practice="ZZ0001", name="The Glass Hill", contacts=Contacts(), created_at=NOON),
        regulators=(known,),
    )
    facts = AccessDecision.model_validate(ABOUT | answered(Outcome.REFUSED))
    assert "You can write to: 3 Glass Hill, Far Away." in compose(facts, here, TODAY, None).model_dump_json()
    assert "3 Glass Hill" not in compose(facts, here, date(2026, 10, 31), None).model_dump_json()


@pytest.mark.parametrize("said", ["[", "{}", '[{"name": "the ICO"}]'])
def test_a_regulator_that_is_half_said_is_refused_at_the_start(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_REGULATORS", said)
    with pytest.raises(SettingsRefused, match="CHARTER_REGULATORS"):
        Settings(data_folder=tmp_path)


# By HTTP


def test_staff_read_the_law_of_a_day_for_a_purpose(house: House) -> None:
    found = house.reads("cinderella", "/v1/legal-references?on=2024-01-30&for=legal_referral")
    assert found["on"] == "2024-01-30"
    keys = {each["key"] for each in found["items"]}
    assert "malicious_communication_before_2024" in keys
    assert not keys & {"false_communication", "threatening_communication", "pms_removal"}
    now = house.reads("cinderella", "/v1/legal-references")
    assert now["on"] == house.clock.moment.date().isoformat()
    assert {each["key"] for each in now["items"]} == {each.key for each in in_force(house.clock.moment.date())}
    assert all(each["source"]["verified"] in {True, False} for each in now["items"])


@pytest.mark.parametrize("query", ["on=yesterday", "for=fun", "purpose=removal", "on=2026-01-01&on=2026-01-02"])
def test_what_can_not_be_asked_of_the_law_is_a_fault(house: House, query: str) -> None:
    assert house.ask("cinderella", "GET", f"/v1/legal-references?{query}").status_code == 422


def test_the_law_is_for_the_staff(house: House) -> None:
    assert house.ask("website", "GET", "/v1/legal-references").status_code == 403
    assert house.client.get("/v1/legal-references").status_code == 401
