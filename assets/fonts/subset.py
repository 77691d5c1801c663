"""Makes the font subsets of this folder. Usage: python3 assets/fonts/subset.py FOLDER_WITH_THE_FULL_FONTS"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
EXTRA = "–—‘’“”•…‰′″‹›€™←↑→↓−≈≠≤≥⟨⟩²³㎡①②③④⑤⑥⑦⑧⑨"


def jis_rows(rows):
    """Every character of the given rows of JIS X 0208."""
    for row in rows:
        for cell in range(1, 95):
            try:
                yield bytes([row + 0xA0, cell + 0xA0]).decode("euc_jp")
            except UnicodeDecodeError:
                pass


def characters():
    wanted = {chr(c) for c in [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x3040, 0x3100)]}
    wanted |= {chr(c) for c in range(0xFF01, 0xFF5F)} | set(EXTRA)
    wanted |= set(jis_rows(range(1, 9))) | set(jis_rows(range(16, 48)))
    for catalogue in (HERE.parent / "texts").glob("*/*.ftl"):
        wanted |= set(catalogue.read_text(encoding="utf-8"))
    return "".join(sorted(wanted))


def main():
    source = pathlib.Path(sys.argv[1])
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as listed:
        listed.write(characters())
        listed.flush()
        for weight in ("Regular", "Bold"):
            subprocess.run(
                [
                    "pyftsubset",
                    str(source / f"BIZUDPGothic-{weight}.ttf"),
                    f"--text-file={listed.name}",
                    f"--output-file={HERE / f'BIZUDPGothic-{weight}.subset.ttf'}",
                    "--layout-features=kern,palt,pkna",
                    "--no-hinting",
                    "--notdef-outline",
                    "--name-IDs=*",
                    "--drop-tables+=FFTM,DSIG,vhea,vmtx,VORG,GSUB",
                ],
                check=True,
            )


if __name__ == "__main__":
    main()
