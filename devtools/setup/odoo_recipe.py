"""What the Odoo tree is made of; a change here makes a new one."""

from ..keys import digest

# Debian carries Odoo 19 in its unstable suite only.
ODOO_SUITE = "sid"
ODOO_PACKAGE = "odoo-19"

# Third-party files the Debian package leaves to other packages (its symlinks point at them).
# They come from the system's own suite: bookworm's Font Awesome is the 4.x Odoo expects.
ASSET_PACKAGES = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-ocr-b",
)

# Left out by Debian altogether, and needed by the backend's asset bundle.
NODE_ASSET = (
    "@mediapipe/selfie_segmentation/selfie_segmentation.js",
    "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js",
)

RECIPE_KEY = digest(ODOO_SUITE, ODOO_PACKAGE, *ASSET_PACKAGES, *NODE_ASSET, "1")
