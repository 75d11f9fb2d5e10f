"""What the generated incidents stand on: services, their agreements, a calendar and a priority matrix."""

from typing import Any

from bench.phrases import PAUSE_CODES, SERVICES

Record = dict[str, Any]

SETTINGS = """\
[organisation]
name = "Measured Goods"
zone = "Europe/Amsterdam"

[site]
languages = ["en"]
description = "Generated records of a retailer that does not exist"
"""

LIMITS = (
    ("P1", "15m", "4h", "elapsed"),
    ("P2", "1h", "8h", "working"),
    ("P3", "4h", "24h", "working"),
    ("P4", "8h", "40h", "working"),
)


def records() -> dict[str, Record]:
    """Path → record."""
    found = {f"records/services/{name}.yaml": _service(name, teams[0]) for name, teams in SERVICES}
    found |= {f"records/slas/{_sla_id(name)}.yaml": _sla(name) for name, _ in SERVICES}
    found["records/calendars/CAL-shop-hours.yaml"] = _calendar()
    found["records/priority-matrices/MTX-standard.yaml"] = _matrix()
    return found


def _sla_id(service: str) -> str:
    return service.replace("SVC-", "SLA-", 1)


def _words(identifier: str) -> str:
    return identifier.split("-", 1)[1].replace("-", " ").capitalize()


def _service(identifier: str, team: str) -> Record:
    return {
        "id": identifier,
        "schema_version": 1,
        "title": _words(identifier),
        "owner": f"{team}-lead",
        "criticality": "vital" if "shop" in identifier or "till" in identifier else "important",
        "live_from": "2021-05-01",
        "catalogue": [{"audience": "staff", "text": "Ask the service desk, in the hours of the shops."}],
    }


def _sla(service: str) -> Record:
    targets: list[Record] = []
    for priority, response, resolution, time in LIMITS:
        common = {"priority": priority, "time": time}
        targets.append({"measure": "response", "limit": response, **common, "attainment": 95})
        targets.append({"measure": "resolution", "limit": resolution, **common, "attainment": 90})
    version = {
        "version": 1,
        "valid_from": "2024-01-01",
        "agreed_on": "2023-12-12",
        "agreed_by": {"provider": "it-manager", "customer": "retail-director"},
        "calendar": "CAL-shop-hours",
        "matrix": "MTX-standard",
        "targets": targets,
        "clock_stops": [{"code": code} for code in PAUSE_CODES[:3]],
    }
    return {
        "id": _sla_id(service),
        "schema_version": 2,
        "title": f"{_words(service)} for the shops",
        "services": [service],
        "customer": "retail-director",
        "versions": [version],
    }


def _calendar() -> Record:
    holidays = [f"{year}-{day}" for year in (2024, 2025, 2026) for day in ("12-25", "12-26")]
    version = {
        "version": 1,
        "valid_from": "2024-01-01",
        "zone": "Europe/Amsterdam",
        "weekly": [
            {"days": ["mon", "tue", "wed", "thu", "fri"], "hours": [{"from": "08:00", "to": "20:00"}]},
            {"days": ["sat"], "hours": [{"from": "09:00", "to": "18:00"}]},
        ],
        "exceptions": [{"date": date, "name": "Christmas"} for date in holidays],
    }
    return {"id": "CAL-shop-hours", "schema_version": 1, "title": "Shop hours", "versions": [version]}


def _matrix() -> Record:
    rows = {"high": ("P1", "P2", "P3"), "medium": ("P2", "P3", "P4"), "low": ("P3", "P4", "P4")}
    version = {
        "version": 1,
        "valid_from": "2024-01-01",
        "levels": [
            {"id": "P1", "name": "Critical"},
            {"id": "P2", "name": "High"},
            {"id": "P3", "name": "Moderate"},
            {"id": "P4", "name": "Low"},
        ],
        "priority": {impact: dict(zip(("high", "medium", "low"), row, strict=True)) for impact, row in rows.items()},
    }
    return {"id": "MTX-standard", "schema_version": 1, "title": "Standard priorities", "versions": [version]}
