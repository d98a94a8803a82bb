"""The site: the only part that imports mkdocs."""
