import { Component, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const UNDER_WAY = ["waiting", "running"];
const INTERVAL = 2000;

/** Shows that a document is being read, and the text as soon as it is there. */
export class DocumentProgress extends Component {
    static template = "business_rules2.DocumentProgress";
    static props = { ...standardWidgetProps };

    setup() {
        const timer = setInterval(() => this.refresh(), INTERVAL);
        onWillUnmount(() => clearInterval(timer));
    }

    get underWay() {
        return UNDER_WAY.includes(this.props.record.data.extraction_state);
    }

    async refresh() {
        const { record } = this.props;
        // Never under somebody's hands: loading would throw their typing away.
        if (this.underWay && record.resId && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("business_document_progress", {
    component: DocumentProgress,
    fieldDependencies: [{ name: "extraction_state", type: "selection" }],
});
