from odoo import models
from odoo.tools.misc import formatLang

_KINDS = ("named", "found")
_NUMBERS = ("characters", "limit", "pages", "size")


class BusinessSupportDocument(models.Model):
    """In words: why a file or page gave no text, and what to do.

    The keys of the messages are the codes of ``extract.problem.Refused``.
    """

    _inherit = "business.support.document"

    def _failure_in_words(self, failure):
        """The message of a stored failure, in the language of the context.

        :param dict failure: ``code`` and ``details`` of a ``Refused``; the details also name
            the ``source``
        """
        details = dict(failure["details"])
        details["source"] = details.get("source") or self.name
        kinds = self._kinds_in_words()
        details |= {key: kinds[details[key]] for key in _KINDS if key in details}
        details |= {key: self._number(details[key]) for key in _NUMBERS if key in details}
        messages = {
            **self._content_messages(),
            **self._office_messages(),
            **self._address_messages(),
            **self._page_messages(),
        }
        return (messages.get(failure["code"]) or self._unknown_message()) % details

    def _number(self, value):
        """A count as the reader's language writes it."""
        return formatLang(self.env, value, digits=0)

    def _unknown_message(self):
        return self.env._(
            "“%(source)s” could not be read because of a fault of ours. Try again; if it "
            "happens again, ask whoever runs the server to look at its log."
        )

    def _kinds_in_words(self):
        return {
            "pdf": self.env._("a PDF file"),
            "docx": self.env._("a Word document (DOCX)"),
            "odt": self.env._("an OpenDocument text (ODT)"),
            "xlsx": self.env._("an Excel workbook (XLSX)"),
            "html": self.env._("a web page (HTML)"),
            "text": self.env._("a plain text file"),
            "csv": self.env._("a CSV file"),
        }

    def _content_messages(self):
        return {
            "too_large": self.env._(
                "“%(source)s” has %(size)s MB; a file may have %(limit)s MB. It was not stored. "
                "Save it without pictures or split it, and upload it again."
            ),
            "too_long": self.env._(
                "“%(source)s” holds more than %(limit)s characters of text. Split it into "
                "several documents, one for each subject, and upload them."
            ),
            "too_short": self.env._(
                "“%(source)s” holds too little text to answer from (characters: %(characters)s). "
                "Check that it is the right file."
            ),
            "empty": self.env._(
                "“%(source)s” holds no text. Check that it is the right file, or paste the text."
            ),
            "wrong_extension": self.env._(
                "“%(source)s” is named like %(named)s but is %(found)s. Check that it is the right "
                "file, rename it and upload it again."
            ),
            "unsupported": self.env._(
                "“%(source)s” is of a kind that cannot be read. Save it as PDF, DOCX, ODT, XLSX, "
                "CSV, HTML, Markdown or plain text and upload it again."
            ),
            "encoding": self.env._(
                "The letters of “%(source)s” are stored in a way that was not recognised. Save it "
                "as UTF-8 and upload it again."
            ),
            "damaged": self.env._(
                "“%(source)s” is damaged or incomplete. Open it on your computer, save it again "
                "and upload the new file."
            ),
            "encrypted": self.env._(
                "“%(source)s” is protected by a password. Save it without password and upload it "
                "again."
            ),
            "exhausted": self.env._(
                "“%(source)s” takes too much time or memory to read. Split it, or save it in a "
                "simpler form such as plain text, and upload it again."
            ),
        }

    def _office_messages(self):
        return {
            "no_text_layer": self.env._(
                "“%(source)s” has no text, only pictures of pages, like a scan. Run text "
                "recognition (OCR) over it and upload the result, or paste the text."
            ),
            "too_many_pages": self.env._(
                "“%(source)s” has %(pages)s pages; a file may have %(limit)s. Split it and upload "
                "the parts."
            ),
            "bomb": self.env._(
                "“%(source)s” unpacks to %(size)s MB; %(limit)s MB are allowed. Such files are "
                "made to bring computers down: do not trust where it comes from. If it is yours, "
                "remove its pictures and save it again."
            ),
            "old_office": self.env._(
                "“%(source)s” is in the format of an old Office. Save it as DOCX or XLSX and "
                "upload it again."
            ),
            "formula": self.env._(
                "Cell %(cell)s of “%(source)s” has a formula whose result was not saved. Open the "
                "file in Excel or LibreOffice, save it and upload it again."
            ),
            "formula_error": self.env._(
                "Cell %(cell)s of “%(source)s” shows an error instead of a value. Correct it and "
                "upload the file again."
            ),
        }

    def _address_messages(self):
        return {
            "bad_address": self.env._(
                "“%(source)s” is not the address of a web page. Copy it from the browser; it "
                "begins with https:// or http://."
            ),
            "credentials": self.env._(
                "The address must not contain a user name or password. Only public pages are "
                "fetched: remove them, or paste the text."
            ),
            "port": self.env._(
                "“%(source)s” names port %(port)s. Only the ordinary ports of the web, 80 and "
                "443, are visited: use the public address of the page."
            ),
            "private_address": self.env._(
                "“%(host)s” belongs to an internal network. Only public pages are fetched: use "
                "the address customers use, or paste the text."
            ),
            "unknown_host": self.env._(
                "No server is called “%(host)s”. Check the address for typing errors."
            ),
        }

    def _page_messages(self):
        return {
            "unreachable": self.env._(
                "“%(host)s” does not answer. Open the page in your browser; if it works there, "
                "try again later."
            ),
            "certificate": self.env._(
                "“%(host)s” cannot prove that it is what it says: its certificate is not valid. "
                "Tell whoever runs the site, or paste the text."
            ),
            "http_status": self.env._(
                "The server answered “%(source)s” with error %(status)s. Check that the page "
                "exists and opens without signing in."
            ),
            "page_type": self.env._(
                "“%(source)s” is not a page of text (%(type)s). Download the file and upload it "
                "here, or choose another page."
            ),
            "page_large": self.env._(
                "“%(source)s” has more than %(limit)s MB. Download the file and upload it here, "
                "or choose another page."
            ),
            "page_slow": self.env._(
                "“%(source)s” took more than %(seconds)s seconds. Try again later, or paste the "
                "text."
            ),
            "redirects": self.env._(
                "“%(source)s” sends on to other addresses more than %(limit)s times. Open it in "
                "your browser and use the address it ends at."
            ),
        }
