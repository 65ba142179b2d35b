#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks a bundle exported by Mintmark, with Python's standard library alone.

It shares no code with the program that wrote the bundle. Run it as `python3 -I`: without that, Python would take a
module of this folder for one of its own. Exit status: 0 PROVEN or CONSISTENT, 40 BROKEN.
"""
import sys

if __name__ == "__main__" and not sys.flags.isolated:
    sys.exit("Run it as: python3 -I verify.py")

import argparse
import base64
import hashlib
import json
import os
import stat

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


# An entry is at most 65,535 bytes long, a head far less.
LONGEST_LINE = 1 << 17
STATES = ("free", "assigned", "written", "registered", "burned", "returned", "quarantined", "transferred", "unknown")


class Broken(Exception):
    """Something is not what was committed. `first` is the first entry that cannot be trusted, where it can be told."""

    def __init__(self, text, first=None):
        super().__init__(text)
        self.first = first


# --- Ed25519 (RFC 8032), points as (x, y, z, t) ---------------------------------------------------------------------


def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % PRIME, (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c, d = 2 * p[3] * q[3] * D % PRIME, 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def point_multiply(scalar, p):
    q = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            q = point_add(q, p)
        p = point_add(p, p)
        scalar >>= 1
    return q


def point_decode(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = PRIME - x
    return (x, y, 1, x * y % PRIME)


BASE = point_decode((4 * pow(5, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little"))


def is_signed(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = point_decode(public_key), point_decode(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    left, right = point_multiply(scalar, BASE), point_add(commitment, point_multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % PRIME == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % PRIME == 0


# --- Signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature) ----------------------------------------------


class Key:
    """A verifier key: NAME+KEYID+BASE64(algorithm and public key)."""

    def __init__(self, text):
        try:
            self.name, self.id, data = text.strip().split("+", 2)
            data = base64.b64decode(data, validate=True)
            self.algorithm, self.public = data[0], data[1:]
        except (ValueError, IndexError, AttributeError):
            raise Broken(f"{str(text).strip()[:80]!r} is no verifier key")
        if hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4].hex() != self.id:
            raise Broken(f"the verifier key of {self.name} does not fit its id")

    def signs(self, text, name, signature):
        if name != self.name or signature[:4].hex() != self.id:
            return False
        if self.algorithm == 1:
            return is_signed(self.public, text.encode(), signature[4:])
        if self.algorithm == 4 and len(signature) == 76:
            time = int.from_bytes(signature[4:12], "big")
            return is_signed(self.public, f"cosignature/v1\ntime {time}\n{text}".encode(), signature[12:])
        return False


class Head:
    """A signed checkpoint: so many entries of this log have this root."""

    def __init__(self, note):
        text, gap, lines = note.rpartition("\n\n")
        parts = text.split("\n")
        if not gap or not lines.endswith("\n") or len(parts) < 3:
            raise Broken("a head is no signed checkpoint")
        self.text = text + "\n"
        self.signatures = []
        try:
            for line in lines[:-1].split("\n"):
                dash, name, signature = line.split(" ")
                if dash != "\u2014":
                    raise ValueError
                self.signatures.append((name, base64.b64decode(signature, validate=True)))
            self.origin, self.size, self.root = parts[0], int(parts[1]), base64.b64decode(parts[2], validate=True)
            if self.size < 0 or not self.origin.isprintable():
                raise ValueError
        except ValueError:
            raise Broken("a head is no signed checkpoint")

    def is_signed_by(self, keys):
        return any(key.signs(self.text, name, signature) for key in keys for name, signature in self.signatures)


def read_heads(text):
    """Notes one after the other, each ended by an empty line behind its signatures."""
    heads, lines = [], []
    for line in text.split("\n"):
        if line == "" and not lines:
            continue
        if line == "" and lines[-1].startswith("\u2014 "):
            heads.append(Head("\n".join(lines) + "\n"))
            lines = []
        else:
            lines.append(line)
    if any(lines):
        raise Broken("heads.txt does not end with a whole head")
    return heads


# --- The tree (RFC 6962) ---------------------------------------------------------------------------------------------


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, entry):
        value, size = hashlib.sha256(b"\x00" + entry).digest(), self.size
        while size & 1:
            value = node(self.peaks.pop(), value)
            size >>= 1
        self.peaks.append(value)
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        value = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            value = node(peak, value)
        return value


def root_of_path(entry, index, size, path):
    value, place, last = hashlib.sha256(b"\x00" + entry).digest(), index, size - 1
    for other in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            value = node(other, value)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = node(value, other)
        place, last = place >> 1, last >> 1
    return value if last == 0 else None


# --- DSNs: every one that was reserved is in exactly one state -------------------------------------------------------


class Account:
    def __init__(self):
        self.states, self.before, self.unknown = {}, {}, 0

    def apply(self, kind, body, number):
        dsn = body.get("dsn")
        if kind == "dsn.reserved":
            if dsn in self.states:
                raise Broken(f"DSN {dsn} was reserved twice", number)
            self.states[dsn] = "free"
        elif kind == "dsn.unknown":
            if not isinstance(body["count"], int) or body["count"] < 0:
                raise Broken(f"entry {number} counts {body['count']!r} DSNs", number)
            self.unknown += body["count"]
        elif kind in ("dsn.unknown.settled", "dsn.unknown.disproved"):
            if not isinstance(body["count"], int) or not 0 <= body["count"] <= self.unknown:
                raise Broken(f"entry {number} settles {body['count']!r} DSNs", number)
            self.unknown -= body["count"]
        elif kind == "log.continue":
            for known, state in self.states.items():
                if state in ("free", "assigned"):
                    self.states[known], self.before[known] = "unknown", state
                elif state == "quarantined" and self.before[known] == "free":
                    self.before[known] = "unknown"
        elif dsn in self.states:
            state = self.states[dsn]
            if kind == "dsn.assigned":
                if state != "free":
                    raise Broken(f"DSN {dsn} was given to a unit although it was {state}", number)
                self.states[dsn] = "assigned"
            elif kind == "dsn.burned":
                was = self.before.get(dsn) if state == "quarantined" else state
                if was not in ("free", "assigned", "written", "unknown"):
                    raise Broken(f"DSN {dsn} was burned although it was {was}", number)
                self.states[dsn] = "burned"
            elif kind == "dsn.returned":
                if state != "free":
                    raise Broken(f"DSN {dsn} was returned although it was {state}", number)
                self.states[dsn] = "returned"
            elif kind == "dsn.written":
                if state not in ("assigned", "written", "registered"):
                    raise Broken(f"DSN {dsn} was shown by a unit although it was {state}", number)
                if state == "assigned":
                    self.states[dsn] = "written"
            elif kind == "register.result" and body["badge"] == "registered":
                if state not in ("written", "registered", "quarantined"):
                    raise Broken(f"DSN {dsn} was registered although it was {state}", number)
                if state == "quarantined":
                    self.before[dsn] = "registered"
                else:
                    self.states[dsn] = "registered"
            elif state in ("burned", "returned", "transferred"):
                return
            elif kind == "unit.quarantine" or kind == "register.result" and body["badge"] == "quarantined":
                if state not in ("quarantined", "unknown"):
                    self.before[dsn] = state
                self.states[dsn] = "quarantined"
            elif kind == "dsn.reconciled":
                if not {body["state"], body.get("before", "written")} <= set(STATES):
                    raise Broken(f"entry {number} knows a state that there is not", number)
                if state not in ("unknown", "free"):
                    raise Broken(f"DSN {dsn} was {state} and is said to be found again", number)
                self.states[dsn], self.before[dsn] = body["state"], body.get("before", "written")
            elif kind == "unit.release" and state == "quarantined":
                self.states[dsn] = self.before[dsn]
        elif kind in ("dsn.assigned", "dsn.written", "dsn.burned", "dsn.returned"):
            raise Broken("a DSN was used that never was in the pool", number)

    def line(self):
        counts = {}
        for state in self.states.values():
            counts[state] = counts.get(state, 0) + 1
        unknown = counts.pop("unknown", 0) + self.unknown
        terms = [f"{state} {count}" for state, count in sorted(counts.items())] + [f"unknown {unknown}"]
        return f"DSNs: reserved {len(self.states) + self.unknown} = {' + '.join(terms)}"


# --- The bundle ------------------------------------------------------------------------------------------------------


def printable(text):
    """Text of a bundle must not drive the terminal."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def opened(path, mode, **options):
    """Opens a file, and nothing that only looks like one: a pipe would be waited for, a device has no end."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise Broken(f"{path!r} is no file")
    return open(path, mode, **options)


def read(path):
    with opened(path, "r", encoding="utf-8", newline="") as file:
        return file.read()


def verify(folder, outside, trusted, all_heads, say):
    """Returns the number of entries that an outside head proves; 0 when there was none."""
    checkpoint = Head(read(os.path.join(folder, "checkpoint")))
    heads = read_heads(read(os.path.join(folder, "heads.txt")))
    if not heads or (heads[-1].text, heads[-1].size) != (checkpoint.text, checkpoint.size):
        raise Broken("the checkpoint is not the newest of the heads")
    by_size = {}
    for head in heads + [checkpoint] + outside:
        by_size.setdefault(head.size, []).append(head)
    tree, account, keys, log, names, vouching, good = Tree(), Account(), [], None, set(), None, 0
    with opened(os.path.join(folder, "entries.jsonl"), "rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b"")):
            if not line.endswith(b"\n"):
                raise Broken(f"entry {number} was cut off", good)
            line = line[:-1]
            try:
                entry = json.loads(line)
                kind, body, sequence = entry["type"], entry["body"], entry["seq"]
                log = log or entry["log"]
                if kind == "log.continue" and body["continues"] == log and entry["log"] not in names:
                    say(f"entry {number}: the log mintmark/{log} ends here and goes on under a new name")
                    log = entry["log"]
                elif kind == "log.continue":
                    raise Broken(f"entry {number} continues a log under a name that is not new", good)
                names.add(log)
                if entry["log"] != log or not log.isalnum():
                    raise Broken(f"entry {number} belongs to another log", good)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise Broken(f"line {number} is no entry", good)
            if sequence != number:
                raise Broken(f"line {number} is entry {sequence}: one is missing, too many, or moved", good)
            tree.append(line)
            try:
                account.apply(kind, body, number)
            except (KeyError, TypeError, AttributeError):
                raise Broken(f"entry {number} does not say what its type asks for", good)
            if kind == "key.rotate":
                key = Key(body["vkey"])
                vouching = next((known for known in reversed(keys) if known.name == key.name), None)
                keys.append(key)
            for head in by_size.get(tree.size, []):
                if head.origin != f"mintmark/{log}":
                    raise Broken(f"a head over {head.size} entries is of {head.origin}, the log is mintmark/{log}", good)
                if head.root != tree.root():
                    raise Broken(f"the first {head.size} entries are not those of the head over them", good)
                if all_heads and head not in outside and not head.is_signed_by(keys):
                    raise Broken(f"the head over {head.size} entries is signed by no key of the log", good)
                if vouching and head not in outside:
                    if not head.is_signed_by([vouching]):
                        raise Broken(f"a new key signs from entry {good} on, and the key before does not vouch for it", good)
                    vouching = None
                good = tree.size
    for size in by_size:
        if size > tree.size:
            raise Broken(f"a head was signed over {size} entries, {tree.size} are here: the end was cut off", good)
    if tree.size != checkpoint.size:
        raise Broken(f"{tree.size} entries are here, the checkpoint is over {checkpoint.size}", checkpoint.size)
    signers = [key for key in keys if checkpoint.is_signed_by([key])]
    if not signers:
        raise Broken("the checkpoint is signed by no key of the log")
    own = [key for key in trusted if key.algorithm == 1]
    if own and not checkpoint.is_signed_by(own):
        raise Broken("the checkpoint is signed by none of the log's keys that were given")
    check_keys(os.path.join(folder, "keys"), keys)
    proven = max([head.size for head in outside], default=0)
    if trusted:
        for head in outside:
            if not head.is_signed_by(trusted):
                raise Broken("the head from outside is signed by none of the keys given")
        signed = [head.size for head in heads + [checkpoint] if head.is_signed_by([k for k in trusted if k.algorithm == 4])]
        proven = max([proven] + signed)
    say(f"log mintmark/{log}: {tree.size} entries, root {tree.root().hex()}")
    for key in signers:
        say(f"signed by {key.name}+{key.id}+{base64.b64encode(bytes([key.algorithm]) + key.public).decode()}")
    say(f"heads compared: {len(heads)}")
    say(account.line())
    return proven


def check_keys(folder, keys):
    """The keys that lie beside are those that entries introduced, and no others."""
    known = {(key.name, key.id) for key in keys}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".vkey"):
            key = Key(read(os.path.join(folder, name)))
            if (key.name, key.id) not in known:
                raise Broken(f"keys/{name!r} is no key of the log")


def verify_proof(path, trusted, say):
    text, gap, note = read(path).partition("\n\n")
    lines = text.split("\n")
    try:
        if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra ") or not gap:
            raise ValueError
        entry = base64.b64decode(lines[1][6:], validate=True)
        index = int(lines[2].split("index ", 1)[1])
        hashes = [base64.b64decode(line, validate=True) for line in lines[3:]]
    except (ValueError, IndexError):
        raise Broken(f"{path} is no proof")
    head = Head(note)
    if not 0 <= index < head.size or root_of_path(entry, index, head.size, hashes) != head.root:
        raise Broken(f"the entry in {path} is not under its head")
    try:
        number = json.loads(entry)["seq"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Broken(f"what the proof {path!r} holds is no entry")
    if number != index:
        raise Broken(f"the entry in {path} has another number")
    if not head.is_signed_by(trusted):
        raise Broken(f"the head in {path} is signed by none of the keys")
    say(f"entry {index} of {head.origin} is under the head over {head.size} entries: {printable(entry.decode())}")
    for key in trusted:
        if head.is_signed_by([key]):
            say(f"its head is signed by {key.name}+{key.id}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bundle", default=os.path.dirname(os.path.abspath(__file__)), help="folder of the bundle")
    parser.add_argument("--head", action="append", default=[], help="a head that you kept outside the factory")
    parser.add_argument("--key", action="append", default=[], help="a verifier key that you trust")
    parser.add_argument("--all-heads", action="store_true", help="check the signature of every head, not only the newest")
    parser.add_argument("--proof", action="append", default=[], help="check only this proof file")
    options = parser.parse_args()
    try:
        trusted = [Key(text) for text in options.key]
        if options.proof:
            folder = os.path.join(options.bundle, "keys")
            if not trusted and not os.path.isdir(folder):
                raise Broken("A proof that stands alone needs the verifier key of its log: give it with --key.")
            keys = trusted or [Key(read(os.path.join(folder, n))) for n in os.listdir(folder) if n.endswith(".vkey")]
            for path in options.proof:
                verify_proof(path, keys, print)
            return 0
        outside = [Head(read(path)) for path in options.head]
        proven = verify(options.bundle, outside, trusted, options.all_heads, print)
    except Broken as problem:
        print(printable(problem))
        print(f"BROKEN: good up to entry {problem.first - 1}" if problem.first else "BROKEN")
        return 40
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        print(printable(problem))
        print("BROKEN: a file of the bundle cannot be read")
        return 40
    if proven:
        print(f"PROVEN up to entry {proven - 1}")
    elif any(key.algorithm == 4 for key in trusted):
        print("CONSISTENT: no head is cosigned by a witness's key that was given")
    else:
        print("CONSISTENT: no head from outside the factory was given")
    return 0


if __name__ == "__main__":
    sys.exit(main())
