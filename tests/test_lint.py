"""The lint finds the known defects of the five policies and nothing in a clean one, and each check bites on its own."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.policies import PolicyContent
from models.roles import PEOPLE as ROLES
from models.roles import Duty
from service.policy_files import read_policies
from tests import commands
from tests.clean_policy import clause, clean_policy, content, stated
from tests.house import PRACTICES, House
from workflows.dated_names import DATED_NAMES
from workflows.lint import CHECKS, lint
from workflows.lint.findings import Finding, Severity

TODAY = date(2026, 11, 22)
LIBRARY = Path(__file__).parent.parent / "policies"
ALL_FIVE = frozenset(PRACTICES)
Policy = dict[str, Any]
Change = Callable[[Policy], Any]


@cache
def template(document: str) -> PolicyContent:
    (file,) = read_policies([LIBRARY / f"{document}.yaml"])
    return file.content


@cache
def found_in(document: str) -> dict[str, Finding]:
    return {finding.key: finding for finding in lint(template(document), TODAY)}


def labels(document: str, key: str) -> list[str]:
    return [each.label for each in found_in(document)[key].where]


def keys(policy: Policy, today: date = TODAY) -> list[str]:
    return [finding.key for finding in lint(content(policy), today)]


# The five policies: D1 to D17 are the defects of the published documents, as they were catalogued

DEFECTS: dict[str, dict[str, Iterable[str]]] = {
    "D1": {"self_approved_version": {"woodbrook"}},
    "D2": {"review_date_missing": ALL_FIVE},
    "D3": {"heading_contradicts_section": {"woodbrook"}},
    "D4": {
        "staff_media_contradiction": {"woodbrook", "aspiro"},
        "public_area_media_contradiction": {"woodbrook", "aspiro"},
    },
    "D5": {
        "complaint_deleted_and_routed": {"woodbrook", "aspiro"},
        "complaint_deleted_without_reply": {"imperial", "maryport"},
    },
    "D6": {"recording_views_differ": {"woodbrook", "aspiro"}, "recording_rule_contradiction": {"aspiro"}},
    "D7": {
        "left_blank": {"imperial", "maryport", "woodbrook", "aspiro"},
        "links_without_target": {"imperial", "woodbrook", "aspiro"},
        "complaints_link_without_target": ALL_FIVE,
    },
    "D8": {"applies_to_differs": {"woodbrook", "aspiro"}},
    "D9": {"review_channel_unusable": {"imperial", "woodbrook", "aspiro"}},
    "D10": {"stale_nhs_choices": {"coleridge", "maryport"}},
    "D11": {"recognised_platforms_unanswered": {"coleridge", "maryport"}},
    "D12": {"access_right_missing": {"imperial"}, "rights_without_limits": {"imperial"}},
    "D13": {"identifying_staff_catches_praise": ALL_FIVE},
    "D14": {"claim_without_claimant": {"woodbrook", "aspiro"}},
    "D15": {"defence_body_unnamed": {"woodbrook"}, "defence_body_in_wording": {"aspiro"}},
    "D16": {"stale_nhs_protect": {"aspiro"}, "stale_health_education_england": {"imperial"}},
    "D17": {"stale_good_medical_practice_2013": {"aspiro"}},
}
OTHERS: dict[str, Iterable[str]] = {
    "immediate_removal_for_verbal_abuse": {"imperial"},
    "removal_without_warning": {"woodbrook", "aspiro"},
    "complaint_protection_unstated": {"imperial", "coleridge", "maryport"},
    "grievance_not_a_complaint": {"woodbrook", "aspiro"},
    "deletion_beyond_own_pages": {"coleridge"},
    "permission_to_record": {"imperial", "woodbrook", "aspiro"},
    "device_ban_without_exception": {"maryport"},
    "record_code_for_audio_only": {"woodbrook", "aspiro"},
    "inaccurate_or_embarrassing": ALL_FIVE,
    "reviews_confined": {"maryport"},
    "medical_message_deleted_unseen": {"coleridge"},
    "redirect_without_address": {"coleridge"},
    "equality_not_considered": {"imperial", "coleridge", "maryport"},
    "link_superseded": {"aspiro"},
    "pages_without_address": ALL_FIVE,
    "duty_left_open": {"imperial", "coleridge", "woodbrook", "aspiro"},
    "service_defaults": ALL_FIVE,
    "stale_twitter": {"coleridge", "maryport", "aspiro"},
    "stale_malicious_communications_act": {"woodbrook"},
    "stale_communications_act": {"woodbrook"},
    "stale_general_data_protection_regulation": {"aspiro"},
}
"""What else is found in which of the five: gaps, stale names, and words that the law narrows."""
EXPECTED = {key: documents for each in [*DEFECTS.values(), OTHERS] for key, documents in each.items()}


@pytest.mark.parametrize("document", PRACTICES)
def test_these_findings_and_no_others_are_in_a_published_policy(document: str) -> None:
    assert set(found_in(document)) == {key for key, documents in EXPECTED.items() if document in documents}


def test_every_catalogued_defect_is_found_somewhere() -> None:
    assert list(DEFECTS) == [f"D{number}" for number in range(1, 18)]
    assert all(documents for findings in DEFECTS.values() for documents in findings.values())


@pytest.mark.parametrize(
    ("document", "key", "places"),
    [
        ("woodbrook", "self_approved_version", ["version 1 in the version table", "version 1.1 in the version table"]),
        ("woodbrook", "heading_contradicts_section", ["section 3.2"]),
        ("aspiro", "staff_media_contradiction", ["clause A.5.2", "setting staff_media"]),
        ("woodbrook", "complaint_deleted_and_routed", ["clause A.C.3", "clause 2.4.8"]),
        ("aspiro", "recording_views_differ", ["clause 5.2.1", "clause 5.1.1", "clause A.3", "setting recording_stance"]),
        ("coleridge", "stale_nhs_choices", ["setting review_channel", "clause 7.1"]),
        ("imperial", "access_right_missing", ["setting rights_listed"]),
        ("maryport", "device_ban_without_exception", ["setting device_rule", "clause 1.2"]),
    ],
)  # fmt: skip
def test_a_finding_says_where(document: str, key: str, places: list[str]) -> None:
    assert labels(document, key) == places


@pytest.mark.parametrize(
    ("document", "numbers"),
    [("imperial", ["7", "E.1"]), ("woodbrook", ["2.1.2", "2.1.3"]), ("aspiro", ["4.4.4", "4.5.2", "A.7"])],
)
def test_what_a_clause_leaves_open_is_pointed_at_by_its_note(document: str, numbers: list[str]) -> None:
    clauses = [each for each in labels(document, "left_blank") if each.startswith("clause ")]
    assert clauses == [f"clause {each}" for each in numbers]


def test_the_four_empty_lists_are_each_pointed_at() -> None:
    blank = [each for each in labels("aspiro", "left_blank") if "the list is empty" in each]
    assert len(blank) == 4


@pytest.mark.parametrize("document", PRACTICES)
def test_every_pointer_leads_to_its_place(document: str) -> None:
    assert_pointers_lead(template(document), found_in(document).values())


def assert_pointers_lead(policy: PolicyContent, findings: Iterable[Finding]) -> None:
    """A pointer that leads nowhere is a KeyError, or an IndexError."""
    whole = policy.model_dump(mode="json")
    for where in (each for finding in findings for each in finding.where):
        place: Any = whole
        for part in where.pointer.split("/")[1:]:
            place = place[int(part)] if isinstance(place, list) else place[part]
        assert not where.label.startswith("clause ") or place["number"] == where.label.removeprefix("clause ")


def test_what_matters_most_comes_first() -> None:
    for document in PRACTICES:
        severities = [list(Severity).index(each.severity) for each in found_in(document).values()]
        assert severities == sorted(severities)


JUDGING = re.compile(r"\b(unlawful|illegal|breach|violat|wrong|must not|must|should|error|fails)\b", re.IGNORECASE)


@pytest.mark.parametrize("document", PRACTICES)
def test_the_wording_is_neutral_and_has_a_source(document: str) -> None:
    assert not [each.message for each in found_in(document).values() if JUDGING.search(each.message)]
    assert all(each.source.citation for each in found_in(document).values())


# A clean policy, and one change at a time


def test_nothing_is_found_in_a_clean_policy() -> None:
    assert lint(content(), TODAY) == []
    assert lint(content(), TODAY, ROLES) == []


def settle(policy: Policy, **values: Any) -> None:
    policy["settings"].update({name: stated(value) for name, value in values.items()})


def edit(policy: Policy, key: str, **changes: Any) -> None:
    for each in policy["clauses"]:
        each.update(changes if each["key"] == key else {})


def drop(policy: Policy, *names: str) -> None:
    policy["clauses"] = [each for each in policy["clauses"] if each["key"] not in names]


def add(policy: Policy, *more: Policy) -> None:
    numbered = [{"number": f"9.{place}", "source": "Point 9", **each} for place, each in enumerate(more)]
    policy["clauses"] += numbered


def link(policy: Policy, **said: Any) -> None:
    policy["links"].append({"kind": "policy", "source": "Section A", "target": "https://example.com", **said})


def all_of(*steps: Callable[[], Any]) -> None:
    for step in steps:
        step()


BITES: dict[str, Change] = {
    "immediate_removal_for_verbal_abuse": lambda p: settle(p, immediate_removal_grounds=["verbal_abuse", "violence"]),
    "removal_without_warning": lambda p: edit(p, "relationship_breakdown", text="Then the relationship may end."),
    "removal_for_complaining": lambda p: settle(p, never_removed_for_complaining=False),
    "complaint_protection_unstated": lambda p: p["settings"].pop("never_removed_for_complaining"),
    "grievance_not_a_complaint": lambda p: settle(p, social_media_grievance_is_complaint=False),
    "complaint_deleted_without_reply": lambda p: all_of(
        lambda: settle(p, page_complaint="deleted", generic_reply_to_complaints=False),
        lambda: edit(p, "complaint_on_page", consequences=["post_deleted"]),
        lambda: drop(p, "complaint_reply", "complaint_in_post"),
    ),
    "deletion_beyond_own_pages": lambda p: all_of(
        lambda: settle(p, page_complaint_scope="any_platform"),
        lambda: edit(p, "complaint_on_page", places=["any_platform"]),
    ),
    "permission_to_record": lambda p: all_of(
        lambda: settle(p, recording_rule="by_agreement"),
        lambda: edit(p, "overt_recording", conditions=["clinician_agrees"]),
    ),
    "device_ban_without_exception": lambda p: all_of(
        lambda: settle(p, device_rule="never", recording_rule="silent"),
        lambda: edit(p, "device_in_consultation", conditions=[]),
        lambda: drop(p, "overt_recording"),
    ),
    "record_code_for_audio_only": lambda p: edit(p, "record_entry", text="The record gets code 431315003."),
    "inaccurate_or_embarrassing": lambda p: edit(
        p, "unacceptable_material_on_page", grounds=["inaccurate", "harassing"]
    ),
    "identifying_staff_catches_praise": lambda p: edit(p, "identifying_staff", conditions=[]),
    "reviews_confined": lambda p: all_of(
        lambda: settle(p, review_channel={"kind": "nhs_website", "obligatory": True}),
        lambda: edit(p, "reviews", modality="must"),
    ),
    "medical_message_deleted_unseen": lambda p: edit(p, "medical_messages", text="A medical message is deleted."),
    "access_right_missing": lambda p: settle(p, rights_listed=["16"]),
    "rights_without_limits": lambda p: edit(p, "information_rights", text="Patients may use their rights."),
    "claim_without_claimant": lambda p: edit(p, "possible_claim", text="We might claim for private information."),
    "defence_body_in_wording": lambda p: edit(p, "defence_body_asked", text="The MDU may be asked."),
    "setting_the_service_does_not_follow": lambda p: settle(p, approval_before_posting=False),
    "staff_media_contradiction": lambda p: edit(p, "staff_media", conditions=[]),
    "device_rule_contradiction": lambda p: edit(p, "device_in_consultation", conditions=[]),
    "recording_rule_contradiction": lambda p: settle(p, recording_rule="by_agreement"),
    "public_area_media_contradiction": lambda p: edit(p, "public_area_media", text="No photographs here."),
    "page_complaint_contradiction": lambda p: settle(p, page_complaint="deleted"),
    "page_complaint_scope_contradiction": lambda p: edit(p, "complaint_on_page", places=["any_platform"]),
    "deletion_scope_contradiction": lambda p: settle(p, deletion_scope="all_practice_outlets"),
    "generic_reply_to_complaints_contradiction": lambda p: settle(p, generic_reply_to_complaints=False),
    "review_channel_contradiction": lambda p: edit(p, "reviews", modality="must"),
    "medical_messages_contradiction": lambda p: settle(p, medical_messages="not_addressed"),
    "friend_requests_contradiction": lambda p: edit(p, "friend_requests", modality="must_not"),
    "legal_advice_contradiction": lambda p: settle(p, legal_advice="will"),
    "relationship_breakdown_named_contradiction": lambda p: settle(p, relationship_breakdown_named=False),
    "complaint_deleted_and_routed": lambda p: all_of(
        lambda: settle(p, page_complaint="deleted"),
        lambda: edit(p, "complaint_on_page", consequences=["post_deleted"]),
    ),
    "recording_views_differ": lambda p: settle(p, recording_stance="discouraged"),
    "device_ban_against_recording": lambda p: all_of(
        lambda: settle(p, device_rule="never"),
        lambda: edit(p, "device_in_consultation", conditions=[], text="None, except as a reasonable adjustment."),
    ),
    "heading_contradicts_section": lambda p: p["sections"][0].update(title="Secret recordings"),
    "applies_to_differs": lambda p: p.update(applies_to=["registered_patients"]),
    "recognised_platforms_unanswered": lambda p: drop(p, "ask_author_to_remove"),
    "clause_on_page_not_run": lambda p: edit(p, "complaint_on_page", platforms=["linkedin"]),
    "review_date_missing": lambda p: p.pop("review_due"),
    "self_approved_version": lambda p: p["document"].update(
        history=[{"number": "1", "changed_on": "May 2026", "self_approved": True}]
    ),
    "equality_not_considered": lambda p: p.update(equality_considered=stated(False)),
    "left_blank": lambda p: edit(p, "reviews", text="Reviews can be left at [insert address]."),
    "complaints_link_missing": lambda p: p["links"].pop(0),
    "complaints_link_without_target": lambda p: p["links"][0].pop("target"),
    "links_without_target": lambda p: link(p, title="Whistleblowing policy", target=None),
    "link_superseded": lambda p: link(p, title="Confidentiality policy", superseded_by="A handbook"),
    "pages_without_address": lambda p: p["settings"]["platform_accounts"]["value"][0].pop("url"),
    "review_channel_unusable": lambda p: settle(p, review_channel={"kind": "own_page"}),
    "redirect_without_address": lambda p: settle(p, online_contact_url=None),
    "defence_body_unnamed": lambda p: settle(p, defence_body="The practice's defence union"),
    "duty_left_open": lambda p: p["settings"]["duties"].pop("answer_reviews"),
    "service_defaults": lambda p: p["settings"].pop("covert_trigger"),
    "stale_nhs_choices": lambda p: edit(p, "reviews", text="Reviews can be left on NHS choices."),
    "stale_nhs_protect": lambda p: link(p, title="Patients who record", publisher="NHS Protect"),
    "stale_health_education_england": lambda p: p["sections"][0].update(summary="Rated by Health Education England."),
    "stale_nhs_digital": lambda p: link(p, title="Guidance", publisher="NHS Digital"),
    "stale_public_health_england": lambda p: link(p, title="Guidance", publisher="Public Health England"),
    "stale_clinical_commissioning_group": lambda p: p.update(purpose="Agreed with the clinical commissioning group."),
    "stale_national_reporting_and_learning_system": lambda p: p.update(rationale="We report to the NRLS."),
    "stale_twitter": lambda p: p["settings"]["recognised_platforms"].update(note="Twitter is one of them."),
    "stale_malicious_communications_act": lambda p: settle(p, legal_bases=["Malicious Communications Act 1988"]),
    "stale_communications_act": lambda p: settle(p, legal_bases=["Communications Act 2003, section 127"]),
    "stale_data_protection_act_1998": lambda p: link(p, title="Data Protection Act 1998"),
    "stale_general_data_protection_regulation": lambda p: p["definitions"][0].update(
        meaning="See the UK General Data Protection Regulations."
    ),
    "stale_good_medical_practice_2013": lambda p: link(p, title="Good Medical Practice", edition="2013"),
}  # fmt: skip
"""A change to the clean policy that calls for exactly one finding."""


@pytest.mark.parametrize("key", BITES)
def test_a_check_bites_and_no_other_does(key: str) -> None:
    policy = clean_policy()
    BITES[key](policy)
    (finding,) = lint(content(policy), TODAY)
    assert finding.key == key
    assert not JUDGING.search(finding.message)


def test_every_check_is_proved_to_bite() -> None:
    needs_the_staff = {"duty_without_holder"}
    assert {check.key for check in CHECKS} == set(BITES) | needs_the_staff
    assert len({check.key for check in CHECKS}) == len(CHECKS)


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(BITES)), unique=True))
def test_changes_that_come_together_are_all_pointed_at(changed: list[str]) -> None:
    policy = clean_policy()
    for key in changed:
        BITES[key](policy)
    assert_pointers_lead(content(policy), lint(content(policy), TODAY, frozenset()))


@pytest.mark.parametrize("duty", Duty)
def test_a_duty_that_nobody_can_do_is_found_where_the_staff_are_known(duty: Duty) -> None:
    policy = clean_policy()
    policy["settings"]["duties"][duty] = stated(["information_rights_lead"])
    held = ROLES - {"information_rights_lead"}
    (finding,) = lint(content(policy), TODAY, held)
    assert finding.key == "duty_without_holder"
    assert [each.pointer for each in finding.where] == [f"/settings/duties/{duty}"]
    assert lint(content(policy), TODAY, ROLES) == lint(content(policy), TODAY) == []


# What is not found


@pytest.mark.parametrize("name", DATED_NAMES, ids=lambda name: name.key)
def test_a_name_is_read_as_it_was_meant_until_it_goes_out_of_date(name: Any) -> None:
    policy = clean_policy()
    BITES[f"stale_{name.key}"](policy)
    assert keys(policy, name.since) == [f"stale_{name.key}"]
    assert keys(policy, name.since - timedelta(days=1)) == []


@pytest.mark.parametrize(
    "words",
    [
        "X (formerly Twitter)", "The UK General Data Protection Regulation (UK GDPR)", "The NHS website", "NHS England",
        "The Data Protection Act 2018", "Good medical practice (2024)", "An integrated care board",
    ],
)  # fmt: skip
def test_a_name_of_today_is_left_alone(words: str) -> None:
    policy = clean_policy()
    edit(policy, "friend_requests", text=words)
    assert keys(policy) == []


def test_an_older_statute_beside_the_one_that_replaced_it_is_up_to_date() -> None:
    policy = clean_policy()
    settle(policy, legal_bases=["Malicious Communications Act 1988", "Online Safety Act 2023, section 181"])
    assert keys(policy) == []


def test_a_sentence_that_denies_a_warning_is_none() -> None:
    for words in ("The relationship may end without a warning.", "The policy does not speak of a warning."):
        policy = clean_policy()
        edit(policy, "relationship_breakdown", text=words)
        assert keys(policy) == ["removal_without_warning"]


def test_praise_that_is_spoken_of_is_not_caught() -> None:
    policy = clean_policy()
    edit(policy, "identifying_staff", conditions=[], text="No comments that identify staff, except to thank them.")
    assert keys(policy) == []


def test_clauses_that_contradict_each_other_are_found_through_the_setting() -> None:
    policy = clean_policy()
    add(policy, clause("staff_media_again", "staff_media", "must_not", "Staff are never photographed."))
    (finding,) = lint(content(policy), TODAY)
    assert finding.message == "Clause 9.0 reads as “never”; the setting staff_media holds “with consent”."


# On the command line


run = partial(commands.run, "policies", "lint")


def test_the_command_shows_a_table_and_never_fails_for_what_it_finds() -> None:
    told = run(str(LIBRARY / "imperial.yaml"))
    assert told.exit_code == 0
    assert "imperial.yaml" in told.output
    assert "immediate_removal_for_verbal_abuse" in told.output.replace("\n", "")


def test_the_command_answers_machines_with_all_five() -> None:
    told = run("--json", str(LIBRARY))
    assert told.exit_code == 0
    answer = json.loads(told.stdout)
    shown = {Path(each["policy"]).stem: {finding["key"] for finding in each["findings"]} for each in answer["policies"]}
    assert shown == {document: set(found_in(document)) for document in PRACTICES}


def test_a_file_that_is_refused_ends_the_command_with_1_and_wrong_use_with_2(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: [", encoding="utf-8")
    assert run(str(broken)).exit_code == 1
    assert run().exit_code == 2
    assert run(str(broken), "--practice", "ZZ0001").exit_code == 2


def test_the_command_looks_at_the_version_in_force(
    furnished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("CHARTER_DATABASE", furnished)
    (answer,) = json.loads(run("--practice", PRACTICES["maryport"], "--json").stdout)["policies"]
    assert answer["policy"] == f"{PRACTICES['maryport']}, version 1.0"
    assert {each["key"] for each in answer["findings"]} == set(found_in("maryport"))
    assert run("--practice", PRACTICES["maryport"], "--version", "7").exit_code == 1


# Over HTTP


def findings(house: House, person: str, practice: str) -> Any:
    (version,) = house.reads(person, "/v1/policies?state=active", practice=practice)["items"]
    return house.reads(person, f"/v1/policies/{version['id']}/findings", practice=practice)


def test_findings_can_be_read_by_everyone_on_the_staff(house: House) -> None:
    for person in ("hansel", "cinderella"):
        answer = findings(house, person, PRACTICES["imperial"])
        assert {each["key"] for each in answer["findings"]} == set(found_in("imperial"))
        assert answer["policy_number"] == "1.0"
        assert answer["as_of"] == "2026-03-02"


def test_a_draft_is_looked_at_before_it_is_submitted(house: House) -> None:
    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": clean_policy()})
    path = f"/v1/policies/{draft.json()['id']}/findings"
    assert house.reads("hansel", path)["findings"] == []

    policy = clean_policy()
    edit(policy, "staff_media", conditions=[])
    house.does("hansel", "edit", draft, json={"content": policy})
    (finding,) = house.reads("hansel", path)["findings"]
    assert finding["key"] == "staff_media_contradiction"


def test_a_machine_reads_no_findings(house: House) -> None:
    (version,) = house.reads("website", "/v1/policies?state=active")["items"]
    assert house.ask("website", "GET", f"/v1/policies/{version['id']}/findings").status_code == 404
    assert house.ask("website", "GET", f"/v1/policies/{version['id']}/differences").status_code == 404


def test_a_duty_without_a_holder_is_told(house: House) -> None:
    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": clean_policy()})
    house.does("hansel", "leave", house.member("bear"), json={})
    path = f"/v1/policies/{draft.json()['id']}/findings"
    assert [each["key"] for each in house.reads("cinderella", path)["findings"]] == ["duty_without_holder"]


def test_findings_of_another_practice_are_not_there(house: House) -> None:
    (version,) = house.reads("hansel", "/v1/policies?state=active", practice=PRACTICES["imperial"])["items"]
    assert house.ask("hansel", "GET", f"/v1/policies/{version['id']}/findings").status_code == 404
    assert house.ask("hansel", "GET", "/v1/policies/nonsense/findings").status_code == 404
