"""What an installation sets of messages to people, and of what strangers may send in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field
from pydantic_settings import BaseSettings

UNSET: Final = Path()
TEMPLATE: Final = r"^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"
Template = Annotated[str, Field(pattern=TEMPLATE)]
ADDRESS: Final = r"^https?://[!-~]+[^/]$"


class MessageCarrier(StrEnum):
    """Who carries messages to people."""

    GOVUK_NOTIFY = "govuk_notify"
    NHS_NOTIFY = "nhs_notify"


class MessageSettings(BaseSettings):
    """What can be set of messages and of the forms for the public, each in a variable of its own."""

    message_carrier: MessageCarrier = Field(
        default=MessageCarrier.GOVUK_NOTIFY,
        description=(
            "Who carries one-time codes to people: `govuk_notify`, or `nhs_notify`. Set what begins with `CHARTER_NOTIFY_` for "
            "the one, and what begins with `CHARTER_NHS_NOTIFY_` for the other."
        ),
    )
    notify_key_file: Path = Field(
        default=UNSET,
        description=(
            "The file with the API key of GOV.UK Notify by which one-time codes are sent: readable by the service alone, or "
            "by its group. Unset: in development messages are laid into the folder `outbox` of the data folder, and in "
            "production no codes are sent, so that the practice confirms contacts itself."
        ),
    )
    notify_address: str = Field(
        default="https://api.notifications.service.gov.uk",
        pattern=ADDRESS,
        description="Where GOV.UK Notify is reached. In production an https address.",
    )
    notify_email_template: Template = Field(
        default="",
        description="Notify's template for a code by e-mail: its identifier. It takes `practice` and `code`. Unset: none is sent.",
    )
    notify_text_template: Template = Field(
        default="",
        description="The same for a text message. Unset: none is sent.",
    )
    nhs_notify_key_file: Path = Field(
        default=UNSET,
        description=(
            "The file with the private RSA key, in PEM form, with which the service signs in to the NHS API platform: readable "
            "by the service alone, or by its group."
        ),
    )
    nhs_notify_key_id: str = Field(
        default="",
        pattern=r"^[!-~]{0,100}$",
        description="What the platform calls that key (`kid`), as you registered it.",
    )
    nhs_notify_api_key_file: Path = Field(
        default=UNSET,
        description="The file with the API key of your application on the platform, kept as safe as the private key.",
    )
    nhs_notify_address: str = Field(
        default="https://api.service.nhs.uk",
        pattern=ADDRESS,
        description="Where the NHS API platform is reached; for its integration tests `https://int.api.service.nhs.uk`.",
    )
    nhs_notify_email_plan: Template = Field(
        default="",
        description=(
            "NHS Notify's routing plan for a code by e-mail: its identifier. It takes `practice` and `code`. Unset: none is sent."
        ),
    )
    nhs_notify_text_plan: Template = Field(
        default="",
        description="The same for a text message. Unset: none is sent.",
    )
    notify_deadline: float = Field(
        default=5.0,
        ge=0.1,
        le=30,
        allow_inf_nan=False,
        description="How many seconds handing a message over may take, to whoever carries it, with everything that is tried again.",
    )
    quickest_submission: float = Field(
        default=5.0,
        ge=0,
        le=600,
        allow_inf_nan=False,
        description="How many seconds somebody needs at least to fill in a form for the public; what comes sooner is held.",
    )
    submissions_per_hour: int = Field(
        default=10,
        ge=1,
        le=100_000,
        description=(
            "How many requests one address may send in an hour on the forms for the public; more are held until somebody at "
            "the practice has looked at them, and count from the day on which they came."
        ),
    )
    held_submissions_per_hour: int = Field(
        default=20,
        ge=1,
        le=100_000,
        description="How many may be held in an hour from one address; then 429, with the other ways to ask.",
    )
    website_submissions_per_hour: int = Field(
        default=300,
        ge=1,
        le=100_000,
        description="How many requests each credential of a practice's website may pass on in an hour before they are held.",
    )
