"""Imports each file, and looks for each of its words in what the source prints or in what was said."""
import re
import subprocess
import sys
import zipfile
from pathlib import Path

chancery, folder = sys.argv[1], Path(sys.argv[2])
failed = 0


def words(text):
    return re.findall(r"\w+", text.lower())


for file in sorted(folder.glob("*.docx")):
    target = file.with_suffix(".decl")
    run = subprocess.run([chancery, "import", file, "-o", target, "--changes", "accept"], capture_output=True, text=True)
    if run.returncode != 0:
        print(f"{file.name}: FAILED: {run.stderr}")
        failed += 1
        continue
    built = subprocess.run([chancery, "build", "--to", "text", "--layout", "flowed", target, "-o", "-"], capture_output=True, text=True)
    remarks = [line for line in target.read_text().splitlines() if line.lstrip().startswith("//")]
    # Titles are printed in capitals, and a remark is in the source alone.
    have = set(words(built.stdout + run.stderr + "\n".join(remarks)))
    with zipfile.ZipFile(file) as package:
        parts = [name for name in package.namelist() if re.fullmatch(r"word/(document|footnotes|comments|header\d*|footer\d*)\.xml", name)]
        xml = " ".join(package.read(name).decode() for name in parts)
    runs = re.sub(r"<w:(delText|instrText)\b.*?</w:\1>", "", xml, flags=re.S)
    paragraphs = re.split(r"</w:p>|<w:tab/>|<w:br/>", runs)
    text = "\n".join("".join(re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", part, flags=re.S)) for part in paragraphs)
    missing = [word for word in words(text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")) if word not in have]
    said = [line for line in run.stderr.splitlines() if line.startswith(str(file))]
    print(f"{file.name}: {len(words(text))} words, build ends with {built.returncode}, {len(missing)} missing: {missing[:8]}")
    for line in said:
        print("   ", line.split(": ", 1)[1])
    failed += bool(missing)
sys.exit(failed)
