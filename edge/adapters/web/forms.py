"""A form that came back: ours, bounded, and read into words of the domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse

from edge.adapters.web.site import VISITOR_COOKIE, Visit
from edge.errors import MalformedError, RefusedError

FIELDS_MOST = 200
"""The longest form has 37 categories and as many sponsors as the catalogue."""

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields as they came."""

    fields: Mapping[str, list[str]]

    def text(self, name: str) -> str:
        """The field's first value; empty when it is not there."""
        return self.fields.get(name, [""])[0].strip()

    def texts(self, name: str) -> frozenset[str]:
        """All values of the field: the boxes that were ticked."""
        return frozenset(self.fields.get(name, ()))

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """The field as one of the choices.

        Raises:
            MalformedError: It is none of them.
        """
        try:
            return kind(self.text(name))
        except ValueError as error:
            raise MalformedError(name, f"must be one of {', '.join(kind)}") from error


async def read_form(visit: Visit) -> Form:
    """The form of this request.

    Raises:
        RefusedError: It did not come from a page of ours.
        MalformedError: It is no form, or has too many fields.
    """
    try:
        body = (await visit.request.body()).decode("utf-8")
        form = Form(fields=parse_qs(body, keep_blank_values=True, max_num_fields=FIELDS_MOST))
    except ValueError as error:
        raise MalformedError("form", f"at most {FIELDS_MOST} fields, in UTF-8") from error
    if not _is_ours(form, visit):
        raise RefusedError("form", "did not come from this page; open the page again")
    return form


def _is_ours(form: Form, visit: Visit) -> bool:
    visitor = visit.request.cookies.get(VISITOR_COOKIE, "")
    return visit.site.security.is_form_token(form.text("csrf"), visitor)


def go_to(path: str, *, done: str = "") -> RedirectResponse:
    """Answer a form with the page to read next; `done` names the notice it shows."""
    return RedirectResponse(f"{path}?done={done}" if done else path, status_code=303)
