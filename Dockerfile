# The archive's image: packages are put together in the first stage, the second runs as nobody in
# particular on a file system that may be read-only. Data lies in /data.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.txt ./
RUN python3 -m venv /opt/archive \
 && /opt/archive/bin/pip install --require-hashes -r requirements.txt
COPY manage.py ./
COPY archive ./archive
COPY templates ./templates
COPY static ./static
COPY fixtures ./fixtures
COPY deploy ./deploy
# The key serves this one command and goes with the stage.
RUN SECRET_KEY=unused ARCHIVE_DATA=/tmp/data ARCHIVE_STATIC_ROOT=/app/collected \
    /opt/archive/bin/python manage.py collectstatic --no-input \
 && /opt/archive/bin/python -m compileall -q archive

FROM python:3.11-slim
# pg_dump and pg_restore, for backups of PostgreSQL; of the distribution's version, which follows its security fixes.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin archive \
 && mkdir /data /backups \
 && chown 10001 /data /backups
COPY --from=build /opt/archive /opt/archive
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/archive/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ARCHIVE_PRODUCTION=1 \
    ARCHIVE_DATA=/data \
    ARCHIVE_STATIC_ROOT=/app/collected \
    HOST=0.0.0.0 \
    PORT=8000
USER 10001
VOLUME /data /backups
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["python3", "deploy/healthcheck.py"]
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "archive.wsgi"]
