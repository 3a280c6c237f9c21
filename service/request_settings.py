"""What an installation sets of requests: how many, how large, how slow, and whose word is taken for where they come from."""

from ipaddress import IPv4Network, IPv6Network
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

Network = IPv4Network | IPv6Network


class RequestSettings(BaseSettings):
    """What can be set of requests, each in a variable of its own."""

    failed_sign_ins_per_minute: int = Field(
        default=600,
        ge=1,
        le=1_000_000,
        description=(
            "How many tokens that can't be verified one address may send in a minute; then 429 is answered in place of "
            "401. Tokens that can be verified are answered as ever."
        ),
    )
    website_requests_per_minute: int = Field(
        default=600,
        ge=1,
        le=1_000_000,
        description="How much each credential with the role `practice_website` may ask for in a minute; then 429.",
    )
    public_requests_per_minute: int = Field(
        default=600,
        ge=1,
        le=1_000_000,
        description="How much one address may ask for in a minute of what needs no token; then 429.",
    )
    public_requests_per_minute_at_practice: int = Field(
        default=6_000,
        ge=1,
        le=1_000_000,
        description="How much all addresses together may ask for in a minute at one practice without a token; then 429.",
    )
    public_requests_per_minute_altogether: int = Field(
        default=30_000,
        ge=1,
        le=10_000_000,
        description="How much all addresses together may ask for in a minute at all practices without a token; then 429.",
    )
    trusted_proxies: Annotated[frozenset[Network], NoDecode] = Field(
        default=frozenset(),
        description=(
            "The addresses or networks of proxies in front of the service, separated by commas: only they are believed "
            "about a client's address (`X-Forwarded-For`). Unset: nobody is."
        ),
    )
    body_deadline: float = Field(
        default=20.0,
        ge=0.1,
        le=600,
        allow_inf_nan=False,
        description="How many seconds the body of a request may take to arrive before it is answered 408.",
    )
    largest_file: int = Field(
        default=10 * 1024 * 1024,
        ge=64 * 1024,
        le=100 * 1024 * 1024,
        description="How many bytes a file of evidence may have; one that has more is answered 413.",
    )
    file_deadline: float = Field(
        default=120.0,
        ge=0.1,
        le=600,
        allow_inf_nan=False,
        description="How many seconds a file of evidence may take to arrive before it is answered 408.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _some_alone(cls, given: frozenset[Network]) -> frozenset[Network]:
        if not all(each.prefixlen for each in given):
            raise ValueError("not everybody is a proxy")
        return given
