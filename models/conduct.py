"""Acts: what somebody does, or would like to do, told without a word about who they are. Acts are judged and not kept."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator

from models.clauses import BreachGround
from models.record import Payload
from models.settings import Article, ImmediateRemovalGround, Platform

MOST_ACTS = 50


class Deed(StrEnum):
    """What is done.

    - `use_device`: use a phone or another portable device
    - `record`: record sound or film; in a consultation, one's own consultation
    - `photograph`: take a photograph
    - `post_online`: post something about the practice, those who work there or other patients
    - `leave_review`: review the practice
    - `complain`: complain about care or treatment
    - `send_medical_message`: send the practice medical information
    - `send_feedback`: tell the practice what one thinks of it, without complaining
    - `friend_request`: ask somebody who works at the practice to be friends online
    - `accept_friend_request`: as somebody who works there, accept a patient's request
    - `abuse`: abuse, threaten or use violence against somebody who works there
    - `post_for_practice`: as somebody who works there, post on the practice's own page
    - `decline_trainee`: say no to a doctor in training or a student
    - `use_information_right`: use a right over one's own record
    """

    USE_DEVICE = "use_device"
    RECORD = "record"
    PHOTOGRAPH = "photograph"
    POST_ONLINE = "post_online"
    LEAVE_REVIEW = "leave_review"
    COMPLAIN = "complain"
    SEND_MEDICAL_MESSAGE = "send_medical_message"
    SEND_FEEDBACK = "send_feedback"
    FRIEND_REQUEST = "friend_request"
    ACCEPT_FRIEND_REQUEST = "accept_friend_request"
    ABUSE = "abuse"
    POST_FOR_PRACTICE = "post_for_practice"
    DECLINE_TRAINEE = "decline_trainee"
    USE_INFORMATION_RIGHT = "use_information_right"


class Venue(StrEnum):
    """Where it is done.

    - `consultation`, `waiting_room`; `premises` for anywhere else at the practice
    - `own_page`: a page that the practice runs; `third_party_account`: anybody else's, such as the patient's own
    - `nhs_website`: the NHS website's page about the practice
    - `messaging`, `email`, `telephone`: sent to the practice, or said to it
    - `online_services`: the practice's own online form or portal
    - `complaints_procedure`: as the practice's complaints procedure sets out
    """

    CONSULTATION = "consultation"
    WAITING_ROOM = "waiting_room"
    PREMISES = "premises"
    OWN_PAGE = "own_page"
    THIRD_PARTY_ACCOUNT = "third_party_account"
    NHS_WEBSITE = "nhs_website"
    MESSAGING = "messaging"
    EMAIL = "email"
    TELEPHONE = "telephone"
    ONLINE_SERVICES = "online_services"
    COMPLAINTS_PROCEDURE = "complaints_procedure"


class Party(StrEnum):
    """Somebody whom it concerns: the clinician of the consultation, somebody else on the staff, or another patient."""

    CLINICIAN = "clinician"
    STAFF_MEMBER = "staff_member"
    OTHER_PATIENT = "other_patient"


class Medium(StrEnum):
    """What is made: sound, film with or without sound, or a still picture."""

    AUDIO = "audio"
    VIDEO = "video"
    PHOTOGRAPH = "photograph"


class Shown(StrEnum):
    """What a post holds: words alone, a medium, or a recording of one's own consultation."""

    WORDS = "words"
    AUDIO = "audio"
    VIDEO = "video"
    PHOTOGRAPH = "photograph"
    CONSULTATION_RECORDING = "consultation_recording"


class Purpose(StrEnum):
    """What a recording or photograph is for: to be kept for oneself, or to be posted."""

    OWN_USE = "own_use"
    TO_BE_POSTED = "to_be_posted"


class Manner(StrEnum):
    """Whether those concerned can tell that it is done."""

    OPENLY = "openly"
    COVERTLY = "covertly"


class Subject(StrEnum):
    """Whom a post or a review is about."""

    PRACTICE = "practice"
    STAFF_MEMBER = "staff_member"
    OTHER_PATIENT = "other_patient"
    ONESELF = "oneself"


IN_PERSON = frozenset({Venue.CONSULTATION, Venue.WAITING_ROOM, Venue.PREMISES})
ONLINE = frozenset({Venue.OWN_PAGE, Venue.THIRD_PARTY_ACCOUNT})

InPerson = Annotated[
    Literal[Venue.CONSULTATION, Venue.WAITING_ROOM, Venue.PREMISES],
    Field(description="Where at the practice: `premises` is anywhere but the consultation and the waiting room."),
]
Page = Annotated[
    Literal[Venue.OWN_PAGE, Venue.THIRD_PARTY_ACCOUNT],
    Field(description="On a page that the practice runs, or on anybody else's account."),
]
UNSAID = "Leave out what isn't known."
Fact = StrictBool | None
"""True, false, or not said."""

UNKIND = frozenset({BreachGround.HARASSING, BreachGround.OBSCENE, BreachGround.DEFAMATORY})


class Act(Payload):
    """Something that somebody does. A field that is left out is not known, and what is not known is never assumed."""

    deed: Deed


class Consented(Act):
    """An act to which others agree, or don't."""

    agreed: frozenset[Party] = Field(frozenset(), description=f"Who agreed. {UNSAID}")
    refused: frozenset[Party] = Field(frozenset(), description=f"Who was asked and said no. {UNSAID}")

    @model_validator(mode="after")
    def _nobody_says_both(self) -> Self:
        if self.agreed & self.refused:
            raise ValueError("nobody both agrees and refuses")
        return self


class Placed(Act):
    """An act at a place, which may be a page on a platform."""

    venue: Venue
    platform: Platform | None = Field(None, description="Which platform; the practice's own pages always have one.")

    @model_validator(mode="after")
    def _platform_goes_with_a_page(self) -> Self:
        if self.venue == Venue.OWN_PAGE and self.platform is None:
            raise ValueError("say on which platform the practice's page is")
        if self.venue not in ONLINE and self.platform is not None:
            raise ValueError("a platform is named only where something is posted")
        return self


class UseDevice(Consented):
    """Using a phone or another portable device."""

    deed: Literal[Deed.USE_DEVICE]
    venue: InPerson
    courteous: Fact = Field(None, description="Whether it is done politely and with thought for other patients.")


class Capture(Consented):
    """Making a recording or a photograph at the practice."""

    venue: InPerson
    captures: frozenset[Party] | None = Field(
        None, description=f"Who else can be recognised in it; an empty list says that nobody can. {UNSAID}"
    )
    other_patients_near: Fact = Field(None, description=f"Whether other patients are there. {UNSAID}")
    purpose: Purpose | None = None
    manner: Manner | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.manner == Manner.COVERTLY and self.agreed:
            raise ValueError("nobody agrees to what is done covertly")
        if self.other_patients_near is False and Party.OTHER_PATIENT in (self.captures or ()):
            raise ValueError("a patient who is captured is near")
        return self


class MakeRecording(Capture):
    """Recording sound or film. In a consultation this is a patient recording their own."""

    deed: Literal[Deed.RECORD]
    medium: Literal[Medium.AUDIO, Medium.VIDEO] = Field(description="Sound alone, or film with or without it.")
    interferes_with_care: Fact = None
    kept_private: Fact = Field(None, description="Whether the patient will keep it private and safe.")

    @model_validator(mode="after")
    def _is_private_or_posted(self) -> Self:
        if self.kept_private and self.purpose == Purpose.TO_BE_POSTED:
            raise ValueError("what is to be posted is not kept private")
        return self


class Photograph(Capture):
    """Taking a photograph."""

    deed: Literal[Deed.PHOTOGRAPH]
    medium: Literal[Medium.PHOTOGRAPH] = Field(Medium.PHOTOGRAPH, description="A still picture.")


class Publication(Consented, Placed):
    """Something for others to read online, and what is wrong with it, if anything."""

    about: frozenset[Subject] = Field(frozenset(), description=f"Whom it is about. {UNSAID}")
    grounds: frozenset[BreachGround] = Field(frozenset(), description="What is wrong with it. Empty if nothing is.")
    praise: StrictBool = Field(False, description="Whether it thanks or praises.")

    @model_validator(mode="after")
    def _is_kind_or_not(self) -> Self:
        if self.praise and self.grounds & UNKIND:
            raise ValueError("praise does not harass, offend or defame")
        return self


class PostOnline(Publication):
    """Posting something online."""

    deed: Literal[Deed.POST_ONLINE]
    venue: Page
    shows: Shown = Shown.WORDS
    captures: frozenset[Party] = Field(
        frozenset(), description="Who can be recognised in what is shown, oneself left out."
    )
    left_up_after_request: StrictBool = Field(
        False, description="Whether the practice has asked for it to be taken down, and it stays up."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.shows == Shown.WORDS and self.captures:
            raise ValueError("words alone capture nobody")
        return self


class LeaveReview(Publication):
    """Reviewing the practice."""

    deed: Literal[Deed.LEAVE_REVIEW]
    venue: Literal[Venue.OWN_PAGE, Venue.THIRD_PARTY_ACCOUNT, Venue.NHS_WEBSITE]


class Complain(Placed):
    """Complaining about care or treatment."""

    deed: Literal[Deed.COMPLAIN]


class SendMedicalMessage(Placed):
    """Sending the practice medical information."""

    deed: Literal[Deed.SEND_MEDICAL_MESSAGE]
    venue: Literal[
        Venue.OWN_PAGE, Venue.THIRD_PARTY_ACCOUNT, Venue.MESSAGING, Venue.EMAIL, Venue.ONLINE_SERVICES
    ]  # fmt: skip


class SendFeedback(Act):
    """Telling the practice what one thinks of it, without complaining."""

    deed: Literal[Deed.SEND_FEEDBACK]
    venue: Literal[Venue.ONLINE_SERVICES, Venue.MESSAGING, Venue.EMAIL, Venue.TELEPHONE, Venue.PREMISES]


class FriendRequest(Act):
    """As a patient, asking somebody who works at the practice to be friends online."""

    deed: Literal[Deed.FRIEND_REQUEST]


class AcceptFriendRequest(Act):
    """As somebody who works at the practice, accepting a patient's request."""

    deed: Literal[Deed.ACCEPT_FRIEND_REQUEST]
    known_only_as_patient: Fact = None
    advice_weighed: Fact = Field(None, description="Whether the professional bodies' advice has been weighed.")


class Abuse(Placed):
    """Abuse, threats or violence against somebody who works at the practice."""

    deed: Literal[Deed.ABUSE]
    kind: ImmediateRemovalGround
    venue: Literal[
        Venue.CONSULTATION, Venue.WAITING_ROOM, Venue.PREMISES, Venue.OWN_PAGE, Venue.THIRD_PARTY_ACCOUNT,
        Venue.MESSAGING, Venue.EMAIL, Venue.TELEPHONE,
    ]  # fmt: skip

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.kind == ImmediateRemovalGround.VIOLENCE and self.venue not in IN_PERSON:
            raise ValueError("violence is done in person")
        return self


class PostForPractice(Act):
    """As somebody who works at the practice, posting on its own page."""

    deed: Literal[Deed.POST_FOR_PRACTICE]
    platform: Platform | None = None
    clinical_information: Fact = Field(None, description="Whether it says anything about an individual's health.")
    approved: Fact = None
    about_the_practice: Fact = None
    by_named_user: Fact = Field(None, description="Whether whoever posts is one of those named to use the page.")


class DeclineTrainee(Act):
    """Saying no to a doctor in training, or to a student in the room."""

    deed: Literal[Deed.DECLINE_TRAINEE]


class UseInformationRight(Act):
    """Using a right over one's own record."""

    deed: Literal[Deed.USE_INFORMATION_RIGHT]
    article: Article = Field(description="The article of the UK GDPR that gives the right.")


AnyAct = Annotated[
    UseDevice | MakeRecording | Photograph | PostOnline | LeaveReview | Complain | SendMedicalMessage | SendFeedback
    | FriendRequest | AcceptFriendRequest | Abuse | PostForPractice | DeclineTrainee | UseInformationRight,
    Field(discriminator="deed"),
]  # fmt: skip


class ConductChecks(Payload):
    """Acts to be judged, each by itself. Nothing in them says who anybody is."""

    acts: Annotated[list[AnyAct], Field(min_length=1, max_length=MOST_ACTS)]
