"""Writes the fuzzer's seed corpus: pieces of the project's own texts, and the beginnings of each Markdown construct."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
out = pathlib.Path(sys.argv[1])
out.mkdir(exist_ok=True)
PIECE, LONGEST = 1_500, 12_000

texts = [path.read_bytes() for folder in ("Fixtures", "Sources", "docs") for path in sorted((ROOT / folder).rglob("*.md"))]
seeds = [text[start : start + PIECE] for text in texts for start in range(0, min(len(text), LONGEST), PIECE)]
for line in (ROOT / "Benchmarks/fuzz/units.txt").read_text().splitlines():
    unit = line.replace("\\n", "\n").replace("\\t", "\t").encode()
    seeds += [unit, unit * 20]
for number, seed in enumerate(seeds):
    (out / f"{number:04}").write_bytes(seed)
