"""The lab as an application: the REST API, and the page with handsets."""

from starlette.applications import Starlette
from starlette.routing import Mount

from oncall.lab.lab import Lab
from oncall.lab.rest.front import Front


def build_app(lab: Lab) -> Starlette:
    """The application, to be served alone or mounted; `lab.base_url` must say where."""
    front = Front(lab.exchange, lab.faults)
    return Starlette(routes=[Mount("/2010-04-01", app=front), Mount("/kept-media", app=front)])
