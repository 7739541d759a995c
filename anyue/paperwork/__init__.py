"""Writes what leaves the office on paper: tables and documents. A library of its own: plain data in, bytes out."""
