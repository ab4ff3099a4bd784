import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import {
    Component,
    markup,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

const LOOK_EVERY_MILLISECONDS = 700;
/** What the server says of a conversation that it has cleared away, or of another user's. */
const GONE = ["odoo.exceptions.MissingError", "odoo.exceptions.AccessError"];

/** A conversation with the assistant that no customer sees. */
export class TestChat extends Component {
    static template = "chatwoot_ai_connector.TestChat";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.input = useAutofocus({ refName: "question" });
        this.end = useRef("end");
        this.state = useState({
            chat: null,
            company: "",
            hint: "",
            problem: "",
            channels: [],
            channel: "whatsapp",
            customerName: "",
            asIfOpen: false,
            question: "",
            exchanges: [],
        });
        this.number = 0;
        onWillStart(() => this.begin());
        onWillUnmount(() => clearTimeout(this.timer));
        useEffect(
            () => {
                this.end.el?.scrollIntoView({ block: "end", behavior: "smooth" });
            },
            () => [this.state.exchanges.length, this.waiting]
        );
    }

    /** Whether an answer is being waited for: one question at a time. */
    get waiting() {
        return this.state.exchanges.some((exchange) => exchange.state === "running");
    }

    get invitation() {
        return _t("Write as a customer of %s would.", this.state.company);
    }

    get display() {
        return { controlPanel: {} };
    }

    async begin() {
        clearTimeout(this.timer);
        const begun = await this.orm.call("chatwoot.test.chat", "begin", []);
        Object.assign(this.state, {
            chat: begun.chat || null,
            company: begun.company || "",
            hint: begun.hint || "",
            problem: begun.problem || "",
            channels: begun.channels || [],
            exchanges: [],
        });
        this.input.el?.focus();
    }

    onKeydown(event) {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.ask(this.state.question);
        }
    }

    async ask(text) {
        const question = text.trim();
        if (!question || this.waiting || !this.state.chat) {
            return;
        }
        this.state.question = "";
        this.state.exchanges.push({ key: ++this.number, question, state: "running", open: false });
        const exchange = this.state.exchanges.at(-1);
        const { channel, customerName, asIfOpen } = this.state;
        const asked = await this.spoken("chatwoot.test.chat", "ask", this.state.chat, {
            question,
            channel,
            customer_name: customerName,
            as_if_open: asIfOpen,
        });
        if (asked.problem) {
            Object.assign(exchange, { state: "failed", problem: asked.problem });
        } else {
            await this.look(exchange, asked.exchange);
        }
    }

    /** Look for the answer until it is there; nothing goes on once the screen is left. */
    async look(exchange, id) {
        const seen = await this.spoken("chatwoot.test.exchange", "look", id, {});
        if (!this.state.exchanges.includes(exchange)) {
            return;
        }
        if (seen.problem) {
            Object.assign(exchange, { state: "failed", problem: seen.problem });
        } else if (seen.state === "running") {
            this.timer = setTimeout(() => this.look(exchange, id), LOOK_EVERY_MILLISECONDS);
        } else {
            // The server escapes what it makes HTML of.
            seen.parts = seen.parts.map((part) => markup(part));
            if (seen.handover) {
                seen.handover.note = markup(seen.handover.note);
            }
            for (const table of ["entities", "ranking", "factors"]) {
                if (seen.why?.[table]) {
                    seen.why[table] = markup(seen.why[table]);
                }
            }
            Object.assign(exchange, { state: "done", answer: seen });
        }
    }

    /** The answer of a method, or what is wrong, which is told in the conversation. */
    async spoken(model, method, id, options) {
        try {
            return await this.orm.silent.call(model, method, [[id]], options);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return { problem: _t("Odoo cannot be reached. Ask again when it is back.") };
            }
            if (!(error instanceof RPCError)) {
                throw error;
            }
            if (GONE.includes(error.exceptionName)) {
                return { problem: _t("This conversation has ended. Begin a new one.") };
            }
            return { problem: _t("Odoo met an error. Its log tells which; ask again.") };
        }
    }

    /** The line under an answer: who took it and how long that took. */
    summary(why) {
        return [why.crew, why.role, _t("%s s", why.seconds)].filter(Boolean).join(" · ");
    }

    /** What the language model was asked, and what it cost where a price is set. */
    used({ model, calls, tokens, cost }) {
        const used = _t("%(model)s: calls: %(calls)s, tokens: %(tokens)s", { model, calls, tokens });
        return cost ? _t("%(used)s, cost %(cost)s", { used, cost }) : used;
    }

    openSource(source) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: source.model,
            res_id: source.id,
            views: [[false, "form"]],
            target: "new",
        });
    }
}

registry.category("actions").add("chatwoot_ai_connector.test_chat", TestChat);
