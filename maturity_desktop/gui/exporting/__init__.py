"""Export of report, workbook and certificate: signing, what was written, preview and print of the very file."""
