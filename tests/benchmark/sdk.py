# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends the same requests through one client or another, and prints the seconds that it took.

A script for the Python of this environment or of the one with HFortix; a line of JSON on the standard input holds the
device and the requests. Importing, connecting and a first read come before the clock starts.
"""

from __future__ import annotations

import asyncio
import gc
import json
import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

Job = dict[str, Any]


def raw_sync(job: Job) -> float:
    """``httpx.Client``, one request after the other."""
    import httpx

    context = ssl.create_default_context(cafile=job["ca"])
    with httpx.Client(base_url=job["url"], verify=context, headers=_bearer(job)) as client:
        client.get(job["read"])
        began = _now()
        for request in job["requests"]:
            _send(client, request).raise_for_status()
        return _now() - began


def raw_async(job: Job) -> float:
    """``httpx.AsyncClient``, so many requests in flight."""

    async def run() -> float:
        import httpx

        context = ssl.create_default_context(cafile=job["ca"])
        limits = httpx.Limits(max_connections=job["width"], max_keepalive_connections=job["width"])
        async with httpx.AsyncClient(
            base_url=job["url"], verify=context, headers=_bearer(job), limits=limits, timeout=60
        ) as client:
            await client.get(job["read"])
            waiting = iter(job["requests"])

            async def work() -> None:
                for request in waiting:
                    (await _send(client, request)).raise_for_status()

            began = _now()
            await asyncio.gather(*(work() for _ in range(job["width"])))
            return _now() - began

    return asyncio.run(run())


def endpoint_sync(job: Job) -> float:
    """``api.cmdb.firewall.address.post`` in a loop, of this SDK or of HFortix: both are called alike."""
    with _fortios(job) as fgt:
        address = fgt.api.cmdb.firewall.address
        address.get(count=1)
        began = _now()
        for request in job["requests"]:
            address.post(**request["body"])
        return _now() - began


def endpoint_async(job: Job) -> float:
    """The same with coroutines, so many in flight."""

    async def run() -> float:
        fgt = _fortios(job, asynchronous=True)
        address = fgt.api.cmdb.firewall.address
        await address.post(**{**job["requests"][0]["body"], "name": "first"})
        waiting = iter(job["requests"])

        async def work() -> None:
            for request in waiting:
                await address.post(**request["body"])

        began = _now()
        await asyncio.gather(*(work() for _ in range(job["width"])))
        return _now() - began

    return asyncio.run(run())


def batch(job: Job) -> float:
    """``HTTPClient.batch`` of this SDK, which chooses itself how many are in flight."""
    from hfortix_fortios.http.client import HTTPClient
    from hfortix_fortios.http.interface import Request

    with HTTPClient(job["url"], token=job["token"], verify=job["ca"]) as client:
        client.get(job["read"])
        began = _now()
        outcomes = client.batch(
            [Request(item["method"], item["path"], item["query"], item["body"]) for item in job["requests"]]
        )
        seconds = _now() - began
    assert all(outcome.error is None for outcome in outcomes)
    return seconds


def read_raw_sync(job: Job) -> float:
    """`job["times"]` reads of `job["path"]` by ``httpx.Client``, each answer decoded."""
    import httpx

    context = ssl.create_default_context(cafile=job["ca"])
    with httpx.Client(base_url=job["url"], verify=context, headers=_bearer(job)) as client:
        client.get(job["read"])
        began = _now()
        for _ in range(job["times"]):
            assert client.get(job["path"]).json()["results"]
        return _now() - began


def read_sync(job: Job) -> float:
    """The same by ``address.get``: of the object `job["name"]`, or of all."""
    with _fortios(job) as fgt:
        address = fgt.api.cmdb.firewall.address
        address.get(count=1)
        given = [job["name"]] if job["name"] else []
        began = _now()
        for _ in range(job["times"]):
            assert address.get(*given)
        return _now() - began


def read_raw_async(job: Job) -> float:
    """The same by ``httpx.AsyncClient``, so many in flight, over as many connections."""

    async def run() -> float:
        import httpx

        context = ssl.create_default_context(cafile=job["ca"])
        limits = httpx.Limits(max_connections=job["width"], max_keepalive_connections=job["width"])
        async with httpx.AsyncClient(
            base_url=job["url"], verify=context, headers=_bearer(job), limits=limits, timeout=60
        ) as client:

            async def one() -> None:
                assert (await client.get(job["path"])).json()["results"]

            return await _in_flight(one, job)

    return asyncio.run(run())


def read_async(job: Job) -> float:
    """The same by ``address.get`` in async mode."""

    async def run() -> float:
        fgt = _fortios(job, asynchronous=True)
        address = fgt.api.cmdb.firewall.address
        given = [job["name"]] if job["name"] else []

        async def one() -> None:
            assert await address.get(*given)

        seconds = await _in_flight(one, job)
        await fgt.close()
        return seconds

    return asyncio.run(run())


async def _in_flight(one: Callable[[], Awaitable[None]], job: Job) -> float:
    """`job["times"]` times `one`, so many in flight; connections are opened before the clock starts."""

    async def work(times: Iterator[int]) -> None:
        for _ in times:
            await one()

    async def all_of(times: Iterator[int]) -> None:
        await asyncio.gather(*(work(times) for _ in range(job["width"])))

    await all_of(iter(range(job["width"])))
    began = _now()
    await all_of(iter(range(job["times"])))
    return _now() - began


WAYS: dict[str, Callable[[Job], float]] = {
    way.__name__: way
    for way in (
        raw_sync, raw_async, endpoint_sync, endpoint_async, batch, read_raw_sync, read_sync, read_raw_async, read_async,
    )
}  # fmt: skip


def _fortios(job: Job, *, asynchronous: bool = False) -> Any:
    import hfortix_fortios

    host, _colon, port = job["url"].removeprefix("https://").rpartition(":")
    if hasattr(hfortix_fortios, "HTTPClient"):
        mode: dict[str, Any] = {"async_mode": True} if asynchronous else {}
        mode |= job.get("options", {})
        return hfortix_fortios.FortiOS(host, port=int(port), token=job["token"], verify=job["ca"], **mode)
    # HFortix takes no path of a CA: the caller names it in SSL_CERT_FILE.
    mode = {"mode": "async"} if asynchronous else {}
    return hfortix_fortios.FortiOS(host, port=int(port), token=job["token"], **mode)


def _send(client: Any, request: Job) -> Any:
    return client.request(request["method"], request["path"], params=request["query"] or None, json=request["body"])


def _bearer(job: Job) -> dict[str, str]:
    return {"authorization": f"Bearer {job['token']}"}


def _now() -> float:
    return time.perf_counter()


if __name__ == "__main__":
    given: Job = json.loads(sys.stdin.readline())
    gc.collect()
    print(json.dumps({"seconds": WAYS[given["way"]](given)}))
