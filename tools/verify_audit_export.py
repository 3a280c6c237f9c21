"""Verify an export of a practice's audit trail, without the program that wrote it: made from `docs/audit-export.md` alone.

    python verify_audit_export.py EXPORT [--public-key FILE] [--audit-key FILE]

Needs Python 3.11 and the package `cryptography`. A public key that came another way than the export proves that the checkpoints
are the service's own; the audit key, which is a secret, proves that the entries are. Ends with 1 when anything is wrong.
"""

import argparse
import hashlib
import hmac
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

Line = dict[str, Any]
Finding = tuple[str, str, str]

EXPORT_FORMAT = "practice-charter audit export 1"
CHECKPOINT_FORMAT = "practice-charter checkpoint 1"
ENTRY_SEALED = (
    "practice", "id", "kind", "record_id", "version", "at", "actor", "roles", "transition", "source", "target",
    "policy_id", "request_id", "commitment", "said_commitment", "key_id",
)  # fmt: skip
ACCESS_SEALED = ("practice", "id", "at", "actor", "roles", "kind", "records", "request_id", "key_id")
CHECKPOINT_SHAPE: dict[str, Any] = {
    "format": str, "practice": str, "number": int, "previous": str | None, "at": str, "changes": list, "accesses": list,
    "totals": dict, "cursor": dict, "key_id": str, "signature": str,
}  # fmt: skip
WITNESSED_WITHIN = timedelta(days=1)
PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)

ALTERED, REMOVED, INSERTED = "altered", "removed", "inserted"
CHECKPOINT_MISMATCH, KEY_UNKNOWN, NEVER_WITNESSED = "checkpoint mismatch", "key unknown", "never witnessed"


def canonical(value: Any) -> str:
    """Sorted keys, no spaces, ASCII alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Export:
    """What stands in the file, sorted by what it is."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.by_kind: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            self.by_kind[line["line"]].append(line)
        (self.header,) = self.by_kind["header"]
        if self.header["format"] != EXPORT_FORMAT:
            raise ValueError("not an export that this program knows")
        self.chains: dict[str, list[Line]] = defaultdict(list)
        for entry in self.by_kind["entry"]:
            self.chains[entry["record_id"]].append(entry)
        self.accesses = {each["id"]: each for each in self.by_kind["access"]}
        self.records = {each["record_id"]: each for each in self.by_kind["record"]}
        self.places = {(each["record_id"], each["version"]): each for each in self.by_kind["entry"]}
        for each in self.by_kind["unreadable"]:
            if each["id"] is not None:
                self.leave_room_for(each)

    def leave_room_for(self, row: Line) -> None:
        """A row that the service could not read stands where it stood all the same."""
        if row["table"] == "audit_entry":
            self.chains[row["record_id"]].append(row)
            self.places[(row["record_id"], row["version"])] = row
        elif row["table"] == "access_entry":
            self.accesses[row["id"]] = row
        else:
            self.records[row["record_id"]] = row

    def erased(self, chain: list[Line]) -> bool:
        """Whether the last entry of a record says that it was erased; of one that can't be read nobody knows."""
        last = newest_of(chain)
        return last["line"] == "unreadable" or last["target"] in self.header["erased_in"].get(last["kind"], [])

    def faults(self) -> Iterator[Finding]:
        """Whether the file is whole, and each line in it of this practice."""
        counted = Counter({kind: len(lines) for kind, lines in self.by_kind.items() if kind != "end"})
        ends = self.by_kind["end"]
        if len(ends) != 1 or Counter(ends[0]["counts"]) != counted:
            yield REMOVED, "the export", "it does not hold as many lines as it says"
        for each in (*self.by_kind["entry"], *self.by_kind["access"]):
            if each["practice"] != self.header["practice"]:
                yield INSERTED, f"{each['line']} {each['id']}", "it is of another practice"
        for each in self.by_kind["unreadable"]:
            what = f"{each['table']} {each['id'] or '(from some row on)'}"
            if each["why"] == KEY_UNKNOWN:
                yield KEY_UNKNOWN, what, "the service could not read it: it is kept under a key that was not there"
            else:
                yield ALTERED, what, "the service could not read it any more"


def newest_of(chain: list[Line]) -> Line:
    """The last entry of a record."""
    return max(chain, key=lambda each: int(each["version"]))


class Secrets:
    """The audit keys, by their names. Without any, seals can't be verified, and everything else can."""

    def __init__(self, files: Iterable[Path]) -> None:
        secrets = [each.read_bytes().strip() for each in files]
        self.by_name = {hmac.digest(each, b"key_id", "sha256").hex()[:12]: each for each in secrets}

    def faults(self, what: str, said: str, line: Line) -> Iterator[Finding]:
        """Whether this seals that."""
        if not self.by_name:
            return
        secret = self.by_name.get(line["key_id"])
        if secret is None:
            yield KEY_UNKNOWN, what, "it was sealed with a key that was not given"
        elif not hmac.compare_digest(hmac.digest(secret, said.encode(), "sha256").hex(), line["seal"]):
            yield ALTERED, what, "its seal is not that of what it says"


def chain_faults(export: Export, secrets: Secrets) -> Iterator[Finding]:
    """The entries of each record, and the record against them."""
    for record_id, chain in export.chains.items():
        seal: str | None = ""
        expected = 1
        for entry in sorted(chain, key=lambda each: int(each["version"])):
            readable = entry["line"] != "unreadable"
            what = f"{entry.get('kind', 'record')} {record_id} version {entry['version']}"
            if entry["version"] < expected:
                yield INSERTED, what, "another entry stands at this version"
            elif entry["version"] > expected:
                yield REMOVED, what, "the entries before it are not there"
            elif readable and seal is not None:
                fields = {name: entry[name] for name in ENTRY_SEALED}
                yield from secrets.faults(what, seal + canonical(fields), entry)
            if readable and export.header["said"]:
                yield from said_faults(what, entry, erased=export.erased(chain))
            seal, expected = entry["seal"], entry["version"] + 1
        yield from record_faults(record_id, chain, export.records.get(record_id))
    for record_id in export.records.keys() - export.chains.keys():
        yield REMOVED, f"record {record_id}", "the record is there, and none of its entries"


def said_faults(what: str, entry: Line, *, erased: bool) -> Iterator[Finding]:
    """What was sent, against its commitment, unless both it and its salt are gone with a record that was erased."""
    salt, said = entry["salt"], entry["said"]
    if salt is None and said is None:
        if not erased:
            yield ALTERED, what, "its salt is gone, and no entry says that the record was erased"
    elif salt is None or (None if said is None else sha256(salt + said)) != entry["said_commitment"]:
        yield ALTERED, what, "what was sent is not what the entry committed to"


def record_faults(record_id: str, chain: list[Line], record: Line | None) -> Iterator[Finding]:
    """The record, against its last entry."""
    last = newest_of(chain)
    what = f"{last.get('kind', 'record')} {record_id}"
    if record is None:
        yield REMOVED, what, "the record is not there, though its entries are"
    elif record["version"] > last["version"]:
        yield REMOVED, what, "its last entries are not there"
    elif record["version"] < last["version"]:
        yield INSERTED, what, "it has entries after its version"
    elif None not in (record["seal"], last["seal"]) and record["seal"] != last["seal"]:
        yield ALTERED, what, "the record keeps another seal than its last entry has"
    elif "record" in record and last.get("salt") is not None and not says(record["record"], last):
        yield ALTERED, what, "the record does not say what its last entry committed to"


def says(record: Any, last: Line) -> bool:
    """Whether this is what an entry committed to."""
    return bool(sha256(last["salt"] + canonical(record)) == last["commitment"])


def access_faults(export: Export, secrets: Secrets) -> Iterator[Finding]:
    """Who was shown what."""
    for each in export.by_kind["access"]:
        yield from secrets.faults(f"access {each['id']}", canonical({name: each[name] for name in ACCESS_SEALED}), each)


def checkpoint_in(text: str) -> Line | None:
    """What a line of a folder says, if it has the shape of a checkpoint."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.keys() != CHECKPOINT_SHAPE.keys():
        return None
    return said if all(isinstance(said[name], kind) for name, kind in CHECKPOINT_SHAPE.items()) else None


class Witness:
    """The checkpoints, read folder by folder and line by line."""

    def __init__(self, export: Export, public_keys: dict[str, Ed25519PublicKey]) -> None:
        self.export, self.public_keys = export, public_keys
        self.listed: dict[tuple[Any, ...], Any] = {}
        self.folders: dict[int, dict[int, str]] = defaultdict(dict)

    def faults(self) -> Iterator[Finding]:
        """Whether the files are as they were signed, whole and alike, and whether all that they list is there."""
        for line in self.export.by_kind["checkpoint"]:
            yield from self.read(line["folder"], line["text"])
        numbers = sorted({number for each in self.folders.values() for number in each})
        for folder in range(1, max(self.folders, default=0) + 1):
            for number in numbers:
                if number not in self.folders[folder]:
                    yield CHECKPOINT_MISMATCH, f"checkpoint {number}", f"it is not in folder {folder}"
        yield from self.chain_faults(numbers)
        yield from self.listed_faults()
        yield from self.age_faults()

    def read(self, folder: int, text: str) -> Iterator[Finding]:
        """One line: whether it was signed, and what it lists."""
        said = checkpoint_in(text)
        if said is None:
            yield CHECKPOINT_MISMATCH, f"folder {folder}", "a line of it is no checkpoint"
            return
        number, signature, key_id = said["number"], said.pop("signature"), said["key_id"]
        what = f"checkpoint {number}"
        if number <= max(self.folders[folder], default=0):
            yield CHECKPOINT_MISMATCH, what, f"in folder {folder} it does not stand in its place"
        self.folders[folder][number] = text
        if key_id not in self.public_keys:
            yield KEY_UNKNOWN, what, f"in folder {folder} it is signed with a key that was not given"
            return
        try:
            self.public_keys[key_id].verify(bytes.fromhex(signature), canonical(said).encode())
        except (InvalidSignature, ValueError):
            yield CHECKPOINT_MISMATCH, what, f"in folder {folder} it does not say what was signed"
            return
        if (said["format"], said["practice"]) != (CHECKPOINT_FORMAT, self.export.header["practice"]):
            yield CHECKPOINT_MISMATCH, what, f"in folder {folder} it is of another practice"
            return
        self.listed |= {(record, version): (seal, number) for record, version, seal in said["changes"]}
        self.listed |= {(access,): (seal, number) for access, seal in said["accesses"]}

    def chain_faults(self, numbers: list[int]) -> Iterator[Finding]:
        """Whether each line follows the one before it, and the folders agree."""
        before: tuple[int, str | None] = (0, None)
        for number in numbers:
            texts = sorted({each[number] for each in self.folders.values() if number in each})
            if len(texts) > 1:
                yield CHECKPOINT_MISMATCH, f"checkpoint {number}", "the folders keep different lines of this number"
            follow = [each for each in texts if json.loads(each)["previous"] == before[1] and number == before[0] + 1]
            if not follow:
                yield CHECKPOINT_MISMATCH, f"checkpoint {number}", f"it does not follow checkpoint {before[0]}"
            before = number, sha256((follow or texts)[0])

    def listed_faults(self) -> Iterator[Finding]:
        """Whether all that was listed is there, with the seal that it had."""
        for key, (seal, number) in self.listed.items():
            found = self.found(key)
            what = f"record {key[0]} version {key[1]}" if len(key) > 1 else f"access {key[0]}"
            if found is None or seal is None:
                yield REMOVED, what, f"checkpoint {number} lists it, and its entry is not there"
            elif found["seal"] != seal:
                yield CHECKPOINT_MISMATCH, what, f"checkpoint {number} lists it with another seal"

    def found(self, key: tuple[Any, ...]) -> Line | None:
        """What was listed, as it stands in the export."""
        return self.export.accesses.get(key[0]) if len(key) == 1 else self.export.places.get((key[0], key[1]))

    def age_faults(self) -> Iterator[Finding]:
        """Whether anything is too old to be listed by no checkpoint."""
        long_ago = datetime.fromisoformat(self.export.header["made_at"]) - WITNESSED_WITHIN
        everything: dict[tuple[Any, ...], Line] = {(each,): entry for each, entry in self.export.accesses.items()}
        everything.update(self.export.places)
        for key, entry in everything.items():
            if (
                entry["line"] != "unreadable"
                and key not in self.listed
                and datetime.fromisoformat(entry["at"]) < long_ago
            ):
                yield (
                    NEVER_WITNESSED,
                    f"{entry['line']} {entry['id']}",
                    "it is older than a day, and no checkpoint lists it",
                )


def public_keys_in(export: Export, file: Path | None) -> dict[str, Ed25519PublicKey]:
    """The keys that verify checkpoints, by their names: those of a file, or those that the export itself brings."""
    if file is None:
        raw = [bytes.fromhex(each["public_key"]) for each in export.by_kind["key"]]
        keys = [Ed25519PublicKey.from_public_bytes(each) for each in raw]
    else:
        loaded = [load_pem_public_key(each) for each in PEM.findall(file.read_bytes())]
        keys = [each for each in loaded if isinstance(each, Ed25519PublicKey)]
    named = (
        (hashlib.sha256(each.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:12], each) for each in keys
    )
    return dict(named)


def findings(path: Path, audit_keys: Iterable[Path] = (), public_key: Path | None = None) -> list[Finding]:
    """Everything that is wrong with an export. Raises ValueError, KeyError or OSError for a file that is none."""
    with path.open(encoding="utf-8") as file:
        export = Export(json.loads(each) for each in file)
    secrets = Secrets(audit_keys)
    witness = Witness(export, public_keys_in(export, public_key))
    return [*export.faults(), *chain_faults(export, secrets), *access_faults(export, secrets), *witness.faults()]


def main() -> int:
    """Read the arguments, and say what is wrong."""
    parser = argparse.ArgumentParser(description="Verify an export of a practice's audit trail.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--audit-key", type=Path, action="append", default=[], help="a file with a secret that seals")
    parser.add_argument("--public-key", type=Path, help="the public keys of checkpoints, in PEM form")
    given = parser.parse_args()
    try:
        found = findings(given.export, given.audit_key, given.public_key)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        sys.stderr.write("This is no export of an audit trail, or a file can't be read.\n")
        return 2
    for verdict, what, why in found:
        sys.stdout.write(f"{verdict}: {what}: {why}\n")
    if not given.audit_key:
        sys.stdout.write("Seals were not verified: that takes the audit key.\n")
    if not given.public_key:
        sys.stdout.write("Checkpoints were verified with the keys in the export itself: take them from elsewhere.\n")
    sys.stdout.write(f"{len(found)} findings.\n" if found else "Nothing is wrong.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
