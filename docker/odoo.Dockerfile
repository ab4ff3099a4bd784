# Odoo 19 with the suite's addons and queue_job; the runtime is a container of its own.
FROM odoo:19.0

USER root
COPY locks/odoo.lock locks/queue_job.txt /tmp/locks/
COPY pyproject.toml README.md LICENSE /tmp/package/
COPY agent_runtime /tmp/package/agent_runtime
# Odoo's own libraries are those of the image. Only what the addons need on top is installed, in
# versions of the lock; agent_runtime without extras is contracts, rules and client.
# --ignore-installed: pip cannot remove what Debian's packages brought (they have no RECORD); what is
# installed here comes first on Python's path.
RUN pip3 install --break-system-packages --no-cache-dir --ignore-installed \
        --constraint /tmp/locks/odoo.lock \
        beautifulsoup4 certifi mammoth openpyxl prometheus_client pydantic pymongo pypdf redis \
    && pip3 install --break-system-packages --no-cache-dir --no-deps /tmp/package \
    && pip3 install --no-cache-dir --no-deps --target /mnt/queue_job --requirement /tmp/locks/queue_job.txt \
    && rm -rf /tmp/package /tmp/locks
# Not in /mnt/extra-addons: the parent image declares it a volume, which would outlive an upgrade and
# go on serving the addons of the version before.
COPY addons /opt/suite/addons
COPY odoo.conf /etc/odoo/odoo.conf
USER odoo
