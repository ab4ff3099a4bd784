"""A queue as busy as a real one, whose runner looks for dead jobs with every piece of news."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2

from demo.stage import Stage, StagedTenant

EVERY = 2.0
"""Seconds between two pieces of news. Without any, the runner looks once a minute."""


@contextmanager
def busy_queue(stage: Stage, staged: StagedTenant) -> Iterator[None]:
    """Tell the queue's runner of jobs that it does not know, until the block ends."""
    environ = stage.stack.env
    over = threading.Event()

    def tell() -> None:
        connection = psycopg2.connect(
            dbname=staged.database,
            host=environ["PGHOST"],
            port=environ["PGPORT"],
            user=environ["PGUSER"],
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not over.wait(EVERY):
                cursor.execute("SELECT pg_notify('queue_job', %s)", (str(uuid.uuid4()),))
        connection.close()

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
