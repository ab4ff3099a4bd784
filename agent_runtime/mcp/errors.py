"""What can go wrong between us and an MCP server."""


class McpError(Exception):
    """Base of this package's errors; messages carry no arguments and no results."""


class McpUnavailable(McpError):
    """The server cannot be started, was lost, is full, or did not answer in time."""


class NotTried(McpUnavailable):
    """The server was not asked: it has just failed, and is left alone for a moment."""


class ServerRefused(McpUnavailable):
    """The server is there and answered the call with an error of the protocol."""


class ToolFailed(McpError):
    """The server answered that the call failed."""


class CallRefused(McpError):
    """Our own policy refused the call; it never left the process."""
