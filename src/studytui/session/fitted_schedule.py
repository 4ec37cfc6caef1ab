"""A schedule of the learner's own, and what a desired retention costs: sentences about both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.store.collection import Collection
    from studytui.study.scheduling.optimiser import Proposal


def costs(collection: Collection) -> dict[float, float]:
    """For some desired retentions and the learner's, the reviews a day in a simulated year.

    Raises:
        StudytuiError: the extra is not installed.
    """
    from studytui.study.scheduling.optimiser import cost

    config = collection.config
    # Without a limit of reviews: it is the cost that is asked for.
    return cost(collection.state.weights, config.new_per_day, 9999, config.desired_retention)


def fit_schedule(collection: Collection) -> Proposal:
    """Makes weights from the learner's own reviews, and adopts them if they foretell later ones better.

    Raises:
        StudytuiError: there are too few reviews, or the extra is not installed.
    """
    from studytui.store.reports.histories import Histories
    from studytui.study.scheduling.optimiser import propose

    groups = Histories(collection.locations, collection.state).groups()
    proposal = propose([history for group in groups for history in group.values()], collection.scheduler)
    if proposal.better:
        collection.adopt(proposal.weights)
    return proposal


def fitted(proposal: Proposal) -> str:
    """What came of it, in one line."""
    figures = f"log loss {proposal.before:.4f} -> {proposal.after:.4f} on your last {proposal.tested} reviews"
    if proposal.better:
        return f"Adopted a schedule of your own: {figures}. It can be undone."
    return f"Kept the schedule as it is: one of your own would predict no better ({figures})."


def told_costs(found: Mapping[float, float], own: float) -> str:
    """What each desired retention costs, in one line; the learner's is named as theirs."""
    listed = ", ".join(
        f"{retention:.0%}{' (yours)' if retention == own else ''} -> {reviews:.0f}"
        for retention, reviews in found.items()
    )
    return f"Desired retention and reviews a day, in a simulated year at your rate of new cards: {listed}."
