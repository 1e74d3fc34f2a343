# One HQ service from its fast-jar:
#   ./mvnw -pl services/status-service -am package -DskipTests
#   docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=status-service -t pxemesh/status-service .
FROM eclipse-temurin:25-jre
ARG SERVICE
# Owned by the user who runs it, so that a fresh named volume is writable too.
RUN useradd --system --uid 10001 --home-dir /app pxemesh \
 && install -d -o pxemesh -g pxemesh /data /keys
WORKDIR /app
# What changes least comes first, so that a new build adds only a small layer.
COPY services/${SERVICE}/target/quarkus-app/lib/ lib/
COPY services/${SERVICE}/target/quarkus-app/quarkus/ quarkus/
COPY services/${SERVICE}/target/quarkus-app/quarkus-run.jar ./
COPY services/${SERVICE}/target/quarkus-app/app/ app/
USER pxemesh
VOLUME ["/data", "/keys"]
ENV QUARKUS_HTTP_HOST=0.0.0.0 PXEMESH_SIGNING_KEY_FILE=/keys/hq-signing-key.pem
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", \
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "quarkus-run.jar"]
