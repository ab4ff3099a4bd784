"""OpenTelemetry traces, where the operator wants them: stages, ids and times, never a text.

CrewAI's own telemetry stays switched off (:mod:`.crews.environment`): this has a provider of its
own, made before that and known to nobody else.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import __version__
from .settings import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider

    from .settings import Settings

Value = str | int | float | bool
SERVICE = "agent-runtime"

_provider: TracerProvider | None = None


def configure(settings: Settings) -> None:
    """Send traces to the address of the settings, if there is one.

    Raises :class:`~.settings.SettingsError` without the packages of the extra ``tracing``.
    """
    if settings.traces_url:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise SettingsError(
                "OTEL_EXPORTER_OTLP_ENDPOINT needs the packages of agent_runtime[tracing]"
            ) from error
        # It reads its address and its other settings from the environment by itself.
        trace_to(BatchSpanProcessor(OTLPSpanExporter()))


def trace_to(processor: SpanProcessor) -> None:
    """Hand every span from now on to ``processor``."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    global _provider
    resource = Resource.create({"service.name": SERVICE, "service.version": __version__})
    _provider = TracerProvider(resource=resource)
    _provider.add_span_processor(processor)


def close(seconds: float = 2.0) -> None:
    """Send what is left, for at most ``seconds``, and trace no more.

    A collector that is away would otherwise be tried for half a minute, which no stop has.
    """
    global _provider
    provider, _provider = _provider, None
    if provider is not None:
        leaving = threading.Thread(target=provider.shutdown, name="traces", daemon=True)
        leaving.start()
        leaving.join(seconds)


@contextmanager
def span(name: str, **attributes: Value | None) -> Iterator[dict[str, Value | None]]:
    """A span round what happens inside; nothing where no traces are wanted.

    ``attributes`` are ids, numbers and names from closed lists; more of them may be put into the
    dictionary that is given. Of an exception only the class is told: its words may be anybody's.
    """
    known = dict(attributes)
    if _provider is None:
        yield known
        return
    from opentelemetry.trace import Status, StatusCode

    tracer = _provider.get_tracer(SERVICE, __version__)
    with tracer.start_as_current_span(
        name, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield known
        except BaseException as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        finally:
            current.set_attributes({k: v for k, v in known.items() if v is not None})
