"""Start the Odoo package found on PYTHONPATH, where an installation has no program of its own."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
