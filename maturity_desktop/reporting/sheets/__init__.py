"""The sheets of the workbook, one module each; `cells` and `tables` know how a cell and a table are written."""
