8 sliding Pair[key=3, value=707]
8 sliding Pair[key=4, value=19]
