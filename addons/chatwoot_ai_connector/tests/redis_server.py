"""A real Redis for tests, on a socket of its own, that can be killed."""

import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry


class RedisServer:
    """Debian's ``redis-server`` in a folder of its own, without a port and without persistence."""

    def __init__(self):
        program = shutil.which("redis-server")
        if not program:
            raise AssertionError("redis-server is missing: run make setup, or install the package")
        self._folder = tempfile.TemporaryDirectory()
        self._socket = Path(self._folder.name) / "redis.sock"
        self._command = [program, "--port", "0", "--unixsocket", str(self._socket)]
        self._command += ["--save", "", "--appendonly", "no", "--dir", self._folder.name]
        self._process = None
        self.start()

    @property
    def url(self):
        return f"unix://{self._socket}"

    def start(self):
        """Start it, unless it runs, and wait until it answers."""
        if self._process and self._process.poll() is None:
            return
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        # Asked again until it listens, for ten seconds at the most.
        patient = Retry(ConstantBackoff(0.02), 500, (redis.ConnectionError,))
        self.redis = redis.Redis(unix_socket_path=str(self._socket), retry=patient)
        self.redis.ping()

    def kill(self):
        """As the kernel kills it."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def stop(self):
        self.redis.close()
        if self._process.poll() is None:
            self.kill()
        self._folder.cleanup()
