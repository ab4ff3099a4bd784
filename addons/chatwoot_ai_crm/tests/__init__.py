from . import test_lead, test_request_sweep, test_request_taking, test_request_telling
