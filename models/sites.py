"""Sites where something about the practice can stand: every platform, and the NHS website."""

from enum import StrEnum


class Site(StrEnum):
    """Where something can stand that others read. `website` is the practice's own."""

    NHS_WEBSITE = "nhs_website"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    X = "x"
    LINKEDIN = "linkedin"
    YOUTUBE = "youtube"
    WHATSAPP = "whatsapp"
    GOOGLE = "google"
    WEBSITE = "website"
