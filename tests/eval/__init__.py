"""`make eval`: how well articles are read, on the open sets and a sheet marked by hand."""
