"""Tender notices of the European Union, read from XML into plain facts; knows no requests and no database."""

from app.notices.model import (
    Amount,
    AwardCriterion,
    CriterionKind,
    Duration,
    EnergyItem,
    Environment,
    Kind,
    Lot,
    Money,
    NamedText,
    Notice,
    NoticeError,
    NotUnderstood,
    Party,
    Procedure,
    ValueFrom,
    VehicleCount,
    Winner,
)
from app.notices.reader import read_notice
from app.notices.request_facts import deadline_day, default_relation, request_facts

__all__ = [
    "Amount",
    "AwardCriterion",
    "CriterionKind",
    "Duration",
    "EnergyItem",
    "Environment",
    "Kind",
    "Lot",
    "Money",
    "NamedText",
    "NotUnderstood",
    "Notice",
    "NoticeError",
    "Party",
    "Procedure",
    "ValueFrom",
    "VehicleCount",
    "Winner",
    "deadline_day",
    "default_relation",
    "read_notice",
    "request_facts",
]
