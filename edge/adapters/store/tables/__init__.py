"""TinyDB over sealed rows: documents, queries, and domain values as documents."""
