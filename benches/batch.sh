#!/usr/bin/env bash
# Times batches of two-page documents in one run: chancery from a CSV, typst as a
# bundle, pdflatex in one job. Prints CPU milliseconds a document (median of the
# runs), peak memory, and ratios to chancery.
#
#   benches/batch.sh [DOCUMENTS] [RUNS]
#
# typst 0.15.1 overflows its stack with a bundle of 1,000 documents.
#
# TYPST and PDFLATEX name the programs; one that is not there is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
documents=${1:-200}
runs=${2:-5}
typst=${TYPST:-typst}
pdflatex=${PDFLATEX:-pdflatex}
cargo build --release --quiet
program=$PWD/target/release/chancery
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/fonts"
cp assets/fonts/*.ttf "$work/fonts"

python3 - "$work" "$documents" <<'PY'
import csv, re, sys
work, documents = sys.argv[1], int(sys.argv[2])
header, body = open('examples/asian-partners-from-template.fr.decl', encoding='utf8').read().split('---\n', 1)
given = ('symbol:', 'anniversary:')
header = ''.join(line for line in header.splitlines(True) if not line.startswith(given))
open(f'{work}/batch.decl', 'w', encoding='utf8').write(header + '---\n' + body)
for name, count in (('few', max(documents // 10, 1)), ('all', documents)):
    with open(f'{work}/{name}.csv', 'w', encoding='utf8', newline='') as out:
        rows = csv.writer(out)
        rows.writerow(['symbol', 'anniversary'])
        rows.writerows((f'MC.DOC/{901 + at}/20', 1 + at % 60) for at in range(count))
# The same words for the peers, with a line that differs.
_, plain = open('examples/asian-partners.fr.decl', encoding='utf8').read().split('---\n', 1)
texts = [re.sub(r'^\d+\. ', '', re.sub(r'\s+', ' ', p).strip()) for p in plain.split('\n\n') if p.strip()]
with open(f'{work}/batch.typ', 'w', encoding='utf8') as out:
    out.write('#set text(font: "Liberation Serif", size: 12pt, lang: "fr", hyphenate: false)\n'
              '#set par(justify: false, spacing: 17.8pt, leading: 4pt)\n'
              '#let letter(symbol) = [\n#set page(width: 595.276pt, height: 841.89pt, margin: 72pt)\n#symbol\n\n')
    for number, text in enumerate(texts, 1):
        out.write(f'{number}\\. #h(20pt) ' + text.replace('#', '\\#').replace('*', '\\*').replace('@', '\\@') + '\n\n')
    out.write(f']\n#for at in range({documents}) {{ document("d" + str(at) + ".pdf", letter("MC.DOC/" + str(901 + at) + "/20")) }}\n')
with open(f'{work}/batch.tex', 'w', encoding='utf8') as out:
    out.write('\\documentclass[12pt,a4paper]{article}\n\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\n'
              '\\usepackage[margin=72bp]{geometry}\\raggedright\n\\begin{document}\n')
    for at in range(documents):
        out.write(f'MC.DOC/{901 + at}/20\n\n')
        for number, text in enumerate(texts, 1):
            text = text.replace('&', '\\&').replace('%', '\\%').replace('#', '\\#').replace('_', '\\_').replace('\u00a0', '~')
            out.write(f'{number}.\\quad {text}\n\n')
        out.write('\\clearpage\n')
    out.write('\\end{document}\n')
PY

measure() { # name documents command...
    local name=$1 count=$2
    shift 2
    for _ in $(seq "$runs"); do
        rm -rf "$work/out"
        mkdir "$work/out"
        /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" >/dev/null 2>"$work/said" || { cat "$work/said" >&2; return 1; }
        cat "$work/time"
    done | python3 -c '
import statistics, sys
name, count = sys.argv[1:]
rows = [list(map(float, line.split())) for line in sys.stdin]
cpu = statistics.median(user + system for user, system, _ in rows) * 1000 / int(count)
print(name, count, cpu, statistics.median(memory for _, _, memory in rows) / 1024)
' "$name" "$count"
}

{
    few=$(($(wc -l <"$work/few.csv") - 1))
    measure chancery "$documents" "$program" build "$work/batch.decl" --data "$work/all.csv" -o "$work/out/{symbol}.pdf"
    measure chancery "$few" "$program" build "$work/batch.decl" --data "$work/few.csv" -o "$work/out/{symbol}.pdf"
    if command -v "$typst" >/dev/null; then
        measure typst "$documents" "$typst" compile --features bundle --format bundle --ignore-system-fonts \
            --font-path "$work/fonts" "$work/batch.typ" "$work/out"
    fi
    if command -v "$pdflatex" >/dev/null; then
        measure pdflatex "$documents" "$pdflatex" -interaction=batchmode -output-directory "$work/out" "$work/batch.tex"
    fi
} | python3 -c '
import sys
base = None
print("program    documents  CPU ms each     MiB   CPU beside chancery   memory")
for line in sys.stdin:
    name, count, cpu, memory = line.split()
    cpu, memory = float(cpu), float(memory)
    base = base or (cpu, memory)
    print(f"{name:<10} {count:>9} {cpu:12.2f} {memory:7.1f} {cpu / base[0]:20.2f}x {memory / base[1]:7.2f}x")
'
