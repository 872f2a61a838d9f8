4 sliding Pair[key=3, value=65]
4 sliding Pair[key=4, value=46]
