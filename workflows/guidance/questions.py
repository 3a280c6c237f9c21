"""The questions that patients ask, each answered by the conduct check: so practices answer as their policies differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter

from models.clauses import Consequence
from models.conduct import Act, AnyAct
from models.guidance import Answered
from models.judgements import Judgement, LawBeside, Requirement, Standing, Verdict, WhatFollows
from models.settings import Platform, ReviewChannelKind
from workflows.conduct import VersionInForce, judge
from workflows.guidance.sources import Told, said
from workflows.guidance.wording import ON_YOUR_OWN_TERMS, PLATFORMS, SAID, both, done

ACTS: Final[TypeAdapter[Act]] = TypeAdapter(AnyAct)

YES, IF, NO, UNSAID = Verdict.PERMITTED, Verdict.PERMITTED_IF, Verdict.BREACH, Verdict.NOT_COVERED


@dataclass(frozen=True, slots=True)
class Question:
    """What patients ask, the act that is meant, and the words for each verdict; a law is shown where the check names it."""

    key: str
    asks: str
    act: Mapping[str, Any]
    says: Mapping[Verdict, str] = field(default_factory=dict)
    law: tuple[str, ...] = ()
    leaves_out: frozenset[Consequence] = frozenset()

    def answered(self, told: Told) -> Answered:
        """The answer that this version gives."""
        page = own_pages(told)[0]
        judgement = judged(told, {**self.act, "platform": page} if "platform" in self.act else self.act)
        following = [each for each in judgement.consequences if each.consequence not in self.leaves_out]
        law = [each for each in judgement.law if self.shows(each, told) or prevails(each, following)]
        return Answered(
            key=self.key, question=self.asks.format(page=called(page)), verdict=judgement.verdict,
            answer=self.words(told, judgement.verdict),
            conditions=conditions(judgement), consequences=list(sentences(following, judgement.verdict)),
            law=[said(each) for each in law], stands=told.judged_by(judgement),
        )  # fmt: skip

    def shows(self, law: LawBeside, told: Told) -> bool:
        """Whether a law belongs to the answer: how the NHS website treats reviews, only where the policy sends them there."""
        sent = told.content.settings.review_channel.value.kind == ReviewChannelKind.NHS_WEBSITE
        return law.key in self.law and (sent or law.key != "nhs_website_reviews")

    def words(self, told: Told, verdict: Verdict) -> str:
        """The answer in plain words."""
        return self.says.get(verdict, SAID[verdict]).format(
            reviews=REVIEWS[told.content.settings.review_channel.value.kind]
        )


def own_pages(told: Told) -> list[Platform]:
    """The practice's pages, or one that it might have."""
    named = dict.fromkeys(each.platform for each in told.content.settings.platform_accounts.value)
    return list(named) or [Platform.FACEBOOK]


def called(*pages: Platform) -> str:
    """Pages of the practice's own, as patients call them after "your" or "our"."""
    outside = [PLATFORMS[each] for each in pages if each != Platform.WEBSITE]
    website = ["website"] if Platform.WEBSITE in pages else []
    return " or ".join([*([f"{both(outside, 'or')} page"] if outside else []), *website])


def judged(told: Told, act: Mapping[str, Any]) -> Judgement:
    """What the conduct check makes of an act."""
    return judge(ACTS.validate_python(act), VersionInForce(told.policy.id, told.content), told.day)


def conditions(judgement: Judgement) -> list[str]:
    """What the answer depends on, each as the end of a sentence. What rules an act out is no condition."""
    return [on_terms(each) for each in judgement.conditions_unmet] if judgement.verdict == IF else []


def on_terms(requirement: Requirement) -> str:
    """A condition as patients read it."""
    return f"{ON_YOUR_OWN_TERMS[requirement]}."


def sentences(following: Iterable[WhatFollows], verdict: Verdict = NO) -> Iterator[str]:
    """What follows, each in a sentence, and none twice. Of what is allowed on conditions, it follows if they are not met."""
    return iter(dict.fromkeys(done(each, if_broken=verdict == IF) for each in following))


def prevails(law: LawBeside, following: Iterable[WhatFollows]) -> bool:
    """Whether a law stands above one of these consequences: then it is always told with it."""
    return law.standing == Standing.ABOVE and any(law.key in each.narrowed_by for each in following)


def answers(told: Told) -> list[Answered]:
    """Every question, with the answer that this version gives."""
    return [each.answered(told) for each in QUESTIONS]


REVIEWS: Final[Mapping[ReviewChannelKind, str]] = {
    ReviewChannelKind.NHS_WEBSITE: "on the NHS website",
    ReviewChannelKind.OWN_WEBSITE: "on our website",
    ReviewChannelKind.OWN_PAGE: "on our page",
    ReviewChannelKind.UNSTATED: "in a place that you choose",
}

RECORDING: Final = {
    "deed": "record",
    "medium": "audio",
    "venue": "consultation",
    "manner": "openly",
    "purpose": "own_use",
}
POST: Final = {"deed": "post_online", "venue": "third_party_account"}
WHO_IS_SEEN: Final = ("data_protection", "privacy_of_others")
KEEP_IT_OFF: Final = "No. Please keep phones and other devices put away in your appointment."

QUESTIONS: Final = (
    Question(
        "phone_in_appointment", "Can I use my phone in my appointment?", {"deed": "use_device", "venue": "consultation"},
        {YES: "Yes. Please be polite.", NO: KEEP_IT_OFF}, law=("adjustments_first",),
    ),
    Question(
        "record_appointment", "Can I record my appointment?", RECORDING,
        {
            YES: "Yes, you can record it to keep for yourself.",
            IF: "Yes, you can record it to keep for yourself, as long as:",
            NO: "Our rules say no. They do not let you use a phone or any other device in your appointment.",
        },
        law=("private_recording_lawful", "adjustments_first"),
    ),
    Question(
        "disability", "What if I need to record because of a disability?", RECORDING,
        {
            YES: "You can. Tell us before your appointment if we can help you to do it.",
            IF: "Tell us before your appointment. We will look with you at what you need. It helps if:",
            NO: "Tell us before your appointment. Our rule on phones and devices does not stand in your way if you need one.",
            UNSAID: "Tell us before your appointment. Our rules do not say, but we will look with you at what you need.",
        },
        law=("adjustments_first",),
        leaves_out=frozenset(Consequence) - {Consequence.RECORDED_IN_RECORD},
    ),
    Question(
        "record_in_secret", "What if I record my appointment in secret?", {**RECORDING, "manner": "covertly"},
        {
            YES: "Our rules do not stop you. But please tell us.",
            IF: "Please tell us first. Our rules let you record as long as:",
            NO: "Our rules do not let you. Please be open with us and ask first.",
            UNSAID: "Our rules do not say. Please be open with us and ask first.",
        },
        law=("private_recording_lawful",),
    ),
    Question(
        "others_in_recording", "Can I bring someone else into the recording?",
        {**RECORDING, "captures": ["clinician", "other_patient"]},
        {
            YES: "Yes, if they agree.",
            IF: "Please ask them first. If it is another patient, our rules let you only as long as:",
            NO: "No. Please leave other patients out of it.",
        },
        law=WHO_IS_SEEN,
    ),
    Question(
        "post_recording", "Can I post a recording of my appointment online?",
        {**POST, "shows": "consultation_recording", "captures": ["clinician"]},
        {NO: "No. The recording is just for you.", UNSAID: "Our rules do not say. Please ask us, and all who are in it, first."},
        law=WHO_IS_SEEN,
    ),
    Question(
        "film_waiting_room", "Can I film in the waiting room?", {"deed": "record", "medium": "video", "venue": "waiting_room"},
        {
            IF: "Only as long as:",
            NO: "No. Other patients may be there.",
            UNSAID: "Our rules speak of photos there, and not of film or sound. Please ask us first.",
        },
        law=("privacy_of_others",),
    ),
    Question(
        "photo_waiting_room", "Can I take a photo in the waiting room?", {"deed": "photograph", "venue": "waiting_room"},
        {IF: "Only as long as:", NO: "No. Other patients may be there."}, law=("privacy_of_others",),
    ),
    Question(
        "photo_staff", "Can I take a photo of someone on your staff?",
        {"deed": "photograph", "venue": "premises", "captures": ["staff_member"], "other_patients_near": False},
        {IF: "Only as long as:", NO: "No. Please leave our staff out of your photos."}, law=("privacy_of_others",),
    ),
    Question(
        "post_about_practice", "Can I post about you on my own pages?", {**POST, "about": ["practice"]},
        {YES: "Our rules do not stop you, if what you post is fair and true.", NO: "No. Please talk to us."},
        law=("complaint_never_ground",),
    ),
    Question(
        "name_staff", "Can I name someone on your staff online to say thank you?",
        {**POST, "about": ["staff_member"], "grounds": ["identifies_staff"], "praise": True},
        {NO: "Please do not. Thank them in person, or write to us. We will do nothing against you if you meant well."},
    ),
    Question(
        "post_about_patient", "Can I post about another patient?",
        {**POST, "about": ["other_patient"], "grounds": ["identifies_patient"]},
        {IF: "Only as long as:"}, law=("data_protection",),
    ),
    Question(
        "review", "Can I post a review?", {"deed": "leave_review", "venue": "third_party_account", "about": ["practice"]},
        {
            YES: "Yes, you can post it {reviews}.",
            NO: "Yes, but please post it {reviews} and in no other place.",
            UNSAID: "Our rules do not say. You are free to.",
        },
        law=("nhs_website_reviews", "complaint_never_ground"),
    ),
    Question(
        "complaint_on_page", "Can I complain on your {page}?",
        {"deed": "complain", "venue": "own_page", "platform": "facebook"},
        {
            YES: "Yes.",
            IF: "You can, but we cannot talk about it there. It is best if:",
            NO: "Please do not. Complain to us in the usual way, so that we can look into it.",
            UNSAID: "Our rules do not say. Please complain to us in the usual way, so that we can look into it.",
        },
        law=("complaint_route", "complaint_never_ground"),
    ),
    Question(
        "health_message", "Can I message you on social media about my health?",
        {"deed": "send_medical_message", "venue": "messaging"},
        {
            NO: "Please do not. It is not safe. We will not hold it against you if you did. See below how to reach us.",
            UNSAID: "Our rules do not say. But it is not a safe way, so please call us or come in.",
        },
        law=("security_of_messages",),
    ),
    Question(
        "friend_request", "Can I ask someone on your staff to be friends online?", {"deed": "friend_request"},
        {
            YES: "You can ask. Our staff have to take care, and may well say no.",
            UNSAID: "Our rules do not say. Our staff may well say no.",
        },
        law=("professional_boundaries",),
    ),
    Question(
        "abuse", "What if someone shouts at your staff or is rude to them?",
        {"deed": "abuse", "kind": "verbal_abuse", "venue": "premises"},
        {NO: "We do not put up with abuse.", UNSAID: "Our rules do not say what we do. Please be kind to our staff."},
        law=("warning_first",),
    ),
)  # fmt: skip
"""Every question, in the order in which patients read them."""
