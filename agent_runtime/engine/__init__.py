"""One turn from request to result: gather evidence, run the crew, check the answer."""
