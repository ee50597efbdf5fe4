"""The site: ``nox -s docs`` builds it into docs/_build/html."""

import sys
from pathlib import Path

import diploparse

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "diploparse"
author = "The diploparse developers"
copyright = f"2026, {author}"
version = release = diploparse.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "diploparse.sphinx",
    "quality",
    "accessible",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False
default_role = "code"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "diploparse"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
# No icon from elsewhere, no font from elsewhere: the pages ask nobody for anything.
html_theme_options = {"footer_icons": [], "navigation_with_keys": False}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
