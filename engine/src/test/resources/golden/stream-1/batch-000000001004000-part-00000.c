4 sliding Pair[key=0, value=99]
4 sliding Pair[key=1, value=81]
4 sliding Pair[key=2, value=87]
