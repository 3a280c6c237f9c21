"""Who carries messages in this installation, and in which ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from service.integrations.govuk_notify import GovUkNotify, NotAnAPIKey, key_in
from service.integrations.messages import Carrier, CodeMessage, NotSent, Way
from service.integrations.outbox import Outbox
from service.key_files import KeyFileRefused, kept_apart
from service.message_settings import UNSET
from service.settings import Settings, SettingsRefused

OUTBOX: Final = "outbox"


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
    if settings.notify_key_file != UNSET:
        return _by_notify(settings, clock)
    if settings.production:
        return NO_MESSAGES
    return Carriage(frozenset(Way), Outbox(settings.data_folder / OUTBOX))


def _by_notify(settings: Settings, clock: Callable[[], datetime]) -> Carriage:
    templates = _templates(settings)
    if not templates:
        raise SettingsRefused(
            "CHARTER_NOTIFY_EMAIL_TEMPLATE, CHARTER_NOTIFY_TEXT_TEMPLATE: with a key of GOV.UK Notify, name a template."
        )
    try:
        service, key = key_in(kept_apart(settings.notify_key_file).decode())
    except (KeyFileRefused, NotAnAPIKey, UnicodeDecodeError) as refused:
        why = refused if isinstance(refused, KeyFileRefused) else NotAnAPIKey.__doc__
        raise SettingsRefused(f"CHARTER_NOTIFY_KEY_FILE: {why}") from None
    notify = GovUkNotify(settings.notify_address, service, key, templates, clock, settings.notify_deadline)
    return Carriage(frozenset(templates), notify)


def _templates(settings: Settings) -> Mapping[Way, str]:
    named = {Way.EMAIL: settings.notify_email_template, Way.TEXT: settings.notify_text_template}
    return {way: template for way, template in named.items() if template}
