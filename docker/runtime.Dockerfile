# The agent runtime as a stateless service (its state directory is a cache).
FROM python:3.12-slim

WORKDIR /opt/agent-runtime
COPY locks/runtime.lock locks/
# An index with CPU builds of torch saves several gigabytes: pass its address as TORCH_INDEX.
ARG TORCH_INDEX=
RUN pip install --no-cache-dir ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
        --constraint locks/runtime.lock "$(grep '^torch==' locks/runtime.lock)" \
    && pip install --no-cache-dir --no-deps --requirement locks/runtime.lock
COPY pyproject.toml README.md LICENSE ./
COPY agent_runtime agent_runtime
RUN pip install --no-cache-dir --no-deps . \
    && useradd --system --home-dir /var/lib/agent-runtime --create-home agent
COPY --chmod=755 docker/healthy.py /usr/local/bin/healthy

ENV HF_HUB_OFFLINE=1 PYTHONUNBUFFERED=1
USER agent
WORKDIR /var/lib/agent-runtime
EXPOSE 8090
CMD ["python", "-m", "agent_runtime", "serve"]
