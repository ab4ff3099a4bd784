"""Stands in for the runtime's process in the supervisor's tests: says what it is, then waits.

Arguments: what to do at the end: ``wait`` (for a signal), ``stubborn`` (ignores SIGTERM) or an
exit status. Prints its limits, its blocked signals and the process id of a child of its own.
"""

import resource
import signal
import subprocess
import sys


def main(end: str) -> None:
    if end == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    sys.stdout.write("WARNING toy: a warning\nits second line\n")
    sys.stdout.write(f"INFO toy: cpu {soft == hard} blocked {len(blocked)} child {child.pid}\n")
    sys.stdout.flush()
    if end.isdecimal():
        sys.exit(int(end))
    while True:
        signal.pause()


if __name__ == "__main__":
    main(sys.argv[1])
