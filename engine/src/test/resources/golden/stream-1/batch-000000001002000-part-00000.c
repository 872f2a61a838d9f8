2 sliding Pair[key=0, value=5]
2 sliding Pair[key=1, value=7]
2 sliding Pair[key=2, value=9]
