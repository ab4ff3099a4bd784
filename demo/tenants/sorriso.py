"""Clínica Sorriso Vivo: a dental clinic in Curitiba (account 202)."""

from .model import (
    Contact,
    DatedRule,
    Document,
    Holiday,
    InboxPlan,
    Offer,
    Product,
    Rule,
    SchedulingRule,
    Shift,
    Tenant,
)

RULES = (
    Rule(
        "Formas de pagamento",
        "payment",
        "Aceitamos Pix, cartão de débito e cartão de crédito em até 10x. "
        "Tratamentos acima de R$ 2.000,00 podem ser parcelados em boleto.",
    ),
    Rule(
        "Atendimento de crianças",
        "service",
        "Menores de 18 anos são atendidos somente com um responsável presente.",
    ),
)

DATED_RULES = (
    DatedRule(
        "Sorriso Novo",
        "promotion",
        "Clareamento dental a laser com 10% de desconto.",
        first=-5,
        last=20,
        discount_percent=10.0,
    ),
    DatedRule(
        "Mês da Limpeza",
        "promotion",
        "Limpeza dental com 25% de desconto.",
        first=-31,
        last=-1,
        discount_percent=25.0,
    ),
)

SCHEDULING = (
    SchedulingRule(
        "Consultas",
        "Consulta odontológica",
        minutes=40,
        notice_hours=2,
        horizon_days=60,
        cancellation="Sem custo até 24 horas antes.",
        rescheduling="Sem custo até 24 horas antes, por telefone ou mensagem.",
        required_information="Nome completo, telefone e, se houver, o convênio.",
        confirmation="Confirmamos por mensagem no dia anterior.",
    ),
)

CONTACTS = (
    Contact("instagram", "https://instagram.com/sorrisovivo"),
    Contact("whatsapp", "+55 41 98888-0202", "Agendamentos"),
)

OFFERS = (
    Offer("Avaliação inicial", "product", minutes=40, product="CL-AV01"),
    Offer("Restauração", "from", 220.00, 50),
    Offer("Implante dentário", "on_request"),
)

CANCELLATION = """\
Consultas podem ser canceladas ou remarcadas sem custo com pelo menos 24 horas de antecedência, \
por telefone ou mensagem.

Quem falta sem avisar paga uma taxa de R$ 60,00 na consulta seguinte. Depois de duas faltas \
seguidas, a próxima consulta só é marcada com pagamento antecipado.

Atrasos de mais de 15 minutos podem levar à remarcação.
"""

EXTRACTION_CARE = """\
Depois da extração de um dente, morda a gaze por 30 minutos e não faça bochechos nas primeiras \
24 horas. Prefira comida fria e pastosa no primeiro dia e não use canudo.

Compressas de gelo por 15 minutos ajudam contra o inchaço. Se o sangramento continuar depois de \
quatro horas, ligue para a clínica.
"""

INSURANCE = """\
Atendemos pelos convênios OdontoMais e Dental Brasil. Consultas por convênio precisam da \
carteirinha e de um documento com foto. Próteses e clareamento são somente particulares.
"""

PRODUCTS = (
    Product(
        "Avaliação Odontológica Inicial",
        "CL-AV01",
        90.00,
        "Primeira consulta com exame clínico completo e plano de tratamento.",
        "Duração de 40 minutos",
        "Começo de um tratamento",
    ),
    Product(
        "Limpeza Dental Profilática",
        "CL-LI01",
        180.00,
        "Remoção de tártaro e placa com ultrassom, polimento e aplicação de flúor.",
        "Recomendada a cada seis meses",
        "Prevenção de cáries e gengivite",
    ),
    Product(
        "Clareamento Dental a Laser",
        "CL-CL01",
        950.00,
        "Clareamento em consultório com laser, em uma sessão de noventa minutos.",
        "Resultado na mesma sessão",
        "Deixar os dentes mais brancos",
        ai_price=890.00,
    ),
    Product(
        "Kit de Higiene Bucal Sorriso",
        "KT-HB01",
        45.00,
        "Escova macia, fio dental, creme com flúor e estojo de viagem.",
        "Quatro itens em estojo",
        "Higiene diária em casa e em viagem",
        stock=25,
    ),
)

TENANT = Tenant(
    key="sorriso",
    account_id=202,
    company="Clínica Sorriso Vivo",
    area="Clínica odontológica",
    description="Clínica de odontologia geral e estética para adultos e crianças.",
    phone="(41) 4444-0202",
    email="recepcao@sorrisovivo.example",
    website="https://sorrisovivo.example",
    street="Avenida Sete de Setembro, 2020",
    district="Centro",
    city="Curitiba",
    state_code="PR",
    postcode="80060-070",
    timezone="America/Sao_Paulo",
    greeting="Olá, você está falando com a Clínica Sorriso Vivo.",
    farewell="Conte conosco para cuidar do seu sorriso.",
    tone="polite",
    formality="formal",
    emoji="none",
    scheduling=True,
    delivery=False,
    shifts=(Shift((0, 1, 2, 3, 4), 8.0, 12.0), Shift((0, 1, 2, 3, 4), 13.5, 18.0)),
    holidays=(Holiday("Natal", 12, 25), Holiday("Confraternização Universal", 1, 1)),
    rules=RULES,
    dated_rules=DATED_RULES,
    documents=(
        Document("Cancelamento e remarcação de consultas", "policy", CANCELLATION),
        Document("Cuidados depois da extração", "guide", EXTRACTION_CARE),
        Document("Convênios aceitos", "faq", INSURANCE),
    ),
    products=PRODUCTS,
    inboxes=(
        InboxPlan("whatsapp", "WhatsApp Sorriso", "Channel::Whatsapp", "whatsapp"),
        InboxPlan("facebook", "Facebook Sorriso Vivo", "Channel::FacebookPage", "facebook"),
        InboxPlan("email", "Recepção por e-mail", "Channel::Email", "email"),
        InboxPlan("web", "Site Sorriso", "Channel::WebWidget", "web"),
    ),
    attendant="Renata Alves",
    tax_id="98.765.432/0001-98",
    contacts=CONTACTS,
    offers=OFFERS,
    scheduling_rules=SCHEDULING,
    bookings=True,
)
