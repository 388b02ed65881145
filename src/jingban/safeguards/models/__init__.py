"""Lists from other bodies, suspicions, certification campaigns, publications, messages: append-only throughout."""

from jingban.safeguards.models.campaigns import Campaign, CampaignAnswer, CampaignPerson
from jingban.safeguards.models.lists import OtherList, OtherRow, VillageReturn
from jingban.safeguards.models.outreach import (
    DrivePerson,
    DriveResult,
    Message,
    MessageConsent,
    MessageRound,
    Objection,
    Publication,
    PublishedRow,
)
from jingban.safeguards.models.suspicions import Suspicion, SuspicionEvent

__all__ = [
    "Campaign",
    "CampaignAnswer",
    "CampaignPerson",
    "DrivePerson",
    "DriveResult",
    "Message",
    "MessageConsent",
    "MessageRound",
    "Objection",
    "OtherList",
    "OtherRow",
    "Publication",
    "PublishedRow",
    "Suspicion",
    "SuspicionEvent",
    "VillageReturn",
]
