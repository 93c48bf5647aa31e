# SPDX-License-Identifier: Apache-2.0
# The installation as an image: mvn -Pdist package, then docker build -t ngff-spark .
FROM eclipse-temurin:17-jre
ARG VERSION=0.1.0
ADD target/ngff-spark-${VERSION}.tar.gz /opt/
RUN ln -s /opt/ngff-spark-${VERSION} /opt/ngff-spark && ln -s /opt/ngff-spark/ngff-spark /usr/local/bin/ngff-spark
USER 1000
ENTRYPOINT ["ngff-spark"]
