# Every target is a thin door to devtools (standard library only, no set-up needed).
PYTHON ?= python3
DEVTOOLS = $(PYTHON) -m devtools

.PHONY: demo test test-long run lint bench env setup template locks clean-cache help

help:
	@echo "make demo    set everything up and play the demonstration (ONCE=1: stop afterwards)"
	@echo "make test    run all tests"
	@echo "make test-long  play events in any order (SECONDS=600)"
	@echo "make run     run Odoo with the addons for development"
	@echo "make lint    check style, addons and translations"
	@echo "make bench   measure; writes build/bench.json"
	@echo 'make env     shell lines for: eval "$$(make -s env)"'
	@echo "make setup | template | locks | clean-cache"

demo:
	@$(DEVTOOLS) demo $(if $(ONCE),--once)

test:
	@$(DEVTOOLS) test

test-long:
	@$(DEVTOOLS) test-long $(if $(SECONDS),--seconds $(SECONDS))

run:
	@$(DEVTOOLS) run

lint:
	@$(DEVTOOLS) lint

bench:
	@$(DEVTOOLS) bench

env:
	@$(DEVTOOLS) env

setup:
	@$(DEVTOOLS) setup --browser

template:
	@$(DEVTOOLS) template

locks:
	@$(DEVTOOLS) locks

clean-cache:
	@$(DEVTOOLS) clean-cache
