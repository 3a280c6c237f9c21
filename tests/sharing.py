"""What takes long begins early, and is found out once: tests that look at the same exploration run on the same worker."""

from pathlib import Path
from typing import Any

import pytest

from tests.laws import LAWS
from workflows.engine import Law, Workflow
from workflows.registry import ALL

ONE_WORKFLOW = {"test_extra_fields.py", "test_laws.py", "test_missing_rules.py", "test_second_law.py"}
"""Tests that look at what can happen under one workflow, most of them, and name it by a parameter."""

EVERY_WORKFLOW = {"test_foreign_records.py", "test_forgotten_practice.py"}
"""Tests that plant records of every kind: what each file asks of one database runs together."""


MADE_UP_ONCE = "test_contract.py"
"""Tests that ask the same requests, which take longer to make up than to ask, on one database and then on the other."""


BEGIN_EARLY = [
    "test_foreign_records.py",
    "test_contract.py",
    "test_incident_machine.py",
    "test_kills.py",
    "test_pages_in_a_browser.py",
    "test_laws.py",
    "test_readme.py",
    "test_canaries.py",
    "test_outages.py",
]
"""Where the longest tests are, so that no worker is left alone with one at the end."""


@pytest.hookimpl(tryfirst=True)  # before the workers take note of it
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first, and say of each test with which others it belongs together."""
    places = {name: place for place, name in enumerate(BEGIN_EARLY)}
    items.sort(key=lambda each: places.get(Path(each.path).name, len(places)))
    for each in items:
        name = Path(each.path).name
        if name in ONE_WORKFLOW and (workflow := named_by(each)):
            each.add_marker(pytest.mark.xdist_group(workflow))
        elif name in EVERY_WORKFLOW | {MADE_UP_ONCE}:
            each.add_marker(pytest.mark.xdist_group(f"{name} {'postgres' if 'postgres' in each.name else 'sqlite'}"))


def named_by(item: pytest.Item) -> str | None:
    """The workflow that a test's parameters name, if they do: the one that is called so, before that of a law."""
    call = getattr(item, "callspec", None)
    params = call.params if call else {}
    named = [workflow_of(value) for value in [*filter(None, [params.get("workflow")]), *params.values()]]
    return next(filter(None, named), None)


def workflow_of(value: Any) -> str | None:
    """The name of the workflow that a parameter is, or belongs to."""
    match value:
        case Workflow():
            return value.name
        case Law():
            return value.workflow.name
        case str() if value in {each.name for each in ALL}:
            return value
        case str() if value in LAWS:
            return LAWS[value].workflow.name
    return None
