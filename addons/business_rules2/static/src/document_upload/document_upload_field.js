import { useRef } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** Files to choose or to drop, each becoming an attachment of the record. */
export class DocumentUploadField extends Many2ManyBinaryField {
    static template = "business_rules2.DocumentUploadField";

    setup() {
        super.setup();
        this.sendFiles = useFileUploader();
        this.area = useRef("area");
        useDropzone(this.area, (ev) => this.onDrop(ev));
    }

    async onDrop(ev) {
        const dropped = [...ev.dataTransfer.files];
        if (!dropped.length) {
            return;
        }
        const files = await this.sendFiles("/web/binary/upload_attachment", {
            csrf_token: odoo.csrf_token,
            ufile: dropped,
            model: this.props.record.resModel,
            id: this.props.record.resId || 0,
        });
        if (files) {
            await this.onFileUploaded(files);
        }
    }
}

registry.category("fields").add("business_document_upload", {
    ...many2ManyBinaryField,
    component: DocumentUploadField,
});
