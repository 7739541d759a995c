"""Office files: tables and documents written, archives from outside looked into. A library of its own, without Django."""
