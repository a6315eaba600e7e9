"""viewflow, without HTTP: its own activations, each task in a transaction. Runs in a virtual environment of its own.

`viewflow_app.py ADDRESS w1|w2`. The same ten views in a row, or twenty functions between two views; no form is filled in.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import warnings
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

TASKS, STEPS = 10, 20


def database(address: str) -> dict[str, Any]:
    """Django's settings for it."""
    if "://" not in address:
        pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"
        options = {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{address}.viewflow", "OPTIONS": options}
    parts = urlsplit(address)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    account = {"USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or "")}
    name = parts.path.lstrip("/")
    return {"ENGINE": "django.db.backends.postgresql", "NAME": name, "HOST": host, "PORT": parts.port or "", **account}


def flow(workload: str) -> Any:
    """The flow's class."""
    from viewflow import this
    from viewflow.workflow import flow
    from viewflow.workflow.flow.views import UpdateProcessView
    from viewflow.workflow.models import Process

    names = [f"task_{number}" for number in range(1, TASKS + 1)]
    if workload == "w2":
        names = ["first", *(f"step_{number}" for number in range(1, STEPS + 1)), "last"]

    def add(activation: Any) -> None:
        activation.process.data = {"x": (activation.process.data or {}).get("x", 0) + 1}
        activation.process.save()

    body: dict[str, Any] = {"process_class": Process, "start": flow.StartHandle().Next(getattr(this, names[0]))}
    for name, after in zip(names, [*names[1:], "end"], strict=True):
        node = flow.Function(add) if name.startswith("step") else flow.View(UpdateProcessView.as_view(fields=[]))
        body[name] = node.Next(getattr(this, after))
    body["end"] = flow.End()
    bench = type(flow.Flow)("Bench", (flow.Flow,), {**body, "__module__": "viewflow.workflow.models", "__qualname__": "Bench"})
    vars(sys.modules["viewflow.workflow.models"])["Bench"] = bench  # where viewflow looks for it
    return bench


def play(bench: Any, user: Any, workload: str) -> tuple[list[float], float]:
    """One case: seconds of each of its completions, and processor seconds of all."""
    from django.db import transaction

    process = bench.start.run()

    def complete(task: Any) -> None:
        with transaction.atomic(), task.activation() as activation:  # which locks the process
            activation.assign(user)
            activation.start(None)
            activation.execute()

    seconds, used = [], 0.0
    for _ in range(2 if workload == "w2" else TASKS):
        task = process.task_set.get(finished__isnull=True)
        cpu, begun = time.process_time(), time.perf_counter()
        complete(task)
        seconds.append(time.perf_counter() - begun)
        used += time.process_time() - cpu
    return ([seconds[0] / STEPS] * STEPS if workload == "w2" else seconds), used


def main(address: str, workload: str) -> None:
    warnings.simplefilter("ignore")
    apps = ["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow"]
    settings.configure(
        DATABASES={"default": database(address)},
        INSTALLED_APPS=apps,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    if "prepare" in sys.argv:
        call_command("migrate", verbosity=0)
        User.objects.get_or_create(username="clerk", is_superuser=True)
        return
    gc.collect()
    gc.freeze()  # as engine/memory_use.py does for the others
    gc.set_threshold(20_000)
    bench, user = flow(workload), User.objects.get(username="clerk")
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        begun = time.time()
        played = [play(bench, user, workload) for _ in range(json.loads(line)["cases"])]
        seconds, used = [one for seconds, _ in played for one in seconds], sum(used for _, used in played)
        told = {"seconds": seconds, "begun": begun, "ended": time.time(), "cpu": used}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
