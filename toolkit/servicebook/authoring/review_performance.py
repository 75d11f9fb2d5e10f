"""What a review has to consider of the services and of those who help to deliver them, as the book has it."""

from collections import Counter
from collections.abc import Sequence

from servicebook.authoring.agreed_figures import Agreed, agreed_figures, workload
from servicebook.authoring.happenings import feedback_received, major_events, reports_of
from servicebook.authoring.retrospect import Figure, Retrospect
from servicebook.authoring.review_system import Input
from servicebook.authoring.telling import listed, told, trends

_OVERALL = (
    "incidents-opened", "backlog", "time-to-restore", "reopened-share", "major-incidents", "requests-opened",
    "request-fulfilment-time", "problems-open", "change-success", "emergency-change-share",
)  # fmt: skip
"""What tells how the work went as a whole."""
_OPEN = ("proposed", "deferred", "approved", "in-progress")


def measurement_results(back: Retrospect) -> Input:
    """The figures of the whole organisation, and how they went."""
    figures = back.figures(_OVERALL)
    return Input([f"{'; '.join(map(told, figures))}.", trends(figures)], (), figures)


def incidents(back: Retrospect, services: Sequence[str]) -> Input:
    """How many there were for each service, and the major events."""
    figures = [back.figure("incidents-opened", {"service": one}, title=f"Incidents opened, {one}") for one in services]
    events = major_events(back, services)
    said = [f"{'; '.join(map(told, figures))}."] if figures else []
    return Input([*said, f"Major events: {listed(events) or 'none'}."], events, figures)


def service_performance(back: Retrospect) -> Input:
    """What each agreement promises and what was done, the misses by name, and the reports of the period."""
    agreed = [one for sla in back.records("sla") for one in agreed_figures(back, sla) if one.figure.n]
    figures = [one.figure._replace(title=f"{one.figure.title} of {one.sla.id}") for one in agreed]
    missed = [_missed(one, figure) for one, figure in zip(agreed, figures, strict=True) if one.met is False]
    held = sum(one.met is True for one in agreed)
    said = [f"{held} of {held + len(missed)} agreed percentages that were put to the test were held."]
    if missed:
        said.append(f"Missed: {'; '.join(missed)}.")
    return Input([*said, trends(figures)], reports_of(back), figures)


def workloads(back: Retrospect) -> Input:
    """The busiest window of each limit that an agreement sets."""
    found = [entry for sla in back.records("sla") for entry in workload(back, sla)]
    said = [f"{entry['measure']}: {entry['value']}, agreed at most {entry['limit']}." for entry in found]
    return Input(said or ["No agreement limits the workload in numbers."])


def feedback(back: Retrospect, services: Sequence[str] = ()) -> Input:
    """What came in, by sort, what surveys gave, and how complaints were answered."""
    received = [record.id for record in back.records("feedback", services) if back.happened(record, "received")]
    figures = back.figures(("satisfaction", "response-rate", "complaints-closed-in-time"))
    return Input([feedback_received(back, services) or "Nothing was received in the period."], received, figures)


def other_parties(back: Retrospect) -> Input:
    """The reviews of suppliers in the period, disputes that are open, and what suppliers held of what they promise."""
    said, evidence = [], []
    figures: list[Figure] = []
    for supplier in back.records("supplier"):
        reviews = [review for review in supplier.part.parts("reviews") if back.during(review.text("on"))]
        disputes = [part.text("id") or "" for part in supplier.part.parts("disputes") if "closed_on" not in part]
        about = [f"reviewed, {_verdict(review.truth('met'))}" for review in reviews]
        about += [f"open: {listed(disputes)}"] if disputes else []
        if about:
            said.append(f"{supplier.title}: {'; '.join(about)}.")
            evidence.append(supplier.id)
        if "supplier-attainment" in back.metrics:
            figure = back.figure("supplier-attainment", {"supplier": supplier.id}, title=f"Attainment of {supplier.id}")
            figures += [figure] if figure.n else []
    return Input(said or ["No supplier was reviewed in the period."], evidence, figures)


def improvement_opportunities(back: Retrospect) -> Input:
    """What was proposed in the period, and where everything that is open stands."""
    proposed = [record.id for record in back.records("improvement") if back.happened(record, "proposed")]
    states = Counter(back.state(record) for record in back.records("improvement"))
    still = [f"{states[state]} {state}" for state in _OPEN if states[state]]
    said = [f"Proposed in the period: {listed(proposed) or 'nothing'}.", f"Open: {', '.join(still) or 'none'}."]
    return Input(said, proposed)


def improvement_results(back: Retrospect) -> Input:
    """What was done in the period, and whether it brought what was aimed at."""
    done = [record for record in back.records("improvement") if back.happened(record, "done")]
    said = []
    for record in done:
        results = record.part.parts("results")
        met = sum(result.truth("met") is True for result in results)
        said.append(f"{record.id}: {f'{met} of {len(results)} results met' if results else 'not measured'}.")
    figures = back.figures(("improvements-on-target",))
    return Input(said or ["No improvement was finished in the period."], [record.id for record in done], figures)


def _missed(one: Agreed, figure: Figure) -> str:
    return f"{told(figure)}, agreed {one.target}"


def _verdict(met: bool | None) -> str:
    return {True: "held", False: "not held", None: "not judged"}[met]
