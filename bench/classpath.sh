# Sets $classpath: the built classes, the tests' and everything they need. To be sourced from the project's root.
if [ ! -f target/bench-classpath.txt ] || [ ! -d target/test-classes/org/ngffspark/bench ]; then
  mvn -q -B -DskipTests -Dskip.checks=true package
  mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench-classpath.txt
fi
classpath=target/test-classes:target/classes:$(cat target/bench-classpath.txt)
