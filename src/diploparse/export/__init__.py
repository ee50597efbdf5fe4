"""The built-in exporters: one format a module, each a plugin that ends in its hookimpl."""
