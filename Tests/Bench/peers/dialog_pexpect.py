"""dialog_pexpect.py SECRET-FILE PORT: one dialog, one JSON line."""
import json
import resource
import sys
import time

begin = time.perf_counter()
from dialog import configure  # noqa: E402  the import is part of the peer's cost

took, _ = configure(sys.argv[2], open(sys.argv[1]).read().strip())
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "dialog_ms": [took], "wall_ms": (time.perf_counter() - begin) * 1000,
    "cpu_ms": (usage.ru_utime + usage.ru_stime) * 1000, "rss_kib": usage.ru_maxrss,
}))
