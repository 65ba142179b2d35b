"""walk_pexpect.py STATION.json PORT: sign in, dialog, ledger row, provision call, ledger row; one process a unit."""
import json
import sqlite3
import sys
import time

import requests
from dialog import configure

station = json.load(open(sys.argv[1]))
secret = open(station["oem_secret"]).read().strip()
session = requests.Session()
session.trust_env = False  # an environment's CA bundle would win over the one below
session.verify = station["ca"]
user = json.load(open(station["user"]))
answer = session.post(station["url"] + "/users/sign_in.json", json={"user": {
    "email": user["email"], "password": user["password"],
    "application": {"app_id": user["app_id"], "app_secret": user["app_secret"]}}}, timeout=60)
answer.raise_for_status()
session.headers["Authorization"] = "auth_token " + answer.json()["access_token"]
ledger = sqlite3.connect(station["ledger"], timeout=60, isolation_level=None)
ledger.execute("PRAGMA journal_mode=WAL")
ledger.execute("PRAGMA synchronous=FULL")
ledger.execute("CREATE TABLE IF NOT EXISTS unit(dsn TEXT PRIMARY KEY, mac TEXT, state TEXT, t REAL)")

_, identity = configure(sys.argv[2], secret)
ledger.execute("INSERT INTO unit VALUES(?,?,'pass',?)", (identity["serial"], identity["mac_addr"], time.time()))
answer = session.post(
    station["url"] + "/devicefactory/v1/devices/%s/provision" % identity["serial"], timeout=60, json={
        "model": identity["model"], "mac": identity["mac_addr"], "hwsig": identity["stm32_sig"],
        "manuf_model": identity["mfg_model"], "manuf_sn": identity["mfg_serial"], "oem_model": "ledevb",
        "oem_host_version": "1.0", "module_sw_version": "bc 2.4.7", "odm": "Acme Works",
        "dom_at": time.strftime("%Y/%m/%d %H:%M:%S UTC", time.gmtime())})
answer.raise_for_status()
ledger.execute("UPDATE unit SET state='registered' WHERE dsn=?", (identity["serial"],))
