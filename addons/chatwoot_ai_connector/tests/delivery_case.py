"""What the tests of dispatch and delivery share: two tenants, a Chatwoot and a runtime double."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo import fields
from odoo.addons.company_services.tests.common import CompanyServicesCase
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.tools import SQL

from agent_runtime.contracts import (
    Decision,
    Factor,
    Health,
    Source,
    TurnAccepted,
    TurnRequest,
    TurnResult,
    Usage,
    dump_json,
)
from demo.chatwoot_double import ChatwootDouble

from ..models import turn_dispatch

TOKEN = "token-of-the-runtime-double"


class RuntimeDouble:
    """The turn endpoints of a runtime over real HTTP; it never answers a turn by itself.

    ``failures`` holds statuses to answer with instead, one request each. ``before_answer`` is
    called with each request before it is acknowledged, ``before_failure`` before it is not.
    """

    def __init__(self):
        self.boot_id = "first life"
        self.requests = []
        self.failures = []
        self.before_answer = self.before_failure = lambda request: None
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                health = Health(status="ok", boot_id=double.boot_id, version="0")
                self.reply(200, dump_json(health))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers["Authorization"] != f"Bearer {TOKEN}":
                    self.reply(401, json.dumps({"error": "unauthorised"}))
                elif double.failures:
                    double.before_failure(TurnRequest.model_validate_json(body))
                    self.reply(double.failures.pop(0), json.dumps({"error": "as wanted"}))
                else:
                    self.reply(202, double.accept(TurnRequest.model_validate_json(body)))

            def reply(self, status, text):
                content = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                """Keep the test's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def accept(self, request):
        self.requests.append(request)
        self.before_answer(request)
        return dump_json(
            TurnAccepted(turn_id=request.turn_id, attempt=request.attempt, boot_id=self.boot_id)
        )

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


class DeliveryCase(CompanyServicesCase):
    """Accounts 7 and 8 with a bot each; a customer of 7 has written on WhatsApp."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chatwoot = ChatwootDouble().start()
        cls.addClassCleanup(cls.chatwoot.stop)
        cls.runtime = RuntimeDouble()
        cls.addClassCleanup(cls.runtime.stop)
        cls.set_environment(AGENT_RUNTIME_URL=cls.runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)
        cls.account_7 = cls._make_account(cls.tenant_7)
        cls.account_8 = cls._make_account(cls.tenant_8)

    @classmethod
    def _make_account(cls, tenant):
        number = tenant.account_id
        cls.chatwoot.add_account(number, tenant.company_id.name)
        bot = cls.chatwoot.add_bot(number, "Bot", outgoing_url="")
        cls.chatwoot.add_inbox(number, "WhatsApp", "Channel::Whatsapp", bot)
        return cls.env["chatwoot.account"].create(
            {
                "name": f"Account {number}",
                "company_id": tenant.company_id.id,
                "tenant_id": tenant.id,
                "base_url": cls.chatwoot.url,
                "bot_token": bot.access_token,
                "webhook_secret": bot.secret,
            }
        )

    def setUp(self):
        super().setUp()
        if not type(self)._registry_patched:
            self.registry_enter_test_mode()
        self.runtime.requests.clear()
        self.runtime.failures.clear()
        self.runtime.boot_id = "first life"
        self.runtime.before_answer = self.runtime.before_failure = lambda request: None
        self.remote, self.turn = self.ask("Qual o horário?")
        self.bot = self.remote.inbox.bot

    def ask(self, text, account=None, channel="whatsapp"):
        """A customer writes: the conversation in the double, and its prepared turn in Odoo."""
        account = account or self.account_7
        number = account.account_id
        contact = self.chatwoot.add_contact(number, "Ana")
        inbox = next(iter(self.chatwoot.accounts[number].inboxes.values()))
        message = self.chatwoot.customer_says(number, inbox, contact, text)
        conversation = self.env["chatwoot.conversation"].create(
            {
                "chatwoot_account_id": account.id,
                "inbox_id": self.env["chatwoot.inbox"]
                ._found(account, inbox.id, inbox.name, channel)
                .id,
                "channel": channel,
                "display_id": message.conversation.display_id,
                "contact_name": "Ana",
                "status": "pending",
            }
        )
        return message.conversation, self._turn(conversation, message)

    def _turn(self, conversation, message):
        record = self.env["chatwoot.message"].create(
            {
                "conversation_id": conversation.id,
                "message_id": message.id,
                "author": "customer",
                "content": message.content,
                "sent_at": fields.Datetime.now(),
            }
        )
        return self.env["chatwoot.turn"].create(
            {
                "conversation_id": conversation.id,
                "channel": conversation.channel,
                "message_ids": [fields.Command.set(record.ids)],
                "moment": fields.Datetime.now(),
            }
        )

    # --- doing ---

    def run_job(self, turn, method):
        """Run a job function as a job does; returns the retry it asks for, if any."""
        self.env.flush_all()
        try:
            getattr(turn, method)()
        except RetryableJobError as retry:
            return retry
        finally:
            self.env.invalidate_all()
        return None

    def dispatch(self, turn=None):
        """Hand the turn over as if the runtime had never hung."""
        turn_dispatch.BREAKER.answered()
        return self.run_job(turn or self.turn, "_job_dispatch")

    def deliver(self, turn=None):
        """Run the delivery as if its time had come: a pause of the account is over."""
        turn = turn or self.turn
        self.end_pause(turn.chatwoot_account_id)
        return self.run_job(turn, "_job_deliver")

    def end_pause(self, account):
        if account.paused_until:
            account.paused_until = fields.Datetime.now()

    def answer(self, turn=None, **values):
        """The runtime's result for the turn comes in; ``values`` are fields of ``TurnResult``."""
        turn = turn or self.turn
        result = self.result(turn, **values)
        self.env["chatwoot.turn"]._apply_result(json.loads(dump_json(result)))
        self.env.flush_all()
        return result

    def result(self, turn, **values):
        return TurnResult(
            **{
                "turn_id": f"{self.env.cr.dbname}:{turn.id}",
                "attempt": turn.attempt,
                "account_id": turn.chatwoot_account_id.account_id,
                "boot_id": self.runtime.boot_id,
                "parts": ("Abrimos às nove.",),
                "decision": Decision(
                    crew="whatsapp",
                    intents=("opening_hours",),
                    reason="because",
                    factors=(
                        Factor(group="content", name="hours", detail="d", weight=0.4, score=1),
                    ),
                ),
                "sources": (
                    Source(kind="company", reference="config", title="Hours", via="mcp-mongodb"),
                ),
                "usage": Usage(model="grounded", calls=1),
                "timings_ms": {"decide": 1.0},
                **values,
            }
        )

    def answered(self, turn=None, **values):
        """Bring a turn so far that its answer waits to be sent."""
        self.dispatch(turn)
        self.answer(turn, **values)
        self.assertEqual((turn or self.turn).state, "answered")

    def later(self, record, field, seconds):
        """Make a stored time so many seconds older."""
        value = record[field] - timedelta(seconds=seconds)
        self.env.flush_all()
        table, column = SQL.identifier(record._table), SQL.identifier(field)
        self.env.cr.execute(
            SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, value, record.id)
        )
        record.invalidate_recordset()

    # --- looking ---

    def said(self, remote=None):
        """What the customer has read of the bot."""
        return [message.content for message in self.chatwoot.answers(remote or self.remote)]

    def notes(self, remote=None):
        return [message.content for message in self.chatwoot.notes(remote or self.remote)]

    def jobs(self, method, turn=None):
        """Pending jobs of the turn with this method."""
        self.env.flush_all()
        jobs = self.env["queue.job"].search(
            [("model_name", "=", "chatwoot.turn"), ("method_name", "=", method)]
        )
        wanted = turn or self.turn
        return jobs.filtered(lambda job: job.state == "pending" and job.records == wanted)

    def no_jobs(self):
        self.env["queue.job"].search([("state", "=", "pending")]).unlink()
