#!/bin/sh
# The CDK's command line starts the app by this file, in the repository's root. It runs the classes as they are, since
# Maven would add seconds to every command, and builds first when an output is missing or older than a source.
set -eu

classpath=infra/stacks/target/classpath.txt

# Tells whether an output needs a build. Takes the output, and the directories of its sources.
stale() {
    output=$1
    shift
    [ ! -f "$output" ] ||
        [ -n "$(find "$@" \( -name target -o -path '*/src/test' -o -name node_modules -o -name docs \) -prune \
            -o -type f -newer "$output" -print)" ]
}

if stale "$classpath" pom.xml runtime/contract infra/stacks ||
    stale "$(echo runtime/functions/target/functions-*-lambda.jar)" pom.xml runtime; then
    # Standard output is the CDK's.
    make -s build >&2
fi

# The CDK's own validation takes longer than synthesis; CDK_VALIDATION=true asks for it.
export CDK_VALIDATION="${CDK_VALIDATION:-false}"
# Node 20 is the oldest that Plinth supports. Its end is no news to a reader of every command's output.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -cp "infra/stacks/target/classes:$(cat "$classpath")" dev.plinth.stacks.PlinthApp
