"""`studytui stats --optimise`: a schedule fitted to the learner's own reviews."""

from __future__ import annotations

from studytui.cli.output import open_workspace, print_object, say
from studytui.session.fitted_schedule import costs, fit_schedule, fitted, told_costs
from studytui.study.scheduling.optimiser import TooFewReviewsError


def optimise(*, json: bool) -> int:
    """Makes weights from the reviews, adopts them if they are better, and says what a retention costs.

    Raises:
        StudytuiError: there are too few reviews (what a retention costs is said all the same), or the extra
            is not installed.
    """
    with open_workspace() as workspace:
        collection = workspace.collection
        try:
            proposal = fit_schedule(collection)
        except TooFewReviewsError:
            if not json:
                say(told_costs(costs(collection), collection.config.desired_retention))
            raise
        found = costs(collection)
    if json:
        print_object(
            {
                "adopted": proposal.better,
                "trained": proposal.trained,
                "tested": proposal.tested,
                "log_loss_before": proposal.before,
                "log_loss_after": proposal.after,
                "weights": list(proposal.weights),
                "desired_retention": collection.config.desired_retention,
                "reviews_a_day": {str(retention): round(reviews, 1) for retention, reviews in found.items()},
            }
        )
        return 0
    say(fitted(proposal))
    say(told_costs(found, collection.config.desired_retention))
    return 0
