"""Every workflow that the house knows. The API, the documents and the tests are made from this."""

from typing import Any

from workflows.acknowledgements import acknowledgements
from workflows.briefings import briefings
from workflows.calendar_feeds import calendar_feeds
from workflows.data_protection_complaints import data_protection_complaints
from workflows.engine import Workflow
from workflows.evidence import evidence
from workflows.held_submissions import held_submissions
from workflows.incidents import incidents
from workflows.letters import letters
from workflows.media_consents import media_consents
from workflows.monitoring_checks import monitoring_checks
from workflows.people import people
from workflows.policies import policies
from workflows.posts import posts
from workflows.practices import practices
from workflows.record_entry_filing import record_entries
from workflows.recording_consents import recording_consents
from workflows.restrictions import restrictions
from workflows.reviews import reviews
from workflows.rights_requests import rights_requests
from workflows.staff import staff
from workflows.trainee_declines import trainee_declines
from workflows.warnings import warnings

ALL: tuple[Workflow[Any], ...] = (
    practices, staff, policies, acknowledgements, briefings, posts, people, monitoring_checks, reviews, incidents, warnings,
    evidence, record_entries, media_consents, trainee_declines, letters, calendar_feeds,
    rights_requests, restrictions, held_submissions, data_protection_complaints, recording_consents,
)  # fmt: skip
