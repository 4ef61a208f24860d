"""Everything inside a workspace's database and its key slots: all SQL, tables, migrations, journal rows.

Start with `database.Store` (opening, transactions) and `work.Work` (what one transaction offers). Rows never leave:
repositories take and return frozen domain values. The bytes of evidence are the craft of `evidence`.
Importing this package loads nothing; `database` brings SQLAlchemy with it and is imported when a workspace opens.
"""
