# SPDX-License-Identifier: Apache-2.0
"""Makes the archives of this folder with Python's zipfile. Run here: python3 make.py"""
import re
import zipfile
from pathlib import Path

KEY = "".join(re.findall(r'"([A-Za-z0-9+/=]{10,})"', Path("../../Support/SampleKey.swift").read_text()))


def device(dsn):
    pem = "\r\n".join(KEY[i : i + 64] for i in range(0, len(KEY), 64))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\r\n<f-device>\r\n'
        f"  <dsn>{dsn}</dsn>\r\n  <public-key>-----BEGIN RSA PUBLIC KEY-----\r\n{pem}\r\n"
        "-----END RSA PUBLIC KEY-----\r\n</public-key>\r\n</f-device>\r\n"
    )


def entry(name):
    info = zipfile.ZipInfo(name, (2025, 3, 4, 9, 15, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def fill(archive):
    folder = "Reserve_JobId_700123/"
    archive.writestr(entry(folder), "")
    for number in (203, 201, 202):
        archive.writestr(entry(f"{folder}AC000W900000{number}.xml"), device(f"AC000W900000{number}"))
    archive.writestr(entry(f"{folder}readme.txt"), "not a device")
    archive.writestr(entry("__MACOSX/._AC000W900000201.xml"), b"\x00\x05\x16\x07")


class Stream:
    """Cannot seek, so that sizes and check sums follow each file, as a web server sends an archive it is making."""

    def __init__(self, path):
        self.file = open(path, "wb")

    def write(self, data):
        return self.file.write(data)

    def flush(self):
        self.file.flush()


with zipfile.ZipFile("reserve.zip", "w") as archive:
    fill(archive)
with zipfile.ZipFile(Stream("reserve-streamed.zip"), "w") as archive:
    fill(archive)
with zipfile.ZipFile("bomb.zip", "w") as archive:
    archive.writestr(entry("AC000W900000201.xml"), " " * 50_000_000)
