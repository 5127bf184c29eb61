#!/usr/bin/env bash
# Times whole processes that make a Word file and a web page of the same text in one run: chancery, and
# pandoc from Markdown. Prints CPU seconds (median of the runs), peak memory, the size of the file, and
# ratios to chancery. pandoc neither checks a reference nor sets a letterhead, counts numbers or marks
# paragraphs for the way back; chancery does all of it here too.
#
#   benches/office.sh [RUNS]
#
# PANDOC names the other program (PyPI's pypandoc_binary has one); CHANCERY ours, built if not given.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-9}
pandoc=${PANDOC:-pandoc}
if [ -z "${CHANCERY:-}" ]; then cargo build --release --quiet; fi
program=${CHANCERY:-target/release/chancery}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

PYTHONPATH=benches python3 -B - "$work" <<'PY'
import sys
from texts import texts
for name, all_texts in texts(sys.argv[1]):
    with open(f'{sys.argv[1]}/{name}.md', 'w', encoding='utf8') as out:
        out.write('---\ntitle: Declaration\nlang: fr\n---\n\n')
        out.write('\n\n'.join(f'{at}. ' + t.replace('*', '\\*').replace('@', '\\@') for at, t in enumerate(all_texts, 1)) + '\n')
PY

# Short processes are repeated within a measurement: the clock ticks in 10 ms.
measure() { # name format pages result command...
    local name=$1 format=$2 pages=$3 out=$4 repeats=1
    shift 4
    [ "$pages" = 2 ] && repeats=10
    for _ in $(seq "$runs"); do
        /usr/bin/time -f '%U %S %M' -o "$work/time" \
            bash -c 'for _ in $(seq "$1"); do "${@:2}"; done' _ "$repeats" "$@" >/dev/null 2>"$work/said" || { cat "$work/said" >&2; return 1; }
        cat "$work/time"
    done | python3 -c '
import os, statistics, sys
name, of, pages, repeats, file = sys.argv[1:]
rows = [list(map(float, line.split())) for line in sys.stdin]
cpu = statistics.median(u + s for u, s, _ in rows) / int(repeats)
print(name, of, pages, cpu, statistics.median(memory for _, _, memory in rows) / 1024, os.path.getsize(file) / 1024)
' "$name" "$format" "$pages" "$repeats" "$out"
}

for format in docx html; do
    for pages in 2 1000; do
        measure chancery "$format" "$pages" "$work/out.$format" "$program" build "$work/$pages.decl" --to "$format" -o "$work/out.$format"
        if command -v "$pandoc" >/dev/null; then
            measure pandoc "$format" "$pages" "$work/their.$format" "$pandoc" --standalone "$work/$pages.md" -o "$work/their.$format"
        fi
    done
done | python3 -c '
import sys
base = {}
print("program    format  pages     CPU s     MiB      KiB   CPU beside chancery   memory     size")
for line in sys.stdin:
    name, of, pages, *numbers = line.split()
    cpu, memory, size = map(float, numbers)
    ours = base.setdefault((of, pages), (cpu, memory, size))
    print(f"{name:<10} {of:<6} {pages:>6} {cpu:9.4f} {memory:7.1f} {size:8.1f} {cpu / ours[0]:20.2f}x"
          f" {memory / ours[1]:7.2f}x {size / ours[2]:7.2f}x")
'
