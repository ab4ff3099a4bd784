"""What can go wrong with knowledge, told apart because the remedies differ."""


class KnowledgeError(Exception):
    """Base of this package's errors; messages never quote a customer's or a document's text."""


class Impossible(KnowledgeError, ValueError):
    """A name, number or page that cannot exist; to ask again is useless."""


class StoreBusy(KnowledgeError):
    """Another process owns the embedded store's folder."""


class StoreUnavailable(KnowledgeError):
    """The Qdrant server cannot be reached or does not answer."""


class CollectionGone(KnowledgeError):
    """A collection that was there is not any more: somebody dropped it on the server."""


class ForeignOrigin(KnowledgeError):
    """The collection belongs to another Odoo database; nothing was changed.

    A restored copy of a production database would otherwise overwrite production's knowledge.
    """


class EmbedderUnavailable(KnowledgeError):
    """The embedding model cannot be loaded."""
