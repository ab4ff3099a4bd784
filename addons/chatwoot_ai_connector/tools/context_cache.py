"""An optional Redis that keeps what conversations follow on; away, it changes nothing but speed.

Its address is the server's setting ``redis_url`` (environment ``REDIS_URL``), so that a tenant
cannot name another. Keys begin with the account's number, ``{account_id}:``, as everywhere. A key
names the very state of the rows its value was made of, so an old value is never found again
instead of being replaced; it goes by its age. Texts of customers stay no longer than that.
"""

from __future__ import annotations

import logging
from functools import lru_cache

import redis
from odoo.addons.company_services.tools.settings import setting
from redis.backoff import NoBackoff
from redis.retry import Retry

from .breaker import Breaker

_logger = logging.getLogger(__name__)
TIMEOUT = 0.2
"""Seconds to connect, and for an answer: the database would have answered by then."""
KEEP = 900
"""Seconds a value is kept."""


class ContextCache:
    """Redis at ``url``, left in peace for some seconds after it failed. Never raises."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )
        self._breaker = Breaker()

    def get(self, key: str) -> bytes | None:
        """The value kept under ``key``; ``None`` when there is none or Redis is away."""
        return self._ask(lambda: self._redis.get(key))

    def put(self, key: str, value: bytes) -> None:
        """Keep a value for a while; lost when Redis is away."""
        self._ask(lambda: self._redis.set(key, value, ex=KEEP))

    def _ask(self, question):
        if self._breaker.wait():
            return None
        try:
            answer = question()
        except redis.RedisError as error:
            self._breaker.hung()
            _logger.info("Redis is away, the database is asked: %s", type(error).__name__)
            return None
        self._breaker.answered()
        return answer


def cache() -> ContextCache | None:
    """The cache of this server, ``None`` where none is configured."""
    url = setting("redis_url")
    return _cache_at(url) if url else None


@lru_cache(maxsize=4)
def _cache_at(url: str) -> ContextCache | None:
    """One a process and address, with the connections it keeps."""
    try:
        return ContextCache(url)
    except ValueError:
        # Said once, and without the address: it may hold a password.
        _logger.error("The setting redis_url (REDIS_URL) is no address of a Redis; none is used.")
        return None
