# syntax=docker/dockerfile:1
# Two stages: what is needed to build does not come along.

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/build && python -m venv /opt/newsgraph
COPY requirements/ requirements/
RUN /opt/newsgraph/bin/pip install --require-hashes -r requirements/app.txt \
 && /opt/build/bin/pip install --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY graph/ graph/
COPY api/ api/
COPY data/ data/
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/newsgraph/bin/pip install --no-deps --no-index /wheels/*.whl \
 && /opt/newsgraph/bin/newsgraph version

FROM python:3.12-slim
RUN useradd --system --uid 10001 --user-group --no-create-home newsgraph \
 && install --directory --owner newsgraph --group newsgraph --mode 0700 /data
COPY --from=build /opt/newsgraph /opt/newsgraph
ENV PATH=/opt/newsgraph/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    NEWSGRAPH_DATA=/data \
    NEWSGRAPH_HOST=0.0.0.0 \
    NEWSGRAPH_PORT=8000
USER newsgraph
WORKDIR /data
VOLUME /data
EXPOSE 8000
# 0.0.0.0 is not loopback: the server starts only if NEWSGRAPH_API_KEY is set.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"NEWSGRAPH_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["newsgraph"]
CMD ["serve"]
