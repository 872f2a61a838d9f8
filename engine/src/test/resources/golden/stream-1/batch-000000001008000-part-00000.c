8 sliding Pair[key=0, value=1437]
8 sliding Pair[key=1, value=749]
8 sliding Pair[key=2, value=763]
