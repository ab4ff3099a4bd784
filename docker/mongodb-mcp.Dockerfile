# MongoDB's official MCP server over HTTP, read-only, for callers who know its key.
FROM node:22-slim

WORKDIR /opt/mongodb-mcp
COPY locks/node/package.json locks/node/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm cache clean --force
# The server refuses any address but loopback unless told so, in exactly these letters; who may come
# is decided by the compose network and by the key.
ENV MDB_MCP_TRANSPORT=http \
    MDB_MCP_HTTP_HOST=0.0.0.0 \
    MDB_MCP_DANGEROUS_HOST_BINDING=true \
    MDB_MCP_HTTP_PORT=3000 \
    MDB_MCP_HTTP_RESPONSE_TYPE=json \
    MDB_MCP_MONITORING_SERVER_HOST=127.0.0.1 \
    MDB_MCP_MONITORING_SERVER_PORT=3001 \
    MDB_MCP_READ_ONLY=true \
    MDB_MCP_TELEMETRY=disabled \
    MDB_MCP_LOGGERS=stderr \
    MDB_MCP_DISABLED_TOOLS=connect,atlas,atlas-local,assistant,export,mongodb-logs,drop-database,rename-collection
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=6s --retries=10 --start-period=30s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:3001/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node_modules/.bin/mongodb-mcp-server"]
