"""portfolio-gen: a folder of signed credentials becomes a site that an employer can check."""

__version__ = "0.1.0"
