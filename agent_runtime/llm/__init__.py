"""Language models behind CrewAI's interface: the built-in responder and real providers."""
