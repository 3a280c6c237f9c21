"""The dates of an incident that stand among what is kept sealed, kept once more by themselves."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from models.reckonings import Reckoning
from models.record import Payload


class IncidentDates(Payload):
    """When something falls due in an incident, and how the law's dates came out. They name nobody, and are kept in the clear."""

    look_after_by: Annotated[
        AwareDatetime | None, Field(description="Until when support is offered and safeguarding asked about (UTC).")
    ] = None
    restore_on: Annotated[
        date | None, Field(description="The day on which an attempt to mend the relationship is looked at again.")
    ] = None
    website_answer: Annotated[
        Reckoning | None, Field(description="Until when the operator of a website has time to answer.")
    ] = None
    removal: Annotated[Reckoning | None, Field(description="When a removal takes effect by law.")] = None
    removal_on: Annotated[date | None, Field(description="The day on which it does, later where it was put off.")] = (
        None
    )
    written_confirmation: Annotated[
        Reckoning | None, Field(description="Until when the commissioner has a removal at once in writing.")
    ] = None
