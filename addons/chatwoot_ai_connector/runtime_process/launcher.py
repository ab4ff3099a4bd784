"""Becomes the runtime: undoes what a child of an Odoo worker inherits, then executes it.

Run as a script (``python -I launcher.py PARENT_PID COMMAND…``) in the new process, so that no
Python code has to run between fork and exec of a process that has threads. Standard library
only. What is undone:

- the limits on memory and CPU time that Odoo's workers carry (soft limits; the hard ones, set
  by whoever started Odoo, stay): a model library cannot even start its threads under them;
- the signals that Odoo's worker threads block;
- outliving its parent: the kernel kills it when the supervisor is gone, however it went.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
LIMITS = (
    resource.RLIMIT_AS,
    resource.RLIMIT_CPU,
    resource.RLIMIT_DATA,
    resource.RLIMIT_STACK,
    resource.RLIMIT_NOFILE,
)


def reset_limits() -> None:
    """Raise every soft limit to its hard one; a stack without limit is left as it is."""
    for limit in LIMITS:
        _soft, hard = resource.getrlimit(limit)
        if limit == resource.RLIMIT_STACK and hard == resource.RLIM_INFINITY:
            # An unlimited stack makes glibc give every thread 2 MB less, or far too much.
            continue
        resource.setrlimit(limit, (hard, hard))


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; leave at once if it has."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:
        sys.exit(0)


def restore_signals() -> None:
    """Default action for every signal that was ignored, and none blocked."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())


def main(arguments: list[str]) -> None:
    """Prepare, then replace this process by the command."""
    parent, *command = arguments
    reset_limits()
    restore_signals()
    die_with(int(parent))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
