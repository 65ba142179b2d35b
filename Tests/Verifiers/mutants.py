# SPDX-License-Identifier: Apache-2.0
"""Changes a bundle in every way there is and asks three verifiers: each must refuse each mutant.

mutants.py BUNDLE WORK SEED COUNT MINTMARK GO-VERIFIER
"""
import base64
import contextlib
import importlib.util
import io
import os
import random
import shutil
import subprocess
import sys

bundle, work, seed, count, mintmark, go = sys.argv[1:]
chance = random.Random(int(seed))
spec = importlib.util.spec_from_file_location("verify", os.path.join(bundle, "verify.py"))
verifier = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verifier)
with open(os.path.join(bundle, "entries.jsonl"), "rb") as file:
    ENTRIES = file.read().splitlines(keepends=True)
with open(os.path.join(bundle, "checkpoint"), "rb") as file:
    CHECKPOINT = file.read()


def place(lines, more=0):
    return chance.randrange(len(lines) - more)


def flip(data):
    data = bytearray(data)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def change_byte(lines):
    at = place(lines)
    lines[at] = flip(lines[at])


def change_digit(lines):
    at = place(lines)
    digits = [i for i, byte in enumerate(lines[at]) if 48 <= byte <= 57]
    i = chance.choice(digits)
    lines[at] = lines[at][:i] + bytes([48 + (lines[at][i] - 47) % 10]) + lines[at][i + 1 :]


def delete(lines):
    del lines[place(lines)]


def repeat(lines):
    at = place(lines)
    lines.insert(at, lines[at])


def swap(lines):
    at = place(lines, 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


def move(lines):
    at, to = chance.sample(range(len(lines)), 2)
    lines.insert(to, lines.pop(at))


def renumber_and_delete(lines):
    """Deletes an entry and gives the later ones its place, as a careful forger would."""
    at = place(lines, 1)
    del lines[at]
    for number in range(at, len(lines)):
        lines[number] = lines[number].replace(b'"seq":%d,' % (number + 1), b'"seq":%d,' % number)


def cut_end(lines):
    del lines[len(lines) - 1 - chance.randrange(min(5, len(lines) - 1)) :]


def cut_line(lines):
    lines[-1] = lines[-1][: chance.randrange(1, len(lines[-1]))]


def blank(lines):
    lines.insert(place(lines), b"\n")


def add_space(lines):
    at = place(lines)
    lines[at] = lines[at].replace(b":", b": ", 1)


def add_after(lines):
    lines.append(lines[-1].replace(b'"seq":%d,' % (len(lines) - 1), b'"seq":%d,' % len(lines)))


ON_ENTRIES = [change_byte, change_digit, delete, repeat, swap, move, renumber_and_delete, cut_end, cut_line, blank]
ON_ENTRIES += [add_space, add_after]


def other_size(note):
    lines = note.split(b"\n")
    lines[1] = b"%d" % (int(lines[1]) + chance.choice([-1, 1]))
    return b"\n".join(lines)


def other_root(note):
    lines = note.split(b"\n")
    lines[2] = base64.b64encode(flip(base64.b64decode(lines[2])))
    return b"\n".join(lines)


def other_origin(note):
    return note.replace(b"mintmark/", b"mintmarx/", 1)


def other_signature(note):
    head, dash, line = note.rpartition(b" ")
    data = bytearray(base64.b64decode(line))
    data[chance.randrange(4, len(data))] ^= 1 << chance.randrange(8)
    return head + dash + base64.b64encode(bytes(data)) + b"\n"


ON_CHECKPOINT = [other_size, other_root, other_origin, other_signature]


def ask_python(folder):
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            verifier.verify(folder, [], [], False, lambda line: None)
            return True
        except (verifier.Broken, UnicodeDecodeError):
            return False


def ask(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode not in (0, 1, 20, 40, 64):
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stdout.decode(errors='replace')}")
    return done.returncode == 0


def verdicts(folder):
    return {"python": ask_python(folder), "go": ask(go, folder), "mintmark": ask(mintmark, "ledger", "verify", folder)}


def write(folder, entries, checkpoint):
    with open(os.path.join(folder, "entries.jsonl"), "wb") as file:
        file.write(entries)
    with open(os.path.join(folder, "checkpoint"), "wb") as file:
        file.write(checkpoint)
    with open(os.path.join(folder, "heads.txt"), "wb") as file:
        file.write(checkpoint + b"\n")


folder = os.path.join(work, "mutant")
shutil.rmtree(folder, ignore_errors=True)
shutil.copytree(os.path.join(bundle, "keys"), os.path.join(folder, "keys"))
write(folder, b"".join(ENTRIES), CHECKPOINT)
if not all(verdicts(folder).values()):
    sys.exit(f"the bundle itself is refused: {verdicts(folder)}")
made = 0
while made < int(count):
    entries, checkpoint = list(ENTRIES), CHECKPOINT
    kind = chance.choice(ON_ENTRIES + ON_CHECKPOINT)
    if kind in ON_ENTRIES:
        kind(entries)
    else:
        checkpoint = kind(checkpoint)
    if entries == ENTRIES and checkpoint == CHECKPOINT:
        continue
    made += 1
    write(folder, b"".join(entries), checkpoint)
    taken = [name for name, verdict in verdicts(folder).items() if verdict]
    if taken:
        sys.exit(f"mutant {made} ({kind.__name__}) is taken by {', '.join(taken)}; it stands in {folder}")
print(f"{made} mutants refused by all three")
