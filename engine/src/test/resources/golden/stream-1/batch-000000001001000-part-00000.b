1 window Pair[key=0, value=0]
1 window Pair[key=1, value=1]
1 window Pair[key=2, value=2]
