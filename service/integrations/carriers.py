"""Who carries messages in this installation, and in which ways."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from service.integrations import govuk_notify, nhs_notify
from service.integrations.govuk_notify import GovUkNotify, NotAnAPIKey
from service.integrations.messages import Carrier, CodeMessage, NotSent, Way
from service.integrations.nhs_notify import NHSNotify, NotASigningKey
from service.integrations.outbox import Outbox
from service.key_files import KeyFileRefused, kept_apart
from service.message_settings import UNSET, MessageCarrier
from service.settings import Settings, SettingsRefused

OUTBOX: Final = "outbox"
API_KEY: Final = re.compile(rb"[A-Za-z0-9-]{8,100}")


@dataclass(frozen=True, slots=True)
class Carriage:
    """The ways in which messages can be sent here, and who carries them."""

    ways: frozenset[Way]
    carrier: Carrier


class Nobody:
    """Nobody carries anything."""

    async def send(self, _: CodeMessage) -> None:
        """Raises NotSent."""
        raise NotSent


NO_MESSAGES: Final = Carriage(frozenset(), Nobody())


def carriage(settings: Settings, clock: Callable[[], datetime]) -> Carriage:
    """What the settings mean. Raises SettingsRefused."""
    if settings.message_carrier == MessageCarrier.NHS_NOTIFY:
        return _by_nhs_notify(settings, clock)
    if settings.notify_key_file != UNSET:
        return _by_govuk_notify(settings, clock)
    if settings.production:
        return NO_MESSAGES
    return Carriage(frozenset(Way), Outbox(settings.data_folder / OUTBOX))


def _by_govuk_notify(settings: Settings, clock: Callable[[], datetime]) -> Carriage:
    templates = named(settings.notify_email_template, settings.notify_text_template)
    if not templates:
        raise SettingsRefused(
            "CHARTER_NOTIFY_EMAIL_TEMPLATE, CHARTER_NOTIFY_TEXT_TEMPLATE: with a key of GOV.UK Notify, name a template."
        )
    said = _secret(settings.notify_key_file, "CHARTER_NOTIFY_KEY_FILE")
    try:
        service, key = govuk_notify.key_in(said.decode())
    except (NotAnAPIKey, UnicodeDecodeError):
        raise SettingsRefused(f"CHARTER_NOTIFY_KEY_FILE: {NotAnAPIKey.__doc__}") from None
    notify = GovUkNotify(settings.notify_address, service, key, templates, clock, settings.notify_deadline)
    return Carriage(frozenset(templates), notify)


def _by_nhs_notify(settings: Settings, clock: Callable[[], datetime]) -> Carriage:
    plans = named(settings.nhs_notify_email_plan, settings.nhs_notify_text_plan)
    if not plans:
        raise SettingsRefused(
            "CHARTER_NHS_NOTIFY_EMAIL_PLAN, CHARTER_NHS_NOTIFY_TEXT_PLAN: to send by NHS Notify, name a routing plan."
        )
    if not settings.nhs_notify_key_id:
        raise SettingsRefused("CHARTER_NHS_NOTIFY_KEY_ID: to send by NHS Notify, say what its platform calls your key.")
    application = _secret(settings.nhs_notify_api_key_file, "CHARTER_NHS_NOTIFY_API_KEY_FILE").strip()
    if not API_KEY.fullmatch(application):
        raise SettingsRefused(
            "CHARTER_NHS_NOTIFY_API_KEY_FILE: this is no API key: it has letters, digits and hyphens."
        )
    try:
        key = nhs_notify.key_in(_secret(settings.nhs_notify_key_file, "CHARTER_NHS_NOTIFY_KEY_FILE"))
    except NotASigningKey:
        raise SettingsRefused(f"CHARTER_NHS_NOTIFY_KEY_FILE: {NotASigningKey.__doc__}") from None
    notify = NHSNotify(
        settings.nhs_notify_address, application.decode("ascii"), settings.nhs_notify_key_id, key, plans, clock,
        settings.notify_deadline,
    )  # fmt: skip
    return Carriage(frozenset(plans), notify)


def _secret(file: Path, variable: str) -> bytes:
    """What a file says that is kept apart. Raises SettingsRefused."""
    try:
        return kept_apart(file)
    except KeyFileRefused as refused:
        raise SettingsRefused(f"{variable}: {refused}") from None


def named(email: str, text: str) -> Mapping[Way, str]:
    """What is named for each way; nothing for a way for which none is."""
    return {way: each for way, each in {Way.EMAIL: email, Way.TEXT: text}.items() if each}
