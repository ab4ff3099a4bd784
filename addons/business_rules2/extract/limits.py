"""How large a source may be, and what reading it may cost."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 25 * MEGABYTE
UNPACKED_BYTES = 100 * MEGABYTE
"""What an office file, which is an archive, may unpack to."""
ARCHIVE_MEMBERS = 5000
PAGES = 2000
MIN_CHARACTERS = 5
MAX_CHARACTERS = 1_000_000

# Of the child process that reads.
CPU_SECONDS = 30
WALL_SECONDS = 45
MEMORY_BYTES = 1024 * MEGABYTE
ANSWER_BYTES = 8 * MEGABYTE
"""At most four bytes a character, and room for the frame."""

# Of the fetching of a page.
PAGE_BYTES = 5 * MEGABYTE
FETCH_SECONDS = 10
REDIRECTS = 3
