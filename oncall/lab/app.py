"""The lab as an application: the REST API, and the page with handsets."""

from starlette.applications import Starlette
from starlette.routing import Mount

from oncall.lab.lab import Lab
from oncall.lab.page.cast import Setting
from oncall.lab.page.routes import page_routes
from oncall.lab.rest.front import Front


def build_app(lab: Lab, *, setting: Setting | None = None) -> Starlette:
    """The application, served alone or mounted; `lab.base_url` must say where. Without a setting, no page."""
    front = Front(lab.exchange, lab.faults)
    api = [Mount("/2010-04-01", app=front), Mount("/kept-media", app=front)]
    return Starlette(routes=[*api, *(page_routes(lab, setting) if setting is not None else [])])
