"""The drawing kit of every printed paper: faces, lines, pages, tables, seals and codes."""

from foundation.typesetting.blocks import Fields, Heading, PageBreak, Paragraph, Space, Title, Together
from foundation.typesetting.boxes import IssuedBy, QrCode, RedHead, Signatures, Signer
from foundation.typesetting.document import Document, render_all
from foundation.typesetting.faces import FaceInUse, Role, covered, faces_in_use, unprintable, use_font_folder
from foundation.typesetting.flow import Block
from foundation.typesetting.furniture import Furniture
from foundation.typesetting.lines import Content, Span, blank, filled
from foundation.typesetting.styles import CONTRACT, OFFICIAL, PageStyle, TextStyle
from foundation.typesetting.tables import Column, Table

__all__ = [
    "CONTRACT",
    "OFFICIAL",
    "Block",
    "Column",
    "Content",
    "Document",
    "FaceInUse",
    "Fields",
    "Furniture",
    "Heading",
    "IssuedBy",
    "PageBreak",
    "PageStyle",
    "Paragraph",
    "QrCode",
    "RedHead",
    "Role",
    "Signatures",
    "Signer",
    "Space",
    "Span",
    "Table",
    "TextStyle",
    "Title",
    "Together",
    "blank",
    "covered",
    "faces_in_use",
    "filled",
    "render_all",
    "unprintable",
    "use_font_folder",
]
