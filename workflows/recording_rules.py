"""The rules about recordings, about what is noted of them, and about who agrees to be recorded or to be seen by a trainee."""

from typing import Final

from workflows.rule import ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK, Rule

OVERT: Final = {ASPIRO: "Section 5.2", WOODBROOK: "Section 3.1"}
COVERT: Final = {ASPIRO: "Section 5.3", WOODBROOK: "Section 3.2"}
NOT_UNLAWFUL: Final = "BMA, Patients recording consultations (2024): a recording for one's own use needs no permission."

RECORDINGS: Final = {
    "REC-1": Rule(
        "What is agreed or made openly has its four conditions acknowledged, and everybody else who is present consents, is not"
        " captured, or steps out.",
        OVERT,
        ("recording_consent.say_who_is_present", "recording_consent.change_clinician"),
    ),
    "REC-2": Rule(
        "A known recording never closes without a note of it in the clinical record.",
        {WOODBROOK: "Section 3.1, point 3", ASPIRO: "Section 5.2, point 3"},
        ("recording_consent.make", "recording_consent.discover_covert", "recording_consent.find_recorded_anyway"),
    ),
    "REC-3": Rule(
        "A copy is filed only where the patient gave one, and once it has been checked.",
        {WOODBROOK: "Section 3.1, point 2"},
    ),
    "REC-5": Rule(
        "Whoever declines has asked first whether it is a reasonable adjustment, and never refuses the consultation.",
        "Equality Act 2010, sections 20 and 29; BMA, Patients recording consultations (2024).",
    ),
    "REC-6": Rule(
        "What was posted online closes only with its incident.",
        {ASPIRO: "Section 5.3", WOODBROOK: "Section 3.3"},
        ("recording_consent.found_online",),
    ),
    "REC-7": Rule(
        "A recording made in secret is talked about with the patient before it is noted, within fourteen days by the service's"
        " own default.",
        COVERT,
    ),
    "REC-8": Rule(
        "To record in secret, by itself, leads to no incident, no warning and no removal: that is lawful for one's own use.",
        NOT_UNLAWFUL,
        ("recording_consent.discover_covert", "recording_consent.find_recorded_anyway"),
    ),
    "REC-9": Rule(
        "The service holds no sound and no picture of a consultation; it keeps where the patient's copy is filed.",
        beside=("recording_consent.file_copy",),
    ),
    "REC-10": Rule(
        "The clinician who consults agrees or declines, and nobody in their place; the patient is on record.",
        OVERT,
        ("recording_consent.change_clinician",),
    ),
    "REC-11": Rule("What is recorded as done has been done."),
    "REC-12": Rule(
        "What a disabled patient needs as a reasonable adjustment is not declined.",
        "Equality Act 2010, sections 20 and 29.",
    ),
    "REC-13": Rule(
        "What became of a recording that was asked for or agreed is known within seven days of the consultation, or the"
        " management is told.",
        "The service's own: no document names a time.",
    ),
    "REC-14": Rule("One recording is on the books once, however many people come upon it."),
    "C-02": Rule(
        "Where the policy wants no devices in consultations, a recording is agreed as a reasonable adjustment alone; that it is"
        " made all the same is not unlawful.",
        {MARYPORT: "Code of conduct, point 1"},
        ("settings.device_rule",),
    ),
    "R-05": Rule(
        "A copy for the record is suggested where the policy provides for it, and taken where it is volunteered.",
        {WOODBROOK: "Section 3.1, point 2"},
        ("settings.copy_to_record",),
    ),
    "R-20": Rule(
        "Where a recording is posted online, whoever posted it is asked by letter to take it down.",
        {ASPIRO: "Section 5.3", WOODBROOK: "Section 3.3"},
        ("incident.report_recording_online", "incident.request_removal"),
    ),
    "R-14": Rule(
        "Secret recording calls for the practice's five responses: each time, or once it is commonplace, as the policy says."
        " Commonplace is three within twelve months, by the service's own default.",
        COVERT,
        ("settings.covert_trigger", "recording_consent.discover_covert", "recording_consent.find_recorded_anyway"),
    ),
}
RECORD_ENTRIES: Final = {
    "ENTRY-1": Rule(
        "A person confirms by name that a note stands in the clinical record, since when and where; no machine does, and nothing"
        " that was merely sent counts as filed.",
        beside=("record_entry.confirm_filed",),
    ),
    "ENTRY-2": Rule("A clinician decides whether the patient is to see the note online; there is no default."),
    "ENTRY-3": Rule(
        "A note that is owed ends as filed, or because another takes its place.",
        beside=("record_entry.supersede", "record_entry.mark_entered_in_error", "one_entry_replaces_another"),
    ),
    "ENTRY-4": Rule(
        "A note is filed within seven days of being asked for, or the management is told, once.",
        "The service's own: no document and no law names a time.",
    ),
    "R-06": Rule(
        "The record shows that the patient recorded: the note is always owed, and its code where the policy insists on it.",
        {ASPIRO: "Section 5.2, point 3", WOODBROOK: "Section 3.1, point 3"},
    ),
    "REC-4": Rule(
        "The code 431315003 stands with audio recordings alone.",
        "SNOMED CT: it means the audio recording of an interview. Not verified in the current UK edition.",
        ("record_entry.owe",),
    ),
}
CONSENTS: Final = {
    "MEDIA-1": Rule("A consent is that of somebody in the staff directory, or of a person on record."),
    "C-08": Rule(
        "Where the policy says never, staff are not photographed for anybody, whoever agrees; elsewhere with consent.",
        {
            COLERIDGE: "Code of conduct, point 1",
            IMPERIAL: "Code of conduct, point 5",
            MARYPORT: "Code of conduct, point 4",
            WOODBROOK: "Section 3.4; Annex A, point 5",
            ASPIRO: "Section 5.4; Annex A, point 5",
        },
        ("settings.staff_media",),
    ),
    "R-22": Rule(
        "Other patients are photographed or recorded only if they consent explicitly; they can withdraw at any time.",
        {ASPIRO: "Section 5.4", WOODBROOK: "Section 3.4"},
        ("media_consent.withdraw",),
    ),
    "R-23": Rule(
        "Staff are photographed or recorded only with their express permission; they can withdraw it at any time.",
        {ASPIRO: "Section 5.4", WOODBROOK: "Section 3.4"},
        ("media_consent.withdraw",),
    ),
}
TRAINEES: Final = {
    "T-01": Rule(
        "A patient may decline the presence of a doctor in training or a student, and change their mind; care is the same.",
        {IMPERIAL: "Training Practice, paragraph 3"},
        ("trainee_decline.change", "trainee_decline.lift", "one_standing_decline_per_person"),
    ),
}
