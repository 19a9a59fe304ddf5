# Build, run and test Dossier. `make` alone builds.
#
#   make build     release build of the command, .build/release/dossier
#   make run       the same, then a shell on the graphs in Graphs/
#   make test      all tests
#   make format    format all sources in place
#   make lint      complain about sources that are not formatted

.PHONY: build run test format lint readline

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
GRAPHS := $(sort $(wildcard Graphs/*.gram))
# The runtime of Swift is linked in: nothing of the toolchain is needed to run the command, and it
# starts in half the time.
RELEASE := swift build -c release --static-swift-stdlib

build: readline
	$(RELEASE) --product dossier

run: build
	"$$($(RELEASE) --show-bin-path)/dossier" $(GRAPHS)

test: readline
	swift test

format:
	swift format --in-place --recursive Package.swift Sources Tests

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# GNU readline's headers, which the command's line editor needs.
readline:
	@[ -e /usr/include/readline/readline.h ] || { \
	  echo "installing libreadline-dev"; \
	  $(SUDO) apt-get install -y libreadline-dev >/dev/null 2>&1 || { \
	    $(SUDO) apt-get update && $(SUDO) apt-get install -y libreadline-dev; }; }
