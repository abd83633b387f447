# Plinth. `make` lists the targets. A target that reaches AWS wants its stage named: make deploy STAGE=dev

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help missing named-stage tools build synth validate run env demo test test-unit integration-test diff deploy bench clean

MVN ?= mvn
MVN_FLAGS ?= -q -B -ntp
MVN_TEST_FLAGS ?= -B -ntp
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
CDK := infra/stacks/node_modules/.bin/cdk
# Offline and quiet: no version check, no telemetry, no notices, no banner about Node's age.
CDK_ENV := CDK_DISABLE_VERSION_CHECK=1 CDK_DISABLE_CLI_TELEMETRY=true JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
# A copy of what the build made, so that a build does not pull a running cloud's classes from under it.
HOST := .local/host
# SQLite is native code; from JDK 24 on, Java warns when such is loaded without leave.
LOCAL := $(JAVA) -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp $(HOST)/local-1.0.0.jar:$$(cat infra/local/target/classpath.txt) dev.plinth.local.Main

SOURCES := $(shell find pom.xml runtime infra/stacks infra/local \( -name target -o -name node_modules \) -prune -o -type f -print)
BUILT := infra/local/target/.built
# Stands for stage dev in cdk.out. Whoever synthesises another stage there makes it stale.
SYNTHESISED := .local/synthesised
MODULES := runtime/contract,runtime/functions,infra/stacks,infra/local

# The browser of the browser tests, which are left out without one.
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# The mailbox, the phone and the webhook of whoever runs the demo against AWS.
DEMO_EMAIL ?=
DEMO_PHONE ?=
DEMO_WEBHOOK ?=

# What `make run` passes on: make run ARGS="--api-port 8080 --data ~/plinth-data"
ARGS ?=

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

tools: ## Check the tools that Plinth needs, and say what to install
	@sh .ci/tools

$(CDK): infra/stacks/package-lock.json
	@$(MAKE) -s tools
	@echo "Installing the CDK CLI …" >&2
	@npm ci --prefix infra/stacks --silent --no-audit --no-fund >&2
	@touch $(CDK)

$(BUILT): $(SOURCES)
	@$(MAKE) -s tools
	@echo "Building …" >&2
	@$(MVN) $(MVN_FLAGS) -DskipTests package -pl $(MODULES) >&2
	@rm -rf $(HOST) && mkdir -p $(HOST)
	@cp -R infra/local/target/local-1.0.0.jar infra/local/target/native infra/local/target/function-runtime $(HOST)/
	@touch $(BUILT)

# Stands for an output that somebody removed: what depends on it is made anew.
missing:

build: $(BUILT) ## Build the jars, without tests

$(SYNTHESISED): $(BUILT) $(CDK) cdk.json $(or $(wildcard cdk.out/manifest.json),missing)
	@echo "Synthesising stage dev …" >&2
	@rm -rf cdk.out
	@$(CDK_ENV) $(CDK) synth --quiet --no-notices -c stage=dev >&2
	@$(LOCAL) prepare --assembly cdk.out
	@touch $(SYNTHESISED)

synth: $(BUILT) $(CDK) ## Write the templates to cdk.out (STAGE=dev)
	@rm -rf cdk.out
	@$(CDK_ENV) $(CDK) synth --quiet --no-notices -c stage=$(or $(STAGE),dev)

run: $(SYNTHESISED) ## Run the whole system on this laptop (ARGS="--help" lists the flags)
	@exec $(LOCAL) run --assembly cdk.out $(ARGS)

env: ## Print the running laptop cloud's outputs and credentials as shell variables
	@cat .local/env 2>/dev/null || { echo "Nothing runs here. Start it with: make run" >&2; exit 1; }

DEMO := integration-tests/target/.built
DEMO_SOURCES := $(shell find pom.xml runtime/contract integration-tests -name target -prune -o -type f -print)

$(DEMO): $(DEMO_SOURCES)
	@$(MAKE) -s tools
	@$(MVN) $(MVN_FLAGS) -DskipTests package -pl runtime/contract,integration-tests >&2
	@touch $(DEMO)

# Without a stage it is the running laptop cloud, whose outputs and credentials are in .local/env.
demo: $(DEMO) ## Work through every route as people do, here or on AWS: make demo, make demo STAGE=dev DEMO_EMAIL=… DEMO_PHONE=… DEMO_WEBHOOK=…
	@if [ -z "$(STAGE)" ]; then \
		test -f .local/env || { echo "Nothing runs here. Start it with: make run" >&2; exit 1; }; \
		. ./.local/env; \
	fi; \
	DEMO_EMAIL="$(DEMO_EMAIL)" DEMO_PHONE="$(DEMO_PHONE)" DEMO_WEBHOOK="$(DEMO_WEBHOOK)" exec $(JAVA) -cp integration-tests/target/integration-tests-1.0.0.jar:$$(cat integration-tests/target/classpath.txt) \
		dev.plinth.demo.Main $(or $(STAGE),dev)

test-unit: tools ## Run the tests of every module but the black-box ones
	@$(MVN) $(MVN_TEST_FLAGS) -T 2 verify -pl $(MODULES)

test: test-unit $(SYNTHESISED) ## Run every test; the black-box ones against a laptop cloud
	@test -n "$(CHROMIUM)" || echo "No Chromium here, so the browser tests are left out. To run them, install the package" \
		"chromium, or name a browser: make test CHROMIUM=/path/to/chrome" >&2
	@CHROMIUM="$(CHROMIUM)" $(MVN) $(MVN_TEST_FLAGS) verify -pl runtime/contract,integration-tests \
		-Dexcluded.tests=$(if $(CHROMIUM),,browser)

# Before the build, which takes longer than to read the message.
named-stage:
	@test -n "$(STAGE)" || { echo "Name the stage: make $(firstword $(MAKECMDGOALS)) STAGE=dev" >&2; exit 1; }

integration-test: named-stage tools ## Run the black-box tests against a deployed stage: make integration-test STAGE=dev
	@PLINTH_STAGE=$(STAGE) $(MVN) $(MVN_TEST_FLAGS) verify -pl runtime/contract,integration-tests -Dexcluded.tests="laptop|browser"

validate: $(BUILT) $(CDK) ## Synthesise every stage with the CDK's own validation, which takes longer
	@for stage in dev staging prod; do \
		echo "Validating stage $$stage …" >&2; \
		CDK_VALIDATION=true $(CDK_ENV) $(CDK) synth --quiet --no-notices -c stage=$$stage \
			--output infra/stacks/target/validated/$$stage || exit 1; \
	done

diff: named-stage $(BUILT) $(CDK) ## Compare a stage on AWS with the templates: make diff STAGE=dev
	@$(CDK_ENV) $(CDK) diff --no-notices -c stage=$(STAGE)

deploy: named-stage $(BUILT) $(CDK) ## Deploy a stage to AWS: make deploy STAGE=dev
	@$(CDK_ENV) $(CDK) deploy --all --no-notices -c stage=$(STAGE)

bench: $(SYNTHESISED) $(DEMO) ## Measure starts, latency, memory and sizes against a bare handler, fifty customers at once, and jobs a second
	@$(MVN) $(MVN_FLAGS) test-compile -pl infra/local
	@$(JAVA) -cp infra/local/target/test-classes:infra/local/target/local-1.0.0.jar:$$(cat infra/local/target/classpath.txt) \
		dev.plinth.local.bench.Bench .
	@$(MVN) $(MVN_FLAGS) test-compile -pl runtime/contract,integration-tests
	@for part in Load Pipeline; do \
		$(JAVA) -Dplinth.root=. -cp integration-tests/target/test-classes:$$(cat integration-tests/target/classpath.txt) \
			dev.plinth.it.$$part || exit 1; \
	done

clean: ## Remove everything that is built
	@rm -rf cdk.out .local infra/stacks/node_modules
	@rm -rf runtime/*/target infra/*/target integration-tests/target
