"""NHS numbers, as people write them and as they are kept."""

import re
from typing import Annotated, Final

from nhs_number.constants import REGION_ENGLAND, REGION_SYNTHETIC
from nhs_number.validate import is_valid
from pydantic import AfterValidator, Field, ValidationInfo

SYNTHETIC: Final = "synthetic_nhs_numbers"
"""The name under which whoever validates says whether numbers of the range for tests are taken: they are nobody's."""

BETWEEN_GROUPS: Final = re.compile(r"(?<=[0-9])[ -](?=[0-9])")


def nhs_number(said: str, here: ValidationInfo) -> str:
    """The ten digits; raise ValueError unless they are a number that is given out in England.

    Spaces around the digits, and spaces and hyphens between them, are nothing but a way to write it.
    """
    digits = BETWEEN_GROUPS.sub("", said.strip(" "))
    taken = [REGION_ENGLAND, REGION_SYNTHETIC] if (here.context or {}).get(SYNTHETIC) else [REGION_ENGLAND]
    if not re.fullmatch(r"[0-9]{10}", digits) or not any(is_valid(digits, region) for region in taken):
        raise ValueError("must be an NHS number: ten digits, of which the last one checks the others")
    return digits


NHSNumber = Annotated[str, Field(max_length=20), AfterValidator(nhs_number)]
