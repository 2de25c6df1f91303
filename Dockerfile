# The auditor in an image: locked packages, no compiler, no package installer, and a user without rights.
#   docker build -t auditor .
#   docker run --rm -v "$PWD:/configs:ro" auditor audit .
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python3 -m venv /opt/auditor && \
    /opt/auditor/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/auditor/bin/pip install --quiet --no-cache-dir --no-build-isolation --no-deps . && \
    /opt/auditor/bin/pip uninstall --quiet --yes hatchling pip

FROM python:3.13-slim
COPY --from=build /opt/auditor /opt/auditor
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent auditor && \
    install --directory --owner auditor /configs
ENV PATH=/opt/auditor/bin:$PATH \
    XDG_CACHE_HOME=/tmp/cache \
    PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /configs
ENTRYPOINT ["auditor"]
CMD ["--help"]
