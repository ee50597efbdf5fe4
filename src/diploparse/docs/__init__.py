"""
Documentation of an environment and of a record set: what ``diploparse docs`` writes.

Pages are plain blocks (`blocks`), made once (`reference`, `codebook`, `pictures`) and written as
HTML or Markdown (`site`); the Sphinx extension shows the same blocks.
"""
