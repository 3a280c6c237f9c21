"""The rules about recordings, about what is noted of them, and about who agrees to be recorded or to be seen by a trainee."""

from typing import Final

from workflows.rule import ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK, Rule

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
