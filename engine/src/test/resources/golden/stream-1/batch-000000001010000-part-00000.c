10 sliding Pair[key=0, value=3042]
10 sliding Pair[key=1, value=1503]
10 sliding Pair[key=2, value=1521]
