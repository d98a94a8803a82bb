"""The vectors, family by family. Each module yields rows; make.py writes them."""
