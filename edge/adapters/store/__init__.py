"""TinyDB documents over sealed, durable SQLite rows: what the home knows, kept at home.

From the outside in: `document_store` keeps the `Store` port; `tables` is TinyDB over our rows;
`row_engine` writes rows and proves that none was lost, changed or put back; `sealer` and `keys`
make them unreadable without the key. docs/store.md says what survives what.
"""
