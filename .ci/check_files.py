"""Checks on the files of the repository: size of the packs, no machine paths, no stray large files."""

import pathlib
import re
import subprocess
import sys

MAX_PACKS_BYTES = 12_000_000
MAX_FILE_BYTES = 12_000_000
# Home folders and the checkout's own place say where something was built, which is nobody's business.
MACHINE_PATH = re.compile(rb"(?<![\w.])/(?:home|root|Users)/\w|[A-Z]:\\Users\\")
TEXT_ENDINGS = {
    "", ".css", ".csv", ".ftl", ".geojson", ".html", ".js", ".json", ".md", ".mjs", ".py", ".rs", ".sh", ".svg",
    ".toml", ".txt", ".wgsl",
}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            check=True, capture_output=True).stdout
    return [pathlib.Path(name.decode()) for name in listed.split(b"\0") if name]


def main():
    problems = []
    files = [path for path in tracked() if path.is_file()]
    here = str(pathlib.Path.cwd()).encode()
    for path in files:
        if path.stat().st_size > MAX_FILE_BYTES:
            problems.append(f"{path}: {path.stat().st_size} bytes, at most {MAX_FILE_BYTES}")
        if path.suffix in TEXT_ENDINGS and path != pathlib.Path(".ci/check_files.py"):
            for number, line in enumerate(path.read_bytes().splitlines(), 1):
                if MACHINE_PATH.search(line) or here + b"/" in line:
                    problems.append(f"{path}:{number}: a path of one machine")
    packs = [path for path in files if path.suffix == ".city"]
    total = sum(path.stat().st_size for path in packs)
    print(f"{len(files)} files; {len(packs)} packs of {total} bytes in all")
    if not packs:
        problems.append("no .city pack in the repository")
    if total > MAX_PACKS_BYTES:
        problems.append(f"the packs have {total} bytes, at most {MAX_PACKS_BYTES}")
    for problem in problems:
        print(f"FAILED: {problem}", file=sys.stderr)
    return bool(problems)


sys.exit(main())
