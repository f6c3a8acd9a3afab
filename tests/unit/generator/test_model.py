# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names made from paths."""

from __future__ import annotations

import pytest

from generator.catalogue import Catalogue
from generator.layout import tree


@pytest.mark.parametrize(
    ("endpoint", "module", "segments", "class_name"),
    [
        ("cmdb/firewall/address", "firewall_address", "firewall.address", "Address"),
        (
            "cmdb/vpn.ipsec/phase1-interface",
            "vpn_ipsec_phase1_interface",
            "vpn.ipsec.phase1_interface",
            "Phase1Interface",
        ),
        ("cmdb/user/tacacs+", "user_tacacsplus", "user.tacacsplus", "Tacacsplus"),
        ("cmdb/system/global", "system_global", "system.global_", "Global"),
        ("cmdb/system.3g-modem/custom", "system_3g_modem_custom", "system._3g_modem.custom", "Custom"),
        (
            "cmdb/switch-controller/802-1X-settings",
            "switch_controller_802_1x_settings",
            "switch_controller._802_1x_settings",
            "_8021xSettings",
        ),
        ("cmdb/firewall.ipmacbinding/table", "firewall_ipmacbinding_table", "firewall.ipmacbinding.table", "Table_"),
        ("monitor/system/interface", "monitor_system_interface_info", "system.interface", "Interface"),
        ("monitor/system/os/reboot", "monitor_system_os_reboot", "system.os.reboot", "Reboot"),
        (
            "monitor/vpn-certificate/ca/import",
            "monitor_vpn_certificate_ca_import",
            "vpn_certificate.ca.import_",
            "Import",
        ),
        ("log/event/system", "log_event_system_info", "event.system", "System"),
        ("log/search/status", "log_search_status_info", "search.status", "Status"),
        ("log/ips/archive/download", "log_ips_archive_file_info", "ips.archive.download", "Download"),
        ("service/sniffer/start", "service_sniffer_start", "sniffer.start", "Start"),
    ],
)
def test_names(catalogue: Catalogue, endpoint: str, module: str, segments: str, class_name: str) -> None:
    found = catalogue.endpoints[endpoint]
    assert (found.module, ".".join(found.segments), found.class_name) == (module, segments, class_name)
    assert found.id == endpoint


def test_what_is_endpoint_and_namespace_keeps_its_children_beside_it(catalogue: Catalogue) -> None:
    place = tree("monitor", catalogue.family("monitor")).children["system"].children["interface"]
    assert place.endpoint
    assert place.module == "monitor.system.interface"
    assert place.children["poe"].module == "monitor.system.interface_.poe"
