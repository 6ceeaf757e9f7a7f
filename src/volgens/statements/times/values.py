"""From what a rule found to a TIMEX3 type and value, on one anchor day.

A reading goes through an article's expressions in the order of the text and keeps what later ones lean on: the last day spoken
of ("de dag erna"), and the tense of the verbs near a bare weekday or month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal

from volgens.records import TimeType
from volgens.statements.times.calendar import Unit, around, bounds, feast, moved
from volgens.statements.times.grammar import Found, Grammar, Tokens, Values

Resolved = tuple[TimeType, str]
Tense = Literal["past", "future"]

_NEAR = 24
"""Tokens to either side in which a verb is looked for."""
_CLOCK_UNITS = {"H": timedelta(hours=1), "MIN": timedelta(minutes=1), "SEC": timedelta(seconds=1)}
_HALF = {"Y": "P6M", "H": "PT30M", "DE": "P5Y", "CE": "P50Y"}
_UNIT_KINDS = ("WEEKENDS", "UNIT", "HETUNIT", "DEUNIT", "LONGUNIT")
_UNKNOWN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "DE": "XXX",
    "CE": "XX",
}


class Reading:
    """One pass over an article's expressions by the language's ``rules``. ``anchor`` is the day of publication; ``moment`` its
    hour, where told ("T14:30").

    ``known`` is False where the day of publication is not known at all and ``anchor`` a stand-in.
    """

    def __init__(self, rules: Grammar, tokens: Tokens, anchor: date, moment: str, known: bool) -> None:
        self._tenses = rules.tenses
        self._years = rules.decades_in_years
        self._tokens = tokens
        self._anchor = anchor
        self._moment = moment
        self._known = known
        self._last: str | None = None
        self._makes: dict[str, Callable[[Values, Found], Resolved | None]] = {
            "date": self._date,
            "shift": self._shift,
            "within": self._within,
            "later": self._later,
            "beside": self._beside,
            "nth": self._nth,
            "duration": self._duration,
            "span": lambda values, _: ("DURATION", _length("X", values["UNITS"][0], self._years)),
            "part": self._part,
            "eve": self._eve,
            "open": lambda values, _: ("DATE", f"XXXX-WXX-{values['WEEKDAY'][0][0]}"),
            "yearearlier": self._year_earlier,
            "weekago": self._week_ago,
            "set": self._set,
            "ref": lambda values, _: ("DATE", (values.get("REF") or values["REFNOUN"])[0]),
        }

    def read(self, found: Sequence[Found]) -> list[Resolved | None]:
        """Type and value of each, None for what turns out to be no time. A clock time gets the day that its sentence speaks of."""
        values: list[Resolved | None] = []
        for one in found:
            try:
                value = self._makes[one.make](one.values, one)
            except (ValueError, OverflowError, LookupError):  # 30 February, a million years ago, "the next second"
                value = None
            if value and (bounds(value[1]) or value[1].startswith("XXXX-WXX-")):
                self._last = value[1].partition("T")[0]
            values.append(value)
        for at, value in enumerate(values):
            if value and value[0] == "TIME" and value[1].startswith("T"):
                values[at] = ("TIME", self._day_of_sentence(found, values, at) + value[1])
        return values

    def _day_of_sentence(self, found: Sequence[Found], values: Sequence[Resolved | None], at: int) -> str:
        """The day that stands nearest before in the same sentence, else nearest after, else that of publication."""
        for step in (-1, 1):
            other = at + step
            while 0 <= other < len(found) and abs(found[other].first - found[at].first) < 60:
                low, high = sorted((found[at].first, found[other].first))
                if any(self._ends(i) for i in range(low, high)):
                    break
                value = values[other]
                if value and value[0] in ("DATE", "TIME"):
                    day = value[1].partition("T")[0]
                    span = bounds(day)
                    if (span and span[0] == span[1]) or day.startswith("XXXX-WXX-"):
                        return day
                other += step
        for other in range(at - 1, -1, -1):
            if "\n" in self._tokens.forms[found[other].first : found[at].first]:
                break
            value = values[other]
            span = bounds(value[1]) if value and value[0] in ("DATE", "TIME") else None
            if value and span and span[0] == span[1]:
                return value[1].partition("T")[0]
        return self._anchor.isoformat()

    def _ends(self, at: int) -> bool:
        """Whether the token at ``at`` ends a sentence."""
        tokens = self._tokens
        form = tokens.forms[at]
        if form not in (".", "!", "?", "\n"):
            return False
        return at + 1 >= len(tokens.starts) or tokens.starts[at + 1] > tokens.ends[at] or form == "\n"

    def _tense(self, found: Found) -> Tense | None:
        """The tense of the nearest verb form of its sentence that tells one; a word right before that points ahead goes first."""
        forms = self._tokens.forms
        left, right = found.first - 1, found.last
        if left >= 0 and forms[left] in self._tenses.forward:
            return "future"
        weak: Tense | None = None
        beginning, endings = self._tenses.participle
        for _ in range(_NEAR):
            for at in (left, right):
                if not 0 <= at < len(forms):
                    continue
                form = forms[at]
                if self._ends(at):
                    left, right = (-1, right) if at == left else (left, len(forms))
                elif tense := self._tense_of(form):
                    return tense
                elif len(form) > 5 and form.startswith(beginning) and form.endswith(endings):
                    weak = "past"
            left, right = left - 1, right + 1
        return weak

    def _tense_of(self, form: str) -> Tense | None:
        tenses = self._tenses
        if form in tenses.future:
            return "future"
        ends_so = len(form) > 4 and form.endswith(tenses.past_endings) and form not in tenses.no_past
        return "past" if ends_so or form in tenses.past else None

    # Dates and times of day

    def _date(self, values: Values, found: Found) -> Resolved | None:
        clock = _clock(values)
        day = self._calendar(values, found)
        if clock is None:
            return ("DATE", day) if day else None
        return "TIME", (day or "") + clock

    def _calendar(self, values: Values, found: Found) -> str | None:
        """The date that the kinds in ``values`` make together; None where they tell a time of day alone."""
        get = _Getter(values)
        if full := get("FULLDATE"):
            return full if bounds(full) else None
        if offset := get("OFFSET"):
            return (self._anchor + timedelta(days=int(offset))).isoformat()
        which = get.number("WHICH")
        unit = get.unit()
        year = self._year(get)
        if decade := get("DECADE") or get("TENS") or (get("DECADEWORD") and (get("YEAR") or get("YY"))):
            return self._decade(decade[:3])
        if get("CENTURY"):
            return f"{int(get('ORDINAL') or 1) - 1:02}" if get("ORDINAL") else None
        if year is None and unit == "Y":
            year = self._anchor.year + (which or 0)
            which = None
        if yearly := _yearly(get):
            if year is not None:
                return _sure(yearly(year))
            return self._nearest(
                yearly,
                which,
                self._tense(found),
                ("MONTH" in values and "DAY" in values) or "DAYMONTH" in values or "FEAST" in values,
            )
        if weekday := get("WEEKDAY"):
            if away := get.number("WEEKSAWAY"):
                which, unit = away, "W"
            return self._weekday(int(weekday), which, unit, found)
        if year is not None:
            return f"{year:04}"
        if unit == "WE" and which != 0:
            return self._nearest_of(
                [around(moved(self._anchor, weeks, "W"), "WE") for weeks in range(-2, 3)], which, self._tense(found)
            )
        if unit in _CLOCK_UNITS:
            return None
        if unit:
            return around(moved(self._anchor, which or 0, unit), unit)  # type: ignore[arg-type]
        if day := get.number("DAY") or get.number("NTH"):
            near = [
                moved(self._anchor.replace(day=1), month, "M").replace(day=day).isoformat()
                for month in (-1, 0, 1)
                if day < 29 or not month
            ]
            return self._nearest_of(near, which, self._tense(found))
        return None

    def _year(self, get: _Getter) -> int | None:
        if year := get("YEAR") or get("RECENT"):
            return int(year)
        if short := get("YY"):
            if self._last and self._last[:2].isdecimal() and self._last[:4] < self._last[:2] + short:
                return int(self._last[:2] + short)  # "1957-58"
            year_of = self._anchor.year // 100 * 100 + int(short)
            return year_of - 100 if year_of > self._anchor.year + 10 else year_of
        return None

    def _decade(self, decade: str) -> str:
        """ "199" for "1990s", and for the tens alone ("jaren 90") the latest such decade that has begun."""
        if len(decade) == 3:
            return decade
        value = self._anchor.year // 100 * 10 + int(decade[0])
        return f"{value - 10 if value * 10 > self._anchor.year else value:03}"

    def _weekday(self, weekday: int, which: int | None, unit: str | None, found: Found) -> str:
        if not self._known:
            return f"XXXX-WXX-{weekday}"
        monday = self._anchor - timedelta(days=self._anchor.weekday())
        if unit == "W" or which == 0:
            return (monday + timedelta(days=7 * (which or 0) + weekday - 1)).isoformat()
        days = [(monday + timedelta(days=7 * week + weekday - 1)).isoformat() for week in (-2, -1, 0, 1, 2)]
        return self._nearest_of(days, which, self._tense(found) or "past") or ""

    def _nearest(self, yearly: Callable[[int], str], which: int | None, tense: Tense | None, exact: bool) -> str | None:
        """The one that is meant of what comes back every year. ``exact`` dates are near: the tense tells only where both are
        far."""
        near = [value for year in range(self._anchor.year - 2, self._anchor.year + 3) if (value := _sure(yearly(year)))]
        if which == 0:
            return _sure(yearly(self._anchor.year)) if self._anchor.month > 2 else self._nearest_of(near, None, "future")
        if which is None and exact:
            close = self._nearest_of(near, None, None)
            span = close and bounds(close)
            if span and abs((span[0] - self._anchor).days) < 100:
                return close
        return self._nearest_of(near, which, tense)

    def _nearest_of(self, values: Sequence[str], which: int | None, tense: Tense | None) -> str | None:
        """Of values in the order of time: the last one that is over (which < 0), the next to begin (> 0); by tense the last that
        has begun or the next that is not over; else the nearest."""
        spans = [(span, value) for value in values if (span := bounds(value))]
        today = self._anchor
        if which:
            over = [value for (_, last), value in spans if last < today]
            ahead = [value for (first, _), value in spans if first > today]
            return (over[-1:] if which < 0 else ahead[:1] or [None])[0]  # type: ignore[list-item]
        if tense == "past":
            return next((value for (first, _), value in reversed(spans) if first <= today), None)
        if tense == "future":
            return next((value for (_, last), value in spans if last >= today), None)

        def distance(pair: tuple[tuple[date, date], str]) -> int:
            (first, last), _ = pair
            return max((first - today).days, (today - last).days, 0)

        return min(spans, key=distance)[1] if spans else None

    # Counted from a moment

    def _shift(self, values: Values, _: Found) -> Resolved | None:
        """ "drie dagen geleden", "over twee weken": counted from the anchor, at the grain of the unit."""
        get = _Getter(values)
        sign, unit, count = get.number("SIGN") or get.number("AFTER") or -1, get.unit() or "D", self._count(get)
        if span := get("SPAN"):
            unit = span.lstrip("0123456789.X")
            count = None if span[0] == "X" else float(span.removesuffix(unit))
        if count is None:
            return "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF"
        if unit in _CLOCK_UNITS:
            return "TIME", self._moment_moved(sign * count * _CLOCK_UNITS[unit], unit)
        start = self._anchor
        if "OFFSET" in values:
            start += timedelta(days=int(values["OFFSET"][0].split()[0]))
            unit, start = "D", _moved(start, sign * count, unit)
            return "DATE", start.isoformat()
        for more, unit_more in zip(values.get("NUMBER", [])[1:], values.get("UNIT", [])[1:], strict=False):
            start, unit = _moved(start, sign * count, unit), unit_more  # "een maand en drie dagen geleden"
            count = float(more)
        unit_of_count, grain = ("M", "M") if count % 1 and unit == "Y" else (unit, unit)
        return "DATE", around(_moved(start, sign * count * (12 if unit_of_count != unit else 1), unit_of_count), grain)  # type: ignore[arg-type]

    def _within(self, values: Values, found: Found) -> Resolved | None:
        """ "in three weeks": when it will be, or how long it took."""
        if self._tense(found) == "future":
            return self._shift(values | {"SIGN": ["1"]}, found)
        return self._duration(values, found)

    def _moment_moved(self, step: timedelta, unit: str) -> str:
        if not self._moment:
            return f"{self._anchor.isoformat()}TXX" if abs(step) < timedelta(hours=6) else "XXXX-XX-XXTXX"
        hour, minute = int(self._moment[1:3]), int(self._moment[4:6] or 0)
        days, seconds = divmod(hour * 3600 + minute * 60 + int(step.total_seconds()), 86400)
        day = self._anchor + timedelta(days=days)
        return f"{day.isoformat()}T{seconds // 3600:02}" + (f":{seconds % 3600 // 60:02}" if unit != "H" else "")

    def _count(self, get: _Getter) -> float | None:
        if get("SOME") or get("UNITS"):
            return None
        if get("HALF"):
            return 0.5
        return float(get("NUMBER") or 1)

    def _later(self, values: Values, _: Found) -> Resolved | None:
        """ "twee dagen later", "een week eerder": counted from the last date spoken of."""
        get = _Getter(values)
        unit, sign, count = get("UNIT") or "D", get.number("LATER") or 1, self._count(get)
        if unit in _CLOCK_UNITS:
            return "TIME", "XXXX-XX-XXTXX"
        span = bounds(self._last) if self._last else None
        if span is None or count is None:
            return "DATE", _UNKNOWN[unit]
        return "DATE", around(_moved(span[0], sign * count, unit), unit)  # type: ignore[arg-type]

    def _eve(self, values: Values, found: Found) -> Resolved | None:
        """ "de nacht naar vrijdag": the night that begins the day before."""
        weekday = int(values["WEEKDAY"][0][0])
        before = {"WEEKDAY": [str((weekday - 2) % 7 + 1)], "PART": values["PART"]}
        return self._date(before, found)

    def _year_earlier(self, values: Values, _: Found) -> Resolved | None:
        """ "a year earlier" in a report of figures: that of the year before the anchor's."""
        return "DATE", around(moved(self._anchor, (_Getter(values).number("LATER") or -1), "Y"), "Y")

    def _week_ago(self, values: Values, _: Found) -> Resolved | None:
        """ "a year ago Thursday", "two weeks ago today": the day itself."""
        get = _Getter(values)
        day = moved(self._anchor, -int(get("NUMBER") or 1), get("UNIT") or "W")  # type: ignore[arg-type]
        if weekday := get("WEEKDAY"):
            near = [day + timedelta(days=shift) for shift in (0, -1, 1, -2, 2, -3, 3)]
            day = next(one for one in near if one.isoweekday() == int(weekday))
        return "DATE", day.isoformat()

    def _beside(self, values: Values, _: Found) -> Resolved | None:
        """ "the next day", "het jaar daarop", "die dag": beside the last date spoken of."""
        get = _Getter(values)
        unit: Unit = get.unit() or "D"  # type: ignore[assignment]
        clock = _clock(values) or ""
        span = bounds(self._last) if self._last else None
        if weekday := get("WEEKDAY"):
            return "DATE", self._last if self._last and span and span[0].isoweekday() == int(
                weekday[0]
            ) else f"XXXX-WXX-{weekday[0]}"
        day = (
            _UNKNOWN[unit] if span is None else around(moved(span[0], get.number("NEAR") or get.number("NEXTTO") or 0, unit), unit)
        )
        return ("TIME" if clock else "DATE"), day + clock

    def _nth(self, values: Values, found: Found) -> Resolved | None:
        """ "the first week of March", "de laatste dag van het jaar", "eerste maandag van mei"."""
        get = _Getter(values)
        nth = int(get("ORDINAL") or -1)
        inner = get("UNIT")
        outer = {kind: listed for kind, listed in values.items() if kind not in ("ORDINAL", "LAST", "WEEKDAY", "UNIT")}
        outer |= {"UNIT": values.get("UNIT", [])[1 if "WEEKDAY" not in values else 0 :]}
        container = self._calendar({kind: listed for kind, listed in outer.items() if listed}, found)
        span = bounds(container) if container else None
        if span is None:
            return None
        first, last = span
        if weekday := get("WEEKDAY"):
            wanted = int(weekday.split()[0])
            if nth > 0:
                day = first + timedelta(days=(wanted - first.isoweekday()) % 7 + 7 * (nth - 1))
            else:
                day = last - timedelta(days=(last.isoweekday() - wanted) % 7)
            return "DATE", day.isoformat()
        if inner not in ("D", "W", "WE", "M", "Q", "Y", "DE"):
            return None
        if nth > 0:
            day = _moved(first, nth - 1, inner)
            if inner == "W" and first.isoweekday() > 4:
                day += timedelta(days=7)
        else:
            day = last - timedelta(days=last.isoweekday() % 7) if inner in ("W", "WE") else last
        return "DATE", around(day, inner)  # type: ignore[arg-type]

    # Lengths and repetitions

    def _part(self, values: Values, found: Found) -> Resolved | None:
        """A part of the day that is a habit in the present ("'s avonds"), and that of the day spoken of in the past."""
        values = {"PART" if kind == "HABITPART" else kind: listed for kind, listed in values.items()}
        if self._tense(found) == "past":
            return self._date(values, found)
        return "SET", f"XXXX-XX-XX{_clock(values)}"

    def _duration(self, values: Values, _: Found) -> Resolved | None:
        get = _Getter(values)
        if span := get("SPAN") or get("LASTING") or get("JARIGE"):
            unit = span.lstrip("0123456789.X")
            return "DURATION", _length(span.removesuffix(unit), unit, self._years)
        units = values.get("UNIT") or values.get("LONG") or ["Y"]
        if get("SOME"):
            return "DURATION", _length("X", units[0], self._years)
        counts = values.get("NUMBER", ["1"] * (not values.get("HALF")))
        if get("HALF"):
            counts = [f"{float(counts[0]) + 0.5:g}" if counts else "0.5"]
        parts = [_length(count, unit, self._years) for count, unit in zip(counts, units, strict=False)]
        return "DURATION", parts[0] + "".join(part[2:] if part[1] == "T" and "T" in parts[0] else part[1:] for part in parts[1:])

    def _set(self, values: Values, _: Found) -> Resolved | None:
        get = _Getter(values)
        habit = get("HABIT")
        if habit and "WEEKDAY" not in values:
            return "SET", habit
        clock = _clock(values) or ""
        if weekday := get("WEEKDAY") or get("WEEKDAYS"):
            return "SET", f"XXXX-WXX-{weekday}{clock}"
        if yearly := _yearly(get):
            return "SET", "XXXX" + yearly(2000)[4:] if "FEAST" not in values or get("FEAST")[:2].isdecimal() else "P1Y"  # type: ignore[index]
        if unit := get("UNIT"):
            if unit == "WE":
                return "SET", "XXXX-WXX-WE"
            if clock and unit == "D":
                return "SET", f"XXXX-XX-XX{clock}"
            count = get("NUMBER") or get("ORDINAL") or ("X" if get("SOME") else "0.5" if get("HALF") else "1")
            return "SET", _length(count, unit, self._years)
        return ("SET", f"XXXX-XX-XX{clock}") if clock else None


class _Getter:
    """The first value of a kind."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def __call__(self, kind: str) -> str | None:
        listed = self._values.get(kind)
        return listed[0].partition(" ")[0] if listed else None

    def unit(self) -> str | None:
        return next((unit for kind in _UNIT_KINDS if (unit := self(kind))), None)

    def number(self, kind: str) -> int | None:
        value = self(kind)
        return None if value is None else int(value)


def _sure(value: str) -> str | None:
    return value if bounds(value) else None


def _yearly(get: _Getter) -> Callable[[int], str] | None:
    """What of the found kinds comes back every year, as a function of the year."""
    if rule := get("FEAST"):
        return lambda year: feast(rule.replace("_", " "), year).isoformat()
    if quarter := get("QUARTER"):
        return lambda year: f"{year:04}-Q{quarter}"
    if half := get("HALFYEAR"):
        return lambda year: f"{year:04}-H{half}"
    if get("QUARTERS") and (nth := get("ORDINAL")):
        return lambda year: f"{year:04}-Q{nth}"
    if get("HALVES") and (nth := get("ORDINAL")):
        return lambda year: f"{year:04}-H{nth}"
    if season := get("SEASON"):
        return lambda year: f"{year:04}-{season}"
    if day_month := get("DAYMONTH"):
        return lambda year: f"{year:04}-{day_month}"
    if month := get.number("MONTH"):
        day = get.number("DAY")
        return lambda year: f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    if get("WEEK") and (week := get.number("NUMBER")):
        return lambda year: f"{year:04}-W{week:02}"
    return None


def _clock(values: Values) -> str | None:
    """The time of day as "T19:25", "T20" or "TEV"; None where ``values`` tell none."""
    get = _Getter(values)
    part = (
        get("PART")
        or get("HABITPART")
        or get("PARTS")
        or next(
            (both[0].split()[1] for kind in ("OFFSET", "WEEKDAY", "WEEKDAYS") if (both := values.get(kind)) and " " in both[0]),
            None,
        )
    )
    half = get("AMPM") or part
    told = get("CLOCK") or get("DOTCLOCK") or get("CLOCKWORD")
    minutes: int | None = None
    if told:
        hour, *rest = (int(piece) for piece in told.split(":"))
    elif spoken := get("HOUR") or get("ONE"):
        hour, rest = int(spoken), []
        minutes = get.number("MINUTE")
        steps = (get.number("HALFHOUR") or 0) + (get.number("PASTTO") or 0) * (
            get.number("FIVES") or get.number("NUMBER") or get.number("KWART") or 0
        )
        if "HALFHOUR" in values or "PASTTO" in values:
            total = (hour * 60 + steps) % 1440
            if steps < 0 and hour == 1:
                total = 12 * 60 + steps % 60
            hour, minutes = divmod(total, 60)
        if minutes is not None:
            rest = [minutes]
    else:
        return f"T{part}" if part else None
    if (half in ("pm", "AF", "EV", "MI") and hour < 12 and not (half == "MI" and hour > 6)) or (half == "NI" and 6 <= hour < 12):
        hour += 12
    elif half in ("am", "NI", "MO") and hour == 12:
        hour = 0
    return f"T{hour:02}" + "".join(f":{piece:02}" for piece in rest) + (get("ZONE") or "" if rest else "")


def _moved(day: date, count: float, unit: str) -> date:
    """As ``moved``, for counts that may have a half."""
    if count % 1 and unit == "Y":
        return moved(day, round(count * 12), "M")
    if count % 1 and unit in ("M", "W", "D"):
        return day + timedelta(days=round(count * {"M": 30, "W": 7, "D": 1}[unit]))
    if unit == "DE" and count % 1:
        return moved(day, round(count * 10), "Y")
    return moved(day, int(count), unit)  # type: ignore[arg-type]


def _length(count: str, unit: str, decades_in_years: bool) -> str:
    """A TIMEX3 duration: "P3W", "PT30M", "P1.5Y", "PXD"."""
    if count not in ("X", ""):
        number = float(count)
        if number == 0.5 and unit in _HALF:
            return _HALF[unit]
        if decades_in_years and unit in ("DE", "CE"):
            number, unit = number * (10 if unit == "DE" else 100), "Y"
        count = f"{number:.10g}" if number < 1e9 else "X"
    if unit in ("H", "MIN", "SEC"):
        return f"PT{count}{unit[0]}"
    if unit == "Q" and count.isdecimal():
        return f"P{int(count) * 3}M"
    return f"P{count}{unit}"
