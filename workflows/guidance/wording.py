"""The plain words for what a policy and the law say: every word that patients read of them stands here, or with its question."""

from collections.abc import Iterable, Mapping
from typing import Final

from models.clauses import BreachGround, Condition, Consequence
from models.judgements import FurtherCondition, Requirement, Verdict, WhatFollows
from models.roles import Role
from models.settings import Article, Firmness, Origin, Platform

TITLE: Final = "Phones, recordings and social media: our rules for patients"

INTRODUCTION: Final = (
    "Do you want to record, take a photo or post about us? This page tells you what we ask of you.",
    "It also tells you what you can expect from us. The law comes before our rules. Where it gives you more, we say so.",
)

ON_YOUR_OWN_TERMS: Final[Mapping[Requirement, str]] = {
    Condition.CLINICIAN_AGREES: "your doctor or nurse agrees",
    Condition.OTHER_PATIENT_CONSENTS: "each other patient that people could know from it agrees",
    Condition.STAFF_MEMBER_CONSENTS: "the person on our staff agrees",
    Condition.OWN_USE_ONLY: "it is just for you",
    Condition.OPEN_AND_HONEST: "you do it in the open",
    Condition.NO_INTERFERENCE: "it does not get in the way of your care",
    Condition.KEPT_PRIVATE_AND_SAFE: "you keep it private and safe",
    Condition.PERMISSION_SOUGHT: "you ask first",
    Condition.ABSOLUTELY_NECESSARY: "you really need it",
    Condition.APPROVED_FIRST: "it is checked first",
    FurtherCondition.COURTEOUSLY: "you are polite and think of other patients",
    FurtherCondition.NO_OTHER_PATIENT_NEAR: "no other patient is there",
    FurtherCondition.THROUGH_COMPLAINTS_PROCEDURE: "you also complain to us in the usual way, so that we can look into it",
    FurtherCondition.ADVICE_WEIGHED: "the advice for staff is thought about first",
    FurtherCondition.NOT_ONLY_A_PATIENT: "you know each other from outside the practice",
    FurtherCondition.NO_CLINICAL_INFORMATION: "it says nothing about anyone's health",
    FurtherCondition.ABOUT_THE_PRACTICE: "it is about the practice",
    FurtherCondition.BY_A_NAMED_USER: "the right person on our staff posts it",
}  # fmt: skip
"""What an answer depends on, after "as long as"."""

DONE: Final[Mapping[Consequence, str]] = {
    Consequence.POST_DELETED: "delete the post",
    Consequence.POST_MAY_BE_DELETED: "delete the post",
    Consequence.POST_REPORTED: "report the post",
    Consequence.MESSAGE_DELETED: "delete the message",
    Consequence.REDIRECTED: "tell you which way to use",
    Consequence.GENERIC_REPLY: "reply with a short note on how to complain",
    Consequence.COMPLAINT_ROUTE_OFFERED: "tell you how to complain",
    Consequence.AUTHOR_ASKED_TO_REMOVE: "ask you to take the post down",
    Consequence.ADVISED: "tell you why this way does not help",
    Consequence.LEGAL_ADVICE_SOUGHT: "ask a lawyer for advice",
    Consequence.LEGAL_ADVICE_POSSIBLE: "ask a lawyer for advice",
    Consequence.LEGAL_ACTION_POSSIBLE: "get advice on it, as it could end in court",
    Consequence.APPROPRIATE_ACTION: "do what is right for the case",
    Consequence.RELATIONSHIP_MAY_BREAK_DOWN: "find that we can no longer work well with you, so that you need a new practice",
    Consequence.IMMEDIATE_REMOVAL: "ask for you to be taken off our list at once",
    Consequence.RECORDED_IN_RECORD: "note in your record that you made a recording",
}
"""What the practice does, after "we will" or "we may"."""

LAW: Final[Mapping[str, str]] = {
    "adjustments_first": (
        "If you need a phone or a recording because of a disability, tell us. We must make changes to help you, as far as that"
        " is fair to ask of us. This duty comes before our rules."
    ),
    "private_recording_lawful": (
        "The law lets you record your own appointment for yourself. You do not need us to say yes. But it is polite to ask."
    ),
    "complaint_never_ground": "We must never take you off our list just because you complain. It does not matter where or how.",
    "complaint_route": "You can complain by talking to us, in writing or online. We must always show you how.",
    "complaint_to_commissioner": (
        "You can complain to our integrated care board in place of us. It is the part of the NHS that pays for our care."
    ),
    "data_protection_complaint": (
        "You can also complain about how we use facts about you. We must make this easy. We must tell you within 30 days that we"
        " have your complaint."
    ),
    "data_complaint_to_regulator": (
        "You can go to the ICO too, at ico.org.uk. It sees to it that data law is kept. Most of the time it will ask you to tell"
        " us first."
    ),
    "immediate_removal_narrow": (
        "By law we can take a patient off our list at once only for violence, or if they made someone fear for their safety."
        " We must also have told the police. Harsh words alone are not enough."
    ),
    "warning_first": (
        "Unless there was violence, or someone had to fear for their safety, we can take a patient off our list only for a fair"
        " reason. We must have warned them and said why in the year before. There are few exceptions."
    ),
    "rights_are_statutory": (
        "You have these rights by law, even where our rules do not list them. Each has its limits. As a rule we must answer you"
        " within one month."
    ),
    "consent_to_presence": "You choose who is in the room with you. If you say no, your care stays the same.",
    "confidentiality_in_public": "We must not say anything about you in public. We do not even say that you are a patient.",
    "data_protection": "What you keep for yourself is outside data law. What you post about other people is not.",
    "privacy_of_others": "Anyone who is seen or heard in it has a right to a private life.",
    "defamation_defences": (
        "The law steps in only where a false claim does serious harm to a person's good name. You may tell the truth. You may"
        " give an honest view."
    ),
    "individual_claims": (
        "Only the person whose private facts were used can go to court about them. The practice cannot do it for them."
    ),
    "online_offences": "Threats can be a crime. So can lies that someone sends on purpose to do harm.",
    "harassment": (
        "What is wrong face to face is wrong online. Two or more linked posts that upset or scare someone may be harassment,"
        " which is against the law."
    ),
    "nhs_website_reviews": (
        "The NHS website shows reviews of care from the last two years. It does not show a review that names someone, or that is"
        " a formal complaint."
    ),
    "security_of_messages": "We must keep facts about your health safe. So please tell us in a safe way.",
    "professional_boundaries": "Doctors keep work and private life apart online. We will not hold it against you that you asked.",
}
"""The law beside a policy, by the key under which the conduct check knows it."""

AT_FAULT: Final[Mapping[BreachGround, str]] = {
    BreachGround.INACCURATE: "wrong",
    BreachGround.FRAUDULENT: "meant to cheat people",
    BreachGround.HARASSING: "meant to bully or scare someone",
    BreachGround.EMBARRASSING: "meant to shame someone",
    BreachGround.OBSCENE: "rude about sex, or very nasty",
    BreachGround.DEFAMATORY: "false, and bad for someone's good name",
    BreachGround.UNLAWFUL: "against the law",
    BreachGround.IDENTIFIES_STAFF: "about a person on our staff, so that others can tell who it is",
    BreachGround.IDENTIFIES_PATIENT: "about another patient, so that others can tell who it is",
}
"""What is wrong with a post."""

ROLES: Final[Mapping[Role, str]] = {
    Role.STAFF: "staff",
    Role.CLINICIAN: "doctors and nurses",
    Role.PARTNER: "partners",
    Role.PRACTICE_MANAGER: "practice manager",
    Role.COMMUNICATIONS_MANAGER: "communications manager",
    Role.COMPLAINTS_LEAD: "complaints lead",
    Role.INFORMATION_RIGHTS_LEAD: "records lead",
    Role.BUSINESS_MANAGER: "business manager",
    Role.HEAD_OF_OPERATIONS: "head of operations",
    Role.RECEPTION_MANAGER: "reception manager",
}
"""Who does something at the practice, after "our"."""

PLATFORMS: Final[Mapping[Platform, str]] = {
    Platform.FACEBOOK: "Facebook",
    Platform.INSTAGRAM: "Instagram",
    Platform.X: "X",
    Platform.LINKEDIN: "LinkedIn",
    Platform.YOUTUBE: "YouTube",
    Platform.WHATSAPP: "WhatsApp",
    Platform.GOOGLE: "Google",
    Platform.WEBSITE: "our website",
}

RIGHTS: Final[Mapping[Article, str]] = {
    Article.ACCESS: "see what we hold about you and get a copy",
    Article.RECTIFICATION: "have it put right if it is wrong",
    Article.ERASURE: "have it deleted, though health records must most often be kept",
    Article.RESTRICTION: "limit how we use it",
    Article.PORTABILITY: "take some of it with you, though this seldom fits health records",
    Article.OBJECTION: "say no to some of the ways in which we use it",
}

SAID: Final[Mapping[Verdict, str]] = {
    Verdict.PERMITTED: "Yes.",
    Verdict.PERMITTED_IF: "Yes, as long as:",
    Verdict.BREACH: "No.",
    Verdict.NOT_COVERED: "Our rules do not say.",
}
"""How a question is answered that has no words of its own for a verdict."""


IF_BROKEN: Final = frozenset(
    {
        Consequence.AUTHOR_ASKED_TO_REMOVE, Consequence.ADVISED, Consequence.LEGAL_ADVICE_SOUGHT,
        Consequence.LEGAL_ADVICE_POSSIBLE, Consequence.LEGAL_ACTION_POSSIBLE, Consequence.APPROPRIATE_ACTION,
        Consequence.RELATIONSHIP_MAY_BREAK_DOWN, Consequence.IMMEDIATE_REMOVAL,
    }
)  # fmt: skip
"""What follows only if a condition is not kept, where something is allowed on conditions."""


def done(following: WhatFollows, *, if_broken: bool = False) -> str:
    """One consequence in a sentence, with who sees to it where the policy says so."""
    who = team(following.by) if following.by_origin == Origin.FROM_POLICY else "we"
    begins = "If not, " if if_broken and following.consequence in IF_BROKEN else ""
    said = f"{begins}{who} {firmly(following.firmness)} {DONE[following.consequence]}."
    return f"{said[0].upper()}{said[1:]}"


def firmly(firmness: Firmness) -> str:
    """Whether it will or may be."""
    return "will" if firmness == Firmness.WILL else "may"


def team(roles: Iterable[Role]) -> str:
    """Those who hold these roles."""
    return f"our {both([ROLES[each] for each in roles])}"


def both(words: Iterable[str], between: str = "and") -> str:
    """Words as one part of a sentence."""
    *before, last = words
    return f"{', '.join(before)} {between} {last}" if before else last
