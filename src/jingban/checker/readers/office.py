"""Formats read through LibreOffice (.wps, .rtf, .odt, odd .doc): converted to DOCX in a throw-away profile, when it is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from jingban.checker.layout.raw import RawBlock
from jingban.checker.model import Document
from jingban.checker.readers import maxima
from jingban.checker.readers.docx import read_docx
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _


def available() -> str | None:
    """Path of LibreOffice's command, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_office(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks by way of DOCX. Raises :class:`CannotRead` (I108) without LibreOffice or when it fails."""
    command = available()
    if command is None:
        raise CannotRead("I108", _("此格式须装有 LibreOffice 才能读；请另存为 DOCX 或 PDF"))
    with tempfile.TemporaryDirectory(prefix="jingban-") as folder:
        source = Path(folder, "in.bin")
        source.write_bytes(data)
        arguments = [
            command,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:Office Open XML Text",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(arguments, capture_output=True, timeout=maxima.OFFICE_SECONDS_MAX, check=True)
        except (subprocess.SubprocessError, OSError) as error:
            raise CannotRead("I108", _("LibreOffice 未能转换此文件，未核")) from error
        made = Path(folder, "in.docx")
        if not made.exists():
            raise CannotRead("I108", _("LibreOffice 未能转换此文件，未核"))
        return read_docx(document, made.read_bytes())
