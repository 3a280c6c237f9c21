"""What people say of recordings, and a policy that leaves little room for them."""

from __future__ import annotations

from models.settings import PolicySettings

STRICT = PolicySettings.model_validate(
    {
        "device_rule": {"value": "never"},
        "staff_media": {"value": "never"},
        "record_entry_coded": {"value": "will"},
        "copy_to_record": {"value": "may_be_suggested"},
        "covert_trigger": {"value": "pattern"},
    }
)
"""No devices, no pictures of staff, the code as well; secret recordings count once there are many."""
