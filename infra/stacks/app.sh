#!/bin/sh
# The CDK's command line starts the app by this file, in the repository's root. It runs the classes as they are, since
# Maven would add seconds to every command, and builds when they are missing or older than a source.
set -eu

target=infra/stacks/target
if [ ! -f "$target/classpath.txt" ] ||
    [ -n "$(find pom.xml runtime/contract infra/stacks/pom.xml infra/stacks/src/main \
        -path '*/target' -prune -o -type f -newer "$target/classpath.txt" -print)" ]; then
    # Standard output is the CDK's.
    make -s build >&2
fi

# The built-in validation takes longer than synthesis; CDK_VALIDATION=true asks for it.
export CDK_VALIDATION="${CDK_VALIDATION:-false}"
# Node 20 is the oldest that Plinth supports. Its end is no news to a reader of every command's output.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -cp "$target/classes:$(cat "$target/classpath.txt")" dev.plinth.stacks.PlinthApp
