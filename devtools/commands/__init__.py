"""One module per command: ``arguments(parser)`` declares options, ``run(options)`` does it."""
