"""The config dialog by pexpect and pyserial: no send delay, one read loop. Shared by the two Python peers."""
import re
import time

import pexpect.fdpexpect
import serial


class Unit:
    def __init__(self, path):
        self.port = serial.Serial(path, 115200, timeout=0, exclusive=True)
        self.tty = pexpect.fdpexpect.fdspawn(self.port.fileno(), timeout=10, maxread=4096)
        self.tty.delaybeforesend = None

    def ask(self, command, prompt):
        self.tty.send(command + "\r")
        self.tty.expect_exact(command + "\r\n")
        self.tty.expect_exact(prompt)
        reply = self.tty.before.decode()
        for word in ("usage", "not in", "invalid", "error", "unrecognized"):
            if word in reply:
                raise RuntimeError(command.split()[0] + ": " + reply)
        return reply

    def reset(self, prompt):
        self.tty.send("reset\r")
        self.tty.expect_exact("bc init done\r\n")
        self.tty.expect_exact(prompt)

    def close(self):
        self.port.close()


def configure(path, secret, oem="0dfc7900", model="ledevb"):
    """Returns milliseconds and the unit's identity."""
    unit = Unit(path)
    begin = time.perf_counter()
    prompt = "setup-> "
    unit.reset(prompt)
    identity = dict(re.findall(r'id: (\w+) "([^"]*)"', unit.ask("show id", prompt)))
    for command in (
        "wifi profile ap", "wifi ssid-mac Ayla-", "wifi security none", "wifi profile enable", "wifi commit",
        "oem " + oem, "oem model " + model, "oem key " + secret,
    ):
        unit.ask(command, prompt)
    if "(is set)" not in unit.ask("oem", prompt):
        raise RuntimeError("key not set")
    for command in ("client server region US", "setup_mode disable", "save"):
        unit.ask(command, prompt)
    unit.reset("--> ")
    again = dict(re.findall(r'id: (\w+) "([^"]*)"', unit.ask("show id", "--> ")))
    if again != identity or "(is set)" not in unit.ask("oem", "--> "):
        raise RuntimeError("read back differs")
    took = (time.perf_counter() - begin) * 1000
    unit.close()
    return took, identity
