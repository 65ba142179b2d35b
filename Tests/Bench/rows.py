# SPDX-License-Identifier: Apache-2.0
"""How a figure is printed: what was measured, and the limit beside it."""


def row(title, value, limit, good):
    print("%-4s %-62s %s   (reach %s)" % ("ok" if good else "MISS", title, value, limit), flush=True)
