"""What a file is by its first bytes. The name's extension is only asked where the bytes cannot tell (text kinds)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from jingban.checker.readers import maxima
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    import zipfile

Kind = Literal[
    "pdf", "docx", "xlsx", "xls", "doc", "wps", "rtf", "html", "md", "txt", "ods", "odt", "ofd", "image"
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF", b"%!PS")
_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = lazy(
    rb"^\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body|meta|div|p|table)[\s>]|<html[\s>]|<body[\s>]",
    re.I,
)
_WHOLE_PAGE = lazy(rb"<(!doctype\s+html|html|head|body)[\s>]|^mime-version:", re.I)
_MARKDOWN_RULE = lazy(r"^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$", re.M)


def sniff(data: bytes, suffix: str) -> Kind:
    """Kind of the file. Raises :class:`CannotRead` for archives, encrypted and unknown binary files."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data, suffix)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if (head.startswith(_IMAGES) and head[:2] != b"BM") or (head[:2] == b"BM" and b"\x00" in head[:32]):
        return "image"
    if head.startswith(_ARCHIVES):
        raise CannotRead("I108", _("是压缩包，请先解压后核对"))
    if _is_mime_html(head) or _HTML.search(data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        whole = _WHOLE_PAGE.search(data[:4096].replace(b"\x00", b"")) is not None
        if whole or suffix not in (".txt", ".md", ".markdown"):
            return "html"
    return "md" if suffix in (".md", ".markdown") else "txt"


def looks_like_markdown(text: str) -> bool:
    """True when a text holds the rule line of a Markdown table."""
    return _MARKDOWN_RULE.search(text[:200_000]) is not None


def _is_mime_html(head: bytes) -> bool:
    return head[:13].lower() == b"mime-version:" or b"multipart/related" in head.lower()


def _zip_kind(data: bytes) -> Kind:
    archive = open_zip(data)
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "OFD.xml" in names:
        return "ofd"
    if "content.xml" in names:
        kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
        return "ods" if b"spreadsheet" in kind else "odt"
    if any(name.startswith("word/") for name in names):
        return "docx"
    raise CannotRead("I108", _("是压缩包或未知的打包格式，请先解压或转换后核对"))


def _ole_kind(data: bytes, suffix: str) -> Kind:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            streams = {"/".join(path) for path in file.listdir()}
    except Exception as error:
        raise CannotRead("I108", _("复合文档损坏，打不开")) from error
    if "EncryptedPackage" in streams:
        raise CannotRead("I108", _("文件已加密，打不开；请提供未加密的文件"))
    if "WordDocument" in streams:
        return "doc"
    if "Workbook" in streams or "Book" in streams:
        return "xls"
    return "wps" if suffix in (".wps", ".wpt", ".doc") or any("WPS" in name for name in streams) else "doc"


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, after its directory was checked against the maxima (zip bombs, endless parts, encryption)."""
    import zipfile

    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:  # RuntimeError: a newer version of zip
        raise CannotRead("I108", _("文件损坏：打包结构不完整")) from error
    parts = archive.infolist()
    if len(parts) > maxima.ZIP_ENTRIES_MAX or sum(part.file_size for part in parts) > maxima.ZIP_BYTES_MAX:
        raise CannotRead("I107", _("解开后的内容超过上限，未读"))
    for part in parts:
        if part.flag_bits & 0x1:
            raise CannotRead("I108", _("文件已加密，打不开；请提供未加密的文件"))
        large = part.file_size > maxima.ZIP_RATIO_FREE_BYTES
        if large and part.file_size > maxima.ZIP_RATIO_MAX * max(part.compress_size, 1):
            raise CannotRead("I107", _("压缩比异常（疑似压缩炸弹），未读"))
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, never more than its directory entry promised (a lying entry is a bomb)."""
    promised = archive.getinfo(name).file_size
    try:
        with archive.open(name) as part:
            content = part.read(promised + 1)
    except Exception as error:  # whatever zipfile, zlib, bz2 and lzma raise has no common base
        raise CannotRead("I108", _("文件损坏：{} 读不出").format(name)) from error
    if len(content) > promised:
        raise CannotRead("I107", _("压缩比异常（疑似压缩炸弹），未读"))
    return content
