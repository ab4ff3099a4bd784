"""The two demo companies."""

from . import patas, sorriso
from .model import Tenant

TENANTS: dict[str, Tenant] = {t.key: t for t in (patas.TENANT, sorriso.TENANT)}

__all__ = ["TENANTS", "Tenant"]
