"""One secret for one purpose: whoever learns it in one place must not have two things at once."""

from urllib.parse import unquote, urlsplit

from service.key_files import KeyFileRefused, as_bytes, encryption_secret, key_files
from service.settings import POSTGRES, Settings, SettingsRefused


class SecretShared(SettingsRefused):
    """CHARTER_AUDIT_KEY_FILE, CHARTER_ENCRYPTION_KEYS, CHARTER_DATABASE_FILE: one secret serves two purposes. Make one for each."""


def refuse_shared_secrets(settings: Settings) -> None:
    """Hold against each other what seals, what encrypts, and the database's password. Raises SettingsRefused."""
    sealing = {as_bytes(each.secret) for each in settings.audit_key().ring}
    encrypting = encryption_secrets(settings)
    if sealing & encrypting or database_password(settings) in sealing | encrypting:
        raise SecretShared(SecretShared.__doc__)


def encryption_secrets(settings: Settings) -> set[bytes]:
    """Every key of the ring, in development perhaps none yet."""
    try:
        return {encryption_secret(each) for each in key_files(settings.key_folder)}
    except KeyFileRefused as refused:
        if not settings.production and not settings.key_folder.exists():
            return set()
        raise SettingsRefused(f"CHARTER_ENCRYPTION_KEYS: {refused}") from None


def database_password(settings: Settings) -> bytes:
    """What stands in the database's address; nothing where none does."""
    address = settings.database_address
    password = urlsplit(address).password if address.startswith(POSTGRES) else None
    return as_bytes(unquote(password or "").encode())
