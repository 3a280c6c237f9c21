"""What a rendered manifest has to be, each rule a function that says what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import kubernetes_validate

Manifest = Mapping[str, Any]
VERSIONS = ("1.34", "1.37")
"""The oldest and the newest Kubernetes whose schemas the validator brings."""

FOREIGN = {"ExternalSecret"}
"""Kinds that an operator brings, and Kubernetes itself knows no schema of."""

TEMPLATED = {"Deployment", "Job"}
PROBES = {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}
GOES = {"command": ["charter", "clock", "--check"]}
SECRETS = "/etc/charter"
LEAST = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}


def schema(manifest: Manifest) -> Iterator[str]:
    """Kubernetes knows every field of it, in the oldest version and in the newest."""
    if manifest["kind"] in FOREIGN:
        return
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as fault:
            yield f"{version}: {fault.message}"


def least_rights(manifest: Manifest) -> Iterator[str]:
    """Nobody in particular, without the cluster's token, on a file system that can't be written to."""
    for pod in pods(manifest):
        who = pod.get("securityContext", {})
        if not who.get("runAsNonRoot") or who.get("runAsUser", 0) < 10000 or who.get("runAsGroup", 0) < 10000:
            yield "runs as root, or could"
        if who.get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield "any system call is allowed"
        if pod.get("automountServiceAccountToken") is not False:
            yield "has the cluster's token"
        if any(pod.get(each) for each in ("hostNetwork", "hostPID", "hostIPC")):
            yield "shares what is the node's"
        for container in containers(pod):
            if container.get("securityContext") != LEAST:
                yield f"{container['name']} has rights that it does not need"


def probes(manifest: Manifest) -> Iterator[str]:
    """What serves is asked whether it lives and whether it can work, and the clock whether it goes."""
    for pod in pods(manifest):
        for container in pod["containers"]:
            if container.get("args") == ["clock"] and container.get("livenessProbe", {}).get("exec") != GOES:
                yield f"{container['name']} is not asked whether it goes"
            if not container.get("ports"):
                continue
            for probe, path in PROBES.items():
                if container.get(probe, {}).get("httpGet") != {"path": path, "port": "http"}:
                    yield f"{probe} does not ask {path}"


def resources(manifest: Manifest) -> Iterator[str]:
    """The scheduler knows what each container needs, and none takes all the memory."""
    for pod in pods(manifest):
        for container in containers(pod):
            asked = container.get("resources", {})
            if not {"cpu", "memory"} <= asked.get("requests", {}).keys() or "memory" not in asked.get("limits", {}):
                yield f"{container['name']} asks for nothing, or has no bound"


def secrets(manifest: Manifest) -> Iterator[str]:
    """Secrets are files that the group alone reads: never in a manifest, and never in the environment."""
    if manifest["kind"] == "Secret":
        yield "holds a secret"
    for pod in pods(manifest):
        for container in containers(pod):
            named = [each["name"] for each in container.get("env", []) if "valueFrom" in each]
            if container.get("envFrom") or named:
                yield f"{container['name']} is told secrets by its environment"
            yield from (
                f"{each['name']} holds a password"
                for each in container.get("env", [])
                if "@" in each.get("value", "") and "://" in each.get("value", "")
            )
            mounts = {each["mountPath"]: each for each in container.get("volumeMounts", [])}
            if not mounts.get(SECRETS, {}).get("readOnly"):
                yield f"{container['name']} has no secrets as files"
        for volume in pod.get("volumes", []):
            kept = volume.get("secret") or volume.get("projected")
            if kept and kept.get("defaultMode") != 0o440:
                yield f"everybody in the pod can read {volume['name']}"


def one_process(manifest: Manifest) -> Iterator[str]:
    """One container, one command of the image, one process."""
    for pod in pods(manifest):
        for container in containers(pod):
            if "command" in container or container.get("args") not in (["serve"], ["clock"], ["migrate"]):
                yield f"{container['name']} runs something else"


def image(manifest: Manifest) -> Iterator[str]:
    """A version of the image, and not whatever is newest."""
    for pod in pods(manifest):
        for container in containers(pod):
            if container["image"].rpartition(":")[2] in {"", "latest", container["image"]}:
                yield f"{container['name']} is of no version"


RULES: tuple[Callable[[Manifest], Iterator[str]], ...] = (
    schema,
    least_rights,
    probes,
    resources,
    secrets,
    one_process,
    image,
)


def faults(manifest: Manifest) -> dict[str, list[str]]:
    """Every rule that a manifest breaks, with what is wrong."""
    return {rule.__name__: found for rule in RULES if (found := list(rule(manifest)))}


def pods(manifest: Manifest) -> Iterator[Any]:
    """The pod that a manifest describes, if it does."""
    if manifest["kind"] in TEMPLATED:
        yield manifest["spec"]["template"]["spec"]


def containers(pod: Any) -> Iterator[Any]:
    """Every container of a pod."""
    yield from pod.get("initContainers", [])
    yield from pod["containers"]
