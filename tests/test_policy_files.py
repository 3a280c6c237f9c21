"""A policy file is read whole or not at all, and a file that was written from a policy holds that very policy."""

import functools
import json
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.policies import Policy, PolicyContent, PolicyState
from models.settings import DEFAULTS, Origin
from models.text import hidden
from service.policy_files import FilesRefused, PolicyFile, files_at, read_policies, the_one, version_named, written

LIBRARY = Path(__file__).parent.parent / "policies"
FILES = sorted(LIBRARY.glob("*.yaml"))

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path: Path) -> PolicyContent:
    return the_one(read_policies([path])).content


def written_and_read(content: PolicyContent, folder: Path) -> PolicyContent:
    path = folder / "again.yaml"
    path.write_text(written(content), encoding="utf-8")
    return read(path)


# There and back


@every_file
def test_what_is_written_reads_as_the_same_content(path: Path, tmp_path: Path) -> None:
    content = read(path)
    again = written_and_read(content, tmp_path)
    assert again == content
    assert again.fingerprint == content.fingerprint


@every_file
def test_what_the_service_assumes_is_not_stated_as_if_the_document_had(path: Path) -> None:
    content, text = read(path), written(read(path))
    stated = {name for name in type(content.settings).model_fields if f"\n  {name}:" in text}
    said = {
        name
        for name, setting in dict(content.settings).items()
        if name != "duties" and setting.origin == Origin.FROM_POLICY
    }
    assert stated - {"duties"} == said
    assert "origin" not in text


def test_a_clauses_note_is_hashed_only_where_there_is_one() -> None:
    """Content without notes keeps the hash that it was approved with before clauses had notes."""
    noted = read(LIBRARY / "maryport.yaml")
    bare = noted.model_copy(update={"clauses": [each.model_copy(update={"note": None}) for each in noted.clauses]})
    said = bare.model_dump(mode="json")
    said["clauses"] = [{name: each[name] for name in each if name != "note"} for each in said["clauses"]]
    former = sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    assert bare.fingerprint == former != noted.fingerprint


def test_an_assumption_that_differs_from_the_services_own_stays_an_assumption(tmp_path: Path) -> None:
    content = read(FILES[0])
    longer = DEFAULTS.closure_lead_days.model_copy(update={"value": 21})
    changed = content.model_copy(update={"settings": content.settings.model_copy(update={"closure_lead_days": longer})})
    again = written_and_read(changed, tmp_path)
    assert again.settings.closure_lead_days.value == 21
    assert again.settings.closure_lead_days.origin == Origin.SERVICE_DEFAULT
    assert again.fingerprint == changed.fingerprint != content.fingerprint


def tidy_texts(longest: int, *, lines: bool) -> st.SearchStrategy[str]:
    unusable = "" if lines else "\n\t\u2028\u2029"
    characters = st.characters(exclude_categories=["Cs"], exclude_characters=unusable).filter(lambda c: not hidden(c))
    awkward = st.sampled_from(["yes", "1.10", "~", "2026-01-02", "a: b", "# c", "- d", "'", '"', "<<", "0o7"])
    return st.lists(st.text(characters, max_size=30) | awkward, min_size=1).map(lambda parts: " ".join(parts)[:longest])


@functools.cache
def beginning() -> str:
    content = read(LIBRARY / "maryport.yaml")
    return content.model_copy(update={"sections": [], "clauses": [], "links": []}).model_dump_json()


def plain_beginning() -> dict[str, Any]:
    """A short policy as plain values."""
    plain: dict[str, Any] = json.loads(beginning())
    return plain


@settings(max_examples=50)
@given(title=tidy_texts(200, lines=False), purpose=tidy_texts(4000, lines=True), note=tidy_texts(4000, lines=True))
def test_whatever_a_policy_says_it_is_read_back_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, title: str, purpose: str, note: str
) -> None:
    said = plain_beginning()
    said["title"], said["purpose"] = f"t{title}"[:200], f"p{purpose}"[:4000]
    said["settings"]["device_rule"]["note"] = f"n{note}"[:4000]
    content = PolicyContent.model_validate(said)
    again = written_and_read(content, tmp_path_factory.getbasetemp())
    assert again.fingerprint == content.fingerprint


def test_a_policy_too_large_for_a_file_is_not_written() -> None:
    content = read(FILES[0])
    section = content.sections[0]
    many = [section.model_copy(update={"key": f"s{n}", "summary": "word " * 799}) for n in range(80)]
    with pytest.raises(ValueError, match="larger than"):
        written(content.model_copy(update={"sections": [*content.sections, *many]}))


# Which files


def test_a_folder_means_the_policy_files_directly_in_it(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    for name in ("b.yaml", "a.yaml", "notes.md", "deeper/c.yaml"):
        (tmp_path / name).write_text("")
    assert files_at(tmp_path) == [tmp_path / "a.yaml", tmp_path / "b.yaml"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilesRefused, match=r"holds no \.yaml file"):
        read_policies([tmp_path])


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").symlink_to(LIBRARY)
    with pytest.raises(FilesRefused, match="link to another folder"):
        read_policies([tmp_path / "elsewhere"])


@pytest.mark.parametrize("given", ["folder", "file"])
def test_a_file_that_is_a_link_is_refused(tmp_path: Path, given: str) -> None:
    (tmp_path / "linked.yaml").symlink_to(FILES[0])
    with pytest.raises(FilesRefused, match="is a link to another file"):
        read_policies([tmp_path if given == "folder" else tmp_path / "linked.yaml"])


def test_one_refused_file_refuses_them_all_and_says_on_which_line_without_repeating_it(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes(FILES[0].read_bytes())
    (tmp_path / "bad.yaml").write_text("title: Abracadabra\nspell: Hocus pocus\n", encoding="utf-8")
    (tmp_path / "worse.yaml").write_text("title: [\n", encoding="utf-8")
    with pytest.raises(FilesRefused) as refused:
        read_policies([tmp_path])
    said = str(refused.value)
    assert "bad.yaml is refused:" in said
    assert "line 2: /spell: is not a known name here" in said
    assert "worse.yaml is refused:" in said
    assert "pocus" not in said
    assert "Abracadabra" not in said


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilesRefused, match="there is no such file"):
        read_policies([tmp_path / "nowhere.yaml"])


def test_several_files_are_too_many_because_one_version_is_prepared_at_a_time() -> None:
    """POL-10."""
    with pytest.raises(FilesRefused, match="5 files are too many"):
        the_one(read_policies([LIBRARY]))


# What becomes of a file


def test_a_draft_names_the_document_that_it_was_adopted_from() -> None:
    draft = PolicyFile(FILES[0], read(FILES[0])).draft
    assert draft.adopted_from == draft.content.document.title
    assert draft.change_comment == f"Adopted from {draft.adopted_from}."


@pytest.mark.parametrize(
    ("named", "meant"),
    [("1.0", "1.0"), ("1", "1.0"), ("2.1", "2.1"), ("2", "2.0"), ("active", "2.0"), ("3", None), ("draft", None)],
)
def test_a_version_is_meant_by_its_number_or_as_the_one_in_force(named: str, meant: str | None) -> None:
    states = {"1.0": PolicyState.SUPERSEDED, "2.0": PolicyState.ACTIVE, "2.1": PolicyState.DRAFT}
    versions = [SimpleNamespace(number=number, state=state) for number, state in states.items()]
    found = version_named(cast(list[Policy], versions), named)
    assert (found.number if found else None) == meant
