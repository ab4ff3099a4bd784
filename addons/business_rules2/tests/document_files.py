"""Files for the tests of reading, made when they are needed."""

import base64
import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from xlsxwriter import Workbook as CalculatedWorkbook

from .. import extract

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def encoded(data: bytes) -> str:
    """As the web client sends a file."""
    return base64.b64encode(data).decode()


def archive(**members: bytes | str) -> bytes:
    """A zip file; ``__`` in a name stands for a slash and ``_dot_`` for a dot."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as content:
        for name, data in members.items():
            content.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file.getvalue()


def pdf(*pages: str) -> bytes:
    """One page for each text, with its line breaks."""
    file = BytesIO()
    canvas = Canvas(file)
    for page in pages:
        text = canvas.beginText(72, 750)
        for line in page.split("\n"):
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scan() -> bytes:
    """A PDF that is a picture."""
    file = BytesIO()
    canvas = Canvas(file)
    canvas.drawImage(ImageReader(Image.new("RGB", (200, 200), "grey")), 72, 500)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def encrypted_pdf(text: str, user_password: str) -> bytes:
    """With an empty password, one that may be read but not printed."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text))))
    writer.encrypt(user_password, "owner's", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def docx(body: str) -> bytes:
    """A Word document; ``body`` is WordprocessingML without its namespace's declaration."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return archive(
        **{
            "[Content_Types]_dot_xml": types,
            "_rels/_dot_rels": relations,
            "word__document_dot_xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def bomb() -> bytes:
    """A Word document of a few hundred kilobytes that unpacks to 300 MB."""
    return docx(paragraph(" " * 300_000_000))


def odt(body: str) -> bytes:
    """An OpenDocument text; ``body`` with the prefixes text and table."""
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive(
        mimetype="application/vnd.oasis.opendocument.text",
        content_dot_xml=content,
        **{"META-INF/manifest_dot_xml": "<manifest/>"},
    )


def xlsx(*rows: tuple, hidden: tuple = (), formats: dict[str, str] | None = None) -> bytes:
    """A workbook written by a program that does not calculate."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, pattern in (formats or {}).items():
        book.active[cell].number_format = pattern
    if hidden:
        sheet = book.create_sheet("Costs")
        sheet.append(hidden)
        sheet.sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx_with_hidden_cells() -> bytes:
    """A price list whose cost column and whose discontinued product are hidden."""
    book = Workbook()
    sheet = book.active
    for row in (
        ("Produto", "Custo", "Preço"),
        ("Ração", 61, 120),
        ("Antigo", "=1/0", 5),
        ("Osso", 3, 9),
    ):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def calculated_xlsx(formula: str, result: float) -> bytes:
    """A workbook as Excel saves it: the formula and its result."""
    file = BytesIO()
    book = CalculatedWorkbook(file)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ("Serviço", "Preço"))
    sheet.write("A2", "Banho")
    sheet.write_formula("B2", formula, None, result)
    book.close()
    return file.getvalue()


def refusal_codes() -> set[str]:
    """Every code with which the readers refuse, from their source."""
    sources = Path(extract.__file__).parent.glob("*.py")
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    return set(re.findall(r'Refused\(\s*"(\w+)"', text)) | set(
        re.findall(r'"(\w+)" if .* else "\w+"\)', text)
    )
