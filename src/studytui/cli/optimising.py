"""`studytui stats --optimise`: a schedule fitted to the learner's own reviews."""

from __future__ import annotations

from studytui.cli.output import open_desk, print_object, say


def optimise(*, json: bool) -> int:
    """Makes weights from the reviews, adopts them if they are better, and says what a retention costs."""
    from studytui.study.optimiser import cost

    with open_desk() as desk:
        collection = desk.collection
        proposal = collection.optimise()
        # Without a limit of reviews: it is the cost that is asked for.
        costs = cost(collection.state.weights, collection.config.new_per_day, 9999)
    if json:
        print_object(
            {
                "adopted": proposal.better,
                "trained": proposal.trained,
                "tested": proposal.tested,
                "log_loss_before": proposal.before,
                "log_loss_after": proposal.after,
                "weights": list(proposal.weights),
                "reviews_a_day": {str(retention): round(reviews, 1) for retention, reviews in costs.items()},
            }
        )
        return 0
    figures = f"log loss {proposal.before:.4f} -> {proposal.after:.4f} on your last {proposal.tested} reviews"
    if proposal.better:
        say(f"Adopted a schedule of your own: {figures}. Undo takes it back.")
    else:
        say(f"Kept the schedule as it is: one of your own would foretell no better ({figures}).")
    listed = ", ".join(f"{retention:.0%} -> {reviews:.0f}" for retention, reviews in costs.items())
    say(f"Desired retention and reviews a day, in a simulated year at your rate of new cards: {listed}.")
    return 0
