2 sliding Pair[key=3, value=11]
2 sliding Pair[key=4, value=13]
