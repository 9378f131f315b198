"""What a small form on the page of a case asks is done, or the page comes again with what is wrong."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from api.accounts import User
from api.errors import Rejected, told
from api.forms import Typed
from api.pages.acts import check_token, done
from api.pages.casefile.forms import Sent
from api.pages.casefile.page import case_page
from api.sessions import SignedIn
from workflow.casefile import CaseFile, open_file
from workflow.errors import BadInput, Refused
from workflow.store import Session, Store

#: Does what a form asks, in the caller's transaction; gives what is said once it is done.
Doing = Callable[[Session, CaseFile], str]


def own_file(session: Session, user: User, number: str) -> CaseFile:
    """A case of the own agency: beside any other, nobody keeps anything; raises NotFound."""
    return open_file(session, number, agencies=frozenset({user.agency_id}))


def take(
    request: Request,
    store: Store,
    signed: SignedIn,
    number: str,
    typed: Typed,
    *,
    form: str,
    do: Doing,
    opened: Callable[[Session, User, str], CaseFile] = own_file,
) -> Response:
    """Do what a form asks, and back to where one came from; what cannot be taken stands in the form again."""
    try:
        check_token(typed, signed)
        with store.transaction() as session:
            text = do(session, opened(session, signed.user, number))
    except (BadInput, Refused, Rejected) as error:
        status, _content = told(error)
        wrong = dict(error.details) if isinstance(error, BadInput) else {"": str(error)}
        return case_page(request, store, signed, number, sent=Sent(form, typed, wrong), status=status)
    return done(request, store, number, text=text)
