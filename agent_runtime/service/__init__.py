"""The HTTP service: accepts turns, runs them in the background, posts the results back."""
