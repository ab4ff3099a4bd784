from . import (
    business_sector_wizard,
    business_sector_wizard_line,
    business_support_document_passage,
    business_support_document_preview,
    business_support_document_upload,
)
