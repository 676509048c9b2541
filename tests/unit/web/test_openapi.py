"""Generated requests, fitting and unfitting, find no fault and no answer but those that OpenAPI tells."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings

TOLD = "/api/v1/openapi.json"
SITE = create_app(Settings(hosts=("testserver",), most_workers=60, most_periods=2, waiting=4))
LABELS = [
    f"{method.upper()} {path}" for path, rows in SITE.openapi()["paths"].items() for method in rows
]
pytestmark = pytest.mark.xdist_group("openapi")


@schemathesis.serializer("text/csv")
def csv(ctx: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def operations() -> dict[str, APIOperation]:
    """Every operation under its method and path; the site is open from here on."""
    schema = schemathesis.openapi.from_asgi(TOLD, SITE, config=schemathesis.Config())
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


@pytest.mark.parametrize("label", LABELS)
def test_no_request_finds_an_answer_that_is_not_told(
    label: str, operations: dict[str, APIOperation]
) -> None:
    modes = [operations[label].as_strategy(mode) for mode in GenerationMode]

    @settings(
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=st.one_of(*modes))
    def holds(case: Case) -> None:
        case.call_and_validate(
            excluded_checks=[positive_data_acceptance]
        )  # names and addresses ship

    holds()
