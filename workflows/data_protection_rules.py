"""The rules of data protection complaints."""

from typing import Final

from workflows.rule import Rule

SECTION: Final = "Data Protection Act 2018, section 164A"
DATA_PROTECTION_COMPLAINTS: Final = {
    "DPC-1": Rule(
        "A complaint about the use of information counts from the day on which it truly arrived, by whichever way; recorded more"
        " than five working days later, it says why.",
        f"{SECTION}(1) and (2).",
        ("data_protection_complaint.receive",),
    ),
    "DPC-2": Rule(
        "It is acknowledged within thirty days, and when and how that was done is kept.",
        f"{SECTION}(3).",
        ("data_protection_complaint.acknowledge",),
    ),
    "DPC-3": Rule(
        "An outcome within the thirty days takes the place of an acknowledgement; later, it is acknowledged first.",
        f"{SECTION}(3), as the regulator reads it.",
    ),
    "DPC-4": Rule(
        "The person is told by letter what was found, why, and what was done.",
        f"{SECTION}(4) and (5).",
        ("data_protection_complaint.give_outcome",),
    ),
    "DPC-5": Rule(
        "The person is told how far the enquiries are, and by when they hear again.",
        f"{SECTION}(5).",
        ("data_protection_complaint.tell_progress",),
    ),
    "DPC-6": Rule(
        "Where it is an NHS complaint as well, the clock of that procedure runs beside, from the same day.",
        "The NHS complaints regulations for England, SI 2009/309, regulation 13.",
        ("data_protection_complaint.tag_as_nhs_complaint",),
    ),
    "DPC-7": Rule(
        "From the website a complaint comes today and with a way to reach whoever complains, and it touches no other record.",
        f"{SECTION}(2).",
        ("data_protection_complaint.receive",),
    ),
    "DPC-8": Rule("A complaint is matched to somebody by a person who looked, and never by itself."),
    "DPC-9": Rule(
        "A complaint may name the rights request that it is about, one of the same practice.",
        beside=("data_protection_complaint.name_request",),
    ),
}
