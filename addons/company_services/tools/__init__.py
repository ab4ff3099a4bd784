from . import (
    address,
    contact_value,
    content,
    crypto,
    hours,
    jobs,
    messages,
    phone,
    runtime,
    secrets,
    settings,
)
