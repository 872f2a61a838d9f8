6 sliding Pair[key=0, value=494]
6 sliding Pair[key=1, value=285]
6 sliding Pair[key=2, value=295]
