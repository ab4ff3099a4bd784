"""Set-up, services and commands behind the Makefile.

Only the standard library is imported here: this package runs with the system's
own Python before anything else exists.
"""
