"""Messages laid into a folder instead of being sent: for trying the service out. In production nothing is kept like this."""

import asyncio
import json
import os
from dataclasses import dataclass
from pathlib import Path

from models.record import uuid7
from service.integrations.messages import CodeMessage, NotSent


@dataclass(frozen=True, slots=True)
class Outbox:
    """A folder with a file for each message, in the order in which they would have been sent."""

    folder: Path

    async def send(self, message: CodeMessage) -> None:
        """Lay it there. Raises NotSent."""
        try:
            await asyncio.to_thread(self._lay, message)
        except OSError:
            raise NotSent from None

    def _lay(self, message: CodeMessage) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        said = {"way": message.way, "to": message.to, "practice": message.practice, "code": message.code}
        descriptor = os.open(self.folder / f"{uuid7()}.json", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(said, file)
