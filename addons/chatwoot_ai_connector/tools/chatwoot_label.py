"""What Chatwoot takes for the title of a label."""

import re

LABEL = re.compile(r"[^\W_][\w-]*")
