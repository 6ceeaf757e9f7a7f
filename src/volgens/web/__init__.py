"""The web page and the HTTP API: ``server.application`` makes both; ``guard`` stands before them."""
