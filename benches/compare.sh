#!/usr/bin/env bash
# Times whole processes on the same text in one run: chancery and typst, both
# making PDF/A-2a and PDF/UA-1, and pdflatex, which tags nothing. Prints CPU
# seconds (median of the runs), peak memory, the size of the PDF, and ratios to
# chancery.
#
#   benches/compare.sh [RUNS]
#
# TYPST and PDFLATEX name the programs; one that is not there is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-9}
typst=${TYPST:-typst}
pdflatex=${PDFLATEX:-pdflatex}
cargo build --release --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/fonts"
cp assets/fonts/*.ttf "$work/fonts"

PYTHONPATH=benches python3 -B - "$work" <<'PY'
import sys
from texts import texts
work = sys.argv[1]
for name, all_texts in texts(work):
    with open(f'{work}/{name}.typ', 'w', encoding='utf8') as out:
        out.write('#set document(title: "Declaration", date: datetime(year: 2020, month: 12, day: 4))\n'
                  '#set page(width: 595.276pt, height: 841.89pt, margin: 72pt, header: context [#counter(page).display("- 1 -")])\n'
                  '#set text(font: "Liberation Serif", size: 12pt, lang: "fr", hyphenate: false)\n'
                  '#set par(justify: false, spacing: 13.8pt + 4pt, leading: 4pt, first-line-indent: 36pt)\n')
        for n, t in enumerate(all_texts, 1):
            out.write(f'{n}\\. #h(20pt) ' + t.replace('#', '\\#').replace('*', '\\*').replace('@', '\\@') + '\n\n')
    with open(f'{work}/{name}.tex', 'w', encoding='utf8') as out:
        out.write('\\documentclass[12pt,a4paper]{article}\n\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\n'
                  '\\usepackage[margin=72bp]{geometry}\\raggedright\\begin{document}\n')
        for n, t in enumerate(all_texts, 1):
            t = t.replace('&', '\\&').replace('%', '\\%').replace('#', '\\#').replace('_', '\\_').replace('\u00a0', '~')
            out.write(f'{n}.\\quad {t}\n\n')
        out.write('\\end{document}\n')
PY

# Short processes are repeated within a measurement: the clock ticks in 10 ms.
measure() { # name pages result command...
    local name=$1 pages=$2 out=$3 repeats=1
    shift 3
    [ "$pages" = 2 ] && repeats=20
    for _ in $(seq "$runs"); do
        /usr/bin/time -f '%U %S %M' -o "$work/time" \
            bash -c 'for _ in $(seq "$1"); do "${@:2}"; done' _ "$repeats" "$@" >/dev/null 2>"$work/said" || { cat "$work/said" >&2; return 1; }
        cat "$work/time"
    done | python3 -c '
import os, statistics, sys
name, pages, repeats, file = sys.argv[1:]
rows = [list(map(float, line.split())) for line in sys.stdin]
cpu = statistics.median(u + s for u, s, _ in rows) / int(repeats)
print(name, pages, cpu, statistics.median(memory for _, _, memory in rows) / 1024, os.path.getsize(file) / 1024)
' "$name" "$pages" "$repeats" "$out"
}

for pages in 2 1000; do
    measure chancery "$pages" "$work/out.pdf" target/release/chancery build "$work/$pages.decl" -o "$work/out.pdf"
    if command -v "$typst" >/dev/null; then
        measure typst "$pages" "$work/out.pdf" "$typst" compile --pdf-standard a-2a,ua-1 --ignore-system-fonts --font-path "$work/fonts" "$work/$pages.typ" "$work/out.pdf"
    fi
    if command -v "$pdflatex" >/dev/null; then
        measure pdflatex "$pages" "$work/$pages.pdf" "$pdflatex" -interaction=batchmode -output-directory "$work" "$work/$pages.tex"
    fi
done | python3 -c '
import sys
base = {}
print("program      pages     CPU s     MiB      KiB   CPU beside chancery   memory     size")
for line in sys.stdin:
    name, pages, *numbers = line.split()
    cpu, memory, size = map(float, numbers)
    ours = base.setdefault(pages, (cpu, memory, size))
    print(f"{name:<10} {pages:>7} {cpu:9.4f} {memory:7.1f} {size:8.1f} {cpu / ours[0]:20.2f}x"
          f" {memory / ours[1]:7.2f}x {size / ours[2]:7.2f}x")
'
