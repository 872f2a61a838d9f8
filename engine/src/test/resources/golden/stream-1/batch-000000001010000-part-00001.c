10 sliding Pair[key=3, value=1539]
10 sliding Pair[key=4, value=0]
