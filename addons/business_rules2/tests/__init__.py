from . import (
    test_business_rule,
    test_business_temporary_rule,
    test_document_sync,
    test_extract_readers,
    test_extract_web,
    test_runtime_rules,
    test_support_document,
    test_tenancy,
)
