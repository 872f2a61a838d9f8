5 window Pair[key=3, value=153]
5 window Pair[key=4, value=33]
