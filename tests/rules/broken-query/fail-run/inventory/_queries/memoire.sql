SELECT printf('%*d', 900000000, 1)
