import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useExternalListener, useRef, useState } from "@odoo/owl";

const PAUSE_MILLISECONDS = 500;

/** Read everything a preview may depend on, so that the observer is told when it changes. */
function touch(record) {
    for (const value of Object.values(record.data)) {
        for (const line of value?.records || []) {
            Object.values(line.data);
        }
    }
}

/** A short chat with the assistant as it would speak with the settings of the open form. */
export class VoicePreview extends Component {
    static template = "company_services.VoicePreview";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.latest = 0;
        this.state = useState({
            question: "",
            customerName: "",
            messages: null,
            problem: "",
            waiting: true,
        });
        this.refresh = useDebounced(() => this.ask(), PAUSE_MILLISECONDS);
        useRecordObserver((record) => {
            touch(record);
            this.refresh();
        });
        // Long texts reach the record only when they are left; the preview follows the typing.
        useExternalListener(document, "input", ({ target }) => {
            const form = this.root.el?.closest(".o_form_renderer");
            if (target.matches("textarea") && form?.contains(target)) {
                this.refresh();
            }
        });
    }

    async ask() {
        const number = ++this.latest;
        this.state.waiting = true;
        const { record } = this.props;
        const values = await record.getChanges();
        const { problem = "", ...messages } = await this.preview(record.resId, values);
        if (number === this.latest) {
            Object.assign(this.state, {
                problem,
                messages: problem ? null : messages,
                waiting: false,
            });
        }
    }

    /** The messages, or what is wrong. A lost connection is told here, not by a dialog at each pause. */
    async preview(tenantId, values) {
        try {
            return await this.orm.silent.call(
                "ai.tenant",
                "preview_voice",
                [tenantId, values],
                { question: this.state.question, customer_name: this.state.customerName }
            );
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            return { problem: _t("Odoo cannot be reached. The preview comes back with it.") };
        }
    }
}

registry.category("view_widgets").add("ai_voice_preview", { component: VoicePreview });
