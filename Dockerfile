# The service in one process: `serve` unless told otherwise, `migrate` and `clock` beside it (docs/operate.md).

ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /build
COPY tools.lock requirements-pdf.lock ./
RUN python -m venv tools \
 && tools/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement tools.lock \
 && python -m venv --without-pip /opt/charter \
 && tools/bin/uv pip install --no-cache --python /opt/charter/bin/python --compile-bytecode \
      --require-hashes --requirement requirements-pdf.lock
COPY pyproject.toml README.md ./
COPY api api
COPY models models
COPY policies policies
COPY service service
COPY workflows workflows
# Built by what the lock pins, and by nothing that is fetched for the occasion.
RUN tools/bin/python -m hatchling build --target wheel \
 && tools/bin/uv pip install --no-cache --python /opt/charter/bin/python --compile-bytecode --no-deps dist/*.whl

FROM ${BASE}
LABEL org.opencontainers.image.title="Practice Charter" \
      org.opencontainers.image.version="0.1.0"
# Whoever breaks in finds nothing to install more with.
RUN python -m pip uninstall --yes --quiet --root-user-action ignore pip setuptools wheel \
 && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/charter
COPY --from=build /opt/charter /opt/charter
ENV PATH=/opt/charter/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CHARTER_MODE=production \
    CHARTER_HOST=0.0.0.0 \
    CHARTER_PORT=8000 \
    CHARTER_DATA_FOLDER=/var/lib/charter
WORKDIR /var/lib/charter
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"CHARTER_PORT\"]}/livez', timeout=2)"]
ENTRYPOINT ["charter"]
CMD ["serve"]
