"""The chapters of the report, one module each: every one turns a `Voice` into flowables and knows nothing of pages."""
