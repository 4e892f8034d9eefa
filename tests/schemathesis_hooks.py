"""Real dossiers in the calls of the outside judge: half of those to a dossier name one that its key may see, at the version
in force and with a fresh idempotency key, so that the handlers behind the doors are reached. The other half stays as drawn."""

import itertools
import json
import os
import urllib.request

import schemathesis

BASE, KEY = os.environ["MOTCUA_URL"], os.environ["MOTCUA_KEY"]
CODES = json.loads(os.environ["MOTCUA_CODES"])
turns = itertools.count()


def version_of(code):
    asked = urllib.request.Request(f"{BASE}/api/v1/dossiers/{code}", headers={"Authorization": f"Bearer {KEY}"})
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)["version"]


@schemathesis.hook
def before_call(ctx, case, kwargs):
    turn = next(turns)
    if turn % 2 or "{code}" not in case.path or "/dossiers/" not in case.path:
        return
    code = CODES[turn // 2 % len(CODES)]
    case.path_parameters["code"] = code
    if case.method == "POST":
        case.headers["If-Match"] = f'"{version_of(code)}"'
        case.headers["Idempotency-Key"] = f"judge-{os.getpid()}-{turn}"


@schemathesis.hook
def after_call(ctx, case, response):
    """A command that was carried out, or refused by a rule, got to the bottom of its handler."""
    if case.method == "POST" and "/dossiers/{code}" in case.path and response.status_code in (200, 201, 409):
        with open(os.environ["MOTCUA_TALLY"], "a", encoding="utf-8") as tally:
            tally.write(f"{case.path}\n")
