"""What must be so of an incident before a step, whichever step it is."""

from models.clauses import BreachGround
from models.incident_words import (
    FACE_TO_FACE,
    NEVER_SANCTIONED,
    POSTED,
    AuthorStanding,
    IncidentKind,
    Measure,
    PinnedBecause,
)
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.people import PersonState
from models.roles import Duty, Role
from workflows.engine import Act, guard
from workflows.incidents.machine import folded_into_it, its_evidence, its_letters, the_person, was_sent
from workflows.roles import here

NO_SANCTION = frozenset({BreachGround.INACCURATE, BreachGround.EMBARRASSING})


@guard(
    "Keep evidence first: a screenshot, a file, a statement, or a description.", needs=[folded_into_it, its_evidence]
)
def evidence_is_kept(incident: Incident, act: Act) -> bool:
    """INC-1, INC-2: nothing goes on, and nothing is deleted, before it is known what there was."""
    return bool(act.looked_up(its_evidence))


@guard("Offer the way to complain first. Offered in writing, it counts once its letter was sent.", needs=[its_letters])
def complaint_route_offered(incident: Incident, act: Act) -> bool:
    """INC-4, K-03, K-05: a complaint is offered its route before any sanction, and before the incident ends."""
    offered = incident.route_offered
    return not incident.is_complaint or (
        offered is not None and (not offered.in_writing or route_was_sent(incident, act))
    )


@guard("It is not recorded as a complaint: say first that one is in it.")
def a_complaint_is_in_it(incident: Incident, act: Act) -> bool:
    """K-07: the route is for what is, or refers to, a complaint."""
    return incident.is_complaint


@guard("It is not known who did it.")
def author_is_identified(incident: Incident, act: Act) -> bool:
    """INC-5: letters about a post go to an identified author."""
    return incident.person_id is not None and incident.standing != AuthorStanding.UNKNOWN


@guard("It is known who did it.")
def author_is_unidentified(incident: Incident, act: Act) -> bool:
    """INC-5, INC-3: only where nobody is known to write to, the platform alone is turned to."""
    return incident.standing == AuthorStanding.UNKNOWN


@guard("This can only be done about a patient on record, and it is not known that one did it.", needs=[the_person])
def concerns_a_patient(incident: Incident, act: Act) -> bool:
    """INC-6: whoever is no patient, or is erased here, is neither advised formally, nor warned, nor removed."""
    return incident.concerns_a_patient and all(each.state != PersonState.ERASED for each in act.looked_up(the_person))


@guard("The post is not up, as it is recorded.")
def post_is_up(incident: Incident, act: Act) -> bool:
    """INC-2, INC-5: what is gone is neither deleted, nor reported, nor asked for."""
    return incident.still_live


@guard("Nothing was posted.")
def something_was_posted(incident: Incident, act: Act) -> bool:
    """INC-15: what is said of a post is said of one."""
    return incident.kind in POSTED


@guard("The practice can delete and hide posts only on pages that it runs itself.")
def on_our_own_page(incident: Incident, act: Act) -> bool:
    """INC-2, I-05: on anybody else's account the author is asked."""
    accounts = here(act).settings.platform_accounts.value
    deletable = {each.platform for each in accounts if each.deletable}
    return incident.on_own_page and (not accounts or incident.platform in deletable)


@guard("It stands on the practice's own page: take it down.")
def not_on_our_page(incident: Incident, act: Act) -> bool:
    """INC-5, I-05: the author is asked where the practice can't delete."""
    return not incident.on_own_page


@guard("Report it to its platform first.")
def platform_knows_of_a_breach(incident: Incident, act: Act) -> bool:
    """INC-3, C-06: what breaks the policy is reported, unless it is a complaint or a medical message."""
    return incident.platform_report is not None or not is_reportable(incident)


@guard("A complaint or a medical message is never reported to a platform.")
def may_be_reported(incident: Incident, act: Act) -> bool:
    """INC-3, INC-21: nobody's complaint or illness is made to go away."""
    return is_reportable(incident)


@guard("It has been reported already.")
def not_reported_yet(incident: Incident, act: Act) -> bool:
    """INC-3: once is enough."""
    return incident.platform_report is None


@guard("A clinician, or whoever is on duty, has to read the message first.")
def clinician_has_read_it(incident: Incident, act: Act) -> bool:
    """INC-21, C-15: somebody's health is looked to before the message is deleted."""
    return incident.kind != IncidentKind.MEDICAL_MESSAGE or incident.message_seen is not None


@guard("It takes a finding, with reasons.")
def there_is_a_finding(incident: Incident, act: Act) -> bool:
    """INC-6, INC-7: nothing is held against anybody without a recorded finding, which rests on more than a complaint."""
    return incident.finding is not None


@guard("A medical message or a friend request never leads to a sanction.")
def may_be_held_against_somebody(incident: Incident, act: Act) -> bool:
    """INC-21: whoever seeks help, or friendship, is sent on kindly."""
    return incident.kind not in NEVER_SANCTIONED


@guard("That something is inaccurate or embarrassing carries no sanction by itself, and a complaint never does.")
def something_carries_a_sanction(incident: Incident, act: Act) -> bool:
    """INC-6, INC-7, C-05: a finding needs more than what somebody is embarrassed by, or denies."""
    return incident.kind in FACE_TO_FACE or bool(set(incident.grounds) - NO_SANCTION)


@guard("No policy was in force when it happened, or it names no clause that was broken.")
def a_rule_was_broken(incident: Incident, act: Act) -> bool:
    """INC-1, POL-8: whoever posts is held to a rule that was in force; nobody needs one against abuse, threats and violence."""
    in_force = incident.pinned_because in {
        PinnedBecause.IN_FORCE_WHEN_IT_HAPPENED,
        PinnedBecause.IN_FORCE_WHEN_IT_WAS_FOUND,
    }
    return incident.kind in FACE_TO_FACE or (in_force and incident.clause_key is not None)


@guard("Every role that decides has to have agreed to a warning, each in a decision of its own.")
def all_agreed_to_warn(incident: Incident, act: Act) -> bool:
    """INC-14, I-06: a warning is a decision of the required deciders, and one who disagrees prevents it."""
    return all_agreed(incident, act, Measure.WARNING)


@guard("Every role that decides has to have agreed to ask for legal advice on a claim, each in a decision of its own.")
def all_agreed_to_refer(incident: Incident, act: Act) -> bool:
    """INC-8, I-06: a legal referral is a decision of the required deciders."""
    return all_agreed(incident, act, Measure.LEGAL_REFERRAL)


@guard("Every role that decides, and a partner, has to have agreed to a removal, each in a decision of its own.")
def all_agreed_to_remove(incident: Incident, act: Act) -> bool:
    """INC-10: a removal is a joint decision, a partner among the deciders; one who disagrees keeps the patient."""
    return all_agreed(incident, act, Measure.LIST_REMOVAL)


@guard("A removal has been asked for: it goes on, or is taken back, first.")
def no_removal_in_flight(incident: Incident, act: Act) -> bool:
    """INC-15, INC-16: a request that the commissioner has is about this patient and this conduct, and is not lost sight of."""
    return incident.list_removal is None and incident.immediate_removal is None


def route_was_sent(incident: Incident, act: Act) -> bool:
    """Whether the letter with the way to complain went out, since it was offered last."""
    offered = incident.route_offered
    return offered is not None and was_sent(act, LetterTemplate.COMPLAINT_ROUTE, offered.at)


def all_agreed(incident: Incident, act: Act, measure: Measure) -> bool:
    """Whether each role that is needed has decided, and said yes."""
    decided = incident.decided(measure)
    needed = deciding_roles(act, measure)
    return needed <= set(decided) and all(each.agrees for each in decided.values())


def deciding_roles(act: Act, measure: Measure) -> frozenset[Role]:
    """Who decides on a measure: the roles that the policy names, and on a removal always a partner."""
    named = here(act).holders(Duty.DECIDE)
    return named | {Role.PARTNER} if measure == Measure.LIST_REMOVAL else named


def is_reportable(incident: Incident) -> bool:
    """Whether a post is one that is reported to its platform."""
    return incident.kind in POSTED - NEVER_SANCTIONED and not incident.is_complaint
