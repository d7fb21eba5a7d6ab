"""Runs kesu where it is called as a module: ``python -m kesu_cli``."""

from kesu_cli.cli import main

main()
