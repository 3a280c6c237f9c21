"""What holds for a notice that the practice closes: when, where it is announced, and in good time (S-07, S-08)."""

import re
from datetime import timedelta

from models.posts import NoticeArranged, Post, PostKind, PublicationTime
from models.settings import NoticePlace, Platform
from workflows.engine import Act, guard
from workflows.roles import here

EMERGENCY_NUMBER = re.compile(r"(?<![0-9])999(?![0-9])")
URGENT_NUMBER = re.compile(r"(?<![0-9])111(?![0-9])")


@guard("A closure notice says when the practice closes.")
def closure_has_a_date(post: Post, act: Act) -> bool:
    """POST-5, S-07: a closure notice without a date helps nobody."""
    return post.kind != PostKind.CLOSURE_NOTICE or post.closure is not None


@guard("A closure notice tells people to call 999 in an emergency, and 111 for urgent advice.")
def closure_says_where_to_go(post: Post, act: Act) -> bool:
    """POST-5, S-08: whoever reads that the practice is closed learns where to go."""
    if post.kind != PostKind.CLOSURE_NOTICE:
        return True
    return bool(EMERGENCY_NUMBER.search(post.text) and URGENT_NUMBER.search(post.text))


@guard("A planned closure is announced in good time, or the notice says why it was not.")
def closure_in_good_time(post: Post, act: Act) -> bool:
    """S-07: planned closures are advertised well ahead; how many days, the practice settles."""
    closure = post.closure
    if closure is None or not closure.planned or closure.short_notice_reason:
        return True
    return act.at + timedelta(days=here(act).settings.closure_lead_days.value) <= closure.closes_at


@guard("The closure must still be announced in the other places that the policy names.")
def companions_arranged(post: Post, act: Act) -> bool:
    """S-07: a closure is announced on the website, on the door and on the phone, where the practice's policy says so."""
    if post.closure is None or not post.closure.planned:
        return True
    return not companions_missing(post, act)


@guard("The closure has begun.")
def before_the_closure(post: Post, act: Act) -> bool:
    """POST-9: an approval ends with the event that it was for."""
    return post.closure is None or act.at < post.closure.closes_at


@guard("The time to publish lies ahead, and before the closure.")
def time_lies_ahead(post: Post, act: Act, when: PublicationTime) -> bool:
    """POST-9: a schedule is kept before the event that it is for."""
    return act.at < when.publish_at and (post.closure is None or when.publish_at < post.closure.closes_at)


@guard("By that time the closure would be announced too late.")
def scheduled_in_good_time(post: Post, act: Act, when: PublicationTime) -> bool:
    """S-07: the lead time is kept at the moment of publishing, too."""
    return closure_in_good_time.holds(post, Act(act.actor, act.practice, when.publish_at))


@guard("The closure has not begun yet.")
def closure_has_begun(post: Post, act: Act) -> bool:
    """POST-9: time alone ends an approval, and only when the event has passed."""
    return post.closure is not None and act.at >= post.closure.closes_at


@guard("Only a closure is announced in other places, too.")
def announces_a_closure(post: Post, act: Act) -> bool:
    """S-07: the website, the door and the phone say when the practice closes."""
    return post.closure is not None


@guard("This notice is arranged already.")
def not_arranged_yet(post: Post, act: Act, notice: NoticeArranged) -> bool:
    """S-07: each place is recorded once."""
    return notice.place not in {each.place for each in post.companion_notices}


def companions_missing(post: Post, act: Act) -> set[NoticePlace]:
    """Places in which the policy wants the closure announced, and where nobody has done it yet."""
    places = set(here(act).settings.closure_companion_notices.value)
    announced = {each.place for each in post.companion_notices}
    return places - announced - ({NoticePlace.WEBSITE} if Platform.WEBSITE in post.platforms else set())
