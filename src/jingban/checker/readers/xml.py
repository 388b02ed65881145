"""XML of office files: no entities, no network, no document type at all (XML bombs, outside references)."""

from __future__ import annotations

from typing import Any

from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _


def parse(content: bytes) -> Any:
    """Root element (lxml). Raises :class:`CannotRead` for a document type declaration or broken XML."""
    from lxml import etree

    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content or b"<\x00!\x00D\x00O" in content[:4096]:
        raise CannotRead("I107", _("XML 内含实体声明（疑似 XML 炸弹），未读"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead("I108", _("文件损坏：XML 不完整")) from error
