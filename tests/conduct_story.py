"""What five documents say of the same acts: written from the documents, act by act, and not from the code."""

from dataclasses import dataclass
from typing import Any

NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Scene:
    """An act, and its verdict at each of the five practices with the clause that speaks to it."""

    told: str
    topic: str
    act: dict[str, Any]
    imperial: str
    coleridge: str
    maryport: str
    woodbrook: str
    aspiro: str


@dataclass(frozen=True)
class Sequel:
    """What follows an act at each practice: whether it will or may, and who does it; empty where the document says nothing."""

    told: str
    topic: str
    act: dict[str, Any]
    consequence: str
    imperial: str
    coleridge: str
    maryport: str
    woodbrook: str
    aspiro: str


TOPICS = frozenset(
    {
        "devices in a consultation", "recording one's own consultation", "covert recording", "recordings in the record",
        "a copy for the record", "the waiting room", "photographs of staff", "other patients", "unacceptable posts",
        "who deletes, and where", "naming staff", "defamation and legal advice", "reviews", "who answers reviews",
        "feedback", "complaints on a page", "complaints elsewhere", "no removal for complaining", "medical messages",
        "clinical information in the practice's posts", "who may post, and who approves", "friend requests",
        "asking the author to remove", "who decides when the author refuses", "the end of the relationship",
        "abuse and removal at once", "rights over the record", "trainees",
    }
)  # fmt: skip
"""The ways in which the five documents differ on what people do."""

CONSULTATION = {"venue": "consultation"}
AUDIO = {"deed": "record", "medium": "audio", **CONSULTATION}
WAITING_FILM = {"deed": "record", "venue": "waiting_room", "medium": "video"}
WAITING_PHOTO = {"deed": "photograph", "venue": "waiting_room"}
OPEN_AND_PRIVATE = {"manner": "openly", "purpose": "own_use", "interferes_with_care": False, "kept_private": True}
ON_FACEBOOK_PAGE = {"venue": "own_page", "platform": "facebook"}
ELSEWHERE = {"venue": "third_party_account"}
POST = {"deed": "post_online"}
REVIEW = {"deed": "leave_review"}
MEDICAL = {"deed": "send_medical_message"}
FEEDBACK = {"deed": "send_feedback"}
OWN_POST = {"deed": "post_for_practice"}
SOUND_POST = {"clinical_information": False, "approved": True, "about_the_practice": True, "by_named_user": True}
CONSENT = {"captures": ["staff_member"], "agreed": ["staff_member"], "other_patients_near": False}


def everywhere(verdict: str) -> dict[str, str]:
    """The same at all five."""
    return dict.fromkeys(("imperial", "coleridge", "maryport", "woodbrook", "aspiro"), verdict)


def only(verdict: str, *practices: str) -> dict[str, str]:
    """At these practices; the others' documents say nothing."""
    return {**everywhere(NOT_COVERED), **dict.fromkeys(practices, verdict)}


DEVICES = [
    Scene("a phone comes out in a consultation", "devices in a consultation", {"deed": "use_device", **CONSULTATION},
          **{**everywhere("permitted_if device_in_consultation"), "maryport": "breach device_in_consultation"}),
    Scene("a phone comes out and the clinician agrees", "devices in a consultation",
          {"deed": "use_device", **CONSULTATION, "agreed": ["clinician"]},
          **{**everywhere("permitted device_in_consultation"), "maryport": "breach device_in_consultation"}),
    Scene("a phone comes out although the clinician said no", "devices in a consultation",
          {"deed": "use_device", **CONSULTATION, "refused": ["clinician"]}, **everywhere("breach device_in_consultation")),
    Scene("a phone is used in the waiting room", "devices in a consultation",
          {"deed": "use_device", "venue": "waiting_room"}, **everywhere("permitted_if device_courtesy")),
    Scene("a phone is used quietly at the desk", "devices in a consultation",
          {"deed": "use_device", "venue": "premises", "courteous": True}, **everywhere("permitted device_courtesy")),
    Scene("a phone plays loud music among the sick", "devices in a consultation",
          {"deed": "use_device", "venue": "waiting_room", "courteous": False}, **everywhere("breach device_courtesy")),
    Scene("a clinician agreed to a phone that then disturbs everybody", "devices in a consultation",
          {"deed": "use_device", **CONSULTATION, "agreed": ["clinician"], "courteous": False},
          **everywhere("breach device_courtesy")),
    Scene("a sore thumb is photographed in the consultation", "devices in a consultation",
          {"deed": "photograph", **CONSULTATION, "captures": []},
          **{**everywhere("permitted_if device_in_consultation"), "maryport": "breach device_in_consultation"}),
]  # fmt: skip

RECORDINGS = [
    Scene("a patient wants to record their consultation", "recording one's own consultation", AUDIO,
          imperial="permitted_if record_own_consultation", coleridge="permitted_if device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="permitted_if overt_recording",
          aspiro="permitted_if overt_recording"),
    Scene("it is recorded openly, for oneself, and the clinician agrees", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE, "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation",
          woodbrook="permitted record_own_consultation !covert_recording !recording_posted_online",
          aspiro="permitted overt_recording !covert_recording !recording_posted_online"),
    Scene("it is recorded openly, for oneself, and nobody was asked", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE},
          imperial="permitted_if record_own_consultation", coleridge="permitted_if device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="permitted_if record_own_consultation",
          aspiro="permitted overt_recording"),
    Scene("it is recorded openly although the clinician said no", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE, "refused": ["clinician"]},
          imperial="breach record_own_consultation", coleridge="breach device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach record_own_consultation",
          aspiro="permitted recording_permission_courtesy"),
    Scene("it is filmed openly, and the clinician agrees", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE, "medium": "video", "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="permitted overt_recording",
          aspiro="permitted overt_recording"),
    Scene("it is recorded to be posted, although the clinician agrees", "recording one's own consultation",
          {**AUDIO, "manner": "openly", "purpose": "to_be_posted", "agreed": ["clinician"]},
          imperial="breach record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach recording_own_use",
          aspiro="breach recording_own_use"),
    Scene("the recording gets in the way of the treatment", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE, "interferes_with_care": True, "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach recording_no_interference",
          aspiro="breach recording_no_interference"),
    Scene("the recording lies about for anybody to hear", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE, "kept_private": False, "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach recording_kept_safe",
          aspiro="breach recording_kept_safe"),
    Scene("a consultation is recorded in secret", "covert recording", {**AUDIO, "manner": "covertly"},
          imperial="breach record_own_consultation", coleridge="breach device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach covert_recording",
          aspiro="permitted_if covert_recording"),
    Scene("it is recorded in secret after the clinician said no", "covert recording",
          {**AUDIO, "manner": "covertly", "refused": ["clinician"]},
          imperial="breach record_own_consultation", coleridge="breach device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach recording_open_and_honest",
          aspiro="permitted_if covert_recording"),
    Scene("a secret recording is meant for the world", "covert recording",
          {**AUDIO, "manner": "covertly", "purpose": "to_be_posted"},
          imperial="breach record_own_consultation", coleridge="breach device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="breach recording_posted_online",
          aspiro="breach recording_posted_online"),
    Scene("a recording goes into the record", "recordings in the record",
          {**AUDIO, **OPEN_AND_PRIVATE, "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="permitted record_entry", aspiro="permitted record_entry"),
    Scene("the clinician might ask for a copy", "a copy for the record",
          {**AUDIO, **OPEN_AND_PRIVATE, "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="permitted device_in_consultation",
          maryport="breach device_in_consultation", woodbrook="permitted copy_to_record",
          aspiro="permitted record_own_consultation"),
    Scene("a nurse who is in the room did not agree", "recording one's own consultation",
          {**AUDIO, **OPEN_AND_PRIVATE, "captures": ["clinician", "staff_member"], "agreed": ["clinician"],
           "refused": ["staff_member"]},
          imperial="permitted record_own_consultation", coleridge="breach staff_media",
          maryport="breach device_in_consultation", woodbrook="breach staff_recording", aspiro="breach staff_recording"),
    Scene("a group consultation is recorded, and another patient can be heard", "other patients",
          {**AUDIO, **OPEN_AND_PRIVATE, "captures": ["other_patient"], "agreed": ["clinician"]},
          imperial="permitted record_own_consultation", coleridge="breach public_area_media",
          maryport="breach device_in_consultation", woodbrook="permitted_if recording_other_patients",
          aspiro="permitted_if recording_other_patients"),
]  # fmt: skip

PICTURES = [
    Scene("a photograph in the waiting room", "the waiting room", WAITING_PHOTO, **everywhere("breach public_area_media")),
    Scene("a photograph in the waiting room of a friend who agrees", "the waiting room",
          {**WAITING_PHOTO, "captures": ["other_patient"], "agreed": ["other_patient"]},
          **everywhere("breach public_area_media")),
    Scene("a film in the waiting room", "the waiting room", WAITING_FILM,
          imperial=NOT_COVERED, coleridge="breach public_area_media", maryport=NOT_COVERED,
          woodbrook="permitted_if public_area_recording", aspiro="permitted_if public_area_recording"),
    Scene("a film of another patient, who agrees", "the waiting room",
          {**WAITING_FILM, "captures": ["other_patient"], "agreed": ["other_patient"]},
          imperial=NOT_COVERED, coleridge="breach public_area_media", maryport=NOT_COVERED,
          woodbrook="permitted recording_other_patients", aspiro="permitted recording_other_patients"),
    Scene("a film of another patient, who said no", "the waiting room",
          {**WAITING_FILM, "captures": ["other_patient"], "refused": ["other_patient"]},
          imperial=NOT_COVERED, coleridge="breach public_area_media", maryport=NOT_COVERED,
          woodbrook="breach recording_other_patients", aspiro="breach recording_other_patients"),
    Scene("voices in the waiting room are recorded in secret", "the waiting room",
          {**WAITING_FILM, "medium": "audio", "captures": ["other_patient"], "manner": "covertly"},
          imperial=NOT_COVERED, coleridge="breach public_area_media", maryport=NOT_COVERED,
          woodbrook="breach recording_other_patients", aspiro="breach recording_other_patients"),
    Scene("a photograph in a corridor where nobody is", "the waiting room",
          {"deed": "photograph", "venue": "premises", "captures": [], "other_patients_near": False},
          **everywhere(NOT_COVERED)),
    Scene("a photograph somewhere at the practice", "the waiting room", {"deed": "photograph", "venue": "premises"},
          **everywhere("permitted_if public_area_media")),
    Scene("a photograph at the desk, with a queue behind", "the waiting room",
          {"deed": "photograph", "venue": "premises", "other_patients_near": True},
          **everywhere("breach public_area_media")),
    Scene("a photograph of a receptionist who agrees", "photographs of staff",
          {"deed": "photograph", "venue": "premises", **CONSENT},
          imperial="breach staff_media", coleridge="permitted staff_media", maryport="breach staff_media",
          woodbrook="permitted staff_recording", aspiro="permitted staff_recording"),
    Scene("a photograph of a receptionist who was not asked", "photographs of staff",
          {"deed": "photograph", "venue": "premises", "captures": ["staff_member"], "other_patients_near": False},
          imperial="breach staff_media", coleridge="permitted_if staff_media", maryport="breach staff_media",
          woodbrook="permitted_if staff_media", aspiro="permitted_if staff_media"),
    Scene("a photograph of a receptionist who said no", "photographs of staff",
          {"deed": "photograph", "venue": "premises", "captures": ["staff_member"], "other_patients_near": False,
           "refused": ["staff_member"]},
          **everywhere("breach staff_media")),
    Scene("a film of a receptionist who agrees", "photographs of staff",
          {"deed": "record", "venue": "premises", "medium": "video", **CONSENT},
          imperial=NOT_COVERED, coleridge="permitted staff_media", maryport=NOT_COVERED,
          woodbrook="permitted staff_recording", aspiro="permitted staff_recording"),
    Scene("a film of a receptionist in secret", "photographs of staff",
          {"deed": "record", "venue": "premises", "medium": "video", "captures": ["staff_member"], "manner": "covertly",
           "other_patients_near": False},
          imperial=NOT_COVERED, coleridge="breach staff_media", maryport=NOT_COVERED,
          woodbrook="breach staff_recording", aspiro="breach staff_recording"),
    Scene("a photograph of the doctor, who agrees", "photographs of staff",
          {"deed": "photograph", **CONSULTATION, "captures": ["clinician"], "agreed": ["clinician"]},
          imperial="breach staff_media", coleridge="permitted staff_media", maryport="breach staff_media",
          woodbrook="permitted staff_recording", aspiro="permitted staff_recording"),
]  # fmt: skip

POSTS = [
    *(Scene(f"a post on the practice's Facebook page is {ground}", "unacceptable posts",
            {**POST, **ON_FACEBOOK_PAGE, "grounds": [ground]}, **everywhere("breach unacceptable_material_on_page"))
      for ground in ("inaccurate", "fraudulent", "harassing", "embarrassing", "obscene", "defamatory", "unlawful")),
    Scene("an inaccurate post on the patient's own account", "unacceptable posts",
          {**POST, **ELSEWHERE, "platform": "x", "grounds": ["inaccurate"]}, **everywhere("breach unacceptable_material")),
    Scene("a post that harms nobody", "unacceptable posts", {**POST, **ON_FACEBOOK_PAGE},
          **everywhere("permitted unacceptable_material")),
    Scene("a post that names another patient, who agrees", "other patients",
          {**POST, **ELSEWHERE, "grounds": ["identifies_patient"], "agreed": ["other_patient"]},
          **everywhere("permitted other_patient_information")),
    Scene("a post that names another patient", "other patients",
          {**POST, **ELSEWHERE, "grounds": ["identifies_patient"]}, **everywhere("permitted_if other_patient_information")),
    Scene("a post that names another patient, who said no", "other patients",
          {**POST, **ELSEWHERE, "grounds": ["identifies_patient"], "refused": ["other_patient"]},
          **everywhere("breach other_patient_information")),
    Scene("a posted film shows another patient", "other patients",
          {**POST, **ELSEWHERE, "shows": "video", "captures": ["other_patient"]},
          **everywhere("permitted_if other_patient_information")),
    Scene("a post tells which receptionist is meant", "naming staff",
          {**POST, **ELSEWHERE, "about": ["staff_member"], "grounds": ["identifies_staff"]},
          **everywhere("breach identifying_staff")),
    Scene("a thank-you tells which nurse is meant", "naming staff",
          {**POST, **ON_FACEBOOK_PAGE, "about": ["staff_member"], "grounds": ["identifies_staff"], "praise": True},
          **everywhere("breach identifying_staff")),
    Scene("a defamatory post about the team", "defamation and legal advice",
          {**POST, **ELSEWHERE, "platform": "youtube", "about": ["staff_member"], "grounds": ["defamatory"]},
          **everywhere("breach defamation")),
    Scene("a defamatory post about a neighbour", "defamation and legal advice",
          {**POST, **ON_FACEBOOK_PAGE, "about": ["other_patient"], "grounds": ["defamatory"]},
          **everywhere("breach unacceptable_material !defamation")),
    Scene("an obscene post on the practice's Instagram page", "who deletes, and where",
          {**POST, "venue": "own_page", "platform": "instagram", "grounds": ["obscene"]},
          imperial="breach unacceptable_material !unacceptable_material_on_page",
          coleridge="breach unacceptable_material_on_page",
          maryport="breach unacceptable_material !unacceptable_material_on_page",
          woodbrook="breach unacceptable_material_on_page",
          aspiro="breach unacceptable_material !unacceptable_material_on_page"),
    Scene("a recording of a consultation is posted", "recording one's own consultation",
          {**POST, **ELSEWHERE, "shows": "consultation_recording"},
          imperial="breach record_own_consultation", coleridge=NOT_COVERED, maryport=NOT_COVERED,
          woodbrook="breach recording_posted_online", aspiro="breach recording_posted_online"),
    Scene("a posted recording tells which doctor it was", "naming staff",
          {**POST, **ELSEWHERE, "shows": "consultation_recording", "captures": ["clinician"],
           "grounds": ["identifies_staff"]},
          **everywhere("breach identifying_staff")),
    Scene("an unfounded post stays up after the practice asked", "the end of the relationship",
          {**POST, **ELSEWHERE, "grounds": ["inaccurate"], "left_up_after_request": True},
          imperial="breach unacceptable_material", coleridge="breach unacceptable_material",
          maryport="breach unacceptable_material", woodbrook="breach relationship_breakdown",
          aspiro="breach relationship_breakdown"),
]  # fmt: skip

REVIEWS = [
    Scene("a review on the NHS website", "reviews", {**REVIEW, "venue": "nhs_website"}, **everywhere("permitted reviews")),
    Scene("a review on Google", "reviews", {**REVIEW, **ELSEWHERE, "platform": "google"},
          **{**everywhere("permitted reviews"), "maryport": "breach reviews"}),
    Scene("a review on the practice's Facebook page", "reviews", {**REVIEW, **ON_FACEBOOK_PAGE},
          **{**everywhere("permitted reviews"), "maryport": "breach reviews"}),
    Scene("a review on the practice's website", "reviews", {**REVIEW, "venue": "own_page", "platform": "website"},
          **{**everywhere("permitted reviews"), "maryport": "breach reviews"}),
    Scene("a review that tells which doctor is meant", "naming staff",
          {**REVIEW, "venue": "nhs_website", "grounds": ["identifies_staff"]}, **everywhere("breach identifying_staff")),
    Scene("an obscene review on Google", "reviews", {**REVIEW, **ELSEWHERE, "platform": "google", "grounds": ["obscene"]},
          **everywhere("breach unacceptable_material")),
]  # fmt: skip

MESSAGES = [
    Scene("a complaint on the practice's Facebook page", "complaints on a page", {"deed": "complain", **ON_FACEBOOK_PAGE},
          **{**everywhere("breach complaint_on_page"), "coleridge": "permitted_if complaint_on_page"}),
    Scene("a complaint on the practice's Instagram page", "complaints on a page",
          {"deed": "complain", "venue": "own_page", "platform": "instagram"},
          imperial="breach complaint_on_page", coleridge="permitted_if complaint_on_page",
          maryport="permitted_if complaints_policy", woodbrook="breach complaint_on_page",
          aspiro="permitted_if complaint_in_post"),
    Scene("a complaint on the patient's own account", "complaints elsewhere", {"deed": "complain", **ELSEWHERE},
          imperial="permitted_if complaints_policy", coleridge="permitted_if complaint_on_page",
          maryport="permitted_if complaints_policy", woodbrook="permitted_if complaint_in_post",
          aspiro="permitted_if grievance_on_social_media"),
    Scene("a complaint at the desk", "complaints elsewhere", {"deed": "complain", "venue": "premises"},
          **everywhere("permitted_if complaints_policy")),
    Scene("a complaint by e-mail", "complaints elsewhere", {"deed": "complain", "venue": "email"},
          **everywhere("permitted_if complaints_policy")),
    Scene("a complaint by the complaints procedure", "complaints elsewhere",
          {"deed": "complain", "venue": "complaints_procedure"}, **everywhere("permitted complaints_policy")),
    Scene("somebody fears to be removed for complaining", "no removal for complaining",
          {"deed": "complain", "venue": "complaints_procedure"},
          imperial="permitted complaints_answered", coleridge="permitted complaints_answered",
          maryport="permitted complaints_answered", woodbrook="permitted not_removed_for_complaining",
          aspiro="permitted not_removed_for_complaining"),
    Scene("symptoms by a messaging service", "medical messages", {**MEDICAL, "venue": "messaging"},
          **only("breach medical_messages", "coleridge")),
    Scene("symptoms by e-mail", "medical messages", {**MEDICAL, "venue": "email"},
          **only("breach medical_messages_by_email", "coleridge")),
    Scene("symptoms on the practice's Facebook page", "medical messages", {**MEDICAL, **ON_FACEBOOK_PAGE},
          **only("breach medical_messages", "coleridge")),
    Scene("symptoms by the online service", "medical messages", {**MEDICAL, "venue": "online_services"},
          **only("permitted online_contact", "coleridge")),
    Scene("feedback by the online portal", "feedback", {**FEEDBACK, "venue": "online_services"},
          **only("permitted feedback", "coleridge")),
    Scene("feedback by e-mail", "feedback", {**FEEDBACK, "venue": "email"}, **everywhere(NOT_COVERED)),
]  # fmt: skip

PEOPLE = [
    Scene("a patient asks a nurse to be friends", "friend requests", {"deed": "friend_request"},
          **only("permitted friend_requests", "woodbrook", "aspiro")),
    Scene("a nurse accepts", "friend requests", {"deed": "accept_friend_request"},
          **only("permitted_if friend_requests", "woodbrook", "aspiro")),
    Scene("a nurse thinks it over, and accepts somebody known only as a patient", "friend requests",
          {"deed": "accept_friend_request", "known_only_as_patient": True, "advice_weighed": True},
          **{**only("permitted friend_requests", "woodbrook"), "aspiro": "breach friend_requests_distance"}),
    Scene("a nurse thinks it over, and accepts an old friend", "friend requests",
          {"deed": "accept_friend_request", "known_only_as_patient": False, "advice_weighed": True},
          **only("permitted friend_requests", "woodbrook", "aspiro")),
    Scene("a receptionist is sworn at", "abuse and removal at once",
          {"deed": "abuse", "kind": "verbal_abuse", "venue": "premises"},
          imperial="breach verbal_abuse", coleridge=NOT_COVERED, maryport=NOT_COVERED,
          woodbrook="breach unacceptable_behaviour", aspiro="breach violent_or_abusive"),
    Scene("a doctor is threatened", "abuse and removal at once", {"deed": "abuse", "kind": "threat", "venue": "telephone"},
          imperial="breach threats_and_violence", coleridge=NOT_COVERED, maryport=NOT_COVERED,
          woodbrook="breach unacceptable_behaviour", aspiro="breach violent_or_abusive"),
    Scene("a doctor is hit", "abuse and removal at once", {"deed": "abuse", "kind": "violence", "venue": "consultation"},
          imperial="breach immediate_removal", coleridge=NOT_COVERED, maryport=NOT_COVERED,
          woodbrook="breach unacceptable_behaviour", aspiro="breach not_to_be_abused"),
    Scene("a receptionist is abused on Facebook", "abuse and removal at once",
          {"deed": "abuse", "kind": "verbal_abuse", **ELSEWHERE, "platform": "facebook"},
          imperial="breach verbal_abuse", coleridge="breach unacceptable_material", maryport="breach unacceptable_material",
          woodbrook="breach unacceptable_material", aspiro="breach unacceptable_material"),
    Scene("a patient says no to a student", "trainees", {"deed": "decline_trainee"},
          **only("permitted trainee_present", "imperial")),
    Scene("a patient asks for a correction", "rights over the record", {"deed": "use_information_right", "article": "16"},
          **only("permitted information_rights", "imperial")),
    Scene("a patient asks to see their record", "rights over the record", {"deed": "use_information_right", "article": "15"},
          **only("permitted subject_access", "woodbrook", "aspiro")),
]  # fmt: skip

OWN_POSTS = [
    Scene("the practice answers a question with a diagnosis", "clinical information in the practice's posts",
          {**OWN_POST, **SOUND_POST, "clinical_information": True},
          **only("breach no_clinical_information", "woodbrook", "aspiro")),
    Scene("a colleague posts what nobody approved", "who may post, and who approves",
          {**OWN_POST, **SOUND_POST, "approved": False}, **only("breach posts_approved_first", "woodbrook", "aspiro")),
    Scene("a colleague posts who was not named for it", "who may post, and who approves",
          {**OWN_POST, **SOUND_POST, "by_named_user": False}, **only("breach named_users_only", "woodbrook", "aspiro")),
    Scene("a colleague posts about a bicycle for sale", "who may post, and who approves",
          {**OWN_POST, **SOUND_POST, "about_the_practice": False}, **only("breach related_posts_only", "woodbrook", "aspiro")),
    Scene("a colleague posts as is right", "who may post, and who approves", {**OWN_POST, **SOUND_POST},
          **only("permitted posts_approved_first", "woodbrook", "aspiro")),
    Scene("a colleague wants to post", "who may post, and who approves", OWN_POST,
          **only("permitted_if named_users_only", "woodbrook", "aspiro")),
]  # fmt: skip

STORY = [*DEVICES, *RECORDINGS, *PICTURES, *POSTS, *REVIEWS, *MESSAGES, *PEOPLE, *OWN_POSTS]

OBSCENE = {**POST, **ON_FACEBOOK_PAGE, "grounds": ["obscene"]}
DEFAMATORY = {**POST, **ELSEWHERE, "grounds": ["defamatory"]}
LEFT_UP = {**POST, **ELSEWHERE, "grounds": ["inaccurate"], "left_up_after_request": True}
COMPLAINT = {"deed": "complain", **ON_FACEBOOK_PAGE}
BY_MANAGER = "practice_manager service_default"
BOTH_DECIDE = "partner practice_manager"

SEQUELS = [
    Sequel("an obscene post is deleted", "who deletes, and where", OBSCENE, "post_deleted",
           **{**everywhere(f"will {BY_MANAGER}"), "maryport": "will practice_manager from_policy"}),
    Sequel("an obscene post is reported", "who deletes, and where", OBSCENE, "post_reported",
           **{**everywhere(f"will {BY_MANAGER}"), "maryport": "will practice_manager from_policy"}),
    Sequel("an obscene post on Instagram is deleted", "who deletes, and where",
           {**OBSCENE, "platform": "instagram"}, "post_deleted", imperial="", coleridge=f"will {BY_MANAGER}", maryport="",
           woodbrook=f"will {BY_MANAGER}", aspiro=""),
    Sequel("legal advice is taken", "defamation and legal advice", DEFAMATORY, "legal_advice_sought",
           imperial=f"will {BOTH_DECIDE} service_default", coleridge=f"will {BOTH_DECIDE} service_default",
           maryport=f"will {BOTH_DECIDE} service_default", woodbrook="",
           aspiro="will communications_manager from_policy"),
    Sequel("legal advice is possible", "defamation and legal advice", DEFAMATORY, "legal_advice_possible",
           imperial="", coleridge="", maryport="", woodbrook=f"may {BOTH_DECIDE} from_policy", aspiro=""),
    Sequel("what is fitting is done", "defamation and legal advice", DEFAMATORY, "appropriate_action",
           **everywhere("will")),
    Sequel("the author is asked to remove it", "asking the author to remove", DEFAMATORY, "author_asked_to_remove",
           imperial="", coleridge="", maryport="", woodbrook=f"will {BY_MANAGER}",
           aspiro="will communications_manager from_policy"),
    Sequel("the author is told that it does not help", "who decides when the author refuses", LEFT_UP, "advised",
           imperial="", coleridge="", maryport="", woodbrook=f"may {BOTH_DECIDE} from_policy",
           aspiro="may communications_manager from_policy"),
    Sequel("the relationship may end", "the end of the relationship", LEFT_UP, "relationship_may_break_down",
           imperial="", coleridge="", maryport="", woodbrook=f"may {BOTH_DECIDE} from_policy",
           aspiro="may partner communications_manager service_default"),
    Sequel("a complaint is deleted", "complaints on a page", COMPLAINT, "post_deleted",
           imperial=f"will {BY_MANAGER}", coleridge="", maryport="will practice_manager from_policy",
           woodbrook=f"will {BY_MANAGER}", aspiro=f"will {BY_MANAGER}"),
    Sequel("a complaint may be deleted", "complaints on a page", COMPLAINT, "post_may_be_deleted",
           imperial="", coleridge=f"may {BY_MANAGER}", maryport="", woodbrook="", aspiro=""),
    Sequel("a general reply points to the procedure", "complaints on a page", COMPLAINT, "generic_reply",
           imperial="", coleridge="will", maryport="", woodbrook="", aspiro=""),
    Sequel("the route is offered with a leaflet", "complaints on a page", COMPLAINT, "complaint_route_offered",
           imperial="", coleridge="", maryport="", woodbrook="will complaints_lead from_policy",
           aspiro="will communications_manager from_policy"),
    Sequel("a medical message is deleted", "medical messages", {**MEDICAL, "venue": "messaging"}, "message_deleted",
           imperial="", coleridge=f"will {BY_MANAGER}", maryport="", woodbrook="", aspiro=""),
    Sequel("a medical message is sent on", "medical messages", {**MEDICAL, "venue": "email"}, "redirected",
           imperial="", coleridge="will", maryport="", woodbrook="", aspiro=""),
    Sequel("a medical e-mail is deleted nowhere", "medical messages", {**MEDICAL, "venue": "email"}, "message_deleted",
           **everywhere("")),
    Sequel("a recording is noted in the record", "recordings in the record",
           {**AUDIO, **OPEN_AND_PRIVATE, "agreed": ["clinician"]}, "recorded_in_record",
           imperial="", coleridge="", maryport="", woodbrook="will", aspiro="will"),
    Sequel("a posted recording is asked back", "asking the author to remove",
           {**POST, **ELSEWHERE, "shows": "consultation_recording"}, "author_asked_to_remove",
           imperial="", coleridge="", maryport="", woodbrook=f"may {BY_MANAGER}",
           aspiro="may communications_manager from_policy"),
    Sequel("whoever swears may be removed at once", "abuse and removal at once",
           {"deed": "abuse", "kind": "verbal_abuse", "venue": "premises"}, "immediate_removal",
           imperial="may partner service_default", coleridge="", maryport="", woodbrook="", aspiro=""),
]  # fmt: skip

DECIDED = [
    ("recordings in the record", {**AUDIO, **OPEN_AND_PRIVATE, "agreed": ["clinician"]}, "record_entry_coded",
     {"woodbrook": "will", "aspiro": "may"}),
    ("covert recording", {**AUDIO, "manner": "covertly"}, "covert_trigger", {"woodbrook": "each", "aspiro": "pattern"}),
    ("who answers reviews", {**REVIEW, "venue": "nhs_website"}, "duties.answer_reviews",
     {each: ["practice_manager"] for each in ("imperial", "maryport", "woodbrook")}),
    ("who may post, and who approves", OWN_POST, "duties.use_platforms",
     {"aspiro": ["business_manager", "head_of_operations", "communications_manager", "reception_manager"]}),
    ("no removal for complaining", {"deed": "complain", "venue": "complaints_procedure"}, "never_removed_for_complaining",
     {"woodbrook": True, "aspiro": True}),
]  # fmt: skip
"""What a document itself settles, at the practices whose documents do."""
