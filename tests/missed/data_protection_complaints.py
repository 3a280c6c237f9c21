"""What is taken out of the law of data protection complaints."""

from __future__ import annotations

from uuid import UUID

from models.data_protection_complaints import DataProtectionComplaint
from tests.missed.law import Mutant, but, consequences, effect

KIND = "data_protection_complaint"


def long_ago(complaint: DataProtectionComplaint) -> None:
    complaint.received_on = complaint.received_on.replace(year=2020)


def unexplained(complaint: DataProtectionComplaint) -> None:
    complaint.findings = None


def without_a_clock(complaint: DataProtectionComplaint) -> None:
    complaint.nhs_acknowledge_by = None


def matched_by_itself(complaint: DataProtectionComplaint) -> None:
    complaint.person_id = UUID(int=13)


MUTANTS = [
    Mutant("DPC-1", f"{KIND}.receive", effect(f"{KIND}.receive", long_ago)),
    Mutant("DPC-2", f"{KIND}.acknowledge", consequences(f"{KIND}.acknowledge", but("issue"))),
    Mutant("DPC-4", f"{KIND}.give_outcome", effect(f"{KIND}.give_outcome", unexplained)),
    Mutant("DPC-4", f"{KIND}.give_outcome", consequences(f"{KIND}.give_outcome", but("issue"))),
    Mutant("DPC-5", f"{KIND}.tell_progress", consequences(f"{KIND}.tell_progress", but("issue"))),
    Mutant("DPC-6", f"{KIND}.tag_as_nhs_complaint", effect(f"{KIND}.tag_as_nhs_complaint", without_a_clock)),
    Mutant("DPC-8", f"{KIND}.receive", effect(f"{KIND}.receive", matched_by_itself)),
]
