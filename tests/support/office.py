"""LibreOffice as a reader of our documents: it converts them, and computes every formula of a workbook anew."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def converted(path: Path, suffix: str, folder: Path) -> Path:
    """The file as LibreOffice writes it in another format (without the dot), in ``folder``."""
    program = shutil.which("soffice")
    assert program, (
        "LibreOffice is missing: scripts/setup.sh installs libreoffice-writer-nogui and -calc-nogui"
    )
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", suffix]
    out = folder / "office"
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=300)
    return out / f"{path.stem}.{suffix}"
