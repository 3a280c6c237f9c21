"""From plain data to the model, and from what pydantic finds to our own sentences."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from service.yaml_documents.faults import Fault, Trail, Unacceptable, pointer_to
from service.yaml_documents.parsing import Document, Place

M = TypeVar("M", bound=BaseModel)

FAMILIES = {
    "is missing": "missing",
    "is not a known name here": "extra_forbidden unexpected_keyword_argument",
    "must be names with values": "model_type model_attributes_type dataclass_type dict_type mapping_type",
    "must be a list": "list_type tuple_type set_type frozen_set_type deque_type iterable_type",
    "must be text: put it in quotes if it looks like a number, true, false or null": "string_type",
    "must be true or false, without quotes": "bool_type bool_parsing",
    "must be a whole number, without quotes": "int_type int_parsing int_parsing_size int_from_float",
    "must be a whole number (decimals are read as text)": "float_type float_parsing",
    "must be a decimal number": "decimal_type decimal_parsing",
    "must be empty": "none_required",
    "must be one of: {expected}": "literal_error enum",
    "must be one of: {expected_tags}": "union_tag_invalid",
    "does not say of which kind it is": "union_tag_not_found",
    "must be more than {gt}": "greater_than",
    "must be at least {ge}": "greater_than_equal",
    "must be less than {lt}": "less_than",
    "must be at most {le}": "less_than_equal",
    "must be a multiple of {multiple_of}": "multiple_of",
    "must be a finite number": "finite_number",
    "must have at most {max_digits} digits": "decimal_max_digits",
    "must have at most {decimal_places} decimal places": "decimal_max_places",
    "must have at most {whole_digits} digits before the decimal point": "decimal_whole_digits",
    "must have at least {min_length} items": "too_short",
    "must have at most {max_length} items": "too_long",
    "must have at least {min_length} characters": "string_too_short",
    "must have at most {max_length} characters": "string_too_long url_too_long",
    "is not in the form that it must have": "string_pattern_mismatch",
    "must be a date, as 2026-03-31": "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
    "must be a date and time, as 2026-03-31T09:30:00Z": "datetime_type datetime_parsing datetime_from_date_parsing",
    "must be a time of day, as 09:30": "time_type time_parsing",
    "must be a length of time, as P28D": "time_delta_type time_delta_parsing",
    "must be in the past": "date_past datetime_past",
    "must be in the future": "date_future datetime_future",
    "must have a time zone": "timezone_aware",
    "must not have a time zone": "timezone_naive",
    "must be a UUID": "uuid_type uuid_parsing uuid_version",
    "must be a web address": "url_type url_parsing url_syntax_violation",
    "must be a web address that begins with: {expected_schemes}": "url_scheme",
}
"""Our sentences for what pydantic finds: its own repeat what was typed, or speak of JSON."""
SENTENCES = {kind: sentence for sentence, kinds in FAMILIES.items() for kind in kinds.split()}
ANY_OTHER = "is not acceptable here"
BY_AUTHORS = {"value_error", "assertion_error"}
LONGEST_SENTENCE = 300

UNKNOWN_NAMES = {"extra_forbidden", "unexpected_keyword_argument"}
MISREAD_FROM_TEXT = {"bool_type", "int_type", "float_type"}
MISREAD_FROM_NUMBERS = {"date_type", "datetime_type", "time_type", "time_delta_type"}


def validated(document: Document, model: type[M]) -> M:
    """Validate as JSON, which has dates, enumerations and sets as text and lists, but never `"yes"` for true.

    What a model's own validator touched no longer counts as JSON, and its dates are refused; so the lenient verdict
    stands, together with whatever it would have misread.
    """
    written = json.dumps(document.data)
    accepted, errors = _attempt(model, written, strict=True)
    if accepted is None:
        misread = [error for error in errors if _is_misread(error)]
        accepted, errors = _attempt(model, written, strict=False)
        errors = misread + errors
    faults = document.faults + list(_faults(document, errors))
    if accepted is None or faults:
        raise Unacceptable(faults)
    return accepted


def _attempt(model: type[M], written: str, *, strict: bool) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate_json(written, strict=strict, extra="forbid"), []
    except ValidationError as refusal:
        return None, refusal.errors(include_url=False)


def _is_misread(error: ErrorDetails) -> bool:
    if error["type"] in MISREAD_FROM_NUMBERS:
        return not isinstance(error["input"], str)
    return error["type"] in MISREAD_FROM_TEXT


def _faults(document: Document, errors: list[ErrorDetails]) -> Iterator[Fault]:
    for error in errors:
        trail, place = _whereabouts(document, error)
        if trail not in document.illegible:
            yield Fault(place.line, place.column, pointer_to(trail), _sentence(error))


def _whereabouts(document: Document, error: ErrorDetails) -> tuple[Trail, Place]:
    location = error["loc"]
    if error["type"] == "missing":
        parent = document.nearest(location[:-1], document.mappings)
        return (*parent, location[-1]), document.places[parent]
    trail = document.nearest(location, document.places)
    if error["type"] in UNKNOWN_NAMES or location[-1:] == ("[key]",):
        return trail, document.names.get(trail, document.places[trail])
    if error["type"] == "union_tag_invalid":
        tag = (*trail, error["ctx"]["discriminator"].strip("'"))
        trail = tag if tag in document.places else trail
    return trail, document.places[trail]


def _sentence(error: ErrorDetails) -> str:
    if error["type"] in BY_AUTHORS or error["type"] not in get_args(ErrorType):
        return _authors_sentence(error)
    limits = {name: _listed(limit) for name, limit in error.get("ctx", {}).items()}
    return SENTENCES.get(error["type"], ANY_OTHER).format_map(limits)


def _listed(limit: object) -> str:
    """Write `'never' or 'by_agreement'` as `never, by_agreement`."""
    return str(limit).replace("' or '", "', '").replace("'", "")


def _authors_sentence(error: ErrorDetails) -> str:
    """Pass on what a model's own validator says, unless it repeats something that was typed."""
    sentence = " ".join(str(error.get("ctx", {}).get("error", error["msg"])).split())
    if not sentence or len(sentence) > LONGEST_SENTENCE or _gives_away(sentence, error["input"]):
        return ANY_OTHER
    return sentence


def _gives_away(sentence: str, typed: object) -> bool:
    said = sentence.casefold()
    texts = [text.casefold() for text in _texts(typed)]
    quoted = [quotation for _, quotation in re.findall(r"""(['"`])(.+?)\1""", said)]
    return any(_stands_in(said, text) or any(quotation in text for quotation in quoted) for text in texts)


def _stands_in(sentence: str, text: str) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", sentence) for form in {text.strip(), repr(text)[1:-1]} - {""}
    )


def _texts(typed: object) -> list[str]:
    """List what may be private: a single value whatever it is, of a collection all but short and enumerated words."""
    leaves = [str(leaf) for leaf in _leaves(typed)]
    if not isinstance(typed, Mapping | list):
        return leaves
    return [leaf for leaf in leaves if not re.fullmatch(r"[a-z_]*|.{0,3}", leaf)]


def _leaves(typed: object) -> Iterator[object]:
    if isinstance(typed, Mapping):
        yield from typed
        typed = list(typed.values())
    if isinstance(typed, list):
        for item in typed:
            yield from _leaves(item)
    else:
        yield typed
