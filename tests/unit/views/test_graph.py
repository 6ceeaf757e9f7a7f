"""The origin graph as a drawing."""

from volgens.records import Appearance, Article, Claim, Mention, Origin, Statements, Step, Story, Trace
from volgens.views.graph import Graph, graph
from volgens.views.traces import StoryTrace

WORDS = Mention("x", ((0, 1),))


def _article(outlet: str, published: str | None) -> Article:
    return Article("x", f"https://{outlet}.example/{published}", outlet, "Kop", "nl", published)


A = _article("Waterbode", "2025-03-04T09:00")
B = _article("Dagdraad", "2025-03-04T12:00")
C = _article("Loerbode", "2025-03-05T08:00")
D = _article("Waterbode", "2025-03-05T08:00")
UNDATED = _article("Zonder", None)


def _origin(*steps: Step, name: str | None = "Ine Roosdael") -> Origin:
    return Origin("person", "named", name, None, None, "for", steps)


def _drawn(articles: tuple[Article, ...], *origins: Origin, stances: tuple[str, ...] = ()) -> Graph:
    given = (*stances, *("for",) * len(articles))
    appearances = tuple(
        Appearance(article.id, WORDS, None, "against" if stance == "against" else "for", article is A)
        for article, stance in zip(articles, given, strict=False)
    )
    view = StoryTrace(Story("s", tuple(a.id for a in articles)), articles, {a.id: Statements() for a in articles}, (), (), {})
    return graph(Trace(Claim("c", "x", appearances), origins, 1, 1), view)


def test_time_runs_across_and_each_outlet_has_its_lane() -> None:
    drawn = _drawn((C, A, D, B), _origin(Step(A.id, None, None, WORDS), Step(B.id, A.id, "cites", WORDS)))
    at = {point.article: (point.x, point.y) for point in drawn.points}
    assert at[A.id][0] < at[B.id][0] < at[C.id][0] == at[D.id][0]
    assert at[A.id][1] == at[D.id][1]
    assert [lane.name for lane in drawn.lanes] == ["Waterbode", "Dagdraad", "Loerbode"]
    assert [(tick.day, tick.time) for tick in drawn.ticks] == [("2025-03-04", "09:00"), ("", "12:00"), ("2025-03-05", "08:00")]


def test_every_step_is_an_edge_from_what_it_is_had_from() -> None:
    drawn = _drawn((A, B), _origin(Step(A.id, None, None, WORDS), Step(B.id, A.id, "cites", WORDS)))
    (source,) = drawn.sources
    first, second = drawn.edges
    a, b = drawn.points
    assert first.path.startswith(f"M{source.x + source.width:.1f} {source.y + source.height / 2:.1f}C")
    assert second.path.startswith(f"M{a.x:.1f} {a.y:.1f}C")
    assert second.path.endswith(f"{b.x - 10:.1f} {b.y:.1f}")
    assert (second.kind, second.step, second.source) == ("cites", 1, A.id)


def test_origins_stand_at_the_left_and_none_over_another() -> None:
    drawn = _drawn((A, B, C), *(_origin(Step(A.id, None, None, WORDS)) for _ in range(6)))
    tops = [source.y for source in drawn.sources]
    assert all(later - earlier > source.height for earlier, later, source in zip(tops, tops[1:], drawn.sources, strict=False))
    assert all(source.x + source.width < point.x for source in drawn.sources for point in drawn.points)
    assert max(tops) + drawn.sources[0].height <= drawn.height


def test_what_is_had_from_a_later_article_goes_around() -> None:
    drawn = _drawn((A, B), _origin(Step(B.id, None, None, WORDS), Step(A.id, B.id, "cites", WORDS)))
    back = drawn.edges[1]
    assert back.path.endswith(f"{drawn.points[0].x + 10:.1f} {drawn.points[0].y:.1f}")


def test_two_articles_of_an_outlet_at_one_time_stand_side_by_side() -> None:
    twin = Article("xy", "https://w.example/2", "Waterbode", "Kop", "nl", A.published)
    first, second = _drawn((A, twin), _origin(Step(A.id, None, None, WORDS))).points
    assert first.y == second.y
    assert abs(first.x - second.x) > 20


def test_an_article_without_a_date_comes_last_and_a_long_name_is_cut() -> None:
    drawn = _drawn((UNDATED, A), _origin(Step(A.id, None, None, WORDS), name="Een heel lange naam van een heel lange commissie"))
    assert [point.article for point in drawn.points] == [A.id, UNDATED.id]
    assert len(drawn.sources[0].name or "") <= 24
    assert (drawn.sources[0].whole or "").endswith("commissie")


def test_who_only_contradicts_is_drawn_so() -> None:
    drawn = _drawn((A, B), _origin(Step(A.id, None, None, WORDS)), stances=("for", "against"))
    assert [(point.stance, point.flat) for point in drawn.points] == [("for", True), ("against", False)]
