"""Study days: the local days that learning is counted in, which turn over at four in the morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class StudyDays:
    """Where one study day ends and the next begins, as Anki counts them."""

    zone: tzinfo | None = None
    """The learner's time zone; None is that of the machine."""
    rollover_hour: int = 4
    """The local hour at which a new study day begins, 0 to 23."""

    def day(self, at: datetime) -> date:
        """The study day of an instant. Before the rollover hour it is still yesterday."""
        local = at.astimezone(self.zone).replace(tzinfo=None)
        return (local - timedelta(hours=self.rollover_hour)).date()

    def start(self, day: date) -> datetime:
        """The instant (UTC) at which a study day begins."""
        local = datetime.combine(day, time(self.rollover_hour))
        return (local.astimezone() if self.zone is None else local.replace(tzinfo=self.zone)).astimezone(UTC)

    def offset(self, at: datetime) -> int:
        """Minutes east of UTC of the learner's clock at an instant."""
        offset = at.astimezone(self.zone).utcoffset() or timedelta()
        return round(offset.total_seconds() / 60)
