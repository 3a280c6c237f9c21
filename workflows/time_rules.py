"""The rules by which the law counts time, and those of what falls due."""

from typing import Final

from workflows.rule import CONFIDENTIALITY, OWN, Rule

STATUTORY_TIME: Final = {
    "CLOCK-1": Rule(
        "A rights request is answered within one month, counted from the day of receipt to the end of the same date in the next"
        " month; where there is no such date, to the end of its last day.",
        "UK GDPR, Articles 4A, 12(3) and 12A(1); Regulation (EEC, Euratom) No 1182/71, Article 3.",
        ("statutory_time.answer_due",),
    ),
    "CLOCK-2": Rule(
        "The month begins with the latest of the receipt, the proof of identity, the proof of authority and the fee.",
        "UK GDPR, Article 12A(2).",
        ("statutory_time.answer_due",),
    ),
    "CLOCK-3": Rule(
        "For a request for access alone, the days from a necessary question to its answer do not count; each counts once, both"
        " ends included, and none up to the day on which the month began. A question that is answered on the same day adds none.",
        "UK GDPR, Article 12A(5).",
        ("statutory_time.answer_due",),
    ),
    "CLOCK-4": Rule(
        "An extension makes three months of one, from the same beginning, and the person is told within the first month.",
        "UK GDPR, Article 12A(3) and (4).",
        ("statutory_time.answer_due", "statutory_time.extension_notice_by"),
    ),
    "CLOCK-5": Rule(
        "A period that would end on a Saturday, a Sunday or a bank holiday runs to the end of the next working day: moved once,"
        " after everything else.",
        "Regulation (EEC, Euratom) No 1182/71, Article 3(4).",
        ("calendars.Calendar",),
    ),
    "CLOCK-6": Rule(
        "A day is a calendar day in London, and ends there at midnight.", OWN, ("statutory_time.london_day",)
    ),
    "CLOCK-7": Rule(
        "A complaint about data protection is acknowledged within thirty days, of which the day after the receipt is the first.",
        "Data Protection Act 2018, section 164A.",
        ("statutory_time.complaint_acknowledged_by",),
    ),
    "CLOCK-8": Rule(
        "An NHS complaint is acknowledged within three working days after the day on which it came.",
        "The NHS complaints regulations for England, SI 2009/309, regulation 13(3).",
        ("statutory_time.nhs_complaint_acknowledged_by",),
    ),
    "CLOCK-9": Rule(
        "Access to the record of somebody who has died is given within 21 days if nothing was recorded more than 40 days before"
        " the application, otherwise within 40; the day of the application is the first, and every day counts.",
        "Access to Health Records Act 1990, section 3.",
        ("statutory_time.dead_persons_record_due", "statutory_time.further_information_asked_by"),
    ),
    "CLOCK-10": Rule(
        "Whoever runs a website has 48 hours after a notice, of which those on weekends and bank holidays do not count.",
        "Defamation (Operators of Websites) Regulations 2013, regulation 1(3).",
        ("statutory_time.section_5_notice_by",),
    ),
    "CLOCK-11": Rule(
        "A removal from the list takes effect on the eighth day after the commissioner was told, or was told that a course of"
        " treatment had ended.",
        "The contract regulations for general practice, SI 2015/1862 and SI 2015/1879.",
        ("statutory_time.eighth_day",),
    ),
    "CLOCK-12": Rule(
        "An immediate removal is confirmed in writing within seven days.",
        "The contract regulations for general practice, SI 2015/1862 and SI 2015/1879.",
        ("statutory_time.in_writing_by",),
    ),
    "CLOCK-13": Rule(
        "A practice's own targets, 28 days and the day before the last, stand beside the date that the law sets and never for it.",
        OWN,
        ("statutory_time.internal_target", "statutory_time.day_before"),
    ),
}

DEADLINES: Final = {
    "DUE-1": Rule(
        "Everything that falls due is in one list, soonest first, with how each moment was found and by which rule.",
        OWN,
        ("deadlines.falling_due",),
    ),
    "DUE-2": Rule("Nobody learns what falls due for a record that they do not see.", OWN, ("deadlines.sight",)),
    "DUE-3": Rule(
        "Nothing sealed is opened to tell what falls due.",
        CONFIDENTIALITY,
        ("agendas.in_the_clear",),
    ),
    "DUE-4": Rule("What is overdue is told to the management once, by time alone.", OWN),
}

FEEDS: Final = {
    "FEED-1": Rule(
        "Somebody on the staff opens a calendar for themself, and it shows what they may see at the moment at which it is read.",
        OWN,
        ("calendar_feed.subscribe", "calendar_feeds.calendar_at"),
    ),
    "FEED-2": Rule(
        "A calendar is taken back by whoever it was opened for, or by the practice manager.",
        OWN,
        ("calendar_feed.close",),
    ),
    "FEED-3": Rule(
        "The secret of a link is told once, and only its fingerprint is kept; whatever is wrong with a link, the answer is the"
        " same.",
        OWN,
        ("calendar_feed.subscribe", "calendar_feeds.calendar_at"),
    ),
    "FEED-4": Rule(
        "A calendar holds kinds of record, rules and identifiers, and no word about anybody.",
        CONFIDENTIALITY,
        ("calendar_feeds.written",),
    ),
}
