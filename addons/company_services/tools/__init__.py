from . import address, content, crypto, hours, jobs, messages, runtime, secrets, settings
