"""What is sent at the end of a form: the answers as the request that they make, and what makes them look like junk."""

from datetime import date, datetime, timedelta
from typing import Final

from api.pages.asking.checks import ADDRESS_LINES, BETWEEN_DIGITS
from api.pages.asking.questions import Said
from models.data_protection_complaints import Complainant, ComplaintChannel, DataProtectionComplaintDraft
from models.held_submissions import Suspicion
from models.people import PersonContact
from models.references import well_formed
from models.rights import FOR_THE_DEAD, AskedBy, Channel, Regime, ReplyBy, Right, Scope
from models.rights_requests import Concerned, Representative, RightsRequestDraft

REPLIES: Final = {"by_email": ReplyBy.EMAIL, "by_post": ReplyBy.POST, "by_phone": ReplyBy.PHONE}
TRAP: Final = "trap"


def request_in(said: Said, *, synthetic: bool) -> RightsRequestDraft:
    """The request that the answers make. They were checked, each on its page."""
    asked_by = AskedBy(said["relation"]) if said["whose"] == "somebody" else AskedBy.THEMSELVES
    contact = contact_in(said)
    for_another = asked_by != AskedBy.THEMSELVES
    concerned = Concerned.model_validate(
        {
            "name": said["name"],
            "date_of_birth": date(int(said["year"]), int(said["month"]), int(said["day"])),
            "nhs_number": said.get("nhs_number"),
            "contact": None if for_another else contact,
        },
        context={"synthetic_nhs_numbers": synthetic},
    )
    return RightsRequestDraft(
        right=Right(said["right"]), regime=Regime.AHRA_1990 if asked_by in FOR_THE_DEAD else Regime.UK_GDPR,
        scope=Scope(said.get("scope", Scope.CLINICAL_RECORD)), about=said["about"], concerned=concerned, asked_by=asked_by,
        representative=Representative(name=said["representative"], contact=contact) if for_another else None,
        channel=Channel.WEBSITE, reply_by=REPLIES[said["contact"]],
    )  # fmt: skip


def complaint_in(said: Said, *, synthetic: bool) -> DataProtectionComplaintDraft:  # noqa: ARG001 - made alike, and asks for no number
    """The complaint that the answers make."""
    for_another = said["whose"] == "somebody"
    born = None if for_another else date(int(said["year"]), int(said["month"]), int(said["day"]))
    name = said["representative"] if for_another else said["name"]
    return DataProtectionComplaintDraft(
        about=said["complaint"], complainant=Complainant(name=name, date_of_birth=born, contact=contact_in(said)),
        for_whom=said["name"] if for_another else None, channel=ComplaintChannel.WEBSITE,
        about_request=well_formed(said.get("reference", "")),
    )  # fmt: skip


def contact_in(said: Said) -> PersonContact:
    """How whoever asks is reached."""
    match said["contact"]:
        case "by_email":
            return PersonContact(email=said["email"])
        case "by_phone":
            return PersonContact(phone=" ".join(BETWEEN_DIGITS.sub(" ", said["phone"]).split()))
        case _:
            lines = [said[each] for each in ADDRESS_LINES if said[each]]
            return PersonContact(address=lines, postcode=said["postcode"])


def suspicions_in(said: Said, began: str, now: datetime, quickest: float) -> list[Suspicion]:
    """What makes answers look like those of a machine: a field filled in that nobody sees, or more haste than anybody has."""
    found = [Suspicion.TRAP_FILLED] if said.get(TRAP) else []
    too_fast = not began or now - datetime.fromisoformat(began) < timedelta(seconds=quickest)
    return [*found, *[Suspicion.TOO_FAST] * too_fast]
