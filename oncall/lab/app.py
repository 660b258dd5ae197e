"""The lab as an application: the REST API, the Functions the company hosts, and the page with handsets."""

from starlette.applications import Starlette
from starlette.routing import Mount

from oncall.lab.functions.running import Running
from oncall.lab.lab import Lab
from oncall.lab.page.cast import Setting
from oncall.lab.page.routes import page_routes
from oncall.lab.rest.front import Front


def build_app(lab: Lab, *, setting: Setting | None = None) -> Starlette:
    """The application, served alone or mounted; `lab.base_url` must say where. Without a setting, no page."""
    front = Front(lab.exchange, lab.faults)
    api = [Mount(path, app=front) for path in ("/2010-04-01", "/v1", "/kept-media")]
    hosted = Mount("/functions", app=Running(lab.exchange))
    return Starlette(routes=[*api, hosted, *(page_routes(lab, setting) if setting is not None else [])])
