# Sourced by the scripts beside it: runs one of the programs here on what is built, and builds it first where that is stale.
cd "$(dirname "$0")/.."
. scripts/java.sh

run() {
  program=$1
  shift
  export DDB_LOCAL_TELEMETRY=0
  built=bench/target/classpath
  if [ ! -f "$built" ] ||
    [ -n "$(find pom.xml functions web-static bench/pom.xml bench/src -name target -prune -o -type f -newer "$built" -print | head -n 1)" ]; then
    echo "Building Rollcall; this takes a minute or two the first time." >&2
    maven -q package -DskipTests -pl bench -am >&2
    touch "$built"
  fi
  exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "bench/target/classes:$(cat "$built")" "dev.rollcall.bench.$program" "$@"
}
