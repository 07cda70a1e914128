"""`python -m bench`: ROWS=my_situations,slots SCALE=small|county|country, as variables or as arguments."""

import json
import os
import sys
from pathlib import Path

from bench.scratch import scratch_database, tell_planner

RESULTS = Path(__file__).parent / "results.json"
SCALES = {"small": 20_000, "county": 200_000, "country": 1_000_000}


def main(arguments: list[str]) -> int:
    """Measure the rows that were asked for, print and write them down; 1 when one misses its goal."""
    asked = dict(os.environ) | dict(one.split("=", 1) for one in arguments if "=" in one)
    scale = asked.get("SCALE") or "small"
    if scale not in SCALES:
        print(f"SCALE on {', '.join(SCALES)}, ei {scale}.", file=sys.stderr)  # noqa: T201
        return 2
    # The rows read it from here, whichever way it was said.
    os.environ["SCALE"] = scale
    with scratch_database():
        from bench import load
        from bench.rows import OF_SITUATIONS, ROWS

        names = [name.strip() for name in (asked.get("ROWS") or ",".join(ROWS)).split(",") if name.strip()]
        if unknown := [name for name in names if name not in ROWS]:
            print(f"Rivejä ovat {', '.join(ROWS)}, ei {', '.join(unknown)}.", file=sys.stderr)  # noqa: T201
            return 2
        load.load_ground(SCALES[scale])
        if OF_SITUATIONS.intersection(names):
            _say(f"Tiedot: {SCALES[scale]} tilannetta …")
            load.load_situations(SCALES[scale])
        tell_planner()
        results = []
        for name in names:
            _say(f"Mitataan: {name} …")
            results.append({"row": name, **ROWS[name](), "scale": scale})
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _print_table(results)
    return 0 if all(row["ok"] for row in results) else 1


def _print_table(results: list[dict]) -> None:
    lines = [("rivi", "meidän ms", "vertailu ms", "suhde", "95 %", "tavoite", "")]
    for row in results:
        lines.append(
            (
                row["row"],
                _number(row["ours_ms"]),
                _number(row["reference_ms"]),
                _number(row["ratio"]),
                f"{_number(row['low'])}–{_number(row['high'])}",
                "–" if row["goal"] is None else f"≤ {_number(row['goal'])}",
                "ok" if row["ok"] else "EI",
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        _say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    for row in results:
        _say(f"{row['row']}: {row['what']}; vertailu: {row['reference']}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
