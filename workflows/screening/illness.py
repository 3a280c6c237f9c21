"""Words for what ails people and what is done about it. A comma or a new line parts one from the next."""

import re
from typing import Final


def any_of(words: str) -> str:
    """A pattern that fits any of these."""
    return "(?:" + "|".join(part for each in re.split(r"[,\n]", words) if (part := each.strip())) + ")"


CONDITIONS: Final = any_of(r"""
    cancers?, tumou?rs?, leuka?emia, diabetes, diabetic, asthma, asthmatic, COPD, bronchitis, epilepsy, epileptic
    seizures?, strokes?, heart (?:attack|failure|disease|condition|problems?|bypass), angina, dementia, alzheimer'?s
    parkinson'?s, depression, depressed, anxiety, bipolar, schizophrenia, psychosis, panic attacks, breakdown
    suicidal, self-harm(?:ing|ed)?, autism, autistic, ADHD, eczema, psoriasis, arthritis, gout, osteoporosis, HIV
    hepatitis, chlamydia, gonorrho?ea, syphilis, herpes, STIs?, STDs?, pregnant, pregnancy, miscarriage, miscarried
    infertility, IVF, menopause, chicken ?pox, measles, mumps, shingles, pneumonia, sepsis, infection, infected, covid
    flu, allergy, allergic, allergies, anaphylaxis, anaphylactic, migraines?, hypertension, blood pressure
    cholesterol, blood sugar, thyroid, ana?emi[ac], kidney (?:disease|failure|stones?), ulcers?, hernias?, gallstones
    piles, fractured?, broken (?:leg|arm|hip|wrist|ankle|foot|toe|bones?), rash, abscess, lumps?, incontinence
    incontinent, addiction, addicted, alcoholism, alcoholic, drink(?:ing)? problem, overdosed?, eating disorder
    anorexia, bulimia, overweight, obese, obesity, bad (?:back|knee|hip|chest), fell, fall
    (?:chest|back|stomach) pains?, ill, unwell, poorly, sick, condition, symptoms?, illness, disability, disabilities
    terminal, palliative
""")
TREATMENTS: Final = any_of(r"""
    chemo(?:therapy)?, radiotherapy, surgery, operations?, op, biopsy, biopsies, scans?, MRI, CT, x-?ray(?:s|ed)?
    ultrasound, blood (?:tests?|results), smear, swabs?, samples?, colonoscopy, endoscopy, ECG, transplant, dialysis
    prescriptions?, medication, medicines?, tablets, insulin, antidepressants?, antibiotics?, statins?, inhalers?
    methadone, HRT, vaccin(?:e|ation|ated), jab, injections?, stitches, dressings?, referral, referred, counselling
    treatment, treated, therapy, admitted, discharged, hospital, hospice, (?:test )?results?, diagnosis, diagnosed
    diagnoses, prognosis, appointments?, consultations?, check-?up, medication review, sick note, fit note
    (?:medical )?(?:notes|records?), tested (?:positive|negative), recover(?:y|ing|ed), hip replacement
    knee replacement, section(?:ed)?
""")
SURE: Final = any_of(r"""
    cancer, leuka?emia, diabetes, asthma, COPD, epilepsy, a stroke, a heart attack, heart failure, dementia
    depression, anxiety, psychosis, schizophrenia, HIV, hepatitis, chlamydia, covid, chicken ?pox, measles, shingles
    pneumonia, sepsis, eczema, psoriasis, arthritis, ana?emia, migraines?
    an? (?:miscarriage|operation|biopsy|scan|fall|breakdown|infection|rash|hernia|abscess|transplant)
    a broken (?:leg|arm|hip|wrist|ankle|foot|toe), surgery, chemotherapy, radiotherapy, dialysis, insulin
""")
"""What a person can have that is no clinic, role or cause."""

OWN: Final = any_of(
    "results, diagnosis, condition, pregnancy, symptoms, biopsy, operation, medication, prognosis, (?:medical )?records?"
)
"""What is always somebody's own."""

OFFERED: Final = any_of("""
    clinics?, sessions?, nurses?, teams?, groups?, awareness, services?, talks?, stalls?, champions?, leads?, hubs?
    walks?, afternoons?, mornings?, evenings?, days?, weeks?, campaigns?, rooms?, desks?, workshops?, drop-ins?
    reviews, courses?, cafes?, specialists?, practitioners?, charity, fundraisers?, events?, run, wards?, porter
    radio, shop
""")
"""What a word for an illness stands before when it concerns everybody."""

HAS: Final = any_of(r"""
    has(?:n't)?, had, have, is(?:n't)?, was(?:n't)?, been, being, suffers?, suffered, suffering, came (?:in|to)
    comes in, went, attend(?:s|ed), starts, begins, began, missed, needs?, needed, takes?, took, started, stopped
    finished, completed, got, gets, caught, lost, beat, died, passed, tested, will have, recover(?:ed|ing|s), refused
    broke, fell, underwent, received, booked, cancelled, asked, rang, called, saw
""")
ADVERBS: Final = r"(?:(?:just|now|been|sadly|recently|also|severe|type [12]|bad|breast|bowel|lung|skin|prostate) ){0,3}"
AND_NO_MORE: Final = (
    r"(?= ?(?:[.,;:!?\n)]|$|(?:and|but|since|on|after|in|at|so|last|yesterday|today|again|for|while|when|or|with|this|from|to"
    r"|is|are|was|were)\b))"
)
"""After this no other noun follows that would make it a clinic, a course or a cause."""
