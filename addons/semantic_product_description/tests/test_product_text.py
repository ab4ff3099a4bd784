from odoo.tests import BaseCase

from ..tools import product_text


class TestProductText(BaseCase):
    def test_index_text_holds_what_is_known(self):
        text = product_text.index_text(
            name="Ração Vida Leve",
            code="RAC-10",
            category="Rações",
            description="Para cães adultos.\n",
            features="- Menos gordura\n\n• Sem corantes",
            uses="Controle de peso",
            attributes=[("Sabor", ["frango", "cordeiro"]), ("Cor", [])],
        )
        self.assertEqual(
            text,
            "RAC-10\n\nRações\n\nPara cães adultos.\n\n"
            "Menos gordura\nSem corantes\n\nControle de peso\n\nSabor: frango, cordeiro",
        )

    def test_index_text_of_a_bare_product_is_its_name(self):
        text = product_text.index_text(
            name="Ração",
            code=False,
            category=False,
            description=False,
            features=False,
            uses=False,
            attributes=[],
        )
        self.assertEqual(text, "Ração")

    def test_attributes_of_one_value_narrow_a_search(self):
        attributes = [("Cor do tecido", ["azul"]), ("1ª opção", ["x"]), ("Peso", ["1", "2"])]
        found = product_text.filterable([*attributes, ("***", ["y"]), ("Vazio", [])])
        self.assertEqual(found, {"cor_do_tecido": "azul", "opcao": "x"})

    def test_suggestion_invents_nothing(self):
        self.assertIsNone(
            product_text.suggested_description(
                name="Ração", category="Rações", sales_text=" ", attributes=[]
            )
        )
        self.assertEqual(
            product_text.suggested_description(
                name="Ração",
                category="Rações",
                sales_text="Para cães adultos!",
                attributes=[("Peso", ["10 kg", "15 kg"])],
            ),
            "Ração – Rações.\nPara cães adultos!\nPeso: 10 kg, 15 kg.",
        )
