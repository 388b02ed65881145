"""Ways out of the checker, one file each: terminal, json, sarif, html, tables (CSV, XLSX), annotated PDF and DOCX."""
