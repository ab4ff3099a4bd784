"""Text from files and public web pages. Plain code: it knows nothing of Odoo.

``sandbox`` is the way in: it reads in a child process with limits (``__main__``), where one
module per kind of file does the work. What cannot be read is a :class:`problem.Refused` with a
code, which the addon puts into words.
"""
