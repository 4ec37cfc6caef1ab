"""Makes the weights of `study/transparent.py`: `studytui/data/lists/compound_weights.tsv`.

    pip install scikit-learn
    python benchmarks/teach_compounds.py > src/studytui/data/lists/compound_weights.tsv

Fitted to the judgements of `data/lists/compounds.txt`. Ten-fold cross-validation goes to standard error: the
share of words judged wrongly, of those that no list of HSK has, since of the others the judgements speak:
.21 of those known by their parts and .16 of the others. Of 123 words drawn from running texts and in no
judgement, .17 and .20 (`tests/study/data`); the rules before had .55 and .10.
"""

from __future__ import annotations

import sys
from contextlib import closing

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from studytui.study.transparent import features, judgements, split
from studytui.text.lexicon.lexicon import Lexicon

_RARE = 4.0
"""How much a word that no list of HSK has counts: it is of these that the model is asked."""
_HEAD = """\
# What speaks for a word's being known by its parts (`study/transparent.py`), as logarithms of odds.
# Source: made by benchmarks/teach_compounds.py from compounds.txt and the dictionary. CC BY-SA 4.0.
"""


def main() -> None:
    """Fits the weights and prints them."""
    with closing(Lexicon.open()) as lexicon:
        known = {word: (split(word, lexicon), made) for word, made in judgements().items()}
        words = [word for word, (found, _) in known.items() if found is not None]
        seen = [features(word, found, lexicon) for word in words if (found := known[word][0]) is not None]
        unlisted = numpy.array([lexicon.level(word) is None for word in words])
    made = numpy.array([known[word][1] for word in words])
    table = DictVectorizer()
    rows = table.fit_transform(seen)
    share = numpy.where(unlisted, _RARE, 1.0)
    # Both kinds count the same, so that neither is missed for the other's sake.
    weight = share * numpy.where(made, share[~made].sum() / share[made].sum(), 1.0)
    model = LogisticRegression(C=0.1, max_iter=2000, fit_intercept=False)
    said = cross_val_predict(model, rows, made, cv=10, params={"sample_weight": weight})
    for name, kind in (("known by their parts", made), ("themselves", ~made)):
        mine = kind & unlisted
        print(f"{name}: {(said != made)[mine].mean():.3f} of {mine.sum()}", file=sys.stderr)
    model.fit(rows, made, sample_weight=weight)
    print(_HEAD, end="")
    for name, value in sorted(zip(table.feature_names_, model.coef_[0], strict=True)):
        if abs(value) >= 0.01:
            print(f"{name}\t{value:.2f}")


if __name__ == "__main__":
    main()
