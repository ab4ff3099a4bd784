"""Patas & Cia: a pet shop in Belo Horizonte (account 101)."""

from .model import (
    Contact,
    DatedRule,
    DeliveryRule,
    Document,
    Holiday,
    InboxPlan,
    Offer,
    Order,
    Product,
    Rule,
    Shift,
    SpecialPhone,
    Tenant,
)

RULES = (
    Rule(
        "Formas de pagamento",
        "payment",
        "Aceitamos Pix, dinheiro, cartão de débito e cartão de crédito em até 3x sem juros.",
    ),
    Rule(
        "Carteira de vacinação",
        "service",
        "Para banho e tosa o pet precisa estar com a vacina antirrábica em dia.",
    ),
)

DATED_RULES = (
    DatedRule(
        "Semana do Banho",
        "promotion",
        "Banho e tosa com 15% de desconto para cães e gatos de qualquer porte.",
        first=-3,
        last=6,
        discount_percent=15.0,
    ),
    DatedRule(
        "Festival da Ração",
        "promotion",
        "Todas as rações secas com 30% de desconto.",
        first=-10,
        last=-1,
        discount_percent=30.0,
    ),
    DatedRule(
        "Semana do Brinquedo",
        "promotion",
        "Brinquedos com 20% de desconto.",
        first=-1,
        last=8,
        discount_percent=20.0,
        category="Brinquedos",
    ),
    DatedRule(
        "Dia do Gato",
        "promotion",
        "Areias higiênicas com 25% de desconto.",
        first=12,
        last=12,
        discount_percent=25.0,
    ),
)

DELIVERY = (
    DeliveryRule(
        "Belo Horizonte",
        fee=12.00,
        free_from=150.00,
        days=(1, 1),
        city="Belo Horizonte",
        postal_range=("30000-000", "31999-999"),
    ),
    DeliveryRule("Contagem", fee=18.00, free_from=250.00, days=(1, 2), city="Contagem"),
)

CONTACTS = (
    Contact("instagram", "https://instagram.com/patasecia", in_farewell=True),
    Contact("whatsapp", "+55 31 98888-0101", "Pedidos"),
    Contact("address", "Rua Pernambuco, 1000, Savassi, Belo Horizonte - MG", "Filial Savassi"),
    Contact("phone", "+55 31 97777-0101", "Gerência", may_be_mentioned=False),
)

OFFERS = (
    Offer("Banho porte pequeno", "fixed", 60.00, 60, "Banho, secagem e corte de unhas."),
    Offer("Banho e tosa porte médio", "product", minutes=120, product="SV-BT02"),
    Offer("Hotel para pets", "from", 80.00, description="Diária com dois passeios."),
    Offer("Consulta veterinária", "on_request", minutes=30),
)

EXCHANGE_POLICY = """\
O cliente pode devolver qualquer produto em até 7 dias corridos depois de recebê-lo, desde que a \
embalagem esteja lacrada e a nota fiscal seja apresentada. O valor é devolvido pela mesma forma \
de pagamento em até 10 dias úteis.

Produtos com defeito são trocados em até 30 dias. Basta trazer o item com a nota fiscal à loja.

Medicamentos e rações com a embalagem aberta não são aceitos de volta, por segurança dos animais.
"""

BOARDING = """\
O hotel recebe cães e gatos com mais de seis meses. A diária vai das 8:30 às 18:00 e inclui dois \
passeios e a alimentação trazida pelo tutor.

Na chegada pedimos a carteira de vacinação com as vacinas V8 ou V10, antirrábica e gripe canina \
aplicadas há menos de um ano, além de um antipulgas aplicado nos últimos 30 dias.

Durante a estadia enviamos fotos todos os dias pelo WhatsApp.
"""

GROOMING_CARE = """\
Evite alimentar o animal nas duas horas anteriores ao banho. Pets com feridas, alergias ou em \
tratamento devem ser avaliados pelo veterinário antes.

O banho e tosa de um cão de porte médio leva cerca de duas horas. Avisamos por mensagem quando o \
pet estiver pronto.
"""

PRODUCTS = (
    Product(
        "Ração NutriPata Cães Adultos 15 kg",
        "NP-AD15",
        199.90,
        "Ração seca premium para cães adultos de porte médio e grande, com frango e arroz.",
        "Proteína 26%; sem corantes; saco de 15 kg",
        "Alimentação diária de cachorros adultos",
        stock=12,
        ai_price=189.90,
    ),
    Product(
        "Ração NutriPata Filhotes 3 kg",
        "NP-FI03",
        64.90,
        "Ração seca para filhotes de cães até doze meses, com DHA para o desenvolvimento.",
        "Grãos pequenos; saco de 3 kg",
        "Alimentação de cachorrinhos em crescimento",
        stock=20,
    ),
    Product(
        "Areia Higiênica Gato Limpo 4 kg",
        "GL-AR04",
        27.50,
        "Areia sanitária de bentonita com controle de odor para caixas de gatos.",
        "Forma torrões firmes; pacote de 4 kg",
        "Caixa de areia de gatos",
        stock=35,
    ),
    Product(
        "Coleira Antipulgas ProtegePet",
        "PP-CO01",
        89.90,
        "Coleira contra pulgas e carrapatos com proteção de até oito meses.",
        "Ajustável; resistente à água",
        "Prevenção de pulgas e carrapatos em cães",
        stock=0,
    ),
    Product(
        "Brinquedo Mordedor Osso Feliz",
        "OF-BR01",
        34.90,
        "Mordedor de borracha natural em forma de osso, para cães que roem muito.",
        "Borracha atóxica; flutua",
        "Distração e limpeza dos dentes de cachorros",
        stock=8,
        category="Brinquedos",
    ),
    Product(
        "Banho e Tosa Porte Médio",
        "SV-BT02",
        95.00,
        "Banho com shampoo neutro, secagem, tosa higiênica e corte de unhas para porte médio.",
        "Duração de duas horas",
        "Higiene de cães de porte médio",
    ),
    Product(
        "Caminha de Mostruário",
        "MO-CA01",
        49.00,
        "Peça de mostruário, vendida somente no balcão.",
        stock=1,
        visible=False,
    ),
)

TENANT = Tenant(
    key="patas",
    account_id=101,
    company="Patas & Cia",
    area="Pet shop",
    description="Pet shop de bairro com rações, acessórios, banho e tosa e hotel para pets.",
    phone="(31) 3333-0101",
    email="contato@patasecia.example",
    website="https://patasecia.example",
    street="Rua dos Timbiras, 1010",
    district="Funcionários",
    city="Belo Horizonte",
    state_code="MG",
    postcode="30140-061",
    timezone="America/Sao_Paulo",
    greeting="Olá! Aqui é da Patas & Cia.",
    farewell="Um abraço e um cafuné no seu pet!",
    tone="friendly",
    formality="informal",
    emoji="minimal",
    scheduling=True,
    delivery=True,
    shifts=(Shift((0, 1, 2, 3, 4), 8.5, 18.5), Shift((5,), 9.0, 14.0)),
    holidays=(Holiday("Natal", 12, 25), Holiday("Confraternização Universal", 1, 1)),
    rules=RULES,
    dated_rules=DATED_RULES,
    documents=(
        Document("Política de trocas e devoluções", "policy", EXCHANGE_POLICY),
        Document("Hotel para pets", "faq", BOARDING),
        Document("Cuidados antes do banho e tosa", "guide", GROOMING_CARE),
    ),
    products=PRODUCTS,
    inboxes=(
        InboxPlan("whatsapp", "WhatsApp Patas", "Channel::Whatsapp", "whatsapp"),
        InboxPlan("instagram", "Instagram @patasecia", "Channel::Instagram", "instagram"),
        InboxPlan("email", "E-mail Patas", "Channel::Email", "email"),
        InboxPlan("web", "Site Patas", "Channel::WebWidget", "web"),
    ),
    attendant="Camila Duarte",
    tax_id="12.345.678/0001-95",
    contacts=CONTACTS,
    offers=OFFERS,
    delivery_rules=DELIVERY,
    special_phones=(SpecialPhone("Beatriz, proprietária", "+55 31 98888-0001"),),
    orders=(Order("Sara Lopes", "+5531977770303", "PP-CO01", 2),),
    rating_scale=5,
)
