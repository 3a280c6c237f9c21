"""Words by which detectors tell names from the other words that begin with a capital letter, and titles from both."""

import re

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
NAME = rf"{CAPITAL}[\w'-]+"
LAY_TITLE = r"(?:Mr|Mrs|Miss|Ms|Mx|Master|MR|MRS|MISS|MS)"
TITLE = (
    rf"(?:{LAY_TITLE}|Dr|DR|Doctor|Prof|Professor|Nurse|Sister|Midwife|Matron|Sir|Dame|Lady|Lord|Rev|Reverend|Father|Canon|Cllr"
    r"|Councillor)"
)
INITIALS = rf"(?:{CAPITAL}\.? ?){{0,2}}"
TITLED_LAY = rf"\b{LAY_TITLE}\.? {{1,2}}{INITIALS}{NAME}(?: {NAME})?"

NOT_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
    a about above after all also although always am an and another any anybody anyone are as ask at autumn back bank be because
    been before being below between both bring but by call can cannot care carers check children christmas clinic clinics close
    closed closing community could day days dear did do does don't during each easter emergency every everybody everyone
    everything facebook face-to-face family few find first flu follow for free friday from further general get give go good got
    gp gps great had happy has have having he health healthcare hello help her here hi his holiday home hospital hot how however
    hub i i'd i'll i'm i've if important in instagram into is it it's its join just keep last late later learn leave let like
    local london look lots make manager many me meet meeting monday month more most mother much my national need never new next
    nhs no nobody nominate none not note nothing now nurse nurses of off official on once one online only open opening or order
    other our out outside over park parking patient patients people pharmacy phone please police pop practice practices
    prescription prescriptions primary public question questions read reception register remember remind reminder repeat royal
    same saturday save saying see seniors send service services she should sign since so some somebody someone something sorry
    speak spring staff start starting still street summer sunday surgery take team tell thank thanks that the their them then
    there these they they're this those thousands three thursday to today tomorrow tonight too training try tuesday two uk under
    until up update urgent us use using vaccination very visit volunteer volunteers want was watch we we'd we'll we're we've
    website wednesday week welcome well were what when where whether which while who why winter with women world would year yes
    yesterday you you'd you'll you're you've young your january february march june july august september october november
    december bst gmt english welsh scottish british bsl eid diwali ramadan hanukkah halloween covid covid-19 pcn icb cqc ppg app
    baby bump blood blue black breast cancer carer cervical child childhood coffee covid dementia diabetes digital disability
    drop-in extended five foodbank four foot group groups healthy hearing hay heart hopper learning lift light lower main men's
    men mental minor mobile navigator navigators number parents pharmacist physiotherapist physiotherapists project respiratory
    road room rooms school screening self six smear social society stop stroke support test tests text travel walk walking
    weather weekend wellbeing whooping zoom x youtube linkedin whatsapp google nextdoor tiktok doctor doctors dr
    """,
    )
)
"""Words that begin sentences, days, platforms and headings. No word is here that is mostly a name."""

NOT_AFTER_A_TITLE = frozenset(
    re.findall(
        r"\S+",
        """
    practitioner practitioners associate associates led specialist specialists manager clinic clinics team appointment
    appointments christmas day class company companies time bank who consultation consultations advice line desk on in and or
    who's prescriber prescribers telephone phone rota sessions surgery triage partner partners availability education school
    cover working work training apprentice
    """,
    )
)
CAPITALISED = re.compile(rf"\b{CAPITAL}[\w'-]*")


def is_name(word: str) -> bool:
    """Whether a capitalised word is none of those that everybody writes so."""
    return word.lower().removesuffix("'s") not in NOT_NAMES and not (word.isupper() and len(word) > 1)


def could_name_somebody(text: str) -> bool:
    """Whether any word of a plain text could be a name, as far as can be told without knowing who works here."""
    return any(each.group().lower() not in NOT_NAMES for each in CAPITALISED.finditer(text))
