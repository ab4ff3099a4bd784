import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";

// A graph writes two digits otherwise, and a question costs less than a cent.
registry
    .category("formatters")
    .add("chatwoot_cost", (value) => formatFloat(value, { digits: [16, 4] }));
