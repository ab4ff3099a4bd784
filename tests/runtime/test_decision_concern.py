"""Which messages a person must answer, and which everyday ones must stay with the crew."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from agent_runtime.contracts import HandoverReason
from agent_runtime.decision.concern import Concern, concern
from tests.doubles import turns

EVERYDAY = """
meu dente dói muito
estou com muita dor de dente, tem horário hoje?
minha gengiva está sangrando um pouco, é normal?
meu filho fica nervoso no dentista, vocês atendem criança?
estou nervosa com o procedimento, dói?
vocês atendem emergência?
atendimento é uma emergência?
qual o telefone de emergência?
meu cachorro está vomitando, dá pra marcar consulta?
meu gato não quer comer, o que faço?
tenho alergia a frango, tem ração de peixe?
minha pele ficou muito irritada depois da depilação
passei mal e vou precisar remarcar a consulta
tive febre ontem, posso remarcar?
como é o processo de agendamento?
vou processar o pedido hoje
vocês vão processar meu pagamento quando?
o processo de troca demora?
fica perto do procon?
é na rua da delegacia?
vocês ficam ao lado da justiça federal?
preciso de um advogado, quanto é a consulta?
qual o valor da consulta com advogado trabalhista?
pode mandar a nota discriminada?
quero os valores discriminados por item
preciso atualizar meus dados
quais dados vocês precisam para o cadastro?
me passa os dados para depósito
meu cadastro está completo?
comprei por acidente duas vezes o mesmo item, como troco?
o seguro cobre acidente?
vocês fazem seguro contra roubo?
tem alarme contra ladrão?
como sei que não é golpe?
posso pagar com dois cartões?
quero o estorno da compra
não fiz o pedido ainda
que horas vocês abrem amanhã?
BOM DIA, QUANTO CUSTA O BANHO?
QUERO MARCAR UMA CONSULTA PARA SEXTA
A PROMOÇÃO AINDA VALE???
oi!!! tudo bem???
ADOREI O ATENDIMENTO!!!
muito obrigada!!! vocês são demais
kkkk morri de rir com o vídeo
quero morrer de tanto comer esse bolo
estou morta de fome, vocês entregam agora?
vou me matar de tanto estudar kkkk
não consigo mais viver sem esse shampoo
já mandei o comprovante
já enviei os documentos por e-mail
já perguntei para o meu marido e ele topou
já falei com a Ana ontem e ela me passou o orçamento
já pedi pelo site, que dia chega?
vocês não atendem convênio?
ninguém atende no sábado?
quanto demora a entrega?
demora muito para ficar pronto?
está demorando muito a entrega no interior?
em que saco vem a ração?
vocês têm saco de lixo de 100 litros?
tem o livro O Idiota, de Dostoiévski?
quanto custa a fantasia de palhaço?
tem ração para burro?
vendem veneno de rato?
a outra loja teve um atendimento péssimo, vocês fazem orçamento?
não compro mais ração de frango, tem de peixe?
esse remédio é bom para cachorro nervoso?
o preço é absurdo de bom, ainda tem?
acho que não entendi, pode explicar de novo?
errei o endereço, posso mudar?
a entrega atrasou um pouco, mas chegou, obrigada
quero cancelar meu agendamento
posso tirar um item da lista?
aceitam cartão alimentação?
sem problemas, aguardo
vocês têm curso de primeiros socorros?
tem tratamento para quem teve AVC?
fisioterapia depois de infarto vocês fazem?
vocês fazem palestra de prevenção ao suicídio?
quero um kit de primeiros socorros
meu pet é agressivo, vocês dão banho?
how much is the dental cleaning?
is this a scam?
do you have dog food in stock?
can I return a broken collar?
¿cuánto cuesta el envío?
¿tienen citas para mañana?
Boa tarde, gostaria de saber o valor da limpeza de pele
qual a diferença entre ração seca e úmida?
meu cachorro não quer comer a ração
bom dia estou tentando marcar para minha filha há dias disponíveis na quinta?
faz tempo que não vou aí, ainda ficam na mesma rua?
há quanto tempo vocês estão no mercado?
estou aguardando, obrigada
fico no aguardo
vou aguardar até amanhã
aguardo retorno
ok, espero aí mais 5 minutos
estou esperando um bebê, posso fazer clareamento?
não estou conseguindo entrar no site
não consigo finalizar a compra
não recebi o código ainda
cadê a promoção do banho?
qual o pior dia para ir? o mais cheio
o atendimento é rápido?
o serviço ficou lindo, parabéns
achei um absurdo de lindo
que susto! achei que tinham fechado
que saudade de vocês
vcs trabalham com seguro de vida? inclui suicídio?
advogado trabalhista quanto custa a consulta?
quero entrar na justiça contra meu ex-patrão, vocês atendem?
preciso abrir um processo contra uma empresa aérea
queria saber sobre indenização por voo atrasado
danos morais cabem nesse caso?
minha advogada indicou vocês
vocês fazem laudo para processo judicial?
preciso de um recibo para declarar no imposto
vocês emitem nota fiscal?
tem vaga de estacionamento?
perdi meu cartão, posso pagar em dinheiro?
posso trocar a forma de pagamento?
meu pagamento não foi processado
o boleto venceu, como pago?
paguei duas vezes sem querer
o valor cobrado está certo?
qual o prazo de entrega?
o entregador já saiu?
chegou errado mas já troquei, obrigado!
preciso cancelar porque fiquei doente
vou atrasar 10 minutos
ninguém em casa hoje, pode entregar amanhã?
ninguém merece esse calor kkk
vocês entendem de gatos persas?
não entendi o valor, é por mês?
é isso mesmo que eu queria, obrigada
já respondi o formulário
já falei que adoro vocês?
perguntei pro veterinário e ele disse que sim
posso ligar quantas vezes precisar?
parcelam em quantas vezes?
divide em 3 vezes?
quantas vezes por semana devo dar banho?
posso parcelar em duas vezes no cartão?
liguei duas vezes pra confirmar o horário, tá confirmado?
quero parar de receber a ração por assinatura
cancela minha assinatura por favor
como faço o cadastro?
meus dados estão corretos?
vc tem meu número?
qual o número de vocês?
quem me atendeu foi a Paula
tem produto para piolho? minha filha pegou
queimei a mão, tem pomada?
caí de bicicleta, vocês fazem raio-x?
bati o dente e quebrou
tive um acidente de carro e preciso de fisioterapia
o carro pegou fogo no filme, adorei kkkk
minha cachorra está no cio
meu gato morreu
meu cachorro está morrendo de medo dos fogos
vou morrer de calor
esse preço é uma facada kkk
que caro!!!
MUITO CARO!!!
SOCORRO QUE LINDO
é urgente, preciso de um banho hoje
urgente!!! tem vaga hoje?
quero um horário com urgência
preciso falar sobre um problema no meu pedido
deu um problema no pagamento
o site está com problema
meu pedido veio sem a nota
faltou um item no pedido
a embalagem veio amassada, como faço?
Tudo errado na minha vida hoje kkk
vocês têm ração para porquinho da índia?
quero o lixo orgânico coletado
tem lixeira?
a bandeja de lixo de 50L custa quanto?
robô aspirador tem?
vocês são grandes?
vocês são muito queridos
seus preços são ótimos
me passa a senha do wifi
esqueci a senha
clonaram meu whatsapp, esse é meu número novo
fui roubada, preciso de um celular novo
vende spray de pimenta?
tem câmera de segurança contra roubo?
qual a política de privacidade?
vocês seguem a LGPD?
onde fica a delegacia mais próxima?
é perto do fórum?
I want to buy a lawyer costume
my dog is angry, can you groom him?
where is the store?
where is my order?
is it wrong to feed him twice?
do you deliver to the courthouse?
"""

FRUSTRATED = """
o motoboy foi grosso comigo
fui mal atendida ontem
não gostei do atendimento
péssimo atendimento
o atendimento de vocês é horrível
pior loja que já comprei
quero fazer uma reclamação
vocês são uns incompetentes
bando de ladrões
seu robô burro
vocês são um lixo
que merda de atendimento
vai se foder
idiotas!
pqp, de novo isso
já te falei que não é isso
eu já perguntei isso
já disse isso três vezes
quantas vezes vou ter que repetir?
ja falei mil vezes
ninguém responde nessa empresa
liguei e ninguém atendeu
ngm me responde, ninguém me dá retorno
vcs não respondem
não foi isso que eu perguntei
vc não está entendendo
você não respondeu a minha pergunta, não leu nada
estou esperando há 3 horas
to aguardando desde ontem
faz uma semana que estou esperando
há dias tentando falar com vocês
isso é um absurdo
que absurdo
falta de respeito com o cliente
palhaçada
vocês estão me enrolando
me sinto enganada
cansei de vocês
cansado de esperar
perdi a paciência
estou muito irritado
to puta com vocês
estou decepcionada
nunca mais compro aí
que demora!
CADÊ MEU PEDIDO
cadê meu pedido???
RESPONDE!!!
o produto veio quebrado!!!
this is ridiculous
terrible service
I already asked that
nobody answers
you are useless
I'm so frustrated
ya pregunté eso
nadie me responde
pésimo servicio
vcs tão de brincadeira comigo
péssimo
muito ruim o atendimento de vcs
atendimento lixo
vcs são péssimos
n aguento mais esperar
ja to esperando faz 2h
1 hora esperando e nada
ja faz 3 dias e nada de resposta
alguem me responde pelo amor de deus
me devolve meu dinheiro
vou expor vocês
não resolvem nada
você só repete a mesma coisa
resposta inútil
isso não ajuda em nada
ninguém me ajuda
empresa ridícula
this is unacceptable
worst service ever
"""

SENSITIVE = {
    "legal": """
vou no procon
vou acionar o PROCON se não resolverem
vou processar vocês
eu vou te processar
meu advogado vai entrar em contato
vou entrar na justiça
vou procurar meus direitos no juizado
vou na delegacia amanhã
já fiz o boletim de ocorrência
isso fere o código de defesa do consumidor
vou abrir uma ação contra a empresa
quero danos morais
vou denunciar vocês
I will sue you
my lawyer will call you
voy a denunciarlos
vou acionar meus advogados
vou meter um processo em vocês
isso é crime
quero meus direitos
I'm going to sue
""",
    "emergency": """
não consigo respirar
ela não está conseguindo respirar, ela não consegue respirar
meu pai está tendo um infarto
acho que estou tendo um avc
minha mãe desmaiou
meu cachorro está convulsionando
meu filho engoliu uma pilha
meu gato comeu chumbinho
tirei o dente e não para de sangrar
chama uma ambulância
é uma emergência
I can't breathe
call an ambulance
no puedo respirar
meu bebê não está respirando
meu cachorro foi atropelado
meu gato foi envenenado
""",
    "self_harm": """
quero morrer
não quero mais viver
estou pensando em me matar
vou tirar minha vida
penso em suicídio
I want to die
quiero morir
quero me matar
vou me suicidar
minha vida não vale nada
""",
    "accident": """
sofri um acidente na escada
caí dentro da loja de vocês
me machuquei com o produto
o creme queimou meu rosto
o aparelho pegou fogo
tomei um banho e levei um choque
passei mal depois de comer aí
tive intoxicação alimentar
I got hurt at your store
""",
    "privacy": """
quero saber meus direitos pela LGPD
apaguem meus dados
quero excluir meus dados do sistema
vazaram meus dados
quais dados vocês têm sobre mim?
quem passou meu número pra vocês?
me tira dessa lista
não quero mais receber mensagens
parem de me mandar mensagem
delete my data
borren mis datos
vocês venderam meus dados
não me mandem mais mensagem
SAIR
""",
    "violence": """
isso foi racismo
o segurança foi racista comigo
fui discriminada na loja
fui assediada pelo atendente
ele me ameaçou
I was harassed by your employee
estou sendo ameaçado
a atendente foi preconceituosa
""",
    "fraud": """
caí em um golpe
isso é golpe
vocês são golpistas
clonaram meu cartão
não reconheço essa compra
cobrança indevida no meu cartão
vou contestar a compra
vou pedir chargeback
this is a scam
me cobraram uma compra que não fiz
compraram no meu cartão sem eu saber
""",
}


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("text", lines(EVERYDAY))
def test_an_everyday_message_stays_with_the_crew(text: str) -> None:
    assert concern(text) is None


@pytest.mark.parametrize("text", lines(FRUSTRATED))
def test_an_annoyed_customer_gets_a_person(text: str) -> None:
    found = concern(text)
    assert found
    assert found.reason is HandoverReason.FRUSTRATION


@pytest.mark.parametrize(
    ("topic", "text"),
    [(topic, line) for topic, texts in SENSITIVE.items() for line in lines(texts)],
)
def test_a_sensitive_topic_gets_a_person(topic: str, text: str) -> None:
    assert concern(text) == Concern(HandoverReason.SENSITIVE_TOPIC, topic)


def test_the_tables_are_long_enough_to_mean_something() -> None:
    must = len(lines(FRUSTRATED)) + sum(len(lines(texts)) for texts in SENSITIVE.values())
    assert len(lines(EVERYDAY)) >= 60
    assert must >= 60


@pytest.mark.parametrize("text", ["quero falar com uma pessoa", "me passa um atendente por favor"])
def test_a_wish_for_a_person_is_named_as_such(text: str) -> None:
    assert concern(text) == Concern(HandoverReason.ASKED_FOR_PERSON)


def test_the_gravest_concern_is_named() -> None:
    text = "que absurdo, quero falar com um atendente ou vou no procon"
    assert concern(text) == Concern(HandoverReason.SENSITIVE_TOPIC, "legal")


@pytest.mark.parametrize("text", ["o cliente vai no procon, qual é a política?", "que absurdo"])
def test_the_companys_own_people_are_not_annoyed_customers(text: str) -> None:
    assert concern(text)
    assert concern(text, internal=True) is None


def test_a_long_message_is_judged_quickly() -> None:
    start = time.perf_counter()
    concern("não perguntei duas vezes e um absurdo? " * 20_000)
    assert time.perf_counter() - start < 2


ASKED = "quanto custa a ração golden de filhotes?"


def asked(times: int, text: str = ASKED) -> tuple:
    pair = (turns.said("customer", text), turns.said("crew", "Qual produto você procura?"))
    return pair * times


def test_the_same_question_a_third_time_is_asked_in_vain() -> None:
    assert concern(ASKED, asked(1)) is None
    found = Concern(HandoverReason.FRUSTRATION, "repeated")
    assert concern(ASKED, asked(2)) == found
    assert concern("Quanto custa a racao Golden filhotes", asked(2)) == found


@pytest.mark.parametrize(
    "text", ["oi", "ok", "2", "sim", "quanto custa a ração golden de adultos?"]
)
def test_a_short_or_another_message_is_no_repetition(text: str) -> None:
    assert concern(text, asked(3, text if len(text) < 5 else ASKED)) is None


def test_the_same_question_on_another_day_is_no_repetition() -> None:
    assert concern(ASKED, asked(2), turns.NOW)
    assert concern(ASKED, asked(2), turns.NOW + timedelta(hours=12)) is None


def test_what_an_attendant_answered_was_not_answered_by_the_crew() -> None:
    pair = (turns.said("customer", ASKED), turns.said("attendant", "Já vejo."))
    assert concern(ASKED, pair * 3) is None
