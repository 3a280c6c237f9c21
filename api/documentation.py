"""The API's documentation as pages that work on a closed network: nothing is loaded from anywhere else."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import lets_anybody

STATIC = Path(__file__).with_name("static")
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SWAGGER = """<link rel="stylesheet" href="/static/swagger-ui/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/static/swagger-ui/swagger-ui-bundle.js"></script><script src="/static/swagger-ui/start.js"></script>"""
REDOC = (
    """</head><body><redoc spec-url="/openapi.json"></redoc><script src="/static/redoc/redoc.standalone.js"></script>"""
)

router = APIRouter(include_in_schema=False)


def page(body: str) -> HTMLResponse:
    """A page around one of the two readers of the API's description."""
    head = '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Practice Charter API</title>'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/static/favicon.svg">'
    return HTMLResponse(f"{head}{body}</body></html>", headers={"Content-Security-Policy": CONTENT_POLICY})


@router.get("/docs")
@lets_anybody("documentation.read")
async def docs() -> HTMLResponse:
    """Try the API out."""
    return page(SWAGGER)


@router.get("/redoc")
@lets_anybody("documentation.read")
async def redoc() -> HTMLResponse:
    """Read the API's description."""
    return page(REDOC)
