# The service in a container: `docker build -t oncall .`, then
# `docker run --env-file oncall.env -p 8000:8000 -v oncall-data:/var/lib/oncall oncall`.
# Other commands take the place of the last line: `docker run … oncall migrate`.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    ONCALL_DATA_DIR=/var/lib/oncall

RUN useradd --system --uid 10001 --no-create-home --home-dir /var/lib/oncall oncall \
    && install -d -o oncall -g oncall -m 0700 /var/lib/oncall

WORKDIR /src
COPY constraints.txt pyproject.toml README.md ./
COPY alembic alembic
COPY rota rota
COPY oncall oncall
RUN pip install -q -c constraints.txt . && rm -rf /src/*

WORKDIR /var/lib/oncall
USER oncall
VOLUME /var/lib/oncall
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["oncall"]
CMD ["serve", "--host", "0.0.0.0"]
