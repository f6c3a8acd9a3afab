# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The httpapi plugin: one device, one login and one kept-alive client for a whole play."""

from __future__ import annotations

DOCUMENTATION = r"""
name: fortios
short_description: Talk to FortiOS devices over their REST API
version_added: 1.0.0
author:
  - The hfortix.fortios developers (@hfortix)
description:
  - Serves connections of type P(ansible.netcommon.httpapi#connection) to FortiGate firewalls.
  - Set C(ansible_connection) to V(ansible.netcommon.httpapi) and C(ansible_network_os) to V(hfortix.fortios.fortios).
  - A device is logged in to once, and one connection to it is kept open, for all tasks of a play. A session that ends
    early is renewed. It is closed when the play or the playbook ends, or when it has not been used for as long as
    C(ansible_connect_timeout) says. A token is used as it is.
  - Without O(token), the plugin logs in with the connection's C(ansible_user) and C(ansible_password), in the way that
    the release of the device asks for.
  - Where the device is, and what certificate is trusted, the connection's own variables say, C(ansible_host),
    C(ansible_httpapi_port), C(ansible_httpapi_validate_certs), C(ansible_httpapi_ca_path),
    C(ansible_httpapi_client_cert) and C(ansible_httpapi_client_key) among them.
  - Needs the Python library C(httpx) where Ansible itself runs.
options:
  token:
    type: str
    description:
      - Key of a REST API administrator. It is sent as a bearer token.
      - With it, C(ansible_user) and C(ansible_password) are not used.
      - The variable C(ansible_httpapi_session_key) of the connection does the same. It holds a dictionary with the key
        C(access_token), or with the header C(Authorization).
    vars:
      - name: ansible_fortios_token
    env:
      - name: FORTIOS_TOKEN
      - name: FORTIOS_ACCESS_TOKEN
  token_code:
    type: str
    description:
      - One-time code of the administrator's second factor, for a login with user name and password.
      - A code is good for one login, so that a session that ends during a play cannot be renewed with it.
    vars:
      - name: ansible_fortios_token_code
    env:
      - name: FORTIOS_TOKEN_CODE
  vdom:
    type: str
    description:
      - Virtual domain of every request whose task does not name one.
      - The default is the management virtual domain of the administrator.
    vars:
      - name: ansible_fortios_vdom
      - name: ansible_httpapi_vdom
    env:
      - name: FORTIOS_VDOM
  use_ssl:
    type: bool
    default: true
    description:
      - Whether to use HTTPS. Other connections of type P(ansible.netcommon.httpapi#connection) default to plain HTTP;
        this one does not, since every request carries credentials.
    vars:
      - name: ansible_httpapi_use_ssl
  proxy:
    type: str
    description:
      - URL of an HTTP proxy on the way to the device, such as V(http://proxy.example.com:3128).
      - A proxy that only the environment names is not used.
    vars:
      - name: ansible_httpapi_proxy
    env:
      - name: FORTIOS_PROXY
  http2:
    type: bool
    default: false
    description:
      - Whether to speak HTTP/2 where the device offers it, so that all requests share one TLS connection.
      - Worth a try where opening a connection takes long. A device that closes a shared connection leaves the fate of
        every request under way on it unknown, so that HTTP/1.1, with up to ten connections, is the default.
      - Needs the Python library C(h2), which C(httpx[http2]) brings along.
    vars:
      - name: ansible_fortios_http2
    env:
      - name: FORTIOS_HTTP2
  timeout:
    type: int
    description:
      - Seconds to wait for the device to accept a connection, and for each answer.
      - The default is two seconds less than the connection's command timeout (C(ansible_command_timeout), V(30) if not
        set), which ends whatever takes longer.
      - Neither bounds the moving of files, nor the waiting for a restart.
    vars:
      - name: ansible_fortios_timeout
    env:
      - name: FORTIOS_TIMEOUT
notes:
  - When C(ansible_persistent_log_messages) is on, ansible-core writes every request to its log file, secrets included.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ansible.plugins.httpapi import HttpApiBase

from ansible_collections.hfortix.fortios.plugins.plugin_utils import compiled

compiled.install()

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import rpc
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import NETWORK_OS, token_of
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import FortiOSError
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request
from ansible_collections.hfortix.fortios.plugins.plugin_utils.gather_facts import register

if TYPE_CHECKING:
    from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.client import HTTPClient

STATUS = "/api/v2/monitor/system/status"
#: How often to look whether the playbook still runs, in seconds.
WATCH_SECONDS = 0.5
#: A call takes no longer than this, in seconds, so that a module can tell how far a long batch has come.
BATCH_SECONDS = 5.0

# Core loads this file, for a host of ours, before it looks for the module that gathers facts.
register()


class HttpApi(HttpApiBase):
    """Lives in the persistent process of a connection; modules reach its public methods by remote calls.

    The methods take and return JSON text (see `rpc`), and report errors of the device inside it: an exception that
    left a method would reach the module as bare text, and the log of the process as a traceback.
    """

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self._client: HTTPClient | None = None
        self._client_settings: dict[str, Any] = {}
        self._begun = 0
        self._running: dict[str, Future[str]] = {}

    def send_request(self, data: str, **message_kwargs: Any) -> str:
        """Send one request, JSON of ``{"method", "path", "params", "json", "headers"}``, and return its outcome."""
        return json.dumps(json.loads(self.send_batch(f"[{data}]"))[0])

    def send_batch(self, requests: str, parallel: int | None = None, stop: bool = False) -> str:
        """Send a JSON list of requests, at most `parallel` at a time, and return their outcomes in order.

        With `stop`, what has not been sent when one fails is kept back. So is, in any case, what there was no time
        for: whatever is left without an answer and an error can be sent again.
        """
        items = rpc.load_requests(requests)
        try:
            outcomes = self._connected().batch(items, parallel=parallel, stop=stop, seconds=self._batch_seconds())
        except FortiOSError as error:
            outcomes = [Outcome(item, error=error) for item in items]
        return rpc.dump_outcomes(outcomes)

    def begin_request(self, requests: str) -> str:
        """Start the one request of a JSON list, which may take longer than a call; the number to await it by.

        A call that outlasts the command timeout ends this process. So a file is moved beside the calls.
        """
        running: Future[str] = Future()
        self._begun += 1
        number = str(self._begun)
        self._running[number] = running
        (request,) = rpc.load_requests(requests)
        try:
            client = self._connected()
        except FortiOSError as error:
            running.set_result(rpc.dump_outcomes([Outcome(request, error=error)]))
        else:
            threading.Thread(target=_send, args=(client, request, running), daemon=True).start()
        return number

    def await_request(self, number: str) -> str:
        """The outcome of a request that was begun, in a JSON list; empty while there is none."""
        seconds = min(BATCH_SECONDS, self.connection.get_option("persistent_command_timeout") / 2)
        try:
            outcome = self._running[number].result(seconds)
        except FutureTimeoutError:
            return ""
        del self._running[number]
        return outcome

    def get_device_info(self) -> str:
        """What the device says it is: JSON of network_os, its version, model, serial and so on, or an error."""
        return self._in_band(self._device_info)

    def get_capabilities(self) -> str:
        """What this connection can do, and with what, in the form that network connections have in common."""
        return self._in_band(
            lambda: {
                "rpc": [
                    "send_request",
                    "send_batch",
                    "begin_request",
                    "await_request",
                    "get_device_info",
                    "get_capabilities",
                ],
                "network_api": "rest",
                "device_info": self._device_info(),
            }
        )

    def login(self, username: str | None, password: str | None) -> None:
        """Nothing yet: the client logs in with its first request, and again whenever the device ends its session."""

    def logout(self) -> None:
        """End the session, if there is one, and close the connection. Called when the persistent process ends."""
        client, self._client = self._client, None
        if client is None:
            return
        # The device ends an idle session by itself.
        with suppress(FortiOSError):
            client.close()

    def _connected(self) -> HTTPClient:
        """The client that the options ask for as they are now.

        :raises FortiOSError: the options are incomplete, or httpx is missing
        """
        settings = self._settings()
        if settings != self._client_settings:
            self.logout()
        if self._client is None:
            self._client = _client(settings)
            self._client_settings = settings
        if not self.connection.connected:
            # Only a connection that knows itself connected calls `logout` in the end.
            self.connection._connect()
            _end_with(int(self.connection._ansible_playbook_pid))
        return self._client

    def _settings(self) -> dict[str, Any]:
        """The arguments of the client."""
        option = self.connection.get_option
        token = self.get_option("token") or token_of(option("session_key"))
        certificate = option("client_cert")
        if certificate and option("client_key"):
            certificate = (certificate, option("client_key"))
        return {
            "host": option("host"),
            "port": option("port"),
            "scheme": "https" if self.get_option("use_ssl") else "http",
            "token": token,
            "username": None if token else option("remote_user"),
            "password": None if token else option("password"),
            "token_code": self.get_option("token_code"),
            "verify": option("validate_certs") and (option("ca_path") or True),
            "cert": certificate,
            "timeout": self.get_option("timeout") or max(1, option("persistent_command_timeout") - 2),
            "vdom": self.get_option("vdom"),
            "proxy": self.get_option("proxy"),
            "http2": self.get_option("http2"),
        }

    def _batch_seconds(self) -> float:
        """For how long a batch may go on sending, so that the last answer arrives before the command timeout."""
        spare: float = self.connection.get_option("persistent_command_timeout") - self._client_settings["timeout"]
        return min(BATCH_SECONDS, max(1.0, spare - 0.5))

    def _device_info(self) -> dict[str, Any]:
        status = self._connected().get(STATUS)
        facts = status.get("results") or {}
        return {
            "network_os": NETWORK_OS,
            "network_os_version": status.get("version", "").removeprefix("v"),
            "network_os_build": status.get("build"),
            "network_os_model": " ".join(filter(None, (facts.get("model_name"), facts.get("model_number")))),
            "network_os_hostname": facts.get("hostname"),
            "network_os_serial": status.get("serial"),
        }

    def _in_band(self, answer: Callable[[], dict[str, Any]]) -> str:
        try:
            return json.dumps(answer())
        except FortiOSError as error:
            return json.dumps({"error": error.to_dict()})


def _client(settings: dict[str, Any]) -> HTTPClient:
    if not settings["token"] and not (settings["username"] and settings["password"]):
        raise FortiOSError(
            f"no credentials for {settings['host']}",
            hint="Set ansible_fortios_token, or ansible_user and ansible_password",
        )
    try:
        from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.client import HTTPClient

        return HTTPClient(**settings)
    except ImportError as error:
        raise FortiOSError(
            f"the Python library httpx is missing where Ansible itself runs ({error})",
            hint="Install it with: pip install 'httpx[http2]'",
        ) from error
    except ValueError as error:
        raise FortiOSError(str(error), hint="Check the variables of the connection") from error


def _send(client: HTTPClient, request: Request, running: Future[str]) -> None:
    try:
        running.set_result(rpc.dump_outcomes(client.batch([request])))
    except BaseException as error:
        # Whoever awaits the request shall hear of it.
        running.set_exception(error)


def _end_with(pid: int) -> None:
    """End this process, and so the session, when the process `pid` of the playbook is gone.

    ansible-core closes the connections of a play when it ends, but knows none that only looped tasks have used.
    """

    def watch() -> None:
        while _exists(pid):
            time.sleep(WATCH_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
