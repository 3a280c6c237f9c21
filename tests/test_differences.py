"""Between two policies every difference is told, and nothing else; what people wrote comes out of it as text."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache, partial
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from models.policies import PolicyContent
from models.settings import PolicySettings
from service.policy_files import read_policies
from service.policy_library import published_as
from tests import commands
from tests.clean_policy import CLAUSES, HOLDERS, VALUES, clean_policy, content, stated
from tests.house import HOME, PRACTICES, House, policy
from workflows.differences import Change, Difference, Part, differences, escaped, markdown, said, summary

LIBRARY = Path(__file__).parent.parent / "policies"
ASPIRO = "Patient Social Media and Acceptable Use Policy for England, Aspiro Healthcare"
Policy = dict[str, Any]


@cache
def template(document: str) -> PolicyContent:
    (file,) = read_policies([LIBRARY / f"{document}.yaml"])
    return file.content


def after(change: Callable[[Policy], Any]) -> list[Difference]:
    """What differs once the clean policy was changed."""
    changed = clean_policy()
    change(changed)
    return differences(content(), content(changed))


def the_one(change: Callable[[Policy], Any]) -> Difference:
    (found,) = after(change)
    return found


def keys(found: list[Difference]) -> set[tuple[Part, str]]:
    return {(each.part, each.key) for each in found}


# All differences, and nothing else


@pytest.mark.parametrize("document", PRACTICES)
def test_nothing_differs_between_equals(document: str) -> None:
    assert differences(template(document), template(document)) == []
    assert summary([]) == "The two say the same."


@pytest.mark.parametrize(("one", "other"), list(combinations(PRACTICES, 2)))
def test_the_same_things_differ_whichever_way_one_looks(one: str, other: str) -> None:
    there, back = differences(template(one), template(other)), differences(template(other), template(one))
    assert keys(there) == keys(back)
    turned = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}
    for each in there:
        (twin,) = [found for found in back if (found.part, found.key) == (each.part, each.key)]
        assert twin.change == turned.get(each.change, each.change)
        assert {(field.field, said(field.before), said(field.after)) for field in each.fields} == {
            (field.field, said(field.after), said(field.before)) for field in twin.fields
        }


OTHER_VALUES: Policy = {
    "platform_accounts": [], "recognised_platforms": ["x"], "clinical_information_in_posts": True,
    "posts_specific_to_practice": False, "approval_before_posting": False, "allow_self_approval": True,
    "closure_lead_days": 3, "closure_companion_notices": [], "monitoring_days": 2, "acknowledgement_days": 30,
    "device_rule": "never", "recording_rule": "silent",
    "recording_stance": "promoted", "public_area_media": "photographs", "staff_media": "never",
    "record_entry_coded": "will", "copy_to_record": "silent", "covert_trigger": "pattern",
    "deletion_scope": "all_practice_outlets", "page_complaint": "deleted", "page_complaint_scope": "any_platform",
    "generic_reply_to_complaints": False, "social_media_grievance_is_complaint": False,
    "review_channel": {"kind": "unstated"}, "feedback_route": None, "online_contact": "By letter",
    "online_contact_url": "https://example.com/elsewhere", "medical_messages": "not_addressed",
    "friend_requests": "not_addressed", "legal_advice": "will", "defence_body": None, "legal_bases": [],
    "relationship_breakdown_named": False, "never_removed_for_complaining": False, "immediate_removal_grounds": [],
    "rights_listed": [],
}  # fmt: skip


def test_there_is_another_value_for_every_setting() -> None:
    assert set(OTHER_VALUES) | {"duties"} == set(PolicySettings.model_fields)
    assert all(OTHER_VALUES[name] != VALUES[name] for name in VALUES)


@pytest.mark.parametrize("name", OTHER_VALUES)
def test_every_change_of_a_setting_shows_as_its_value_alone(name: str) -> None:
    found = the_one(lambda p: p["settings"].update({name: stated(OTHER_VALUES[name])}))
    assert (found.part, found.key, found.change) == (Part.SETTING, name, Change.CHANGED)
    assert [each.field for each in found.fields] == ["value"]


@pytest.mark.parametrize("name", HOLDERS)
def test_every_change_of_a_duty_shows(name: str) -> None:
    found = the_one(lambda p: p["settings"]["duties"].update({name: stated(["head_of_operations"])}))
    assert (found.part, found.key) == (Part.SETTING, f"duties.{name}")
    assert found.words == [f"value: {said(HOLDERS[name])} → “head_of_operations”"]


def test_where_a_value_comes_from_is_told_apart_from_the_value() -> None:
    assumed = {"value": "never", "origin": "service_default"}
    found = the_one(lambda p: p["settings"].update(staff_media=assumed))
    assert [(each.field, each.before, each.after) for each in found.fields] == [
        ("value", "with_consent", "never"),
        ("origin", "from_policy", "service_default"),
        ("source", "Section A", None),
    ]
    same_value = {"value": "with_consent", "origin": "service_default"}
    assert "value" not in {
        each.field for each in the_one(lambda p: p["settings"].update(staff_media=same_value)).fields
    }


CLAUSE_CHANGES: Policy = {
    "number": "99", "audience": "staff", "topic": "closures", "modality": "may_not_encouraged", "text": "Otherwise.",
    "places": ["email"], "platforms": ["youtube"], "grounds": ["fraudulent"], "conditions": ["approved_first"],
    "consequences": ["redirected"], "source": "Elsewhere", "note": "Nothing is said of the rest.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (place, field)
        for place, field in product(range(len(CLAUSES)), CLAUSE_CHANGES)
        if CLAUSES[place].get(field) != CLAUSE_CHANGES[field]
    ],
)
def test_every_change_of_a_clause_shows(place: int, field: str) -> None:
    found = the_one(lambda p: p["clauses"][place].update({field: CLAUSE_CHANGES[field]}))
    assert (found.part, found.key, found.change) == (Part.CLAUSE, CLAUSES[place]["key"], Change.CHANGED)
    assert [(each.field, each.after) for each in found.fields] == [(field, CLAUSE_CHANGES[field])]


LINKS = ("“complaints: Complaints procedure”", "“legislation: UK GDPR”")


@pytest.mark.parametrize(
    ("change", "part", "key", "how", "words"),
    [
        (lambda p: p.update(title="Another"), "document", "title", "changed",
         ["value: “Code of conduct of the Gingerbread House” → “Another”"]),
        (lambda p: p["document"].update(template_version="2"), "document", "document.template_version", "changed",
         ["value: nothing → “2”"]),
        (lambda p: p.pop("review_due"), "setting", "review_due", "removed", ["“2027-06-01”"]),
        (lambda p: p.update(training_offered=stated(False)), "setting", "training_offered", "changed", ["value: yes → no"]),
        (lambda p: p["sections"][0].update(title="Code"), "section", "code", "changed",
         ["title: “Code of conduct” → “Code”"]),
        (lambda p: p["clauses"].pop(7), "clause", "reviews", "removed", ["“Reviews can be left on the NHS website.”"]),
        (lambda p: p["clauses"].append({**p["clauses"][0], "key": "newly", "number": "99"}), "clause", "newly", "added",
         ["“Devices stay unused in a consultation unless the clinician agrees.”"]),
        (lambda p: p["definitions"][0].update(meaning="Something."), "definition", "Post", "changed",
         ["meaning: “Anything put online.” → “Something.”"]),
        (lambda p: p["links"][1].update(target=None), "link", "legislation: UK GDPR", "changed",
         ["target: “https://example.com/uk-gdpr” → nothing"]),
        (lambda p: p["links"].append(p["links"][1]), "link", "legislation: UK GDPR (2)", "added",
         ["“https://example.com/uk-gdpr”"]),
        (lambda p: p["links"].reverse(), "link", "order", "reordered",
         ["order: " + " → ".join(", ".join(each) for each in (LINKS, LINKS[::-1]))]),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(
    change: Callable[[Policy], Any], part: str, key: str, how: str, words: list[str]
) -> None:
    found = the_one(change)
    assert (found.part, found.key, found.change, found.words) == (part, key, how, words)


@st.composite
def some_policy(draw: st.DrawFn) -> Policy:
    """The clean policy with some of its entries gone, moved or doubled, and some settings otherwise."""
    made = clean_policy()
    for name in draw(st.sets(st.sampled_from(sorted(OTHER_VALUES)), max_size=3)):
        made["settings"][name] = stated(OTHER_VALUES[name])
    made["clauses"] = draw(st.lists(st.sampled_from(made["clauses"]), max_size=4, unique_by=lambda each: each["key"]))
    terms = st.sampled_from(["Post", "Post (2)", "Page"])
    made["definitions"] = [
        {"term": term, "meaning": meaning, "source": "A"}
        for term, meaning in draw(st.lists(st.tuples(terms, st.sampled_from(["This.", "That."])), max_size=4))
    ]
    return made


@settings(deadline=None)
@given(some_policy(), some_policy())
def test_something_differs_exactly_when_the_contents_do(one: Policy, other: Policy) -> None:
    found = differences(content(one), content(other))
    assert bool(found) == (content(one) != content(other))
    assert keys(found) == keys(differences(content(other), content(one)))
    assert len(keys(found)) == len(found)


# As Markdown

SPECIALS = "\\`*_{}[]<>()#+-.!|~&@$^=:/ \nabcw1"
AUTHORED = st.text(alphabet=SPECIALS, min_size=1, max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", "[click](https://example.com)", "https://example.com", "www.example.com", "# Heading",
     "- item", "1. item", "> quote", "```", "**bold**", "![](https://example.com/x.png)", "&lt;", "a | b", "---",
     "wolf@example.com", "line\n\n# break", "\\*not emphasis\\*"]
)  # fmt: skip


def read(text: str) -> list[tuple[str, str]]:
    """What a reader of Markdown makes of it: every inline token, by type and content."""
    tokens = MarkdownIt("commonmark").parse(text)
    blocks = [(token.type, "") for token in tokens if token.type != "inline" and token.nesting >= 0]
    inline = [(part.type, part.content) for token in tokens for part in token.children or []]
    return blocks + inline


@settings(deadline=None)
@given(AUTHORED)
def test_what_was_written_is_read_as_text(written: str) -> None:
    inline = [part for part in read(f"word {escaped(written)} word") if part[0] != "paragraph_open"]
    assert {kind for kind, _ in inline} <= {"text", "text_special"}
    assert "".join(text for _, text in inline) == f"word {' '.join(written.split())} word"


@settings(deadline=None)
@given(AUTHORED)
def test_no_difference_can_add_markup(written: str) -> None:
    changed = clean_policy()
    changed["purpose"] = changed["clauses"][0]["text"] = f"x {written}"
    plain = deepcopy(changed)
    plain["purpose"] = plain["clauses"][0]["text"] = "x y"
    shape, expected = (
        [kind for kind, _ in read(markdown(differences(content(), content(each)), "one", written)) if kind != "text"]
        for each in (changed, plain)
    )
    assert [kind for kind in shape if kind != "text_special"] == [kind for kind in expected if kind != "text_special"]


def test_markdown_reads_as_a_list_under_headings() -> None:
    changed = clean_policy()
    changed["settings"]["staff_media"] = stated("never")
    changed["clauses"].pop(7)
    assert markdown(differences(content(), content(changed)), "version 1.0", "version 2.0") == (
        "# From version 1.0 to version 2.0\n"
        "\n"
        "2 differences: settings 1, clauses 1.\n"
        "\n"
        "## Settings\n"
        "\n"
        "- **setting staff\\_media**, changed\n"
        "  - value: “with\\_consent” → “never”\n"
        "\n"
        "## Clauses\n"
        "\n"
        "- **clause 8 \\(reviews\\)**, removed\n"
        "  - “Reviews can be left on the NHS website.”\n"
    )


# On the command line


run = partial(commands.run, "policies", "diff")


def test_the_command_shows_what_differs_between_two_files() -> None:
    one, other = str(LIBRARY / "imperial.yaml"), str(LIBRARY / "maryport.yaml")
    found = differences(template("imperial"), template("maryport"))
    told = run(one, other)
    assert told.exit_code == 0
    assert told.output.startswith(f"{len(found)} differences: ")
    assert json.loads(run(one, other, "--json").stdout) == {
        "summary": summary(found),
        "differences": [each.model_dump(mode="json") for each in found],
    }
    assert run(one, other, "--markdown").stdout == markdown(found, one, other)
    assert run(one, one).output == "The two say the same.\n"


def test_markup_of_the_terminal_is_text_too(tmp_path: Path) -> None:
    text = (LIBRARY / "maryport.yaml").read_text(encoding="utf-8")
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace("Social media code of conduct for patients", "'[red]Code[/red] :warning:'"))
    assert "[red]Code[/red] :warning:" in run(str(LIBRARY / "maryport.yaml"), str(changed)).output


def test_the_command_takes_one_file_on_each_side(tmp_path: Path) -> None:
    file = str(LIBRARY / "imperial.yaml")
    assert run(file, str(LIBRARY)).exit_code == 2
    assert run(file).exit_code == 2
    assert run(file, str(tmp_path / "missing.yaml")).exit_code == 1


def test_the_command_compares_a_practices_version_with_a_file(
    furnished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("CHARTER_DATABASE", furnished)
    told = json.loads(run(str(LIBRARY / "aspiro.yaml"), "active", "--practice", HOME, "--json").stdout)
    assert [each["key"] for each in told["differences"]] == ["review_due"]
    assert run("1.0", "active", "--practice", HOME).output == "The two say the same.\n"
    assert run("1.0", "7", "--practice", HOME).exit_code == 1


# Over HTTP


def test_the_library_is_known_by_the_titles_of_its_documents() -> None:
    for document in PRACTICES:
        assert published_as(template(document).document.title) == template(document)
    assert published_as("Another") is None
    assert published_as(None) is None


def draft_with(house: House, change: Callable[[Policy], Any], **more: Any) -> str:
    changed = deepcopy(policy("aspiro"))
    change(changed)
    answer = house.ask("hansel", "POST", "/v1/policies", json={"content": changed, **more})
    assert answer.status_code == 201, answer.text
    return f"/v1/policies/{answer.json()['id']}/differences"


def test_a_version_is_compared_with_another(house: House) -> None:
    path = draft_with(house, lambda p: p.update(title="A new title"))
    (active,) = house.reads("hansel", "/v1/policies?state=active")["items"]
    answer = house.reads("cinderella", f"{path}?from={active['id']}")
    assert [(each["part"], each["key"], each["change"]) for each in answer["differences"]] == [
        ("document", "title", "changed")
    ]
    assert (answer["compared_with"], answer["compared_with_label"]) == (active["id"], f"{active['title']}, version 1.0")


def test_a_version_is_compared_with_the_policy_that_it_adopted(house: House) -> None:
    path = draft_with(house, lambda p: p["settings"].pop("staff_media"), adopted_from=ASPIRO)
    answer = house.reads("hansel", path)
    assert (answer["compared_with"], answer["compared_with_label"]) == (None, ASPIRO)
    assert {each["key"] for each in answer["differences"]} == {"staff_media", "review_due"}

    told = house.ask("hansel", "GET", path, headers={"Accept": "text/markdown"})
    assert told.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert told.headers["Vary"] == "Accept"
    assert told.text.startswith(f"# From {ASPIRO} to ")
    assert "setting staff\\_media" in told.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_markdown_is_answered_to_those_who_prefer_it(house: House) -> None:
    path = draft_with(house, lambda p: p.update(title="A new title"), adopted_from=ASPIRO)
    for accept, expected in {
        "text/markdown": "text/markdown; charset=utf-8",
        "text/markdown;q=0.9, application/json;q=0.5": "text/markdown; charset=utf-8",
        "text/markdown;q=0.4, application/json": "application/json",
        "text/markdown;q=0": "application/json",
        "text/markdown;q=wolf": "application/json",
        "*/*": "application/json",
        "": "application/json",
    }.items():
        assert house.ask("hansel", "GET", path, headers={"Accept": accept}).headers["Content-Type"] == expected


def test_there_must_be_something_to_compare_with(house: House) -> None:
    (active,) = house.reads("hansel", "/v1/policies?state=active")["items"]
    path = f"/v1/policies/{active['id']}/differences"
    assert house.ask("hansel", "GET", path).json()["errors"][0]["pointer"] == "/from"
    assert house.ask("hansel", "GET", f"{path}?from=wolf").status_code == 422
    assert house.ask("hansel", "GET", f"{path}?to={active['id']}").status_code == 422
    (foreign,) = house.reads("hansel", "/v1/policies?state=active", practice=PRACTICES["imperial"])["items"]
    assert house.ask("hansel", "GET", f"{path}?from={foreign['id']}").status_code == 404
    assert house.ask("hansel", "GET", path, practice=PRACTICES["imperial"]).status_code == 404
    assert house.reads("hansel", f"{path}?from={active['id']}", practice=HOME)["differences"] == []
