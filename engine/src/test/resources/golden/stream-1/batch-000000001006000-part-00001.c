6 sliding Pair[key=3, value=305]
6 sliding Pair[key=4, value=46]
