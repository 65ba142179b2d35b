"""bench.py FOLDER-OF-BINARIES: the first five rows of the figures, each as a ratio within this run."""
import atexit
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from rows import row

HERE = os.path.dirname(os.path.abspath(__file__))
BINARIES = sys.argv[1]
MINTMARK = os.path.join(BINARIES, "mintmark")
UNITS = 32
ROUNDS = 7
FOLDER = tempfile.mkdtemp(prefix="mintmark-bench-")
SECRET = os.path.join(FOLDER, "secret")
with open(os.open(SECRET, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
    file.write("0123456789abcdef0123456789abcdef")

TOOLS = {
    "mintmark": [os.path.join(BINARIES, "bench-dialog"), SECRET],
    "pexpect": [sys.executable, os.path.join(HERE, "peers/dialog_pexpect.py"), SECRET],
    "expect": ["expect", os.path.join(HERE, "peers/dialog_expect.tcl"), SECRET],
}


CHILDREN = []


@atexit.register
def stop_children():
    for child in CHILDREN:
        if child.poll() is None:
            child.kill()
    shutil.rmtree(FOLDER, ignore_errors=True)


class Bench:
    """Virtual units in a process of their own."""

    def __init__(self, name, *options):
        self.folder = os.path.join(FOLDER, name)
        self.process = subprocess.Popen(
            [MINTMARK, "sandbox", "units", self.folder, *options], stdout=subprocess.PIPE, text=True)
        CHILDREN.append(self.process)
        self.count = int(options[options.index("--count") + 1])
        for _ in range(self.count):
            self.process.stdout.readline()
        while not os.path.exists(self.folder + "/control.sock"):
            time.sleep(0.02)

    def path(self, number):
        return "%s/unit-%d" % (self.folder, number)

    def ask(self, method, path):
        answer = subprocess.run(
            ["curl", "-s", "-X", method, "--unix-socket", self.folder + "/control.sock", "http://units" + path],
            capture_output=True, check=True)
        return json.loads(answer.stdout)

    def renew(self):
        for number in range(1, self.count + 1):
            self.ask("POST", "/units/%d/renew" % number)

    def waited(self, number):
        return self.ask("GET", "/units/%d" % number)["waited"] / 1000

    def configured(self):
        return sum(unit["state"]["mode"] == "user" for unit in self.ask("GET", "/units")["units"])

    def stop(self):
        self.process.terminate()
        self.process.wait()


def run(commands):
    """All commands at once: wall ms, CPU ms, sum of peak memory in KiB, their outputs."""
    begin = time.perf_counter()
    processes = [
        subprocess.Popen(["/usr/bin/env", *command], stdout=subprocess.PIPE, text=True, cwd=HERE + "/peers") for command in commands]
    pids = {process.pid: process for process in processes}
    cpu = memory = 0
    while pids:
        pid, status, usage = os.wait4(-1, 0)
        if pid not in pids:
            continue
        process = pids.pop(pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit("%s ended with %d" % (process.args, process.returncode))
        cpu += (usage.ru_utime + usage.ru_stime) * 1000
        memory += usage.ru_maxrss
    wall = (time.perf_counter() - begin) * 1000
    return wall, cpu, memory, [process.stdout.read() for process in processes]


def median(values):
    return sorted(values)[len(values) // 2]


def one_unit(paced):
    """Waited: what the unit spent waiting for the tool. Dialog: wall time inside the tool."""
    options = ["--labelled", "--count", "1"]
    options += ["--pace", "115200"] if paced else ["--boot-time", "0", "--reply-time", "0", "--save-time", "0"]
    bench = Bench("one-%s" % paced, *options)
    waited = {tool: [] for tool in TOOLS}
    dialog = {tool: [] for tool in TOOLS}
    for _ in range(ROUNDS):
        for tool, command in TOOLS.items():
            bench.renew()
            _, _, _, outputs = run([command + [bench.path(1)]])
            dialog[tool].append(json.loads(outputs[0])["dialog_ms"][0])
            waited[tool].append(bench.waited(1))
            assert bench.configured() == 1, tool
    bench.stop()
    return {t: median(v) for t, v in waited.items()}, {t: median(v) for t, v in dialog.items()}


def many_units():
    bench = Bench("many", "--labelled", "--count", str(UNITS), "--pace", "115200")
    results = {}
    alone = []
    for _ in range(3):
        bench.renew()
        alone.append(run([TOOLS["mintmark"] + [bench.path(1)]])[0])
    for tool, command in TOOLS.items():
        bench.renew()
        ports = [bench.path(number) for number in range(1, UNITS + 1)]
        results[tool] = run([command + ports] if tool == "mintmark" else [command + [port] for port in ports])
        assert bench.configured() == UNITS, tool
    bench.stop()
    return median(alone), results


def station(kind, url, units, folder, first):
    slots = "".join("  - { name: S%d, port: %s }\n" % (n, units.path(n)) for n in range(first, first + UNITS))
    path = "%s/%s-%d.yaml" % (folder, kind, first)
    with open(path, "w") as file:
        file.write("""station: bench-%s-%d
kind: %s
template: template
account: { oem-id: "0dfc7900" }
cloud: { region: us, deployment: dev, ca-file: cloud/ca.pem, endpoints: { user: "%s", factory-proxy: "%s" } }
secrets: { oem-secret: "file:cloud/oem-secret", user: "file:cloud/user-%s.json" }
ledger: %s-%d.sqlite
slots:
%s""" % (kind, first, kind, url, url, kind, kind, first, slots))
    return path


def whole_walk():
    units = Bench("walk", "--count", str(2 * UNITS), "--pace", "115200")
    folder = FOLDER + "/factory"
    os.makedirs(folder + "/template")
    shutil.copy(HERE + "/../../templates/ledevb/template.yaml", folder + "/template/template.yaml")
    cloud = subprocess.Popen([MINTMARK, "sandbox", "cloud", folder + "/cloud"], stdout=subprocess.PIPE, text=True)
    CHILDREN.append(cloud)
    url = cloud.stdout.readline().strip()
    for first in (1, UNITS + 1):
        path = station("label", url, units, folder, first)
        for command in (
            ["station", "init", path], ["dsn", "reserve", "--station", path, "--count", str(UNITS)],
            ["provision", "--station", path, "--wait"]):
            subprocess.run([MINTMARK, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ours = station("config", url, units, folder, 1)
    subprocess.run([MINTMARK, "station", "init", ours], check=True, stderr=subprocess.DEVNULL)
    mine = run([[MINTMARK, "provision", "--station", ours, "--wait", "--json"]])
    peer = folder + "/peer.json"
    with open(peer, "w") as file:
        json.dump({
            "url": url, "ca": folder + "/cloud/ca.pem", "user": folder + "/cloud/user-config.json",
            "oem_secret": folder + "/cloud/oem-secret", "ledger": folder + "/peer.sqlite"}, file)
    theirs = run([
        [sys.executable, HERE + "/peers/walk_pexpect.py", peer, units.path(n)] for n in range(UNITS + 1, 2 * UNITS + 1)])
    assert units.configured() == 2 * UNITS
    cloud.terminate()
    cloud.wait()
    units.stop()
    return mine, theirs


def main():
    print("%d rounds, %d units, %d cores\n" % (ROUNDS, UNITS, os.cpu_count()))
    waited, dialog = one_unit(paced=True)
    print("one unit, paced: waits for the tool, ms: %s; dialog, ms: %s" % (show(waited), show(dialog)))
    best = min(waited["pexpect"], waited["expect"])
    row("one dialog at 115200 baud: time beyond wire and unit", ratio(waited["mintmark"], best), "1/4 of the better peer", waited["mintmark"] <= best / 4)

    waited, dialog = one_unit(paced=False)
    print("one unit, unpaced: dialog, ms: %s" % show(dialog))
    best = min(dialog["pexpect"], dialog["expect"])
    row("one dialog, no wire time and no latency", ratio(dialog["mintmark"], best), "1/2 of the better peer", dialog["mintmark"] <= best / 2)

    alone, many = many_units()
    print("one unit alone %.0f ms; %d at once, wall ms: %s; CPU ms a unit: %s; memory MiB: %s" % (
        alone, UNITS, show({t: r[0] for t, r in many.items()}), show({t: r[1] / UNITS for t, r in many.items()}),
        show({t: r[2] / 1024 for t, r in many.items()})))
    row("%d units at once, paced: wall time" % UNITS, "%.3f x one unit" % (many["mintmark"][0] / alone), "1.05 x", many["mintmark"][0] <= 1.05 * alone)
    best = min(many["pexpect"][1], many["expect"][1])
    row("%d units at once, dialog only: CPU a unit" % UNITS, ratio(many["mintmark"][1], best), "1/5 of the better peer", many["mintmark"][1] <= best / 5)
    row("%d units at once, dialog only: memory" % UNITS, "%.0f MiB" % (many["mintmark"][2] / 1024), "80 MiB", many["mintmark"][2] <= 80 * 1024)

    mine, theirs = whole_walk()
    print("whole walk, %d at once: wall ms %.0f beside %.0f; CPU ms a unit %.1f beside %.1f; memory MiB %.0f beside %.0f" % (
        UNITS, mine[0], theirs[0], mine[1] / UNITS, theirs[1] / UNITS, mine[2] / 1024, theirs[2] / 1024))
    row("whole walk: units an hour", "%.1f x" % (theirs[0] / mine[0]), "4 x", theirs[0] >= 4 * mine[0])
    row("whole walk: memory", ratio(mine[2], theirs[2]), "1/10", mine[2] <= theirs[2] / 10)
    row("whole walk: CPU a unit", ratio(mine[1], theirs[1]), "1/10", mine[1] <= theirs[1] / 10)


def show(values):
    return ", ".join("%s %.1f" % item for item in values.items())


def ratio(mine, best):
    return "1/%.1f of the better peer's" % (best / mine)


main()
