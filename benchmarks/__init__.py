"""Quality, speed and start-up of volgens, measured and held against ``floors.json``. README.md says how to run them."""
