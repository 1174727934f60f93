# Sourced by the scripts at the top of the tree, in the tree's root: sets JAVA_HOME to a JDK 25, and defines maven.

is_jdk25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null; }

find_jdk() {
  on_path=$(command -v javac 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  echo "rollcall: no JDK 25 found. Install one (for example Temurin 25), or set JAVA_HOME to it." >&2
  exit 1
}

JAVA_HOME=$(find_jdk)
export JAVA_HOME
# Maven 3.8's own libraries use what newer JDKs warn of.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
maven() { mvn --batch-mode --no-transfer-progress "$@"; }
