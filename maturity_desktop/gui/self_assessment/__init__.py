"""The institution's forms: writing them, and taking the filled self-assessment back cell by cell."""
