"""The rules: plan, norms, pay, prizes, emulation, publicity, audits; loading, changing, explaining."""

from stakhanov.campaign.campaign import Campaign, checked
from stakhanov.campaign.load import library, load

__all__ = ["Campaign", "checked", "library", "load"]
