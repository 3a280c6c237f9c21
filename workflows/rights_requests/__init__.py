"""Rights requests: somebody asks to see, correct, erase, restrict, move or stop the use of their information, and is answered.

The law stands in parts: how a request arrives, who somebody is, what is waited for, what is decided, how it is answered, and
how it ends otherwise. Time's own part comes last.
"""

from models.rights_requests import OPEN
from workflows.cases import escalating, everyday_work
from workflows.rights_requests import answering, deciding, ending, intake, standing, waiting
from workflows.rights_requests.intake import receive
from workflows.rights_requests.law import UNANSWERED, WORKERS, rights_requests

everyday_work(rights_requests, during=OPEN, by=WORKERS)
escalating(rights_requests, *UNANSWERED)

__all__ = ["answering", "deciding", "ending", "intake", "receive", "rights_requests", "standing", "waiting"]
