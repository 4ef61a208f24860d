"""Looking at a PDF and printing it: the very bytes that were verified, with a warning across them if they were not."""
