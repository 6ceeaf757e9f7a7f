"""``python -m volgens`` is ``volgens``."""

from volgens.cli import main

main()
