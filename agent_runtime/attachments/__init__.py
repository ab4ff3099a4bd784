"""Files beside customers' messages: fetched, understood by a model, and told as words."""
