"""The commands of the command line, one module each.

A command's module has ``register(commands)``, which adds its parser with ``run`` as a default:
a function of the parsed options that returns the process's exit status.
"""
