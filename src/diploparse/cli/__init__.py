"""
The command line: one command a module, thin over `Parser`.

The modules import click and nothing heavier until a command runs, so that ``--help`` is quick.
"""
