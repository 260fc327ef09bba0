# Sourced by ./mvnw and ./tideline: find a JDK that builds Tideline, or say in one line what is missing.

# require_jdk NAME: exports JAVA_HOME; ends the script NAME with exit 2 where there is no JDK 17 to 21.
require_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        candidate=$JAVA_HOME/bin/java
        origin="JAVA_HOME is $JAVA_HOME"
        remedy="set it to a JDK 17 (17 to 21 will do)"
    else
        candidate=java
        origin="java on the PATH"
        remedy="install a JDK 17 (17 to 21 will do), or set JAVA_HOME to one"
    fi
    if ! command -v "$candidate" >/dev/null 2>&1; then
        if [ -n "${JAVA_HOME:-}" ]; then
            refuse_jdk "$1" "$origin, where there is no bin/java: $remedy"
        fi
        refuse_jdk "$1" "no Java found: $remedy"
    fi
    # One start of the JVM tells both its version and where it lives, whatever links lead to it.
    settings=$("$candidate" -XshowSettings:properties -version 2>&1 </dev/null) ||
        refuse_jdk "$1" "$origin, but that Java does not start: $remedy"
    jdk_home=$(printf '%s\n' "$settings" | sed -n 's/^ *java\.home = //p')
    jdk_version=$(printf '%s\n' "$settings" | sed -n 's/^ *java\.specification\.version = //p')
    case $jdk_version in
        17 | 18 | 19 | 20 | 21) ;;
        *) refuse_jdk "$1" "$origin, which is Java ${jdk_version:-of an unknown version}: $remedy" ;;
    esac
    if [ ! -x "$jdk_home/bin/javac" ]; then
        refuse_jdk "$1" "$origin, which has no compiler (a JRE, not a JDK): $remedy"
    fi
    JAVA_HOME=$jdk_home
    export JAVA_HOME
}

refuse_jdk() {
    printf '%s: %s\n' "$1" "$2" >&2
    exit 2
}
