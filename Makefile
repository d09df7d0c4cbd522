# Short names for the README's commands and for what a developer runs. None is needed to run the archive.
PYTHON = .venv/bin/python
LOCK = .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
       --no-emit-index-url --custom-compile-command "make locks"

.PHONY: demo test check format locks
.venv/bin/pip:
	python3 -m venv .venv

demo: .venv/bin/pip
	.venv/bin/pip install -q -r requirements.txt
	$(PYTHON) manage.py demo

test: .venv/bin/pip
	.venv/bin/pip install -q -r requirements.txt -r requirements-test.txt
	.venv/bin/pytest

check: .venv/bin/pip
	.venv/bin/pip install -q -r requirements.txt -r requirements-test.txt -r requirements-check.txt
	.ci/checks

format:
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

locks:
	$(LOCK) -o requirements.txt requirements.in
	$(LOCK) -o requirements-test.txt requirements-test.in
	$(LOCK) -o requirements-check.txt requirements-check.in
