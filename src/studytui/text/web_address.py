"""Addresses of the web and of mail."""

from __future__ import annotations

import re
from typing import Final

ADDRESS: Final = re.compile(
    r"https?://[!-~]{2,}|www\.[!-~]{2,}"
    r"|(?<![\w@.])(?:[A-Za-z0-9-]{1,40}\.){1,4}(?:com|cn|net|org|tw|hk|cc|info|me|io|xyz|top|vip)(?![A-Za-z0-9])",
    re.ASCII,
)
