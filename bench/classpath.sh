# Sets $classpath (the built classes, the tests' and everything they need) and $opens (the packages that Spark
# needs opened on Java 17). To be sourced from the project's root.
if [ ! -f target/bench-classpath.txt ] || [ ! -d target/test-classes/org/ngffspark/bench ]; then
  mvn -q -B -DskipTests -Dskip.checks=true package
  mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench-classpath.txt
fi
classpath=target/test-classes:target/classes:$(cat target/bench-classpath.txt)
opens=(-XX:+IgnoreUnrecognizedVMOptions)
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
