"""How two practices that differ in what the proofs look at have settled it."""

from __future__ import annotations

from models.settings import PolicySettings

USUAL = PolicySettings.model_validate(
    {
        "platform_accounts": {"value": [{"platform": "facebook"}, {"platform": "website"}]},
        "closure_companion_notices": {"value": ["door"]},
        "acknowledgement_days": {"value": 3},
        "monitoring_days": {"value": 3},
    }
)
LENIENT = PolicySettings.model_validate(
    {
        "platform_accounts": {"value": [{"platform": "facebook"}, {"platform": "website"}, {"platform": "instagram"}]},
        "posts_specific_to_practice": {"value": False},
        "allow_self_approval": {"value": True},
        "generic_reply_to_complaints": {"value": True},
    }
)
