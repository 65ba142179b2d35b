# SPDX-License-Identifier: Apache-2.0
"""ledger.py FOLDER-OF-BINARIES: the ledger's figures, each as a ratio within this run."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from rows import row

BINARIES = sys.argv[1]
TOOL = os.path.join(BINARIES, "bench-ledger")
ENTRIES = 1_000_000


def measure(*arguments):
    return json.loads(subprocess.run([TOOL, *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout)


def timed(command, output=None):
    begin = time.monotonic()
    with open(output or os.devnull, "wb") as file:
        subprocess.run(command, stdout=file, check=True)
    return (time.monotonic() - begin) * 1000


def drain(folder):
    """Over TLS to a virtual cloud in a process of its own. One at a time counts as 4 s a call, without the way there."""
    count, pause = 640, 4.0
    cloud = subprocess.Popen(
        [os.path.join(BINARIES, "mintmark"), "sandbox", "cloud", os.path.join(folder, "cloud"), "--fault", "slow-%d@manufacture%%100" % (pause * 1000)],
        stdout=subprocess.PIPE, text=True)
    try:
        drained = measure("drain", folder, str(count), cloud.stdout.readline().strip())
    finally:
        cloud.terminate()
        cloud.wait()
    width, took = drained["width"], drained["ms"] / 1000
    best = count * pause / width
    print("one registration alone %.2f s; the raw limit of %d calls of %.0f s, %.0f at once, is %.1f s" % (drained["one_ms"] / 1000, count, pause, width, best))
    row("outbox drain over TLS, cloud of %.0f s a call, %.0f at once" % (pause, width), "%.1f s, %.1f x one at a time beside %.0f x, %.2f of it" % (took, count * pause / took, width, best / took), "0.95", best / took >= 0.95)


def main():
    folder = tempfile.mkdtemp(prefix="mintmark-bench-ledger-")
    try:
        ledger, bundle = os.path.join(folder, "bench.sqlite"), os.path.join(folder, "bundle")
        wrote = measure("write", folder, str(ENTRIES))
        ratio = wrote["single_per_s"] / wrote["raw_per_s"]
        print("%d entries written, peak %.0f MiB; raw 4 KiB write + fdatasync %.0f/s" % (ENTRIES, wrote["mib"], wrote["raw_per_s"]))
        row("one durable entry per commit", "%.0f/s, %.2f x raw" % (wrote["single_per_s"], ratio), "0.45 x", ratio >= 0.45)
        reach = min(50_000, 25 * wrote["raw_per_s"])
        row("group commits of 100", "%.0f entries/s" % wrote["group_per_s"], "%.0f/s: 50,000 where raw is 2,000 or more" % reach, wrote["group_per_s"] >= reach)
        opened = measure("open", ledger)
        row("open to ready", "%.0f ms, %.0f MiB" % (opened["ms"], opened["mib"]), "200 ms", opened["ms"] <= 200)
        exported = timed([os.path.join(BINARIES, "mintmark"), "ledger", "export", ledger, "--bundle", bundle])
        print("bundle written in %.1f s" % (exported / 1000))
        script = timed([sys.executable, "-I", os.path.join(bundle, "verify.py")])
        ours = measure("bundle", bundle)
        row("verify an exported bundle", "%.1f s beside %.1f s of verify.py, %.1f x, %.0f MiB" % (ours["ms"] / 1000, script / 1000, script / ours["ms"], ours["mib"]), "1.5 x", script >= 1.5 * ours["ms"])
        file = measure("verify", ledger)
        row("verify the SQLite file: entries, tree, heads", "%.1f s, %.0f MiB" % (file["ms"] / 1000, file["mib"]), "3.5 s", file["ms"] <= 3500)
        replay = measure("replay", ledger)
        print("     the same with a replay of all tables: %.1f s, %.0f MiB" % (replay["ms"] / 1000, replay["mib"]))
        csv = measure("csv", ledger, os.path.join(folder, "units.csv"))
        sql = "SELECT unit.hardware, unit.mac, unit.hwsig, unit.dsn, unit.mfg_sn, dsn.state, unit.runs, unit.outcome, unit.badge, unit.reason, unit.first_seq, unit.last_seq FROM unit LEFT JOIN dsn ON dsn.dsn = unit.dsn ORDER BY unit.first_seq"
        peer = timed(["sqlite3", "-readonly", "-csv", "-header", ledger, sql], os.path.join(folder, "peer.csv"))
        drain(folder)
        row("export a million rows as CSV", "%.1f s beside %.1f s of sqlite3 -csv, %.2f x, %.0f MiB" % (csv["ms"] / 1000, peer / 1000, peer / csv["ms"], csv["mib"]), "0.75 x", peer >= 0.75 * csv["ms"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
