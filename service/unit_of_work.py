"""Find, open, apply: the only way a record changes. One unit of work, one change, one commit."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from models.ledger import AccessEntry, AuditEntry, Event, Receipt
from models.practices import Practice
from models.record import Record
from models.regulator import Regulator
from models.roles import INSTALLATION, Role
from models.staff import StaffState
from service.audit import AuditKey, access_sealed, committed, said_committed, said_in, salted, sealed
from service.budgets import Charge
from service.identity import Principal
from service.in_force import in_force
from service.showing import listed_view, view
from service.store import Authority, Change, Kept, Known, Listing, Question, Reliance, Store, Taken, Write
from service.store.file_parts import with_file
from workflows.calendars import ENGLAND, Calendar
from workflows.engine import Act, Applied, Law, Opening, Transition, Workflow
from workflows.readers import seers
from workflows.refusals import Refusal, RoleRefusal
from workflows.roles import CLOCK, Person, PracticeInForce

R = TypeVar("R", bound=Record)
ATTEMPTS = 3  # at a judgement, when what it rests on moves on meanwhile
NOT_KEPT_YET = Kept(None, "")


class NotFound(Exception):
    """Nothing is here, or it is not yours to see."""


class Stale(Exception):
    """This has changed since you read it. Read it again, and then decide."""


class Overtaken(Exception):
    """Somebody else did this at the same moment. Look at what is there now."""


class KeyReused(Exception):
    """This Idempotency-Key was used for another request."""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The caller's name for one request, and a keyed fingerprint of what the request said; `older` are those under older keys."""

    key: str
    fingerprint: str
    older: frozenset[str] = frozenset()

    def means(self, receipt: Receipt) -> bool:
        """Whether the receipt is of the same request."""
        return receipt.fingerprint in {self.fingerprint, *self.older}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says, each part read only when its turn has come."""

    payload: Callable[[], tuple[Any, ...]] = lambda: ()
    version: Callable[[], int] = lambda: 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller is told: a record as JSON, once more if it was told before."""

    body: bytes
    record_id: UUID
    version: int
    status: int
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, each item as JSON, and the identifier after which the next page begins."""

    items: list[str]
    last: UUID | None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything known when somebody asks: who they are here, what is in force, which record it is about.

    `rests_on` is what was looked up besides, and `kept` are all the records found, with the heads of their chains and their keys.
    """

    known: Known
    act: Act
    authority: Authority
    kept: Mapping[UUID, Kept]
    rests_on: tuple[Reliance, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One request by somebody, at one moment. `built_in` stands for an actor that no token can be, such as the clock.

    `file` is what a record that begins comes with. `theirs` is one that somebody from outside has shown to be their own: they act
    on it, and see no more of it than ever.
    """

    store: Store
    principal: Principal
    clock: Callable[[], datetime]
    audit_key: AuditKey
    request_id: UUID
    operators: frozenset[str] = frozenset()
    idempotency: Idempotency | None = None
    built_in: Person | None = None
    charge: Charge | None = None
    calendar: Calendar = ENGLAND
    regulators: tuple[Regulator, ...] = ()
    file: bytes | None = None
    theirs: UUID | None = None

    async def find(
        self, workflow: Workflow[R], record_id: UUID, *, known: Callable[[Answer], bool] = lambda _: False
    ) -> Answer:
        """Bring a record that the person may see. What they know already is not shown to them again. Raises NotFound."""
        situation = await self._situation(workflow, record_id)
        told = answer(workflow, self._seen(workflow, situation), situation.act)
        if workflow.kind.sensitive and not known(told):
            await self.note(situation.act, workflow.name, [record_id])
        return told

    async def page(self, workflow: Workflow[R], asked: Callable[[], Listing]) -> Page:
        """Bring a page of the records that the person may see. Raises RoleRefusal, before it reads what is asked for."""
        act, listing = await self._looking(workflow), asked()
        visible, own = workflow.visible(act), workflow.own(act)
        if workflow.kept_from(act, asked_about(listing)):
            return Page([], None)
        if own is not None:
            listing = replace(listing, among={**listing.among, own: (act.actor.id,)})
        elif visible < frozenset(workflow.states):
            listing = replace(listing, among={**listing.among, "state": tuple(sorted(visible))})
        records = await self.store.records(workflow.kind, listing)
        if workflow.kind.sensitive:
            await self.note(act, workflow.name, [each.id for each in records])
        items = [listed_view(workflow, each, act) for each in records]
        return Page(items, records[-1].id if len(records) == listing.limit else None)

    async def those(self, workflow: Workflow[R], **equal: Any) -> list[R]:
        """All records of one kind in which these columns agree, as far as the person may see both. Raises RoleRefusal."""
        act = await self._looking(workflow)
        kept = await self.store.find(workflow.kind, self.principal.practice, equal)
        told = not workflow.kept_from(act, equal)
        found = [each.record for each in kept if told and workflow.sees(each.record, act)]
        if workflow.kind.sensitive:
            await self.note(act, workflow.name, [each.id for each in found])
        return found

    async def note(self, act: Act, kind: str, records: Iterable[UUID]) -> None:
        """Keep that somebody is about to be shown these, or searched and found none. Raises Unavailable: then show nothing."""
        entry = AccessEntry(
            practice=self.principal.practice, at=act.at, actor=act.actor.id, roles=sorted(act.actor.roles), kind=kind,
            records=list(records), request_id=self.request_id, key_id=self.audit_key.key_id,
        )  # fmt: skip
        entry.seal = access_sealed(self.audit_key, entry)
        await self.store.note(entry)

    async def _looking(self, workflow: Workflow[Any]) -> Act:
        """The act of looking at a kind of record, of which the person may see some. Raises RoleRefusal."""
        act = (await self._situation(workflow)).act
        if not workflow.visible(act) and workflow.own(act) is None:
            raise RoleRefusal(f"To see this takes one of: {act.roles_for(seers(workflow))}.")
        return act

    async def permitted(self, workflow: Workflow[Any], by: Iterable[Any]) -> Act:
        """The act of asking, if the person holds one of these roles. Raises RoleRefusal."""
        roles = tuple(by)
        act = (await self._situation(workflow)).act
        if not act.permitted(roles):
            raise RoleRefusal(f"To see this takes one of: {act.roles_for(roles)}.")
        return act

    async def open(self, opening: Opening[R], asked: Asked) -> Answer:
        """Begin a record. Raises a refusal, KeyReused or Overtaken. What moved on meanwhile is judged again."""
        for _ in range(ATTEMPTS):
            if told := await self._open(opening, asked):
                return told
        raise Overtaken

    async def _open(self, opening: Opening[R], asked: Asked) -> Answer | None:
        """One attempt: None if something that it rests on has moved on."""
        if Role.OPERATOR in opening.by and self._is_operator and not self.built_in:
            return await self._as_operator(asked)._open(opening, asked)
        situation = await self._situation(opening.workflow)
        if situation.known.receipt:
            return await self._again(opening.workflow, situation.known.receipt)
        if refused := opening.not_for(situation.act):
            raise refused
        (draft,) = asked.payload()
        situation = await self._looked_up(opening, situation, draft)
        return await self._keep(situation, opening.apply(draft, situation.act), status=201)

    async def apply(self, transition: Transition[R], record_id: UUID, asked: Asked) -> Answer:
        """Apply one transition to the version that the person saw. Raises NotFound, a refusal, Stale or KeyReused.

        If something beside the record moved on meanwhile, such as a colleague's role, it is judged again.
        """
        for _ in range(ATTEMPTS):
            if told := await self._apply(transition, record_id, asked):
                return told
        raise Stale

    async def _apply(self, transition: Transition[R], record_id: UUID, asked: Asked) -> Answer | None:
        """One attempt: None if something that it rests on has moved on."""
        situation = await self._situation(transition.workflow, record_id)
        record = self._seen(transition.workflow, situation, self.theirs)
        if situation.known.receipt:
            return await self._again(transition.workflow, situation.known.receipt)
        if refused := transition.not_for(situation.act):
            raise refused
        if record.version != asked.version():
            raise Stale
        if refused := transition.not_now(record):
            raise refused
        payload = asked.payload()
        situation = await self._looked_up(transition, situation, record, *payload)
        try:
            facts = transition.apply(record, situation.act, *payload)
        except Refusal:
            await self._be_sure(transition, record)
            raise
        return await self._keep(situation, facts, status=200)

    async def _be_sure(self, transition: Transition[R], record: R) -> None:
        """Others may have been looked up after the record had moved on: then the refusal is of no situation that ever was.

        Raises Stale.
        """
        if transition.needs:
            now = (await self._situation(transition.workflow, record.id)).known.record
            if now is None or now.version != record.version:
                raise Stale

    @property
    def _is_operator(self) -> bool:
        return self.principal.practice == INSTALLATION and self.principal.subject in self.operators

    @property
    def _receipts_at(self) -> str:
        """Where answered requests are kept: an operator's at the installation, whichever practice they open."""
        operating = self.built_in is not None and Role.OPERATOR in self.built_in.roles
        return INSTALLATION if operating else self.principal.practice

    def _as_operator(self, asked: Asked) -> "UnitOfWork":
        """An operator opens a practice from within it: what they begin belongs to that practice from the first moment."""
        (draft,) = asked.payload()
        who = Person(self.principal.subject, frozenset({Role.OPERATOR}))
        return replace(self, principal=Principal(who.id, draft.code), built_in=who)

    async def _situation(self, workflow: Workflow[Any], record_id: UUID | None = None) -> Situation:
        key = self.idempotency.key if self.idempotency else None
        who = self.principal
        known = await self.store.read(workflow.kind, Question(who.practice, who.subject, record_id, key))
        if self._receipts_at != who.practice:
            asked_there = Question(self._receipts_at, who.subject, key=key)
            known = replace(known, receipt=(await self.store.read(workflow.kind, asked_there)).receipt)
        home, member = known.practice, known.member
        versions = (home.version if home else 0, member.version if member else 0)
        authority = Authority(who.practice, versions[0], who.subject, versions[1])
        kept = {known.record.id: Kept(known.record, known.seal, known.key)} if known.record else {}
        act = self._act(known, self.clock())
        if self.charge and Role.PRACTICE_WEBSITE in act.actor.roles:
            await self.charge.once()
        return Situation(known, act, authority, kept)

    def _act(self, known: Known, now: datetime) -> Act:
        practice = in_force(self.principal.practice, known.practice, self.calendar, self.regulators)
        return Act(self._actor(known, now), practice, now)

    def _actor(self, known: Known, now: datetime) -> Person:
        """Roles come from the staff directory; an operator's from the installation's configuration."""
        if self.built_in:
            return self.built_in
        if known.member:
            return Person(str(known.member.id), known.member.roles_at(now))
        return Person(self.principal.subject, frozenset())

    def _seen(self, workflow: Workflow[R], situation: Situation, theirs: UUID | None = None) -> R:
        record: R | None = situation.known.record
        if record is None or not (record.id == theirs or workflow.sees(record, situation.act)):
            raise NotFound
        return record

    async def _looked_up(self, law: Law[Any], situation: Situation, about: Any, *payload: Any) -> Situation:
        """The same situation, with everything that judging needs besides."""
        act, before = situation.act, dict(situation.kept)
        found: dict[str, list[Any]] = {}
        rests_on: list[Reliance] = []
        for need in law.needs:
            equal = need.where(about, replace(act, found=found), *payload)
            if frozenset() in equal.values():
                found[need.name] = []
                continue
            kept = await self.store.find(need.kind, act.practice.code, equal)
            found[need.name] = [each.record for each in kept]
            if need.binding:
                versions = frozenset((each.record.id, each.record.version) for each in kept)
                rests_on.append(Reliance(need.kind, act.practice.code, equal, versions))
            before = {**{each.record.id: each for each in kept}, **before}
        return replace(situation, act=replace(act, found=found), kept=before, rests_on=tuple(rests_on))

    async def _again(self, workflow: Workflow[Any], receipt: Receipt) -> Answer:
        """Answer a request that was answered before: with the same status, and the record as it now stands for this person."""
        if self.idempotency is None or not self.idempotency.means(receipt):
            raise KeyReused
        told = await replace(self, idempotency=None).find(workflow, receipt.record_id)
        return replace(told, status=receipt.status, replayed=True)

    async def _keep(self, situation: Situation, facts: list[Applied], *, status: int) -> Answer | None:
        """Keep every record that changed with its audit entry and event, and the receipt, all or none; then answer.

        None if somebody was faster: a twin of this request, or whoever changed what the judgement rests on.
        """
        writes = tuple(self._written(each, situation.kept.get(each.record.id, NOT_KEPT_YET)) for each in facts)
        main = facts[0]
        afterwards = self._act(known_after(situation.known, facts), situation.act.at)
        told = replace(answer(main.law.workflow, main.record, afterwards), status=status)
        change = Change(writes, situation.authority, self._receipt(told), situation.rests_on)
        if self.file is not None:
            change = with_file(self.store.vault, change, self.file)
        try:
            return told if await self.store.write(change) else None
        except Taken:
            return None

    def _receipt(self, told: Answer) -> Receipt | None:
        if self.idempotency is None:
            return None
        return Receipt(
            practice=self._receipts_at, subject=self.principal.subject, key=self.idempotency.key,
            fingerprint=self.idempotency.fingerprint, record_id=told.record_id, status=told.status, at=self.clock(),
        )  # fmt: skip

    def _written(self, applied: Applied, before: Kept) -> Write:
        """One record's part of the change: its next version, sealed into its chain, and the notice of it."""
        record, act, law = applied.record, applied.act, applied.law
        was = None if applied.source is None else record.version
        record.version = (was or 0) + 1
        about: dict[str, Any] = {
            "practice": record.practice,
            "record_id": record.id,
            "version": record.version,
            "at": act.at,
        }
        said, salt = said_in(applied.payload), salted()
        policy = act.practice.policy_id if isinstance(act.practice, PracticeInForce) else None
        entry = AuditEntry(
            **about, kind=law.workflow.name, actor=act.actor.id, roles=sorted(act.actor.roles), transition=law.name,
            source=applied.source, target=applied.target, policy_id=policy,
            request_id=self.request_id, commitment=committed(salt, record), said_commitment=said_committed(salt, said),
            key_id=self.audit_key.key_id, salt=salt, said=said,
        )  # fmt: skip
        entry.seal = sealed(self.audit_key, before.seal, entry)
        event = Event(
            **about, type=f"{law.workflow.name}.{law.name}", state=applied.target, audiences=sorted(law.tells)
        )
        return Write(record, was, entry, event, before.key)


def by_the_clock(work: UnitOfWork, practice: str) -> UnitOfWork:
    """The same, as time itself, at one practice. No token has an empty subject."""
    return replace(work, principal=Principal("", practice), built_in=CLOCK)


def asked_about(listing: Listing) -> set[str]:
    """The fields by which a list is narrowed: who is not shown them finds nothing by them either."""
    due = set() if listing.due_before is None else {"due_at"}
    return {*listing.equal, *listing.among, *due}


def known_after(known: Known, facts: Iterable[Applied]) -> Known:
    """The same once this has happened, so that an answer offers what a reading would: it may concern the practice, or who asked."""
    practice, member = known.practice, known.member
    for record in (each.record for each in facts):
        if isinstance(record, Practice):
            practice = record
        elif member and record.id == member.id:
            member = record if record.state == StaffState.IN_POST else None
    return replace(known, practice=practice, member=member)


def answer(workflow: Workflow[Any], record: Record, act: Act) -> Answer:
    """The record as this person is shown it, with what they could do next."""
    return Answer(view(workflow, record, act).model_dump_json().encode(), record.id, record.version, 200)
