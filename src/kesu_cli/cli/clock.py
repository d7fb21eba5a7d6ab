"""The clock: today in China, where there is one time zone and no summer time."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def today() -> date:
    """Return today's date in Asia/Shanghai."""
    return datetime.now(CHINA).date()  # noqa: TID251 - the door is where the clock is read


def given_day(text: str | None) -> date | None:
    """Read the date of --as-of; an impossible one ends the command."""
    from kesu_cli.diagnostic import Refusal
    from kesu_cli.model.window import read_day

    if text is None:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise Refusal(f"--as-of：{error}") from error
