# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sync and async SDK for the REST API of FortiOS. Loads nothing until a name is used."""

from __future__ import annotations
