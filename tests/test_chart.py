"""The chart renders what Kubernetes takes and what is safe to run, and refuses what is not."""

import copy
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import helm_python
import pytest
import yaml

from service.settings import PREFIX, Settings
from tests.manifests import RULES, containers, faults, pods

CHART = Path(__file__).parents[1] / "helm/practice-charter"
CASES = sorted(each.name.removesuffix("-values.yaml") for each in (CHART / "ci").glob("*-values.yaml"))
WARNING = 2
EXPECTED = {
    "minimal": ["Deployment", "NetworkPolicy", *["PersistentVolumeClaim"] * 3, "Service", "ServiceAccount"],
    "postgresql": [
        "Deployment", "Deployment", "Job", "NetworkPolicy", *["PersistentVolumeClaim"] * 2,
        "PodDisruptionBudget", "Service", "ServiceAccount",
    ],
    "external-secrets": [
        "Deployment", "Deployment", *["ExternalSecret"] * 3, "Job", "NetworkPolicy", *["PersistentVolumeClaim"] * 2,
        "PodDisruptionBudget", "Service", "ServiceAccount",
    ],
    "ingress": [
        "Deployment", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy", *["PersistentVolumeClaim"] * 2,
        "PodDisruptionBudget", "Service", "ServiceAccount",
    ],
}  # fmt: skip

every_case = pytest.mark.parametrize("case", CASES)


def values_of(case: str) -> dict[str, Any]:
    """The values of one kind of installation."""
    found: dict[str, Any] = yaml.safe_load((CHART / f"ci/{case}-values.yaml").read_text())
    return found


def rendered(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Every manifest that these values make."""
    with helm_python.Chart.load(str(CHART)) as chart:
        files = chart.render(values, name="woodbrook", namespace="practices")
    return [
        manifest
        for name, text in sorted(files.items())
        if name.endswith(".yaml")
        for manifest in yaml.safe_load_all(text)
        if manifest
    ]


def one(kind: str, case: str, name: str = "woodbrook") -> dict[str, Any]:
    """A fresh copy of the only manifest of a kind with this name."""
    (found,) = (each for each in rendered(values_of(case)) if each["kind"] == kind and each["metadata"]["name"] == name)
    return found


def merged(values: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The values, with these changed at any depth."""
    changed = copy.deepcopy(values)
    for name, value in changes.items():
        changed[name] = merged(changed.get(name) or {}, value) if isinstance(value, dict) else value
    return changed


@every_case
def test_the_chart_is_in_order(case: str) -> None:
    found = helm_python.lint(str(CHART), values_of(case), strict=True)
    assert [each for each in found["messages"] if each["severity"] >= WARNING] == []


@every_case
def test_every_kind_of_installation_is_whole(case: str) -> None:
    assert sorted(each["kind"] for each in rendered(values_of(case))) == EXPECTED[case]


@every_case
def test_what_is_rendered_breaks_no_rule(case: str) -> None:
    assert {each["kind"]: found for each in rendered(values_of(case)) if (found := faults(each))} == {}


def pod_of(manifest: dict[str, Any]) -> Any:
    return manifest["spec"]["template"]["spec"]


PLANTED: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "an unknown field": ("schema", lambda it: it["spec"].update(replicaz=1)),
    "a number as text": ("schema", lambda it: it["spec"].update(replicas="1")),
    "root": ("least_rights", lambda it: pod_of(it)["securityContext"].update(runAsUser=0)),
    "perhaps root": ("least_rights", lambda it: pod_of(it)["securityContext"].pop("runAsNonRoot")),
    "the cluster's token": ("least_rights", lambda it: pod_of(it).pop("automountServiceAccountToken")),
    "any system call": ("least_rights", lambda it: pod_of(it)["securityContext"].pop("seccompProfile")),
    "the node's network": ("least_rights", lambda it: pod_of(it).update(hostNetwork=True)),
    "a file system to write to": (
        "least_rights",
        lambda it: pod_of(it)["containers"][0]["securityContext"].update(readOnlyRootFilesystem=False),
    ),
    "no readiness": ("probes", lambda it: pod_of(it)["containers"][0].pop("readinessProbe")),
    "liveness that asks the database": (
        "probes",
        lambda it: pod_of(it)["containers"][0]["livenessProbe"]["httpGet"].update(path="/readyz"),
    ),
    "no requests": ("resources", lambda it: pod_of(it)["containers"][0].pop("resources")),
    "no bound": ("resources", lambda it: pod_of(it)["containers"][0]["resources"].pop("limits")),
    "a secret in the environment": (
        "secrets",
        lambda it: pod_of(it)["containers"][0]["env"].append(
            {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "charter", "key": "audit.key"}}}
        ),
    ),
    "all secrets in the environment": (
        "secrets",
        lambda it: pod_of(it)["containers"][0].update(envFrom=[{"secretRef": {"name": "charter"}}]),
    ),
    "a password in an address": (
        "secrets",
        lambda it: pod_of(it)["containers"][0]["env"].append({"name": "DATABASE", "value": "postgresql://a:b@c/d"}),
    ),
    "secrets for everybody": ("secrets", lambda it: pod_of(it)["volumes"][0]["secret"].update(defaultMode=0o444)),
    "several processes": ("one_process", lambda it: pod_of(it)["containers"][0].update(args=["serve", "--reload"])),
    "whatever is newest": ("image", lambda it: pod_of(it)["containers"][0].update(image="practice-charter:latest")),
}


@pytest.mark.parametrize(("rule", "plant"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(rule: str, plant: Callable[[dict[str, Any]], Any]) -> None:
    manifest = one("Deployment", "postgresql")
    assert faults(manifest) == {}
    plant(manifest)
    assert rule in faults(manifest)


def test_a_clock_that_nobody_looks_after_is_found() -> None:
    manifest = one("Deployment", "postgresql", "woodbrook-clock")
    assert faults(manifest) == {}
    probe = pod_of(manifest)["containers"][0]["livenessProbe"]
    probe["exec"]["command"] = ["charter", "clock", "--once"]
    assert "probes" in faults(manifest)
    del pod_of(manifest)["containers"][0]["livenessProbe"]
    assert faults(manifest) == {"probes": ["clock is not asked whether it goes"]}


def test_every_rule_is_broken_by_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED.values()} == {rule.__name__ for rule in RULES}


def test_a_secret_among_the_manifests_is_found() -> None:
    manifest = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "charter"}, "stringData": {"audit.key": "x"}}
    assert faults(manifest) == {"secrets": ["holds a secret"]}


REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "a value nobody knows": ("postgresql", {"replicaz": 2}),
    "a value nobody knows, deeper": ("postgresql", {"secrets": {"auditKey": "open sesame"}}),
    "two replicas on one file": ("minimal", {"replicas": 2}),
    "autoscaling on one file": ("minimal", {"autoscaling": {"enabled": True}}),
    "another database": ("postgresql", {"database": "mysql"}),
    "an issuer without encryption": ("postgresql", {"settings": {"tokenIssuer": "http://login.example.com"}}),
    "no issuer": ("postgresql", {"settings": {"tokenIssuer": ""}}),
    "keys from nowhere": ("postgresql", {"settings": {"tokenKeys": ""}}),
    "no secret": ("postgresql", {"secrets": {"existingSecret": ""}}),
    "no keys": ("postgresql", {"secrets": {"existingKeySecret": ""}}),
    "a key from nowhere": ("external-secrets", {"secrets": {"external": {"encryptionKeys": {"0001.key": ""}}}}),
    "a key without its ending": ("external-secrets", {"secrets": {"external": {"encryptionKeys": {"first": "there"}}}}),
    "no secret for the migration": ("postgresql", {"migration": {"existingSecret": ""}}),
    "an external store without a name": ("external-secrets", {"secrets": {"external": {"store": {"name": ""}}}}),
    "an external secret from nowhere": ("external-secrets", {"secrets": {"external": {"keys": {"audit.key": ""}}}}),
    "an ingress without encryption": ("ingress", {"ingress": {"tlsSecret": ""}}),
    "an ingress without a name": ("ingress", {"ingress": {"host": ""}}),
    "an ingress to what machines watch": ("ingress", {"ingress": {"paths": ["/v1", "/metrics"]}}),
    "whatever image is newest": ("postgresql", {"image": {"tag": "latest"}}),
    "nothing known of what it needs": ("postgresql", {"resources": {"requests": {"cpu": None}}}),
}


@pytest.mark.parametrize(("case", "changes"), REFUSED.values(), ids=REFUSED)
def test_values_that_make_no_safe_installation_are_refused(case: str, changes: dict[str, Any]) -> None:
    with pytest.raises((helm_python.HelmValuesError, helm_python.HelmRenderError)):
        rendered(merged(values_of(case), changes))


def test_every_value_has_a_schema_and_every_schema_a_value() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text())["properties"]
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    assert schema.keys() - {"global"} == values.keys()
    for name in values.keys() - {"resources"}:
        if isinstance(values[name], dict):
            assert schema[name]["properties"].keys() == values[name].keys()


@every_case
def test_only_settings_that_there_are_are_set(case: str) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    set_here = {
        each["name"]
        for manifest in rendered(values_of(case))
        for pod in pods(manifest)
        for container in containers(pod)
        for each in container["env"]
    }
    assert set_here <= known


def test_the_chart_and_the_image_are_of_the_packages_version() -> None:
    version = tomllib.loads((CHART / "../../pyproject.toml").read_text())["project"]["version"]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    images = {
        container["image"]
        for manifest in rendered(values_of("postgresql"))
        for pod in pods(manifest)
        for container in containers(pod)
    }
    assert (chart["version"], chart["appVersion"]) == (version, version)
    assert images == {f"practice-charter:{version}"}


def test_only_the_migration_sees_the_address_of_the_tables_owner() -> None:
    manifests = rendered(values_of("postgresql"))
    assert [each["kind"] for each in manifests if "charter-migration" in json.dumps(each)] == ["Job"]


def test_one_file_is_written_by_one_process_at_a_time() -> None:
    deployment = one("Deployment", "minimal")
    assert deployment["spec"]["replicas"] == 1
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}
    assert [each["args"] for each in containers(pod_of(deployment))] == [["migrate"], ["serve"]]


def test_the_notes_begin_with_three_commands() -> None:
    with helm_python.Chart.load(str(CHART)) as chart:
        files = chart.render(values_of("ingress"), name="woodbrook", namespace="practices")
    notes = next(text for name, text in files.items() if name.endswith("NOTES.txt"))
    commands = [line.strip() for line in notes.splitlines() if line.strip().startswith("kubectl")]
    assert len(commands) == 3
    assert all("--namespace practices" in each and "deployment/woodbrook" in each for each in commands)
    assert "https://charter.example.com" in notes
