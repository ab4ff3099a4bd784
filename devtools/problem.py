"""Failures a person can do something about."""

import re


class Problem(Exception):
    """Something is missing or wrong; ``remedy`` says what the reader can do."""

    def __init__(self, what: str, remedy: str):
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self):
        return f"{self.what}\n  What to do: {self.remedy}"


# (pattern in a tool's output, what it means, what helps); first match wins.
_KNOWN = [
    (
        r"No space left on device",
        "the disk is full",
        "free some gigabytes, or point SUITE_CACHE and SUITE_STATE at another disk",
    ),
    (
        r"Temporary failure (in name resolution|resolving)|Name or service not known|"
        r"Network is unreachable|Could not connect to|Connection timed out|"
        r"ConnectTimeoutError|NewConnectionError|ENOTFOUND|ECONNREFUSED|EAI_AGAIN",
        "a package source cannot be reached",
        "check the network and the proxy or mirror settings of apt, pip and npm, then run again: "
        "what is already there is kept",
    ),
    (
        r"Could not get lock|is held by process",
        "another package installation is running",
        "wait until it has ended, then run again",
    ),
    (
        r"Unable to locate package|has no installation candidate|Couldn't find package",
        "the system's package sources do not offer a package",
        "run apt-get update as root and check that the sources name Debian's main archive",
    ),
    (
        r"No matching distribution found|Could not find a version that satisfies",
        "the Python package index does not offer a locked version",
        "use CPython 3.11 or 3.12 on Linux x86-64, or renew the locks with make locks",
    ),
    (
        r"NO_PUBKEY|is not signed|EXPKEYSIG",
        "the archive's signature could not be verified",
        "install or renew the debian-archive-keyring package",
    ),
    (
        r"Permission denied|EACCES",
        "a directory may not be written",
        "run as a user who owns SUITE_CACHE and SUITE_STATE, or set them to directories you own",
    ),
]


def explain(output: str) -> tuple[str, str] | None:
    """What a failed tool's ``output`` means and what helps, if it is a known failure."""
    for pattern, what, remedy in _KNOWN:
        if re.search(pattern, output):
            return what, remedy
    return None
