from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..extract.problem import Refused
from ..extract.reading import read
from . import document_files as files


@tagged("post_install", "-at_install")
class TestExtractReaders(BaseCase):
    """Each kind of file, read in this process."""

    def assert_refused(self, code, data, name):
        with self.assertRaises(Refused) as caught:
            read(data, name)
        self.assertEqual(caught.exception.code, code)
        return caught.exception.details

    def test_pdf_words_and_sentences_are_whole_again(self):
        page = (
            "Por causa do grande calor, no verão o atendi-\nmento é de segunda-\nfeira a sábado e "
            "também nos feriados,\ndas 8 às 18 horas.\nDomingo não."
        )
        extraction = read(files.pdf(page, "Outra página."), "horas.pdf")
        self.assertEqual(
            extraction.text,
            "Por causa do grande calor, no verão o atendimento é de segunda-feira a sábado e "
            "também nos feriados, das 8 às 18 horas.\nDomingo não.\n\nOutra página.",
        )
        self.assertEqual(extraction.kind, "pdf")

    def test_pdf_lines_of_a_price_list_stay_lines(self):
        for page in (
            "banho 40\ntosa 60",
            "banho 40 reais\ntosa grátis\nbanho e tosa a combinar",
            "Os preços abaixo valem na loja e para todos os portes de cães e gatos.\n"
            "banho 40 reais\ntosa grátis\nhidratação a combinar",
        ):
            self.assertEqual(read(files.pdf(page), "precos.pdf").text, page)

    def test_pdf_pages_without_text_are_named(self):
        self.assertEqual(read(files.pdf("Texto da página.", ""), "a.pdf").empty_pages, [2])

    def test_pdf_that_only_forbids_printing_is_read(self):
        extraction = read(files.encrypted_pdf("Pode ser lido.", ""), "a.pdf")
        self.assertEqual(extraction.text, "Pode ser lido.")

    def test_docx_with_table_and_without_deletions(self):
        deleted = '<w:p><w:del w:id="1"><w:r><w:delText>nunca</w:delText></w:r></w:del></w:p>'
        body = files.paragraph("Trocas em 7 dias.") + deleted
        body += files.word_table(
            ("Produto", "Prazo", "Condição"),
            ("Ração", "7 dias", "fechada"),
            ("Roupa", "30 dias", ""),
        )
        self.assertEqual(
            read(files.docx(body), "trocas.docx").text,
            "Trocas em 7 dias.\n\nProduto: Ração; Prazo: 7 dias; Condição: fechada\n"
            "Produto: Roupa; Prazo: 30 dias",
        )

    def test_a_table_of_terms_has_no_header(self):
        body = files.word_table(("Segunda", "8 às 18"), ("Sábado", "9 às 13"))
        text = read(files.docx(body), "horas.docx").text
        self.assertEqual(text, "Segunda: 8 às 18\nSábado: 9 às 13")

    def test_odt(self):
        table = "<table:table>" + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
            + "</table:table-row>"
            for row in (("Cidade", "Frete", "Prazo"), ("Contagem", "R$ 10", "1 dia"))
        )
        body = f"<text:h>Entrega</text:h><text:p>Dois<text:s/>dias.</text:p>{table}</table:table>"
        self.assertEqual(
            read(files.odt(body), "entrega.odt").text,
            "Entrega\n\nDois dias.\n\nCidade: Contagem; Frete: R$ 10; Prazo: 1 dia",
        )

    def test_xlsx_rows_values_and_hidden_sheets(self):
        data = files.xlsx(
            ("Tabela de preços",),
            ("Serviço", "Preço", "Desconto"),
            ("Banho", 40, 0.1),
            hidden=("Custo", 12),
            formats={"B3": '"R$" 0.00', "C3": "0%"},
        )
        self.assertEqual(
            read(data, "precos.xlsx").text,
            "Tabela de preços\nServiço: Banho; Preço: 40.00; Desconto: 10%",
        )

    def test_xlsx_hidden_columns_and_rows_stay_hidden(self):
        self.assertEqual(
            read(files.xlsx_with_hidden_cells(), "precos.xlsx").text,
            "Produto: Ração; Preço: 120\nProduto: Osso; Preço: 9",
        )

    def test_xlsx_formula_with_its_result(self):
        data = files.calculated_xlsx("=20*2", 40)
        self.assertEqual(read(data, "precos.xlsx").text, "Serviço: Banho; Preço: 40")

    def test_csv_of_a_brazilian_excel(self):
        data = "Serviço;Preço\r\nTosa;R$ 60,00\r\n".encode("cp1252")
        self.assertEqual(read(data, "precos.csv").text, "Serviço: Tosa; Preço: R$ 60,00")

    def test_html_without_scripts_menus_and_hidden_parts(self):
        page = (
            "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>"
            "<header>Menu</header><nav>Início</nav><script>alert('oi')</script>"
            "<p style='display: none'>escondido</p><main><form><h1>Trocas</h1>"
            "<p>Até sete\n dias&nbsp;corridos.<br>Com nota.</p><ul><li>um</li><li>dois</li></ul>"
            "<table><tr><th>Dia</th><th>Hora</th></tr><tr><td>Seg</td><td>8</td></tr></table>"
            "<!-- interno --></form></main></body></html>"
        )
        self.assertEqual(
            read(page.encode(), "trocas.html").text,
            "Trocas\n\nAté sete dias corridos.\nCom nota.\n\num\ndois\n\nDia: Seg; Hora: 8",
        )

    def test_html_says_its_encoding_or_is_understood(self):
        page = "<html>{}<body><p>promoção à vista</p></body></html>"
        declared = page.format('<meta charset="iso-8859-1">').encode("latin-1")
        self.assertEqual(read(declared, "a.html").text, "promoção à vista")
        self.assertEqual(read(page.format("").encode("cp1252"), "a.html").text, "promoção à vista")

    def test_plain_text_in_any_usual_encoding(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            with self.subTest(encoding):
                data = "Atenção:\r\n\r\n\r\n\r\n às  terças\x07.".encode(encoding)
                self.assertEqual(read(data, "a.txt").text, "Atenção:\n\nàs terças.")
        self.assertEqual(read(b"# Title\n\n- one", "a.md").text, "# Title\n\n- one")

    def test_content_decides_not_the_name(self):
        details = self.assert_refused("wrong_extension", files.pdf("Texto."), "a.docx")
        self.assertEqual(details, {"named": "docx", "found": "pdf"})
        self.assert_refused("wrong_extension", b"only text", "a.pdf")
        self.assert_refused("wrong_extension", files.xlsx(("a", "b")), "a.csv")
        self.assertEqual(read(files.pdf("Sem nome."), "arquivo").kind, "pdf")

    @mute_logger("pypdf._reader")
    def test_what_cannot_be_read_says_why(self):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        for code, data, name in (
            ("encrypted", files.encrypted_pdf("Segredo.", "senha"), "a.pdf"),
            ("encrypted", ole + "EncryptedPackage".encode("utf-16-le"), "a.docx"),
            ("old_office", ole + b"\0" * 600, "a.doc"),
            ("no_text_layer", files.scan(), "a.pdf"),
            ("damaged", files.pdf("Texto.")[:300], "a.pdf"),
            ("damaged", files.docx(files.paragraph("x"))[:-40], "a.docx"),
            ("damaged", b"\x00\x01binary", "a.pdf"),
            ("unsupported", files.archive(a_dot_txt="x"), "a.zip"),
            ("unsupported", b"\x89PNG\r\n\x1a\n\0\0", "a.png"),
            ("bomb", files.archive(word__document_dot_xml=b" " * 101 * 2**20), "a.docx"),
            ("formula", files.xlsx(("Serviço", "Preço"), ("Banho", "=20*2")), "a.xlsx"),
            ("formula_error", files.xlsx(("Serviço", "Preço"), ("Banho", "#REF!")), "a.xlsx"),
            ("empty", b" \n", "a.txt"),
            ("empty", files.docx(""), "a.docx"),
            ("too_short", b"x", "a.txt"),
            ("too_long", b"palavra " * 625_000, "a.txt"),
            ("encoding", b"\x81\x8d text", "a.txt"),
        ):
            with self.subTest(code, name=name):
                self.assert_refused(code, data, name)
