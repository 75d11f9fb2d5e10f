"""Groups of incidents alike: found where they are, not made where there are none, in English and in Chinese."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from foresight.corpus import corpus
from memory import make_book
from servicebook.facts import compute
from servicebook.foresight.likeness import cosines, pieces, rarity, shared_terms, vector
from servicebook.foresight.recurrence import LEAST, THRESHOLD, as_problem, grouped, recurring

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
SEEDS = range(10)


def incident(number, title, *, service="SVC-shop", days=None, **more):
    opened = AS_OF - timedelta(days=300 - number if days is None else days)
    timeline = [{"at": opened.isoformat(), "event": "opened"}, *more.pop("events", ())]
    return {
        "id": f"INC-20260101-{number:04}",
        "title": title,
        "service": service,
        "impact": "medium",
        "urgency": "low",
        "timeline": timeline,
        **more,
    }


def groups(*records):
    book = make_book(*records)
    return recurring(book, compute(book, AS_OF))


def likeness(texts):
    found = [pieces(text) for text in texts]
    weights = rarity(found)
    return cosines([vector(one, weights) for one in found])


SAME = [incident(number, f"Payment page times out {place}") for number, place in enumerate(("today", "again", "a lot"))]


class TestLikeness:
    def test_agrees_with_the_vectorisers_of_scikit_learn(self):
        from sklearn.feature_extraction import text  # slow to import

        titles = [title for title, _ in corpus(1)]
        weigher = text.TfidfVectorizer(analyzer=lambda title: list(pieces(title).elements()), norm=None)
        weighted = weigher.fit_transform(titles).toarray() / weigher.idf_**0.5
        weighted /= (weighted**2).sum(axis=1, keepdims=True) ** 0.5
        expected = weighted @ weighted.T
        found = likeness(titles)
        for one, other in combinations(range(len(titles)), 2):
            assert found.get((one, other), 0.0) == pytest.approx(expected[one, other], abs=1e-12)

    def test_capitals_widths_and_numbers_make_no_difference(self):
        assert pieces("Till 12 ＨＡＮＧＳ") == pieces("till 7 hangs")
        assert likeness(["Till 12 hangs", "TILL 340 HANGS"])[0, 1] == pytest.approx(1)
        assert likeness(["Till hangs", "没有标签"]) == {}
        assert likeness(["", "…"]) == {}

    def test_what_texts_share_is_told_in_words(self):
        texts = ["Receipt printer eats paper", "Receipt printer jams", "receipt PRINTER of till 3", "Wrong price"]
        weights = rarity(pieces(text) for text in texts)
        assert set(shared_terms(texts[:3], weights)) == {"receipt", "printer"}
        chinese = ["小票打印机卡纸", "深圳的小票打印机不工作", "小票打印机又卡纸"]
        assert shared_terms(chinese, rarity(pieces(text) for text in chinese)) == ["卡纸", "小票打印机"]


class TestGroups:
    def test_average_linkage_does_not_chain(self):
        # 0–1, 1–2 and 2–3 are alike, but the ends of the chain are not.
        alike = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}
        assert grouped(4, alike) == [[0, 1], [2, 3]]
        assert grouped(3, {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.5}) == [[0, 1, 2]]
        assert grouped(3, {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.45}) == [[0, 1], [2]]

    @pytest.mark.parametrize("language", ["en", "zh", "both"])
    def test_precision_and_recall_on_a_corpus_of_which_the_truth_is_known(self, language):
        right = wrong = missed = 0
        for seed in SEEDS:
            chosen = (max(title) > "\u3000" for title, _ in corpus(seed))
            titles = [
                one for one, zh in zip(corpus(seed), chosen, strict=True) if language in ("both", "zh" if zh else "en")
            ]
            found = grouped(len(titles), likeness([title for title, _ in titles]))
            together = {pair for group in found if len(group) >= LEAST for pair in combinations(group, 2)}
            for pair in combinations(range(len(titles)), 2):
                one, other = titles[pair[0]][1], titles[pair[1]][1]
                same = one is not None and one == other
                right += same and pair in together
                wrong += not same and pair in together
                missed += same and pair not in together
        precision, recall = right / (right + wrong), right / (right + missed)
        print(f"{language}: precision {precision:.2f}, recall {recall:.2f} over {right + missed} pairs at {THRESHOLD}")
        assert precision > 0.8
        assert recall > 0.7

    def test_three_alike_of_one_service_are_a_group_and_others_are_not_in_it(self):
        (group,) = groups(*SAME, incident(9, "Gift card PDF is blurred"), incident(10, "库存显示为零"))
        assert group.incidents == tuple(record["id"] for record in SAME)
        assert (group.service, group.first) == ("SVC-shop", AS_OF - timedelta(days=300))
        assert group.last == AS_OF - timedelta(days=298)
        assert set(group.terms) >= {"payment", "page", "times"}
        assert THRESHOLD <= group.alike <= 1

    def test_chinese_titles_as_well(self):
        titles = ("牌桌频繁掉线", "五一假期牌桌频繁掉线", "晚上牌桌频繁掉线")
        (group,) = groups(*(incident(number, title) for number, title in enumerate(titles)), *SAME[:2])
        assert len(group.incidents) == 3
        assert "频繁掉线" in "".join(group.terms)

    @pytest.mark.parametrize(
        "third",
        [
            incident(2, "Payment page times out", service="SVC-till"),
            incident(2, "Payment page times out", days=366),
            incident(2, "Payment page times out", resolution={"code": "duplicate", "summary": "As the other."}),
            incident(2, "Payment page times out", events=[{"at": "2026-05-01T00:00:00Z", "event": "cancelled"}]),
            incident(2, "Gift card PDF is blurred"),
        ],
        ids=["another service", "more than a year ago", "a duplicate", "cancelled", "another matter"],
    )
    def test_no_third_no_group(self, third):
        assert groups(*SAME[:2], third) == []

    def test_what_a_problem_names_is_explained_from_the_day_the_problem_was_opened(self):
        problem = {
            "id": "PRB-20260501-aaaa", "source": "trend", "impact": "low", "urgency": "low",
            "incidents": [SAME[0]["id"]], "timeline": [{"at": "2026-05-01T00:00:00Z", "event": "opened"}],
        }  # fmt: skip
        assert groups(*SAME, problem) == []
        named = [SAME[0] | {"problem": "PRB-20260501-aaaa"}, *SAME[1:]]
        assert groups(*named, problem | {"incidents": []}) == []
        later = problem | {"timeline": [{"at": "2026-07-01T00:00:00Z", "event": "opened"}]}
        assert len(groups(*SAME, later)) == 1

    def test_the_order_of_files_makes_no_difference(self):
        records = [incident(number, title) for number, (title, _) in enumerate(corpus(4))]
        assert groups(*records) == groups(*reversed(records)) != []

    def test_the_draft_says_how_it_was_found_and_no_cause(self):
        records = [SAME[0] | {"impact": "high"}, *SAME[1:]]
        book = make_book(*records)
        facts = compute(book, AS_OF)
        (group,) = recurring(book, facts)
        fields = dict(as_problem(group, book, facts))
        assert (fields["source"], fields["impact"], fields["urgency"]) == ("trend", "high", "low")
        assert [fields[f"incidents.{number}"] for number in range(3)] == list(group.incidents)
        assert "2025-08-05 to 2025-08-07" in fields["evidence"]
        assert "not known" in fields["evidence"]
        assert "root_cause" not in fields
