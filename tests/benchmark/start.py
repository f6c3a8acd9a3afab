# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to begin: importing, making a client, its first read, and the memory after each of these.

A script for a Python with one of the two SDKs: ``start.py sdk|httpx HOST PORT TOKEN CA`` prints a line of JSON, in
seconds and bytes. Nothing else is imported before the clock starts.
"""

import sys
import time

ADDRESS = "/api/v2/cmdb/firewall/address"


def memory():
    """Resident bytes of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def main(kind, host, port, token, ca):
    began = time.perf_counter()
    if kind == "httpx":
        import httpx
    else:
        from hfortix_fortios import FortiOS
    imported = time.perf_counter()
    if kind == "httpx":
        # The authority comes by SSL_CERT_FILE, as for HFortix, which takes no path.
        import ssl

        client = httpx.Client(verify=ssl.create_default_context(), headers={"authorization": f"Bearer {token}"})
    else:
        client = FortiOS(host, port=int(port), token=token)
    made = time.perf_counter()
    memory_made = memory()
    if kind == "httpx":
        client.get(f"https://{host}:{port}{ADDRESS}?count=1").raise_for_status()
    else:
        client.api.cmdb.firewall.address.get(count=1)
    read = time.perf_counter()
    memory_read = memory()

    import json

    seconds = {"import": imported - began, "make": made - imported, "read": read - made}
    print(json.dumps({**seconds, "memory made": memory_made, "memory read": memory_read}))


main(*sys.argv[1:])
