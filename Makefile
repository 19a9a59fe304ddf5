# Build, run and test Dossier. `make` alone builds.
#
#   make build     release build of the command, .build/release/dossier
#   make run       the same, then a shell on the graphs in Graphs/
#   make test      all tests
#   make bench     micro-benchmarks, a table; FILTER=write chooses by the beginning of the name
#   make format    format all sources in place
#   make lint      complain about sources that are not formatted
#   make install   the command, its manual and its completions below PREFIX (/usr/local)

.PHONY: build run test bench format lint install uninstall readline

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
GRAPHS := $(sort $(wildcard Graphs/*.gram))
# The runtime of Swift is linked in: nothing of the toolchain is needed to run the command, and it
# starts in half the time.
RELEASE := swift build -c release --static-swift-stdlib

build: readline
	$(RELEASE) --product dossier

# A job of its own keeps Ctrl-C, which means something in the shell, from make, which would end.
run: build
	@if [ -t 0 ]; then set -m; fi; \
	  "$$($(RELEASE) --show-bin-path)/dossier" $(GRAPHS); exit $$?

test: readline
	swift test

bench: build
	cd Benchmarks && DOSSIER="$$(cd .. && $(RELEASE) --show-bin-path)/dossier" \
	  swift run -c release MicroBenchmarks $(FILTER)

format:
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

# The manual and the completions are made by the command from its own tables.
PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
INSTALLED = $(DESTDIR)$(PREFIX)/bin/dossier $(SHARE)/man/man1/dossier.1 \
  $(SHARE)/bash-completion/completions/dossier $(SHARE)/zsh/site-functions/_dossier \
  $(SHARE)/fish/vendor_completions.d/dossier.fish

install: build
	install -d $(dir $(INSTALLED))
	install -m 755 "$$($(RELEASE) --show-bin-path)/dossier" $(DESTDIR)$(PREFIX)/bin/dossier
	$(DESTDIR)$(PREFIX)/bin/dossier --generate-manual > $(SHARE)/man/man1/dossier.1
	$(DESTDIR)$(PREFIX)/bin/dossier --generate-completion-script bash \
	  > $(SHARE)/bash-completion/completions/dossier
	$(DESTDIR)$(PREFIX)/bin/dossier --generate-completion-script zsh \
	  > $(SHARE)/zsh/site-functions/_dossier
	$(DESTDIR)$(PREFIX)/bin/dossier --generate-completion-script fish \
	  > $(SHARE)/fish/vendor_completions.d/dossier.fish

uninstall:
	rm -f $(INSTALLED)

# GNU readline's headers, which the command's line editor needs.
readline:
	@[ -e /usr/include/readline/readline.h ] || { \
	  echo "installing libreadline-dev"; \
	  $(SUDO) apt-get install -y libreadline-dev >/dev/null 2>&1 || { \
	    $(SUDO) apt-get update && $(SUDO) apt-get install -y libreadline-dev; }; }
