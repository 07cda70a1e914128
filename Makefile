# Every path is relative: make cannot quote the spaces of a folder's name.
PYTHON := .venv/bin/python
SERVERS := $(PYTHON) -m perhekeskus.embedded --with-parent exec
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: run test lint format bench demo-reset help

run: ## Käynnistä kaikki (PORT=8000 DATA=.data BIND=127.0.0.1)
	@sh deploy/prepare.sh base
	@exec $(PYTHON) -m perhekeskus.embedded --with-parent run

test: export ENVIRONMENT := test
# Each run of the tests has a data folder of its own; the typeface is cut once for all of them.
test: export FONT_DIR := $(CURDIR)/.data/fonts
# The tests start half a hundred Pythons: each reads the code as the first one has compiled it.
test: export PYTHONDONTWRITEBYTECODE :=
test: ## Aja testit (ARGS="tests/network -k lupa")
	@sh deploy/prepare.sh dev browser
	@$(PYTHON) manage.py subset_fonts >/dev/null
	@exec $(SERVERS) -- sh deploy/test.sh $(if $(ARGS),$(ARGS),-n 2 --dist loadfile --no-loadscope-reorder)

lint: export ENVIRONMENT := test
lint: ## Tarkista koodi, sivupohjat, tyypit, migraatiot ja kaaviot
	@sh deploy/prepare.sh dev
	@sh deploy/lint.sh

format: ## Muotoile koodi
	@sh deploy/prepare.sh dev
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format .

bench: export ENVIRONMENT := test
bench: ## Mittaa suhteet (ROWS=my_situations SCALE=small|county|country)
	@sh deploy/prepare.sh dev
	@exec $(SERVERS) --durable -- $(PYTHON) -m bench

demo-reset: ## Tyhjennä esittelyn tiedot; seuraava make run tekee uudet
	@sh deploy/prepare.sh base
	@exec $(PYTHON) -m perhekeskus.embedded reset

help: ## Näytä tämä luettelo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1@\2/p' Makefile | while IFS=@ read -r name text; do \
		printf '%-18s %s\n' "$$name" "$$text"; done
